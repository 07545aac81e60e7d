import ClinicalModel
import Guidelines

/// One result that a criterion may come to; the first of a dimension is its default.
struct CriterionValue: Sendable {
    let result: CriterionResult
    /// Met by a presenting feature, not by a risk factor only.
    var isPresenting = false

    /// The result in a clinician's words.
    var words: String {
        switch result {
        case .met: isPresenting ? "met by a presenting feature" : "met"
        case .notMet: "not met"
        case .suspected: "suspected"
        case .unknown: "unknown"
        case .noneOnRecord: "none on record"
        }
    }
}

/// One criterion with every result that it may come to, and its place in the code of a state.
struct Dimension: Sendable {
    let id: CriterionID
    /// What a clinician calls it.
    let name: String
    let values: [CriterionValue]
    /// Position of the first value in the one-hot code.
    let offset: Int

    /// The bit of a value.
    func bit(_ value: Int) -> UInt64 { 1 << UInt64(offset + value) }

    /// The bits of all values.
    var mask: UInt64 { mask { _ in true } }

    /// The bits of the values that satisfy a condition.
    func mask(where condition: (CriterionValue) -> Bool) -> UInt64 {
        values.indices.reduce(0) { condition(values[$1]) ? $0 | bit($1) : $0 }
    }

    /// The value that a code holds.
    func value(in code: UInt64) -> Int { values.indices.first { code & bit($0) != 0 } ?? 0 }
}

/// Everything that the indication depends on: five families, scope, course, history, context and record.
///
/// A state is a number with one bit set for each criterion, so that a row of a table is a mask of what it allows.
enum StateSpace {
    static let dimensions: [Dimension] = {
        let emergency: [CriterionValue] =
            [.init(result: .unknown), .init(result: .notMet), .init(result: .suspected)]
            + [.init(result: .met)]
        let family = emergency + [.init(result: .met, isPresenting: true)]
        func plain(_ results: CriterionResult...) -> [CriterionValue] { results.map { .init(result: $0) } }
        let threeValued = plain(.unknown, .notMet, .met)
        let history = plain(.noneOnRecord, .unknown, .met)
        let rows: [(CriterionID, String, [CriterionValue])] = [
            (.caudaEquina, "cauda equina syndrome", emergency),
            (.progressiveDeficit, "severe or progressive weakness", emergency),
            (.infection, "spinal infection", family), (.malignancy, "malignancy", family),
            (.fracture, "vertebral fracture", family), (.adult, "adult", threeValued),
            (.radiculopathy, "radiculopathy", threeValued), (.sixWeeks, "six weeks since onset", threeValued),
            (.trialDocumented, "six weeks of conservative care", threeValued),
            (.trialFailed, "conservative care failed", threeValued),
            (.procedureCandidate, "candidate for surgery or injection", threeValued),
            (.priorLumbarMRI, "earlier lumbar MRI", history), (.priorLumbarSurgery, "earlier lumbar surgery", history),
            (.ageOver70, "age over 70", plain(.noneOnRecord, .unknown, .notMet, .met)),
            (.urgentContext, "urgent context", history),
            (.recordComplete, "record complete", plain(.met, .unknown, .notMet)),
        ]
        var offset = 0
        return rows.map { id, name, values in
            defer { offset += values.count }
            return Dimension(id: id, name: name, values: values, offset: offset)
        }
    }()

    static let families = Array(dimensions.prefix(5))
    static let contexts = Array(dimensions.dropFirst(5))
    /// How many states the families can be in, and everything else.
    static let familyCount = families.reduce(1) { $0 * $1.values.count }
    static let contextCount = contexts.reduce(1) { $0 * $1.values.count }

    static func dimension(_ id: CriterionID) -> Dimension {
        dimensions.first { $0.id == id } ?? dimensions[0]
    }

    /// The bits of one result in some criteria.
    static func mask(_ ids: [CriterionID], _ result: CriterionResult) -> UInt64 {
        ids.reduce(0) { $0 | dimension($1).mask { $0.result == result } }
    }

    /// The state in which nobody said anything.
    static let defaultCode = dimensions.reduce(0) { $0 | $1.bit(0) }

    /// In how many criteria a state differs from that.
    static func deviations(_ code: UInt64) -> Int { (code & ~defaultCode).nonzeroBitCount }

    /// The code of the n-th state of some criteria, the last one turning fastest.
    static func code(_ index: Int, of dimensions: [Dimension]) -> UInt64 {
        var rest = index
        var code: UInt64 = 0
        for dimension in dimensions.reversed() {
            code |= dimension.bit(rest % dimension.values.count)
            rest /= dimension.values.count
        }
        return code
    }

