import ClinicalModel
import Guidelines

/// Writes decisions on bare criteria as JSON lines, a million of them in seconds.
///
/// What does not change from line to line is encoded once. A test holds that a line equals the one that the encoder of
/// decisions writes.
struct DecisionLines: Sendable {
    private let head: [UInt8]
    private let tail: [UInt8]
    /// `{"id":…,"result":…}` by criterion and result.
    private let criteria: [[[UInt8]]]
    /// The numbers of results in ``criteria``.
    private static let results = Dictionary(
        uniqueKeysWithValues: CriterionResult.allCases.enumerated().map { ($0.element, $0.offset) })

    init(guideline: LumbosacralRadiculopathy, asOf: Day) {
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

    /// Appends one line.
    ///
    /// - Parameters:
    ///   - source: The name of the line, as a JSON string in quotes.
    ///   - statements: Guideline statements behind the rule.
    func append(
        _ state: GuidelineState, _ outcome: Outcome, statements: [String], source: some Sequence<UInt8>,
        to output: inout [UInt8]
    ) {
        output += head
        output += source
        output += #","subject":null,"order":"#.utf8
        append(state.order, to: &output)
        output += #","slot":"imaging","rule":"#.utf8
        append(outcome.rule, to: &output)
        output += #","rating":"#.utf8
        append(outcome.rating.rawValue, to: &output)
        output += #","fit":"#.utf8
        append(outcome.fit?.rawValue, to: &output)
        output += (outcome.provisional ? #","provisional":true,"card":"# : #","provisional":false,"card":"#).utf8
        append(outcome.card?.rawValue, to: &output)
        output += #","indicator":"#.utf8
        append(outcome.indicator?.rawValue, to: &output)
        output += #","removeSuggestionAllowed":"#.utf8
        output += (outcome.removeSuggestionAllowed ? "true" : "false").utf8
        output += #","presentingFlags":["#.utf8
        append(CriterionID.presentingFamilies.lazy.filter(state.isPresenting).map(\.rawValue), to: &output)
        output += #"],"criteria":["#.utf8
        for (index, id) in CriterionID.allCases.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output += criteria[index][Self.results[state[id]] ?? 0]
        }
        output += #"],"statements":["#.utf8
        append(statements, to: &output)
        output += tail
    }

    private func append(_ order: GuidelineState.Order?, to output: inout [UInt8]) {
        guard let order else {
            output += "null".utf8
            return
        }
        output += #"{"reference":null,"at":null,"modality":"#.utf8
        append(order.modality.rawValue, to: &output)
        output += #","priority":"#.utf8
        append(order.priority.rawValue, to: &output)
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
