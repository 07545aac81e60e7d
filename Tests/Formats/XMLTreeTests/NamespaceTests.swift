import Diagnostics
import Testing
import XMLTree

@Suite("Namespaces")
struct NamespaceTests {
    @Test("prefixes do not matter, what they stand for does")
    func prefixes() throws {
        let root = try read(
            "<c:a xmlns:c='urn:hl7-org:v3' xmlns='urn:x'><b/><c:b/><d xmlns='urn:hl7-org:v3'><b/></d><c:b xmlns:c='urn:y'/></c:a>"
        ).root
        #expect(root.name == "a")
        #expect(root.has(name: "a", in: .cda))
        #expect(root.elements.map(\.namespaceURI) == ["urn:x", "urn:hl7-org:v3", "urn:hl7-org:v3", "urn:y"])
        #expect(root.elements("b").count == 1)
        #expect(root.first("d")?.elements("b").count == 1)
    }

    @Test("a default namespace does not reach attributes, and can be taken back")
    func defaults() throws {
        let root = try read("<a xmlns='urn:x' k='1'><b xmlns='' k='2'/></a>").root
        #expect(root["k"] == "1")
        #expect(root.elements.map(\.namespaceURI) == [nil])
        #expect(root.elements.map(\.isInRootNamespace) == [false])
    }

    @Test("a document without namespace is its own")
    func none() throws {
        let root = try read("<a><b/><b xmlns='urn:x'/></a>").root
        #expect(root.namespaceURI == nil)
        #expect(root.elements.map(\.isInRootNamespace) == [true, false])
        #expect(root.elements("b").count == 1)
    }

    @Test("xml:lang is in the namespace of XML")
    func xml() throws {
        let xml = XMLNamespace(uri: "http://www.w3.org/XML/1998/namespace", prefix: "xml")
        let document = try read("<a xml:lang='en' lang='no'/>")
        #expect(document.root.attribute("lang", in: xml) == "en")
        #expect(document.issues == [])
    }

    @Test("an undeclared prefix is taken for the namespace it usually stands for, with one warning")
    func usual() throws {
        let document = try read(
            "<a>\n<b xsi:type='CD'/>\n<b xsi:type='PQ'/>\n<sdtc:c sdtc:d='1'/><p:c xmlns:p='urn:hl7-org:sdtc'/></a>",
            namespaces: [.cda, .sdtc, .xsi])
        #expect(document.root.elements("b").map { $0.attribute("type", in: .xsi) } == ["CD", "PQ"])
        let elements = document.root.elements("c", in: .sdtc)
        #expect(elements.map(\.path) == ["/a/sdtc:c[1]", "/a/sdtc:c[2]"])
        #expect(elements.map(\.namespaceURI) == ["urn:hl7-org:sdtc", "urn:hl7-org:sdtc"])
        #expect(elements[0].attribute("d", in: .sdtc) == "1")
        #expect(warnings(document) == ["XML-203 2", "XML-203 4"])
        #expect(
            document.issues[0].description
                == "(line 2): expected prefixes that are declared, found xsi without declaration, taken for http://www.w3.org/2001/XMLSchema-instance [XML-203]"
        )
    }

    @Test("an undeclared prefix that nobody knows stays in the name, with one warning")
    func unknown() throws {
        let document = try read(
            "<a xmlns='urn:x'>\n<q:b q:c='1'/><q:b/><b/></a>", namespaces: [.sdtc])
        #expect(document.root.elements.map(\.name) == ["q:b", "q:b", "b"])
        #expect(document.root.elements.map(\.namespaceURI) == [nil, nil, "urn:x"])
        #expect(document.root.elements.map(\.path) == ["/a/q:b[1]", "/a/q:b[2]", "/a/b"])
        #expect(document.root.elements.map { $0["q:c"] } == ["1", nil, nil])
        #expect(warnings(document) == ["XML-204 2"])
        #expect(!document.issues.map(\.description).joined().contains("q"))
    }

    @Test("very many undeclared prefixes are read with a bounded number of warnings")
    func manyUnknown() throws {
        let document = try read("<a>" + (0..<1_000).map { "<p\($0):b/>" }.joined() + "</a>")
        #expect(document.elementCount == 1_001)
        #expect(document.issues.count == 100)
    }

    @Test("a prefix that the document declares for something else is that")
    func redeclared() throws {
        let document = try read("<a xmlns:sdtc='urn:x'><sdtc:b/></a>", namespaces: [.sdtc])
        #expect(document.root.elements.map(\.namespaceURI) == ["urn:x"])
        #expect(document.root.elements("b", in: .sdtc) == [])
        #expect(document.issues == [])
    }

    struct Row: CustomTestStringConvertible {
        let text: String
        let warnings: [String]
        let because: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(text: "<a xmlns:x='urn: a b'/>", warnings: ["XML-205 1"], because: "a name that is no URI"),
        Row(
            text: "<a xmlns:schemaLocation='urn:hl7-org:v3 CDA.xsd'>\n<b xmlns:y='urn: a b'/></a>",
            warnings: ["XML-205 1"], because: "the same breach twice is said once"),
        Row(text: "<a xmlns:x=''/>", warnings: ["XML-205 1"], because: "a prefix for no namespace"),
        Row(text: "<a xmlns:xml='urn:x'/>", warnings: ["XML-205 1"], because: "the prefix xml for something else"),
        Row(text: "<a:b:c xmlns:a='urn:x'/>", warnings: ["XML-205 1"], because: "two colons"),
    ]

    @Test("other breaches are read with a warning", arguments: rows)
    func breach(_ row: Row) throws {
        let document = try read(row.text)
        #expect(warnings(document) == row.warnings)
        #expect(document.issues.allSatisfy { $0.severity == .warning })
    }

    static let twice = [
        "<a xmlns:p='urn:x' xmlns:q='urn:x' p:n='true' q:n='false'/>",
        "<a xmlns:p='urn:hl7-org:sdtc' p:n='true' sdtc:n='false'/>",
        "<a sdtc:n='true' sdtc:n='false'/>",
        "<a n='true' n='false'/>",
    ]

    @Test("one attribute twice is refused, however it is prefixed", arguments: twice)
    func duplicates(_ text: String) {
        do {
            _ = try read(text, namespaces: [.sdtc])
            Issue.record("read")
        } catch let error as XMLError {
            #expect(error.code == .xmlDuplicateAttribute)
        } catch {
            Issue.record(error)
        }
    }

    @Test("the same local name in two namespaces is not twice")
    func different() throws {
        let root = try read("<a xmlns:p='urn:x' xmlns:q='urn:y' n='0' p:n='1' q:n='2'><b n='3'/></a>").root
        #expect(root.attributeNames == ["n", "n", "n"])
    }
}
