public import XMLTree

/// A telephone number or other address for messages: TEL.
public struct Telecom: Sendable, Hashable {
    /// What it reaches.
    public enum System: String, Sendable, Hashable {
        case phone, fax, email, pager, url, sms, other
    }
    /// What it reaches.
    public let system: System
    /// Number or address without the scheme, a URL as a whole; nil when there is none.
    public let value: String?
    /// Codes of `use`, for example `HP`.
    public let uses: [String]
    /// When it is in use; nil when nothing is said.
    public let period: UsablePeriod?
    /// Why there is none.
    public let nullFlavor: NullFlavor?
    /// Its kind does not stand before it: guessed from its characters.
    public let lacksScheme: Bool

    /// Reads a `telecom` element.
    public init(_ element: XMLElement) {
        uses = element.codes("use")
        period = UsablePeriod(element.elements.first { $0.name == "useablePeriod" })
        nullFlavor = element["nullFlavor"].map { NullFlavor(rawValue: $0) }
        let written = nullFlavor == nil ? element["value"]?.trimmingBlanks() ?? "" : ""
        let (found, rest) = Self.scheme(of: written)
        lacksScheme = found == nil && !written.isEmpty
        let isPager = uses.contains("PG")
        let system = found ?? (rest.utf8.contains(UInt8(ascii: "@")) ? .email : Self.isNumber(rest) ? .phone : .other)
        self.system = system == .phone && isPager ? .pager : system
        value = rest.nonEmpty
    }

    private static func scheme(of text: String) -> (System?, rest: String) {
        guard let colon = text.firstIndex(of: ":") else { return (nil, text) }
        let rest = String(text[text.index(after: colon)...]).trimmingBlanks()
        switch text[..<colon].lowercased() {
        case "tel": return (.phone, rest)
        case "fax", "x-text-fax": return (.fax, rest)
        case "mailto", "email": return (.email, rest)
        case "sms": return (.sms, rest)
        case "http", "https", "ftp": return (.url, rest.isEmpty ? "" : text)
        default: return (nil, text)
        }
    }

    /// Digits and what people write between them.
    private static func isNumber(_ text: String) -> Bool {
        text.utf8.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            && text.utf8.allSatisfy { "0123456789+()-./ xX".utf8.contains($0) }
    }
}
