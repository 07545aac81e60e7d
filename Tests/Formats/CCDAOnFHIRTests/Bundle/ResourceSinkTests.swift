import CCDA
import JSONTree
import Testing
import XMLTree

@testable import CCDAOnFHIR

@Suite("Resources on their way into the Bundle")
struct ResourceSinkTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        /// Groups, and the child of the document that each resource is made from.
        let added: [(group: ResourceSink.Group, child: Int)]
        var asDocument = true
        /// Ranks of what was added.
        let order: [Int]
        var testDescription: String { because }
    }

    static let rows = [
        Row(because: "by the place of their element", added: [(.body, 3), (.body, 1), (.body, 2)], order: [1, 2, 0]),
        Row(because: "of one element as they were made", added: [(.body, 1), (.body, 1)], order: [0, 1]),
        Row(
            because: "by group before place",
            added: [
                (.losses, 0), (.document, 0), (.participant, 0), (.body, 3), (.encounter, 4), (.patient, 5),
                (.composition, 6),
            ],
            order: [6, 5, 4, 3, 2, 1, 0]),
        Row(
            because: "outside a document the patient comes first",
            added: [(.composition, 0), (.patient, 5), (.body, 1)],
            asDocument: false, order: [1, 0, 2]),
    ]

    @Test("stand in order", arguments: rows)
    func order(_ row: Row) throws {
        let children = try Self.children()
        var sink = ResourceSink(documentKey: "D", metaSource: nil, security: nil)
        let references = row.added.map { sink.add("Basic", from: children[$0.child], group: $0.group, []) }
        let urls = sink.finished(asDocument: row.asDocument).map(\.fullURL)
        #expect(urls == row.order.map { references[$0] })
    }

    @Test("are known by their reference, and can be changed")
    func change() throws {
        let child = try Self.children()[0]
        var sink = ResourceSink(documentKey: "D", metaSource: nil, security: nil)
        let first = sink.add("Basic", from: child, key: ["a"], [("language", "en")])
        let second = sink.add("Basic", from: child, key: ["a"], [])
        #expect(first != second, "the second of two equal ones")
        #expect(sink.type(of: first) == "Basic")
        #expect(sink.type(of: "urn:uuid:0") == nil)
        sink.change(first) { $0 = [("language", "de")] }
        sink.change("urn:uuid:0") { $0 = [] }
        #expect(sink.finished(asDocument: true).map { $0.resource.text("language") } == ["de", nil])
    }

    private static func children() throws -> [XMLElement] {
        Array(try XMLDocument(Array("<a><b/><b/><b/><b/><b/><b/><b/></a>".utf8)).root.elements)
    }
}
