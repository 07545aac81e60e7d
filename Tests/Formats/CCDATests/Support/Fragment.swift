import Diagnostics
import Testing
import XMLTree

@testable import CCDA

/// A piece of an invented document, parsed by itself.
struct Fragment {
    let root: XMLElement
    let context: DocumentContext

    /// Parses what stands inside a document's root element.
    ///
    /// - Parameter offset: The offset of the document's time.
    init(_ inside: String, offset: String? = "-05:00") throws {
        let text = """
            <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cda="urn:hl7-org:v3">\(inside)</ClinicalDocument>
            """
        let tree = try XMLDocument(Array(text.utf8))
        root = tree.root
        context = DocumentContext(tree, narrative: NarrativeIndex(tree), offset: offset, source: nil)
    }

    /// The first element of the piece.
    var element: XMLElement {
        get throws { try #require(root.elements.first { _ in true }) }
    }
    /// The first element of that name, at any depth.
    func first(_ name: String) throws -> XMLElement { try #require(root.descendants().first { $0.name == name }) }
    /// Codes of what was noted, in order.
    var codes: [String] { context.issues.map(\.code.rawValue) }
}
