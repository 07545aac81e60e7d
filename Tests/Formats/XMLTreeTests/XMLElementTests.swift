import Testing
import XMLTree

@Suite("Elements")
struct XMLElementTests {
    static let text = """
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <id root="1.2.3"/><id root="1.2.4" extension=""/>
          <patient>
            <raceCode code="a"/><sdtc:raceCode code="b"/><sdtc:raceCode code="c"/>
            <value xsi:type="CD" type="plain" sdtc:type="hl7"
              code="1">  two
              lines</value>
          </patient>
        </ClinicalDocument>
        """

    let root: XMLElement

    init() throws { root = try read(Self.text, namespaces: [.sdtc, .xsi]).root }

    @Test("children in order, parents, ranks in the document")
    func family() throws {
        #expect(root.elements.map(\.name) == ["id", "id", "patient"])
        #expect(root.elements.map(\.index) == [1, 2, 3])
        #expect(root.childCount == 3)
        #expect(root.parent == nil)
        let patient = try #require(root.first("patient"))
        #expect(patient.elements.map { $0.parent == patient } == [true, true, true, true])
        #expect(patient.descendants().map(\.index) == [4, 5, 6, 7])
        #expect(root.descendants().map(\.index) == Array(1...7))
        #expect(try #require(root.first("id")).childCount == 0)
        #expect(try #require(root.first("id")).descendants().map(\.index) == [])
    }

    @Test("an element is the same wherever it was found, and only in its document")
    func identity() throws {
        let patient = try #require(root.first("patient"))
        #expect(patient.elements.map { $0 }[0].parent == patient)
        #expect(Set([patient, root.elements("patient")[0], root]).count == 2)
        #expect(try read(Self.text).root != root)
    }

    @Test("names are looked up in the namespace of the root, or in one that is named")
    func lookup() throws {
        let patient = try #require(root.first("patient"))
        #expect(patient.elements("raceCode").map { $0["code"] } == ["a"])
        #expect(patient.elements("raceCode", in: .sdtc).map { $0["code"] } == ["b", "c"])
        #expect(patient.elements("raceCode", in: .cda).map { $0["code"] } == ["a"])
        #expect(patient.elements("raceCode", in: .xsi) == [])
        #expect(patient.first("raceCode", in: .sdtc)?["code"] == "b")
        #expect(patient.first("racecode") == nil)
        #expect(patient.first("race") == nil)
        #expect(patient.elements.map(\.isInRootNamespace) == [true, false, false, true])
        #expect(patient.elements.map { $0.has(name: "raceCode") } == [true, false, false, false])
        #expect(patient.elements.map { $0.has(name: "raceCode", in: .sdtc) } == [false, true, true, false])
        #expect(patient.elements.map(\.namespaceURI).map { $0 ?? "" }[1] == "urn:hl7-org:sdtc")
    }

    @Test("attributes by namespace; absent is not empty")
    func attributes() throws {
        let value = try #require(root.first("patient")?.first("value"))
        #expect(value["type"] == "plain")
        #expect(value.attribute("type", in: .xsi) == "CD")
        #expect(value.attribute("type", in: .sdtc) == "hl7")
        #expect(value.attribute("type", in: .cda) == nil)
        #expect(value.attributeNames == ["type", "type", "type", "code"])
        #expect(root.attributeNames == [])
        let ids = root.elements("id")
        #expect(ids.map { $0["extension"] } == [nil, ""])
        #expect(ids[1].hasAttribute("extension", equalTo: ""))
        #expect(!ids[0].hasAttribute("extension", equalTo: ""))
        #expect(ids[0].hasAttribute("root", equalTo: "1.2.3"))
        #expect(!ids[0].hasAttribute("root", equalTo: "1.2.4"))
        #expect(!value.hasAttribute("type", equalTo: "CD"))
    }

    @Test("the line is that of the start tag's first character")
    func lines() throws {
        #expect(root.line == 1)
        #expect(root.elements.map(\.line) == [3, 3, 4])
        let patient = try #require(root.first("patient"))
        #expect(patient.elements.map(\.line) == [5, 5, 5, 6])
    }

    @Test("paths have an index only among siblings of one name and namespace")
    func paths() throws {
        #expect(root.path == "/ClinicalDocument")
        #expect(
            root.descendants().map(\.path) == [
                "/ClinicalDocument/id[1]",
                "/ClinicalDocument/id[2]",
                "/ClinicalDocument/patient",
                "/ClinicalDocument/patient/raceCode",
                "/ClinicalDocument/patient/sdtc:raceCode[1]",
                "/ClinicalDocument/patient/sdtc:raceCode[2]",
                "/ClinicalDocument/patient/value",
            ])
    }

    struct PathRow: CustomTestStringConvertible {
        let text: String
        let paths: [String]
        let because: String
        var testDescription: String { because }
    }

    static let pathRows = [
        PathRow(
            text: "<a><b><c/></b><d/><b><c/><c/></b></a>",
            paths: ["/a/b[1]", "/a/b[1]/c", "/a/d", "/a/b[2]", "/a/b[2]/c[1]", "/a/b[2]/c[2]"],
            because: "siblings that others part, and the same name on another level"),
        PathRow(
            text: "<b><b><b/></b><b/></b>", paths: ["/b/b[1]", "/b/b[1]/b", "/b/b[2]"],
            because: "one name on all levels"),
        PathRow(
            text: "<c:a xmlns:c='urn:hl7-org:v3'><c:b/><c:b/></c:a>", paths: ["/a/b[1]", "/a/b[2]"],
            because: "the root's namespace has no prefix, whatever the document writes"),
        PathRow(
            text: "<a xmlns='urn:hl7-org:v3'><x:b xmlns:x='urn:hl7-org:sdtc'/><b xmlns='urn:hl7-org:sdtc'/></a>",
            paths: ["/a/sdtc:b[1]", "/a/sdtc:b[2]"], because: "the usual prefix, whatever the document writes"),
        PathRow(
            text: "<a xmlns='urn:hl7-org:v3' xmlns:x='urn:x'><x:b/><b/><y:b xmlns:y='urn:x'/></a>",
            paths: ["/a/x:b[1]", "/a/b", "/a/x:b[2]"], because: "the document's first prefix for others"),
        PathRow(
            text: "<a xmlns='urn:hl7-org:v3'><div xmlns='urn:x'><p/></div><b xmlns=''/></a>",
            paths: ["/a/Q{urn:x}div", "/a/Q{urn:x}div/Q{urn:x}p", "/a/Q{}b"],
            because: "namespaces without any prefix, and none"),
    ]

    @Test("paths name one element each", arguments: pathRows)
    func path(_ row: PathRow) throws {
        #expect(try read(row.text, namespaces: [.sdtc]).root.descendants().map(\.path) == row.paths)
    }
}
