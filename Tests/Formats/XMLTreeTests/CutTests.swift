import Testing
import XMLTree

/// What is cut short is never read as complete, and no bytes end the process.
@Suite("Cut and damaged documents")
struct CutTests {
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Zoë --><?style x?>
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <name use='L'>Zoë &amp; Çelik &#235; \u{1F9B4}</name><text><![CDATA[a <b> ]]></text>
          <value xsi:type="CD" code="1.2" displayName="„Bone“ &lt; &quot;x&quot;"/><!-- end -->
          <sdtc:x a="1"/>
        </ClinicalDocument>
        """

    struct Row: CustomTestStringConvertible {
        let bytes: [UInt8]
        let because: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(bytes: Array(text.utf8), because: "UTF-8"),
        Row(bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8), because: "UTF-8 with byte order mark"),
        Row(bytes: [0xFF, 0xFE] + utf16(text), because: "UTF-16 little-endian"),
        Row(bytes: [0xFE, 0xFF] + utf16(text, littleEndian: false), because: "UTF-16 big-endian"),
        Row(bytes: Array(latin.utf8.map { $0 }), because: "ISO-8859-1 by label"),
    ]

    static let latin = text.replacing("UTF-8", with: "ISO-8859-1")

    @Test("cut at every byte: refused", arguments: rows)
    func cut(_ row: Row) throws {
        _ = try XMLDocument(row.bytes)
        for length in 0..<row.bytes.count where refusal(Array(row.bytes.prefix(length))) == nil {
            Issue.record("read when cut to \(length) of \(row.bytes.count) bytes")
        }
    }

    @Test("cut inside the last tag or a letter: said to be cut short")
    func cause() {
        let bytes = Array("<a>Zoë</a>".utf8)
        for length in [4, 6, 7, 8, 9, 10] {
            #expect(refusal(Array(bytes.prefix(length)))?.code == .xmlCutShort, "\(length)")
        }
        #expect(refusal(Array(bytes.prefix(10)))?.line == 1)
    }

    @Test("white space behind the root may be missing")
    func epilog() throws {
        #expect(try XMLDocument(Array("<a/>\n".utf8)).elementCount == 1)
        #expect(try XMLDocument(Array("<a/>".utf8)).elementCount == 1)
        #expect(refusal("<a/>\n<!-- ")?.code == .xmlCutShort)
        #expect(refusal("<a/>\n<")?.code != nil)
    }

    @Test("bytes changed at random: read or refused", arguments: rows)
    func damaged(_ row: Row) {
        var generator = SeededGenerator(seed: 20_240_601)
        var counts = (read: 0, refused: 0)
        for _ in 0..<4_000 {
            var bytes = row.bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 2: bytes.remove(at: place)
                default: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
                }
            }
            guard let document = try? XMLDocument(bytes, namespaces: [.sdtc]) else {
                counts.refused += 1
                continue
            }
            counts.read += 1
            #expect(Self.visit(document) == document.elementCount)
        }
        #expect(counts.read > 0 && counts.refused > 0)
    }

    /// Asks every element for everything; the number of elements.
    static func visit(_ document: XMLDocument) -> Int {
        var count = 1
        _ = document.root.path
        for element in document.root.descendants() {
            count += 1
            _ = (element.name, element.namespaceURI, element.path, element.ownText, element.line)
            for name in element.attributeNames { _ = element[name] }
            for case .element(let child) in element.content where child.parent != element { return -1 }
        }
        return count
    }

    @Test("pieces of markup in any order: read or refused")
    func pieces() {
        let pieces = [
            "<a>", "</a>", "<a/>", "<b x='1'>", "</b>", "&amp;", "&#60;", "&x;", "<!--", "-->", "<![CDATA[", "]]>",
            "<?x", "?>", "<!DOCTYPE a [", "]>", "<!ENTITY x 'y'>", " xmlns='u'", "'", "\"", "<", ">", "&", "ë", "\n",
            "<?xml version='1.0'?>", "\u{0}", " ", "p:", "x='",
        ]
        var generator = SeededGenerator(seed: 7)
        var read = 0
        for _ in 0..<20_000 {
            let length = Int.random(in: 1...8, using: &generator)
            let text = (0..<length).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            if let document = try? XMLDocument(Array(text.utf8)) { read += Self.visit(document) }
        }
        #expect(read > 0)
    }
}
