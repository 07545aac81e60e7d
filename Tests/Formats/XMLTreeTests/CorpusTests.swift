import Diagnostics
import Testing
import XMLTree

/// Real and deliberately broken files, where they are at hand beside the project.
@Suite("Documents of the corpus")
struct CorpusTests {
    /// What `robustness/expected.csv` asks that XML decides, by the codes that mean it; `read` with warnings.
    static let robustness: [(file: String, expected: [String])] = [
        ("control-ok.xml", ["read"]),
        ("dtd-xxe-file.xml", ["XML-104"]),
        ("dtd-xxe-parameter.xml", ["XML-104"]),
        ("dtd-external-subset.xml", ["XML-104"]),
        ("dtd-internal-entity.xml", ["XML-104"]),
        ("dtd-billion-laughs.xml", ["XML-104"]),
        ("dtd-quadratic-blowup.xml", ["XML-104"]),
        ("dtd-attribute-default.xml", ["XML-104"]),
        ("depth-200.xml", ["read"]),
        ("depth-300.xml", ["XML-106"]),
        ("many-attributes.xml", ["read"]),
        ("long-name.xml", ["XML-108"]),
        ("enc-utf8-nodecl.xml", ["read"]),
        ("enc-utf8-bom.xml", ["read"]),
        ("enc-utf16le-bom.xml", ["read"]),
        ("enc-utf16be-bom.xml", ["read"]),
        ("enc-latin1.xml", ["read"]),
        ("enc-windows1252.xml", ["read"]),
        ("enc-latin1-mislabelled-utf8.xml", ["XML-110"]),
        ("enc-utf8-bytes-labelled-utf16.xml", ["read", "XML-202 1"]),
        ("enc-unknown.xml", ["XML-111"]),
        ("wf-empty.xml", ["XML-101"]),
        ("wf-only-declaration.xml", ["XML-103"]),
        ("wf-truncated.xml", ["XML-120"]),
        ("wf-two-roots.xml", ["XML-122"]),
        ("wf-ampersand.xml", ["XML-123"]),
        ("wf-control-char.xml", ["XML-124"]),
        ("wf-nul.xml", ["XML-124"]),
        ("wf-duplicate-attribute.xml", ["XML-125"]),
        ("wf-leading-whitespace.xml", ["read", "XML-201 2"]),
        ("ns-missing-xsi.xml", ["read", "XML-203 10"]),
        ("ns-missing-sdtc.xml", ["read", "XML-203 7"]),
        ("ns-none.xml", ["read"]),
        ("ns-wrong.xml", ["read"]),
        ("ns-prefixed.xml", ["read"]),
        ("ns-prefixed-xsitype.xml", ["read"]),
        ("not-json.xml", ["XML-102"]),
        ("not-html.xml", ["XML-104"]),
        ("not-hl7v2.xml", ["XML-102"]),
        ("not-fhir-xml.xml", ["read"]),
        ("not-soap.xml", ["read"]),
        ("ref-variants.xml", ["read"]),
        ("xxe-canary.xml", ["XML-102"]),
    ]

    @Test("hostile and broken input comes out as it must", arguments: robustness.map(\.file))
    func verdict(_ file: String) throws {
        guard let bytes = Corpus.bytes(of: "robustness/\(file)") else { return }
        let expected = try #require(Self.robustness.first { $0.file == file }).expected
        do {
            let document = try XMLDocument(bytes, namespaces: [.cda, .sdtc, .xsi])
            #expect(["read"] + warnings(document) == expected)
        } catch {
            #expect([error.code.rawValue] == expected)
        }
    }

    static let names = [
        "control-ok.xml": "Ana", "enc-utf8-nodecl.xml": "Zoë", "enc-utf8-bom.xml": "Zoë", "enc-utf16le-bom.xml": "Zoë",
        "enc-utf16be-bom.xml": "Zoë", "enc-latin1.xml": "Zoë",
    ]

    @Test("the given name is the same in every encoding", arguments: names.keys.sorted())
    func given(_ file: String) throws {
        guard let bytes = Corpus.bytes(of: "robustness/\(file)") else { return }
        let root = try XMLDocument(bytes).root
        let given = root.first("recordTarget")?.first("patientRole")?.first("patient")?.first("name")?.first("given")
        #expect(given?.ownText == Self.names[file])
    }

    @Test("what a prefix that is not declared stands for is found")
    func undeclared() throws {
        guard let type = Corpus.bytes(of: "robustness/ns-missing-xsi.xml"),
            let deceased = Corpus.bytes(of: "robustness/ns-missing-sdtc.xml")
        else { return }
        let values = try XMLDocument(type, namespaces: [.xsi]).root.descendants().filter { $0.has(name: "value") }
        #expect(!values.isEmpty && values.allSatisfy { $0.attribute("type", in: .xsi) == "CD" })
        let found = try XMLDocument(deceased, namespaces: [.sdtc]).root.descendants()
            .filter { $0.has(name: "deceasedInd", in: .sdtc) }
        #expect(found.map { $0["value"] } == ["true"])
    }

    @Test("every document holds what libxml2's own tree of it holds, on the lines where its tags begin")
    func agreement() throws {
        var read = 0
        for path in Corpus.documents() {
            guard let bytes = Corpus.bytes(of: path) else { continue }
            guard let document = try? XMLDocument(bytes) else {
                #expect(refusal(bytes)?.issue(source: path).severity == .fatal)
                #expect(NodeCount(bytes) == nil || Self.refusedOnPurpose.contains(path), "\(path) is refused")
                continue
            }
            read += 1
            #expect(document.memory <= 4 * bytes.count + 1_024, "\(path)")
            if let count = NodeCount(Self.asLibXML2NeedsIt(bytes, document)) {
                #expect(NodeCount(document) == count, "\(path)")
            } else {
                Issue.record("\(path) is read and libxml2 refuses it")
            }
            #expect(Self.lines(of: document) == StartTags.lines(in: bytes), "\(path)")
        }
        print("\(read) documents compared")
    }

    /// Documents that libxml2 reads by itself: those with a document type declaration.
    static let refusedOnPurpose = Set(
        robustness.filter { $0.expected == ["XML-104"] }.map { "robustness/\($0.file)" })

    /// Without white space in front and with the right label, which libxml2 does not forgive.
    static func asLibXML2NeedsIt(_ bytes: [UInt8], _ document: XMLDocument) -> [UInt8] {
        let codes = document.issues.map(\.code.rawValue)
        var bytes = bytes
        if codes.contains("XML-201") { bytes = Array(bytes.drop { [0x20, 0x0A, 0x0D, 0x09].contains($0) }) }
        if codes.contains("XML-202") {
            bytes = Array(String(decoding: bytes, as: UTF8.self).replacing("UTF-16", with: "UTF-8").utf8)
        }
        return bytes
    }

    static func lines(of document: XMLDocument) -> [Int] {
        [document.root.line] + document.root.descendants().map(\.line)
    }
}
