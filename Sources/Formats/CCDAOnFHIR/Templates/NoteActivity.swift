import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Note Activity (`.4.202`) → DocumentReference: for people, no fact is made of it.
extension DocumentMapper {
    /// LOINC "Note", which says of a note only that it is one.
    private static let note = "34109-9"

    /// A note with its kind, its words and who wrote it.
    mutating func noteActivity(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes { return .asText("a note that is denied") }
        guard let text = statement.element.first("text"), let attachment = attachment(text) else {
            return .asText("a note without words of its own")
        }
        let author = author(of: statement, around)
        let made = sink.add(
            "DocumentReference", from: statement.element, key: key(of: statement, statement.code),
            [
                ("identifier", identifiers(of: statement)),
                ("status", statement.isNullified ? "entered-in-error" : "current"),
                ("docStatus", docStatus(statement).map { .string($0) }), ("type", noteType(statement.code)),
                (
                    "category",
                    [
                        .concept(
                            "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
                            "clinical-note", "Clinical Note")
                    ]
                ), ("subject", subject), ("date", author.latest?.instant.map { .string($0) }),
                ("author", author.reference.map { [$0] }), ("content", [["attachment": attachment]]),
                ("context", noteContext(statement, around)),
            ])
        return .mapped(made)
    }

    /// The kind of note: translations before the code that says only that it is a note.
    private func noteType(_ code: CodedValue?) -> JSONValue? {
        guard let concept = concept(code), let codings = concept["coding"]?.elements, codings.count > 1 else {
            return concept(code)
        }
        let kinds = codings.filter { $0["code"] != .string(Self.note) }
        return JSONValue.object([("coding", .array(kinds)), ("text", concept["text"])])
            .adding(codings: codings)
    }

    /// How far the note is; nil when unknown.
    private func docStatus(_ statement: Statement) -> String? {
        switch statement.status {
        case .completed: "final"
        case .active: "preliminary"
        default: nil
        }
    }

    /// When the care was that it is about, in what encounter, and what it belongs to.
    private func noteContext(_ statement: Statement, _ around: Surroundings) -> JSONValue? {
        let time = statement.effectiveTime
        let period = time?.point.map { JSONValue.object([("start", .string($0.fhir))]) } ?? time?.period
        let members: Members = [
            ("encounter", encounter(around).map { [$0] }), ("period", period),
            ("related", around.parent.map { [reference($0)] }),
        ]
        return .when(members.contains { $0.1 != nil }, .object(members))
    }

    /// The file in an ED, else its words; nil when there is neither.
    private func attachment(_ text: XMLElement) -> JSONValue? {
        if let file = EncapsulatedData(text).attachment(in: context) { return file }
        guard let words = context.joinedText(of: text) else { return nil }
        return ["contentType": "text/plain", "data": .string(Base64.encoded(Array(words.utf8)))]
    }
}
