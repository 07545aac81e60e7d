import Diagnostics
import Testing
import XMLTree

@Suite("Encodings")
struct EncodingTests {
    struct Row: CustomTestStringConvertible {
        let bytes: [UInt8]
        /// Text of the root and warnings, or the refusal.
        let expected: String
        let because: String
        var testDescription: String { because }

        init(_ bytes: [UInt8], _ expected: String, _ because: String) {
            self.bytes = bytes
            self.expected = expected
            self.because = because
        }
    }

    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func declared(_ label: String, _ body: String = "<a>Zoë</a>") -> String {
        "<?xml version=\"1.0\" encoding=\"\(label)\"?>\n\(body)"
    }

    /// `<a>Zo` + bytes + `</a>` with a declaration.
    static func bytes(_ label: String, _ letters: [UInt8]) -> [UInt8] {
        Array(declared(label, "<a>Zo").utf8) + letters + Array("</a>".utf8)
    }

    static let rows = [
        Row(Array("<a>Zoë</a>".utf8), "Zoë", "UTF-8 without declaration"),
        Row(Array(declared("UTF-8").utf8), "Zoë", "UTF-8 declared"),
        Row(Array(declared("utf-8").utf8), "Zoë", "UTF-8 in small letters"),
        Row(Array(declared("UTF8").utf8), "Zoë", "UTF-8 without hyphen"),
        Row(mark + Array(declared("UTF-8").utf8), "Zoë", "byte order mark"),
        Row(mark + Array("<a>Zoë</a>".utf8), "Zoë", "byte order mark without declaration"),
        Row(bytes("ISO-8859-1", [0xEB]), "Zoë", "ISO-8859-1"),
        Row(bytes("iso-8859-15", [0xA4]), "Zo€", "ISO-8859-15"),
        Row(bytes("windows-1252", [0xEB, 0x80]), "Zoë€", "windows-1252"),
        Row(bytes("US-ASCII", [0x65]), "Zoe", "ASCII"),
        Row(bytes("UTF-8", [0xEB]), "XML-110 2", "ISO-8859-1 under a UTF-8 label"),
        Row(bytes("x-unheard-of", [0x65]), "XML-111 1", "an encoding that nobody knows"),
        Row(bytes("", [0x65]), "XML-111 1", "an empty encoding name"),
        // Several units
        Row([0xFF, 0xFE] + utf16(declared("UTF-16")), "Zoë", "UTF-16 little-endian"),
        Row([0xFE, 0xFF] + utf16(declared("UTF-16"), littleEndian: false), "Zoë", "UTF-16 big-endian"),
        Row([0xFF, 0xFE] + utf16("<a>Zoë</a>"), "Zoë", "UTF-16 without declaration"),
        Row(utf16(declared("UTF-16")), "Zoë", "UTF-16 without byte order mark"),
        Row(utf16("<a>Zoë</a>", littleEndian: false), "Zoë", "UTF-16 without either"),
        Row([0xFF, 0xFE] + utf16("<a>\u{1F9B4}</a>"), "\u{1F9B4}", "a pair of surrogates"),
        Row([0xFF, 0xFE] + utf16("<a>x\u{0}y</a>"), "XML-124 1", "U+0000 in UTF-16"),
        Row([0xFF, 0xFE] + utf16("<a/>\n\u{0}<b/>"), "XML-122 2", "U+0000 behind the root in UTF-16"),
        Row([0xFF, 0xFE] + utf16("<a/>") + [0x0A], "XML-120", "an odd number of bytes"),
        Row([0xFF, 0xFE, 0, 0] + [0x3C, 0, 0, 0], "XML-111 1", "UTF-32"),
        Row([0, 0, 0, 0x3C, 0, 0, 0, 0x61], "XML-111 1", "UTF-32 without byte order mark"),
        // Label against bytes
        Row(Array(declared("UTF-16").utf8), "Zoë XML-202 1", "UTF-8 labelled UTF-16"),
        Row(Array(declared("utf-16le").utf8), "Zoë XML-202 1", "UTF-8 labelled UTF-16LE"),
        Row(Array(declared("UCS-2").utf8), "Zoë XML-202 1", "UTF-8 labelled UCS-2"),
        Row(bytes("UTF-16", [0xEB]), "XML-110 2", "ISO-8859-1 labelled UTF-16"),
        Row(mark + Array(declared("ISO-8859-1").utf8), "Zoë XML-202 1", "byte order mark against label"),
        Row([0xFF, 0xFE] + utf16(declared("UTF-8")), "Zoë XML-202 1", "UTF-16 labelled UTF-8"),
        Row(
            [0xFE, 0xFF] + utf16(declared("windows-1252"), littleEndian: false), "Zoë XML-202 1",
            "UTF-16 labelled otherwise"),
        // White space in front
        Row(Array("\n\n <a>Zoë</a>".utf8), "Zoë", "white space without declaration is allowed"),
        Row(Array("\n\n ".utf8) + Array(declared("UTF-8").utf8), "Zoë XML-201 3", "white space before the declaration"),
        Row(Array("\n".utf8) + bytes("ISO-8859-1", [0xEB]), "Zoë XML-201 2", "and in another encoding"),
        Row(mark + Array(("\r\n" + declared("UTF-8")).utf8), "Zoë XML-201 2", "behind a byte order mark"),
        Row(Array("\t".utf8) + mark + Array(declared("UTF-8").utf8), "Zoë XML-201 1", "before a byte order mark"),
        Row([0xFF, 0xFE] + utf16("\n" + declared("UTF-16")), "Zoë XML-201 2", "in UTF-16"),
        // Bytes that are no UTF-8
        Row(Array("<a>".utf8) + [0xC0, 0xAF] + Array("</a>".utf8), "XML-110 1", "an overlong /"),
        Row(Array("<a>".utf8) + [0xC1, 0x81] + Array("</a>".utf8), "XML-110 1", "an overlong A"),
        Row(Array("<a>".utf8) + [0xE0, 0x80, 0xAF] + Array("</a>".utf8), "XML-110 1", "overlong in three bytes"),
        Row(Array("<a>".utf8) + [0xF0, 0x80, 0x80, 0xAF] + Array("</a>".utf8), "XML-110 1", "overlong in four bytes"),
        Row(Array("<a>".utf8) + [0xED, 0xA0, 0x80] + Array("</a>".utf8), "XML-110 1", "a surrogate"),
        Row(Array("<a>".utf8) + [0xF4, 0x90, 0x80, 0x80] + Array("</a>".utf8), "XML-110 1", "beyond Unicode"),
        Row(Array("<a>".utf8) + [0x80] + Array("</a>".utf8), "XML-110 1", "a byte that only follows"),
        Row(Array("<a>".utf8) + [0xFF] + Array("</a>".utf8), "XML-110 1", "a byte that never stands"),
        Row(Array("<a>\n".utf8) + [0xE4, 0xB8] + Array("</a>".utf8), "XML-110 2", "a character not finished"),
        Row(Array("<a/>\n<!-- ".utf8) + [0xEB] + Array(" -->".utf8), "XML-110 2", "in a comment behind the root"),
    ]

