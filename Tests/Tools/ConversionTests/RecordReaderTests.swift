import Diagnostics
import Foundation
import Testing

@testable import Conversion

@Suite("Records of an input")
struct RecordReaderTests {
    struct Row: CustomTestStringConvertible {
        let name: String
        let content: String
        /// `source kind` of each record.
        let expected: [String]
        let because: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(
            name: "a.json", content: #"{"resourceType":"Bundle"}"#, expected: ["a.json document@1"],
            because: "a minified document"),
        Row(
            name: "a.json", content: "\n{\n \"resourceType\": \"Bundle\"\n}\n", expected: ["a.json document@2"],
            because: "a pretty-printed document after a blank line"),
        Row(
            name: "a.ndjson", content: "{\n \"resourceType\": \"Patient\"\n}\n", expected: ["a.ndjson document@1"],
            because: "a pretty-printed document under the name of NDJSON"),
        Row(
            name: "a.json", content: "{\"resourceType\":\"Bundle\"}\r\n\r\n{\"hook\":\"order-sign\"}\r\n",
            expected: ["a.json:1 document@1", "a.json:3 document@3"],
            because: "Bundles and requests are a record a line"),
        Row(
            name: "a.json", content: "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Condition\"}",
            expected: ["a.json resources@1,2"], because: "resources of several lines are one record"),
        Row(
            name: "a.ndjson", content: "\u{FEFF}{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Condition\"}\n",
            expected: ["a.ndjson resources@1,2"], because: "a byte order mark before the first line"),
        Row(
            name: "a.ndjson", content: "{\"resourceType\":\"Pat\n{\"resourceType\":\"Bundle\"}\n",
            expected: ["a.ndjson:1 document@1", "a.ndjson:2 document@2"],
            because: "a broken first line does not cost the second"),
        Row(
            name: "a.ndjson", content: "{\"resourceType\":\"Patient\"}\n[1]\n42\n{\"resourceType\":\"Condition\"}\n",
            expected: ["a.ndjson resources@1,2,3,4"], because: "lines that are no objects stay to be refused one by one"
        ),
        Row(
            name: "a.ndjson", content: "{\"resourceType\":\"Bundle\"}\n{\"resourceType\":\"Bun",
            expected: ["a.ndjson:1 document@1", "a.ndjson:2 INPUT-112"], because: "a last line that is cut"),
        Row(
            name: "a.ndjson", content: "{\"a\":\"x\u{2028}y\"}\n{\"resourceType\":\"Bundle\"}\n",
            expected: ["a.ndjson:1 document@1", "a.ndjson:2 document@2"],
            because: "U+2028 ends no line, and a line that says nothing does not decide the kind"),
        Row(
            name: "a.ndjson",
            content: "{\"resourceType\":\"OperationOutcome\"}\n{\"resourceType\":\"Bundle\"}\n{\"hook\":\"x\"}\n",
            expected: ["a.ndjson:1 document@1", "a.ndjson:2 document@2", "a.ndjson:3 document@3"],
            because: "a single resource before Bundles and requests is a line of its own"),
        Row(
            name: "a.ndjson",
            content: "{\"resourceType\":\"Patient\"}\n{\n{\"resourceType\":\"X\"}\n{\"resourceType\":\"Bundle\"}\n42\n",
            expected: [
                "a.ndjson:1 document@1", "a.ndjson:2 document@2", "a.ndjson:3 document@3", "a.ndjson:4 document@4",
                "a.ndjson:5 document@5",
            ],
            because: "several resources and a broken line before the first Bundle: each costs only itself"),
        Row(
            name: "a.ndjson", content: "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Bundle\"}\n{\"resourceTy",
            expected: ["a.ndjson:1 document@1", "a.ndjson:2 document@2", "a.ndjson:3 INPUT-112"],
            because: "a cut last line behind a change of kind"),
        Row(
            name: "a.json", content: "{\"resourceType\":\"Bundle\",\"entry\":[\n{\"resource\":{}}\n]}\n",
            expected: ["a.json document@1"], because: "one entry a line is still one document"),
        Row(name: "a.json", content: " \n", expected: ["a.json INPUT-103"], because: "an empty document"),
        Row(name: "a.ndjson", content: "", expected: [], because: "an export that holds no resource of its type"),
        Row(
            name: "a.json", content: "{\"resourceType\":\"Bundle\"", expected: ["a.json document@1"],
            because: "a cut document is left to the JSON reader, which says where"),
        Row(
            name: "a.json", content: "\r\n<?xml version='1.0'?>\r\n<ClinicalDocument/>\r\n",
            expected: ["a.json xml of 46"], because: "an XML document, every byte of it, whatever its name"),
        Row(
            name: "a.xml", content: "\u{FEFF}<ClinicalDocument/>", expected: ["a.xml xml of 22"],
            because: "an XML document with a byte order mark"),
        Row(
            name: "a.xml", content: "<ClinicalDocument>\n{\"resourceType\":\"Bundle\"}\n",
            expected: ["a.xml xml of 45"],
            because: "XML stays XML whatever follows"),
        Row(
            name: "a.ndjson", content: "{\"resourceType\":\"Bundle\"}\n<ClinicalDocument/>\n",
            expected: ["a.ndjson:1 document@1", "a.ndjson:2 document@2"], because: "XML among lines is a line"),
        Row(
            name: "a.xml", content: " <!DOCTYPE HTML><html></html>", expected: ["a.xml document@1"],
            because: "a web page is no document"),
    ]

