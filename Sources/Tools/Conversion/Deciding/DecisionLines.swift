import ClinicalModel
import Guidelines

/// Writes decisions on bare criteria as JSON lines, a million of them in seconds.
///
/// What does not change from line to line is encoded once. A test holds that a line equals the one that the encoder of
/// decisions writes.
struct DecisionLines: Sendable {
    private let guideline: LumbosacralRadiculopathy
    private let head: [UInt8]
    private let tail: [UInt8]
    /// `{"id":…,"result":…}` by criterion and result.
    private let criteria: [[[UInt8]]]
    /// The numbers of criteria in ``criteria``.
    private static let positions = Dictionary(
        uniqueKeysWithValues: CriterionID.allCases.enumerated().map { ($0.element, $0.offset) })
    /// The numbers of results in ``criteria``.
    private static let results = Dictionary(
        uniqueKeysWithValues: CriterionResult.allCases.enumerated().map { ($0.element, $0.offset) })

    init(guideline: LumbosacralRadiculopathy, asOf: Day) {
        self.guideline = guideline
        head =
            Array(
                #"{"guideline":"\#(LumbosacralRadiculopathy.id)","guidelineVersion":"\#(LumbosacralRadiculopathy.version)","#
                    .utf8) + Array(#""asOf":"\#(asOf)","source":"#.utf8)
        tail = Array(#"],"issues":[],"configuration":"\#(guideline.configuration)"}"#.utf8) + [UInt8(ascii: "\n")]
        criteria = CriterionID.allCases.map { id in
            CriterionResult.allCases.map { result in
                Array(#"{"id":"\#(id.rawValue)","result":"\#(result.rawValue)"}"#.utf8)
            }
        }
    }

    /// Decides and appends one line.
    ///
    /// - Parameter source: The name of the line, as a JSON string in quotes.
    func append(_ question: StateReading.Question, source: some Sequence<UInt8>, to output: inout [UInt8]) {
        let state = question.state
        if let orderClass = question.orderClass {
            let rule = guideline.rule(for: orderClass, state)
            append(
                state, guideline.decide(orderClass, state), of: question, orderClass.criteria, rule.statements,
                source: source, to: &output)
        } else {
            append(
                state, guideline.decide(state), of: question, CriterionID.imaging,
                guideline.rule(for: state).statements, source: source, to: &output)
        }
    }

    private func append(
        _ state: GuidelineState, _ outcome: Outcome, of question: StateReading.Question, _ ids: [CriterionID],
        _ statements: [String], source: some Sequence<UInt8>, to output: inout [UInt8]
    ) {
        output += head
        output += source
        output += #","subject":null,"order":"#.utf8
        append(question, to: &output)
        output += #","slot":""#.utf8
        output += (question.orderClass?.slot ?? .imaging).rawValue.utf8
        output += #"","rule":"#.utf8
        append(outcome.rule, to: &output)
        output += #","rating":"#.utf8
        append(outcome.rating?.rawValue, to: &output)
        output += #","fit":"#.utf8
        append(outcome.fit?.rawValue, to: &output)
        output += (outcome.provisional ? #","provisional":true,"card":"# : #","provisional":false,"card":"#).utf8
        append(outcome.card?.rawValue, to: &output)
        output += #","indicator":"#.utf8
        append(outcome.indicator?.rawValue, to: &output)
        if guideline.suppresses(outcome) { output += #","cardSuppressed":true"#.utf8 }
        output += #","removeSuggestionAllowed":"#.utf8
        output += (outcome.removeSuggestionAllowed ? "true" : "false").utf8
        output += #","presentingFlags":["#.utf8
        append(CriterionID.presentingFamilies.lazy.filter(state.isPresenting).map(\.rawValue), to: &output)
        output += #"],"criteria":["#.utf8
        for (index, id) in ids.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output += criteria[Self.positions[id] ?? 0][Self.results[state[id]] ?? 0]
        }
        output += #"],"statements":["#.utf8
        append(statements, to: &output)
        output += tail
    }

    private func append(_ question: StateReading.Question, to output: inout [UInt8]) {
        let order = question.state.order
        guard order != nil || question.orderClass != nil else {
            output += "null".utf8
            return
        }
        output += #"{"reference":null,"at":null,"modality":"#.utf8
        append(order?.modality.rawValue, to: &output)
        if let orderClass = question.orderClass {
            output += #","class":"#.utf8
            append(orderClass.rawValue, to: &output)
        }
        output += #","priority":"#.utf8
        append((order?.priority ?? question.priority).rawValue, to: &output)
        output.append(UInt8(ascii: "}"))
    }

    /// Words of the contract need no escapes.
    private func append(_ word: String?, to output: inout [UInt8]) {
        guard let word else {
            output += "null".utf8
            return
        }
        output.append(UInt8(ascii: "\""))
        output += word.utf8
        output.append(UInt8(ascii: "\""))
    }

    private func append(_ words: some Sequence<String>, to output: inout [UInt8]) {
        var isFirst = true
        for word in words {
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            append(word, to: &output)
        }
    }
}
