import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Code and value of an Observation, once negation and null are weighed (sections 4.1 and 4.6).
struct ObservationContent {
    /// Observation.code
    var code: JSONValue
    /// The value's type with a capital, and the value; nil when there is none.
    var value: (type: String, value: JSONValue)?
    /// Code of data-absent-reason, why there is no value; nil when there is one.
    var absent: String?
    /// Further values of the same question.
    var components: [JSONValue] = []

    /// Whether it says anything: a value, or a component with one.
    var hasValue: Bool { value != nil || components.contains { $0["dataAbsentReason"] == nil } }

    /// That the finding is there, or that it is not.
    static func finding(_ code: JSONValue, _ isPresent: Bool) -> ObservationContent {
        ObservationContent(code: code, value: ("Boolean", .bool(isPresent)))
    }

    /// A question whose answer is not known.
    static func open(_ code: JSONValue, _ reason: String) -> ObservationContent {
        ObservationContent(code: code, absent: reason)
    }
}

/// What a statement asks and answers; or why it can be no Observation.
enum ObservationReading {
    case content(ObservationContent)
    case outcome(DocumentMapper.Outcome)
}

extension DocumentMapper {
    /// Reads code and value of an observation.
    func content(of statement: Statement, _ shape: ObservationShape) -> ObservationReading {
        let values = statement.values.filter(\.isSomething)
        if statement.negation == .yes {
            return shape.isMeasurement ? denial(ofMeasurement: statement, values) : denial(of: statement, values, shape)
        }
        let isGeneric =
            shape.code == nil && (GenericCode.isOne(statement.code) || shape.isFinding && asksNothing(statement))
        if isGeneric { return finding(in: statement, values, shape) }
        guard let code = shape.code ?? question(of: statement) else {
            return .outcome(.refused("neither code nor text", type: "Observation"))
        }
        if let flavor = statement.nullFlavor { return .content(.open(code, flavor.dataAbsentReason)) }
        return .content(answer(code, values, of: statement))
    }

    /// The code of an observation. Its own words mostly tell the value too: they only name it where nothing else does.
    private func question(of statement: Statement) -> JSONValue? {
        let isNamed = statement.code?.codings.contains { $0.display != nil } == true
        return concept(statement.code, text: isNamed ? nil : words(of: statement), placesSides: true)
    }

    /// Whether an observation has no code.
    private func asksNothing(_ statement: Statement) -> Bool { statement.code?.isEmpty ?? true }

    /// The value of a question; several values as components.
    private func answer(_ code: JSONValue, _ values: [ObservationValue], of statement: Statement) -> ObservationContent
    {
        let choices = values.compactMap { $0.choice(in: context) }
        if choices.count > 1 {
            let components = choices.map { JSONValue.object([("code", code), ("value" + $0.type, $0.value)]) }
            return ObservationContent(code: code, components: components)
        }
        if let choice = choices.first { return ObservationContent(code: code, value: choice) }
        return .open(code, absentReason(statement))
    }

    /// Why an observation has no value.
    private func absentReason(_ statement: Statement) -> String {
        for value in statement.values {
            switch value {
            case .null(let flavor): return flavor.dataAbsentReason
            case .coded(let code): return code.nullFlavor?.dataAbsentReason ?? "unknown"
            default: return "unsupported"
            }
        }
        return "unknown"
    }

    // MARK: Findings in the value

    /// A finding that stands in the value, since the code asks nothing. `ASSERTION` beside the code says so.
    private func finding(
        in statement: Statement, _ values: [ObservationValue], _ shape: ObservationShape
    ) -> ObservationReading {
        guard let value = values.first else { return .outcome(.asText("names no finding")) }
        if let flavor = statement.nullFlavor {
            guard let finding = concept(value.coded) else { return .outcome(.asText("names no finding")) }
            return .content(.open(finding, flavor.dataAbsentReason))
        }
        let code = (concept(statement.code) ?? [:]).adding(codings: [GenericCode.assertion])
        return .content(answer(code, values, of: statement))
    }

    /// A finding that was looked for and is not there: it becomes the code, and never the value.
    private func denial(
        of statement: Statement, _ values: [ObservationValue], _ shape: ObservationShape
    ) -> ObservationReading {
        let isGeneric = GenericCode.isOne(statement.code) || asksNothing(statement)
        let question = isGeneric ? shape.code : question(of: statement)
        switch values.first {
        case nil:
            return question.map { .content(.finding($0, false)) } ?? .outcome(.asText("denies nothing that it names"))
        case .boolean(let isTrue)?: return denial(ofAnswer: isTrue, to: question, statement)
        case .coded(let value)?:
            if let isTrue = value.truth { return denial(ofAnswer: isTrue, to: question, statement) }
            if statement.code?.codings.contains(where: { $0.system == GenericCode.ownFindings }) == true {
                // "Not reduced" may be normal or absent.
                return .outcome(.refused("denies one of several answers", type: "Observation"))
            }
            guard let finding = concept(value) else { return .outcome(.asText("denies nothing that it names")) }
            return .content(.finding(finding.adding(codings: question?["coding"]?.elements ?? []), false))
        case .text(let words, _)? where isGeneric: return .content(.finding(.text(words), false))
        default: return denial(ofMeasurement: statement, values)
        }
    }

    /// "Yes" that is denied is a "no"; a "no" that is denied says two things at once.
    private func denial(ofAnswer isTrue: Bool, to question: JSONValue?, _ statement: Statement) -> ObservationReading {
        guard let question else { return .outcome(.asText("denies nothing that it names")) }
        if isTrue { return .content(.finding(question, false)) }
        context.note(
            .ccdaContradiction, .error, at: statement.element, expected: "a negation, or the answer no",
            found: "both; neither is used")
        return .outcome(.refused("negated, and the answer is no", type: "Observation"))
    }

    /// No result; of a result that is denied, that it is not known.
    private func denial(ofMeasurement statement: Statement, _ values: [ObservationValue]) -> ObservationReading {
        guard !values.isEmpty else { return .outcome(.asText("negated, without a value: no result")) }
        guard let code = question(of: statement) else {
            return .outcome(.refused("neither code nor text", type: "Observation"))
        }
        context.note(
            .ccdaContradiction, at: statement.element, expected: "a value, or a negation",
            found: "both; the value is left out")
        return .content(.open(code, "unknown"))
    }
}

extension ObservationValue {
    /// Whether there is anything in it.
    var isSomething: Bool {
        switch self {
        case .null: false
        case .coded(let value): !value.isEmpty
        default: true
        }
    }
}