    @Test("are read, read with a warning, or refused", arguments: rows)
    func reading(_ row: Row) {
        #expect(Self.result(row.bytes) == row.expected)
    }

    /// The parser converts these; which line it names depends on its version.
    static let converted: [(bytes: [UInt8], codes: Set<IssueCode>)] = [
        (bytes("US-ASCII", [0xEB]), [.xmlEncoding]),
        (bytes("US-ASCII", [0x65]) + [0x0A, 0xEB], [.xmlEncoding]),
        (bytes("windows-1252", [0x81]), [.xmlEncoding]),
        ([0xFF, 0xFE] + utf16("<a>") + [0x34, 0xD8] + utf16("</a>"), [.xmlEncoding]),
        ([0xFF, 0xFE] + utf16("<a>") + [0xB4, 0xDD] + utf16("</a>"), [.xmlEncoding, .xmlCharacter]),
    ]

    @Test("bytes that an encoding does not have are refused as that, also behind the root")
    func unconvertible() throws {
        for row in Self.converted { #expect(row.codes.contains(try #require(refusal(row.bytes)).code)) }
    }

    static func result(_ bytes: [UInt8]) -> String {
        do {
            let document = try XMLDocument(bytes)
            return ([document.root.ownText] + warnings(document)).joined(separator: " ")
        } catch {
            return outcome(bytes)
        }
    }

    @Test("lines count from the start of the input, whatever stands before the declaration")
    func linesBehindSpace() throws {
        let document = try XMLDocument(Array("\n \n".utf8) + Array(Self.declared("UTF-8", "<a>\n<b/></a>").utf8))
        #expect(document.root.line == 4)
        #expect(document.root.elements.map(\.line) == [5])
        #expect(document.issues.map(\.location.column) == [1])
        #expect(outcome(Array(("\n \n" + Self.declared("UTF-8", "<a>\n<b></a>")).utf8)) == "XML-121 5")
    }

    @Test("columns count from the start of the line, white space in front included")
    func columns() throws {
        let text = Self.declared("UTF-8", "").dropLast() + "<a></b>"
        let column = try #require(refusal(String(text))?.column)
        #expect(refusal("   " + text)?.column == column + 3)
        #expect(refusal("\n  " + text)?.column == column + 2)
    }

    @Test("texts of all lengths and places keep their bytes in an encoding that is converted")
    func pieces() throws {
        for length in stride(from: 3_900, through: 4_100, by: 1) {
            let body = [UInt8](repeating: 0xEB, count: length)
            let document = try XMLDocument(Self.bytes("ISO-8859-1", body))
            #expect(document.root.ownText == "Zo" + String(repeating: "ë", count: length))
        }
    }
}
