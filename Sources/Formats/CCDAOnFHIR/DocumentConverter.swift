public import CCDA
import JSONTree
import XMLTree

/// Turns C-CDA documents into FHIR R4 Bundles.
public struct DocumentConverter: Sendable {
    /// What to make beside the facts.
    public struct Options: Sendable {
        /// The narrative of sections as XHTML in the Composition.
        public var includesNarrative = true
        /// The document itself as attachment of a DocumentReference.
        public var includesOriginal = false
        /// Makes the default options.
        public init() {}
    }
    /// What to make.
    public var options: Options

    /// A converter.
    public init(options: Options = Options()) { self.options = options }

    /// Whether bytes look like XML rather than JSON: the first that is no blank, NUL or byte order mark is `<`.
    public static func looksLikeXML(_ bytes: some Collection<UInt8>) -> Bool {
        // NUL stands beside each ASCII character in UTF-16.
        let ignored: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0x00, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF]
        return bytes.first { !ignored.contains($0) } == UInt8(ascii: "<")
    }

    /// Converts a document.
    ///
    /// - Parameters:
    ///   - bytes: The document in any encoding that XML admits.
    ///   - source: The input's name; nil when there is only one.
    /// - Throws: The issues that say why nothing of it is used.
    public func convert(_ bytes: [UInt8], source: String? = nil) throws(DocumentRefused) -> ConvertedDocument {
        let tree: XMLDocument
        do throws(XMLError) {
            tree = try XMLDocument(bytes, namespaces: [.cda, .sdtc, .xsi])
        } catch {
            throw DocumentRefused(issues: [error.issue(source: source)])
        }
        var mapper = DocumentMapper(try ClinicalDocument(tree, source: source))
        return mapper.converted(bytes, options: options)
    }
}
