import CCDA
import Diagnostics
import JSONTree
import Testing
import XMLTree

@testable import CCDAOnFHIR

/// A piece of an invented document, parsed by itself, for the FHIR forms of data types.
struct Piece {
    let root: XMLElement
    let context: DocumentContext

    /// Parses what stands inside a document's root element.
    init(_ inside: String) throws {
        let text = """
            <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\(inside)</ClinicalDocument>
            """
        let tree = try XMLDocument(Array(text.utf8))
        root = tree.root
        context = DocumentContext(tree, narrative: NarrativeIndex(tree), offset: "-05:00", source: nil)
    }

    /// The first element of the piece.
    var element: XMLElement {
        get throws { try #require(root.elements.first { _ in true }) }
    }
    /// Codes of what was noted, in order.
    var codes: [String] { context.issues.map(\.code.rawValue) }
}

extension JSONValue {
    /// As written.
    var line: String { String(decoding: encoded(), as: UTF8.self) }
    /// Places where something is empty: a string, an array, an object, null; FHIR has none of them.
    var emptyPlaces: [String] {
        switch self {
        case .null: ["null"]
        case .string(let text): text.utf8.allSatisfy { $0 <= 0x20 } ? [""] : []
        case .array(let items): items.isEmpty ? ["[]"] : items.flatMap(\.emptyPlaces).map { "[]" + $0 }
        case .object(let members):
            members.isEmpty ? ["{}"] : members.flatMap { m in m.value.emptyPlaces.map { m.name + "." + $0 } }
        default: []
        }
    }
}
