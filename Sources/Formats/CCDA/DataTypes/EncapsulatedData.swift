public import XMLTree

/// Text or a file inside the document: ED.
public struct EncapsulatedData: Sendable {
    /// The element itself.
    public let element: XMLElement
    /// MIME type; nil when none is given, which means plain text.
    public let mediaType: String?
    /// Whether the content is in base 64.
    public let isBase64: Bool
    /// How the content is packed; nil when it is not. Packed content is not unpacked.
    public let compression: String?
    /// Where the content is, outside of the document: never opened. Nil for a reference into the narrative.
    public let externalReference: String?

    /// Reads an element; its content is read on demand.
    public init(_ element: XMLElement) {
        self.element = element
        mediaType = element["mediaType"]?.trimmingBlanks().nonEmpty
        isBase64 = element["representation"]?.trimmingBlanks() == "B64"
        compression = element["compression"]?.trimmingBlanks().nonEmpty
        let reference = element.first("reference")?["value"]?.trimmingBlanks().nonEmpty
        externalReference = reference.flatMap { NarrativeIndex.isExternal($0) ? $0 : nil }
    }

    /// Whether it is a file rather than plain text.
    public var isAttachment: Bool {
        if isBase64 || compression != nil { return true }
        return externalReference != nil && element.ownText.trimmingBlanks().isEmpty
    }

    /// The content in base 64 without white space; nil when it is not in base 64, empty, wrong or longer than the limit.
    ///
    /// - Parameter limit: The most characters.
    public func base64(limit: Int = 64 << 20) -> String? {
        guard isBase64 else { return nil }
        let text = element.ownText
        guard text.utf8.count <= limit + limit / 8 else { return nil }
        let bytes = text.utf8.filter { $0 > 0x20 }
        let body = bytes.prefix { $0 != UInt8(ascii: "=") }
        let padding = bytes.count - body.count
        guard !body.isEmpty, bytes.count % 4 == 0, padding <= 2, bytes.count <= limit,
            bytes.suffix(padding).allSatisfy({ $0 == UInt8(ascii: "=") }), body.allSatisfy(Self.isBase64)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
