import CCDA
import JSONTree
import XMLTree

/// Members that resources of many types have, from what every statement may have (section 7, "common fields").
extension DocumentMapper {
    /// `identifier`; nil when no id of the statement says anything.
    func identifiers(of statement: Statement) -> JSONValue? { .list(statement.ids.compactMap(\.json)) }

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
}

extension JSONValue {
    /// An array; nil when there is nothing in it, since FHIR has no empty arrays.
    static func list(_ items: [JSONValue]) -> JSONValue? { items.isEmpty ? nil : .array(items) }

    /// A CodeableConcept with one code.
    static func concept(_ system: String, _ code: String, _ display: String? = nil) -> JSONValue {
        let coding = JSONValue.object([
            ("system", .string(system)), ("code", .string(code)), ("display", display.map { .string($0) }),
        ])
        return ["coding": [coding]]
    }

    /// A CodeableConcept, or another object, with nothing but `text`.
    static func text(_ text: String) -> JSONValue { ["text": .string(text)] }
}
