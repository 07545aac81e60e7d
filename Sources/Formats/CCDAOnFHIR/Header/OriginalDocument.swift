import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// The document itself, or the file that it wraps → DocumentReference.
extension DocumentMapper {
    /// Keeps the bytes of the document. Returns its reference.
    mutating func keepOriginal(_ bytes: [UInt8]) -> String {
        documentReference(
            role: "original",
            attachment: .object([
                ("contentType", "text/xml"), ("data", .string(Base64.encoded(bytes))),
                ("title", .string(documentTitle)),
                ("creation", document.effectiveTime.map { .string($0.fhir) }),
            ]))
    }

    /// component/nonXMLBody: what it holds, never fetched from elsewhere. Returns its reference.
    mutating func mapUnstructured(_ body: XMLElement, encounter: String?) -> String {
        context.note(
            .ccdaNoStructuredBody, at: body, expected: "a structured body",
            found: "no structured body; nothing but the header is read")
        let data = body.first("text").map { EncapsulatedData($0) }
        let attachment = data.flatMap { $0.attachment(title: documentTitle, in: context) ?? plainText($0) }
        return documentReference(
            role: "body", attachment: attachment ?? ["title": .string(documentTitle)], encounter: encounter)
    }

    /// Words that stand in the body as they are; nil when there are none.
    private func plainText(_ data: EncapsulatedData) -> JSONValue? {
        let words = data.element.ownText.trimmingBlanks()
        guard !words.isEmpty, !data.isBase64, data.compression == nil else { return nil }
        return [
            "contentType": .string(data.mediaType ?? "text/plain"),
            "data": .string(Base64.encoded(Array(words.utf8))), "title": .string(documentTitle),
        ]
    }

    private mutating func documentReference(role: String, attachment: JSONValue, encounter: String? = nil) -> String {
        let root = document.root
        let category = JSONValue.concept(
            "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note",
            "Clinical Note")
        return sink.add(
            "DocumentReference", from: root, role: role, key: root.instanceIdentifiers.compactMap(\.key),
            group: .document,
            [
                ("masterIdentifier", documentIdentifier), ("status", "current"), ("type", documentType ?? .absent()),
                ("category", [category]), ("subject", reference(patient)),
                ("date", document.effectiveTime?.instant.map { .string($0) }), ("author", documentAuthors()),
                ("custodian", custodian()), ("content", [["attachment": attachment]]),
                ("context", encounter.map { ["encounter": [reference($0)]] }),
            ])
    }
}