    /// Puts the results of a code into a state.
    static func fill(_ state: inout GuidelineState, _ code: UInt64, _ dimensions: [Dimension] = dimensions) {
        for dimension in dimensions {
            let value = dimension.values[dimension.value(in: code)]
            state[dimension.id] = value.result
            if value.isPresenting { state.setPresenting(dimension.id) }
        }
    }

    /// A code with one criterion put to another value.
    static func code(_ code: UInt64, setting dimension: Dimension, to value: Int) -> UInt64 {
        code & ~dimension.mask | dimension.bit(value)
    }

    /// Every code in which one more family is met, by a presenting feature or by a risk factor.
    static func familiesMet(from code: UInt64) -> [UInt64] {
        families.flatMap { dimension -> [UInt64] in
            guard dimension.values[dimension.value(in: code)].result != .met else { return [] }
            return dimension.values.indices.filter { dimension.values[$0].result == .met }
                .map { self.code(code, setting: dimension, to: $0) }
        }
    }

    /// The code of a state given in the words of ``words(_:)``; nil when one of them is not known.
    static func code(words: [String]) -> UInt64? {
        words.reduce(defaultCode) { code, words in
            for dimension in dimensions {
                let value = dimension.values.firstIndex { "\(dimension.name) \($0.words)" == words }
                if let code, let value { return self.code(code, setting: dimension, to: value) }
            }
            return nil
        }
    }

    /// The criteria that differ from the default, in words.
    static func words(_ code: UInt64) -> [String] {
        dimensions.compactMap { dimension in
            let value = dimension.value(in: code)
            return value == 0 ? nil : "\(dimension.name) \(dimension.values[value].words)"
        }
    }
}

/// What invariants and tables ask of the criteria of a state.
struct StateFacts: OptionSet, Sendable {
    let rawValue: UInt16
    init(rawValue: UInt16) { self.rawValue = rawValue }

    static let caudaEquinaMet = StateFacts(rawValue: 1 << 0)
    static let deficitMet = StateFacts(rawValue: 1 << 1)
    static let anyFamilyMet = StateFacts(rawValue: 1 << 2)
    static let anyFamilyUnknown = StateFacts(rawValue: 1 << 3)
    static let everyFamilyDenied = StateFacts(rawValue: 1 << 4)
    static let presentingFlag = StateFacts(rawValue: 1 << 5)
    /// How many combinations the facts of the families above have, and which one this is.
    static let familyKinds = 1 << 6
    var familyKind: Int { Int(rawValue) & (StateFacts.familyKinds - 1) }
    /// The same for what the card may depend on beside the rule: the families without the emergencies, and radiculopathy.
    static let cardKinds = 1 << 5
    var cardKind: Int { Int(rawValue) >> 2 & 15 | (contains(.radiculopathyMet) ? 16 : 0) }

    static let childOrOtherIndication = StateFacts(rawValue: 1 << 6)
    static let radiculopathyMet = StateFacts(rawValue: 1 << 7)
    static let urgent = StateFacts(rawValue: 1 << 8)
    static let complete = StateFacts(rawValue: 1 << 9)

    /// Reads a code; one of families alone gives the facts of the families, one of contexts those of the context.
    init(_ code: UInt64) {
        func holds(_ ids: [CriterionID], _ result: CriterionResult) -> Bool {
            code & StateSpace.mask(ids, result) != 0
        }
        var facts: StateFacts = []
        if holds([.caudaEquina], .met) { facts.insert(.caudaEquinaMet) }
        if holds([.progressiveDeficit], .met) { facts.insert(.deficitMet) }
        if holds(CriterionID.redFlags, .met) { facts.insert(.anyFamilyMet) }
        if holds(CriterionID.redFlags, .unknown) { facts.insert(.anyFamilyUnknown) }
        if CriterionID.redFlags.allSatisfy({ holds([$0], .notMet) }) { facts.insert(.everyFamilyDenied) }
        if StateSpace.families.contains(where: { code & $0.mask(where: \.isPresenting) != 0 }) {
            facts.insert(.presentingFlag)
        }
        if holds([.adult, .radiculopathy], .notMet) { facts.insert(.childOrOtherIndication) }
        if holds([.radiculopathy], .met) { facts.insert(.radiculopathyMet) }
        if holds([.urgentContext], .met) { facts.insert(.urgent) }
        if holds([.recordComplete], .met) { facts.insert(.complete) }
        self = facts
    }
}
