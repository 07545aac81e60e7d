/// How large and how deep a document may be.
///
/// Beside these hold libxml2's own: an element or attribute name of 50,000 bytes, an attribute value of 10 MB.
public struct XMLLimits: Sendable, Hashable {
    /// The most bytes a document may have, at most ``largestDocument``.
    public let bytes: Int
    /// The most elements that may stand inside each other, the root counted; at most ``greatestDepth``.
    public let depth: Int
    /// The most bytes, in UTF-8, of one text between two tags.
    public let textBytes: Int
    /// The most attributes of one element.
    public let attributes: Int
    /// The most namespace declarations in scope at one place.
    public let namespaces: Int

    /// The most different names, prefixes and namespaces in all, give or take those of a few thousand bytes.
    public let names: Int

    /// 1 GiB: offsets are kept in 32 bits, and one byte of another encoding may take three in UTF-8.
    public static let largestDocument = 1 << 30
    /// 256, which is also where libxml2 stops.
    public static let greatestDepth = 256
    /// 64 MiB, 256 levels, texts of 10 MB, 4,000 attributes, 256 namespace declarations, 100,000 names.
    public static let standard = XMLLimits()

    /// Limits of a document; what goes beyond the greatest values is cut to them.
    ///
    /// Up to version 2.11 libxml2 compares each attribute of an element with all others, and looks long for a name
    /// among very many: `attributes` and `names` bound that. A clinical document has some hundred names.
    public init(
        bytes: Int = 64 << 20, depth: Int = greatestDepth, textBytes: Int = 10_000_000, attributes: Int = 4_000,
        namespaces: Int = 256, names: Int = 100_000
    ) {
        self.bytes = min(bytes, Self.largestDocument)
        self.depth = min(depth, Self.greatestDepth)
        self.textBytes = textBytes
        self.attributes = attributes
        self.namespaces = namespaces
        self.names = names
    }
}
