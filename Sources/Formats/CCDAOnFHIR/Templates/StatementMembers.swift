import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Members that resources of many types have, from what every statement may have (section 7, "common fields").
extension DocumentMapper {
    /// `identifier`; nil when no id of the statement says anything.
    func identifiers(of statement: Statement) -> JSONValue? { statement.ids.compactMap(\.json).nonEmptyArray }

    /// `subject` or `patient`
    var subject: JSONValue { reference(patient) }

    /// `encounter`; nil where no Encounter stands around the statement.
    func encounter(_ around: Surroundings) -> JSONValue? { around.encounter.map { reference($0) } }

    /// What an id is made from beside document, type and role (section 8): identifier, code, time.
    func key(of statement: Statement, _ code: CodedValue?) -> [String] {
        let coding = code?.codings.first
        let time = statement.element.first("effectiveTime")
        return [
            statement.ids.lazy.compactMap(\.key).first ?? "",
            coding.map { "\($0.system ?? "")^\($0.code)" } ?? "",
            time?["value"] ?? time?.first("low")?["value"] ?? "",
        ]
    }

    /// Start and end that contradict each other, as a note: neither is used, neither is lost.
    func datesAsWritten(_ time: TimeExpression?) -> [JSONValue] {
        guard let time, time.isReversed, let low = time.low.time, let high = time.high.time else { return [] }
        return [.text("Dates as written: \(low.fhir) to \(high.fhir)")]
    }

    /// The statement's own words; nil when there are none, or so many that they are no name.
    func words(of statement: Statement) -> String? {
        guard let text = statement.text, !text.isEmpty, text.utf8.count <= 2_000 else { return nil }
        return text
    }

    /// What an observation's value says, for people: words, else a code, else a number.
    func valueText(of statement: Statement) -> String? {
        switch statement.values.first {
        case .coded(let value): value.text ?? value.codings.first?.code ?? words(of: statement)
        case .text(let text, quantity: _): text
        case .quantity(let quantity): [quantity.value, quantity.unit ?? ""].joined(separator: " ").trimmingBlanks()
        case .integer(let number): number
        case .boolean(let isTrue): isTrue ? "yes" : "no"
        case .time(let time): time.fhir
        default: words(of: statement)
        }
    }

    /// Comments inside a statement (Comment Activity `.4.64`, LOINC 48767-8) as annotations; they are consumed.
    mutating func comments(of statement: Statement) -> [JSONValue] {
        let comments = statement.related.map(\.statement).filter { comment in
            comment.kind == .act && !namesOther(comment)
                && (comment.has(.commentActivity)
                    || comment.element.first("code").map { $0.hasAttribute("code", equalTo: "48767-8") } ?? false)
        }
        consume(comments)
        return comments.filter { !$0.isNullified && $0.negation == .no }
            .compactMap { context.joinedText(of: $0.element.first("text")) }.map { .text($0) }
    }
}

extension Authorship {
    /// The earliest time, for `recordedDate` and `authoredOn`.
    var date: JSONValue? { earliest.map { .string($0.fhir) } }
}

/// What a statement says before its code.
extension DocumentMapper {
    /// Whether a statement, or one around it, is negated. Two negations do not cancel each other.
    func isDenied(_ statement: Statement, _ around: Surroundings) -> Bool {
        if statement.negation == .yes, around.isNegated {
            context.note(
                .ccdaContradiction, at: statement.element, expected: "one negation",
                found: "one inside another; they do not cancel each other")
        }
        return statement.negation == .yes || around.isNegated
    }

    /// Whether a time lies after the reference date, the document's, by whole days.
    func isAfterReference(_ time: Timestamp) -> Bool {
        guard let reference = document.effectiveTime else { return false }
        return time.days.lowerBound > reference.days.upperBound
    }
}

/// Code systems of FHIR itself.
enum FHIRSystem {
    static let conditionClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    static let conditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
    static let allergyClinical = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
    static let allergyVerification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
    static let snomed = "http://snomed.info/sct"
    static let roleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
}

extension NullFlavor {
    /// `UNK`
    static let unknown = NullFlavor(rawValue: "UNK")
}

extension JSONValue {
    /// A value that is only written where a condition holds. A ternary with `nil` would be the value `null`.
    static func when(_ holds: Bool, _ value: @autoclosure () -> JSONValue?) -> JSONValue? { holds ? value() : .none }

    /// A CodeableConcept with one code.
    static func concept(_ system: String, _ code: String, _ display: String? = nil) -> JSONValue {
        let coding = JSONValue.object([
            ("system", .string(system)), ("code", .string(code)), ("display", display.map { .string($0) }),
        ])
        return ["coding": [coding]]
    }

    /// A CodeableConcept or an Annotation with nothing but `text`.
    static func text(_ text: String) -> JSONValue { ["text": .string(text)] }

    /// The text of a string; nil for anything else.
    var plainText: String? { if case .string(let text) = self { text } else { nil } }
}
