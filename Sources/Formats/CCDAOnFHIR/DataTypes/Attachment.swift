import CCDA
import Diagnostics
import JSONTree

extension EncapsulatedData {
    /// Attachment with the content in base 64, or the address of a file outside, which is not opened. Nil when there is
    /// neither, for packed content, and for content that is no base 64; the last two are noted.
    func attachment(title: String? = nil, in context: DocumentContext) -> JSONValue? {
        func note(_ found: String) {
            context.note(.ccdaValueType, at: element, expected: "content in base 64, not packed", found: found)
        }
        var data: String?
        if compression != nil {
            note("packed content, which is not unpacked")
        } else if isBase64 {
            data = base64()
            if data == nil { note("content that is empty, too long or no base 64") }
        }
        guard data != nil || externalReference != nil else { return nil }
        return .object([
            ("contentType", contentType.map { .string($0) }), ("data", data.map { .string($0) }),
            ("url", data == nil ? externalReference.flatMap(Self.url) : nil), ("title", title.map { .string($0) }),
        ])
    }

    /// A MIME type has no blanks.
    private var contentType: String? { mediaType.flatMap { $0.utf8.contains { $0 <= 0x20 } ? nil : $0 } }

    /// FHIR's url has no blanks.
    private static func url(_ text: String) -> JSONValue? {
        .string(text.utf8.contains { $0 <= 0x20 } ? text.split { $0 <= " " }.joined(separator: "%20") : text)
    }
}