    @Test("by content", arguments: rows)
    func reading(_ row: Row) throws {
        #expect(try Self.records(row.name, Array(row.content.utf8)) == row.expected)
    }

    @Test("a record beyond the limit is refused, the line before it is kept")
    func limit() throws {
        let small = #"{"resourceType":"Bundle"}"# + "\n"
        let large = #"{"resourceType":"Bundle","id":""# + String(repeating: "x", count: 300_000) + "\"}\n"
        let found = try Self.records("a.ndjson", Array((small + large).utf8), limit: 100_000)
        #expect(found == ["a.ndjson:1 document@1", "a.ndjson INPUT-108"])
    }

    @Test("lines behind a change of kind are read one by one: their sum may pass the limit")
    func changeOfKind() throws {
        let line = #"{"resourceType":"Bundle","id":""# + String(repeating: "x", count: 60_000) + "\"}\n"
        let text = "{\"resourceType\":\"Patient\"}\n" + String(repeating: line, count: 9)
        let found = try Self.records("a.ndjson", Array(text.utf8), limit: 200_000)
        #expect(found == (1...10).map { "a.ndjson:\($0) document@\($0)" })
    }

    @Test("a line longer than one read is put together")
    func longLine() throws {
        let line = #"{"resourceType":"Bundle","id":""# + String(repeating: "x", count: 300_000) + "\"}\n"
        let found = try Self.records("a.ndjson", Array((line + line + line).utf8))
        #expect(found == ["a.ndjson:1 document@1", "a.ndjson:2 document@2", "a.ndjson:3 document@3"])
    }

    static func records(_ name: String, _ content: [UInt8], limit: Int = 1 << 20) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spinehook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: name)
        try Data(content).write(to: path)
        var reader = try RecordReader(InputFile(path: path.path, name: name), limit: limit)
        var found: [String] = []
        while let record = reader.next() {
            let kind =
                switch record.content {
                case .document(_, let line): "document@\(line)"
                case .xml(let bytes): "xml of \(bytes.count)"
                case .resources(let lines): "resources@" + lines.map { String($0.number) }.joined(separator: ",")
                case .refused(let issue): issue.code.rawValue
                }
            found.append("\(record.source) \(kind)")
        }
        return found
    }
}
