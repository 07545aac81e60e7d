import JSONTree
import Testing

@Suite("Strings")
struct JSONStringTests {
    struct Row: CustomTestStringConvertible {
        let content: [UInt8]
        let expected: String?
        let defect: JSONDefect.Code?
        let offset: Int
        let because: String
        var testDescription: String { because }

        /// A string that is read as `expected`.
        init(_ content: String, reads expected: String, _ because: String) {
            self.content = Array(content.utf8)
            self.expected = expected
            defect = nil
            offset = 0
            self.because = because
        }

        /// A string with a defect at a byte of its content.
        init(_ content: [UInt8], _ defect: JSONDefect.Code, at offset: Int, _ because: String) {
            self.content = content
            expected = nil
            self.defect = defect
            self.offset = offset
            self.because = because
        }

        init(_ content: String, _ defect: JSONDefect.Code, at offset: Int, _ because: String) {
            self.init(Array(content.utf8), defect, at: offset, because)
        }
    }

    static let rows = [
        Row("", reads: "", "the empty string"),
        Row("plain text of more than sixteen bytes", reads: "plain text of more than sixteen bytes", "no escape"),
        Row("{}[],:", reads: "{}[],:", "brackets in a string are text"),
        Row(#"\"\\\/\b\f\n\r\t"#, reads: "\"\\/\u{8}\u{c}\n\r\t", "each short escape"),
        Row(#"\\"#, reads: "\\", "a backslash before the closing quote is no escape of it"),
        Row(#"\\\""#, reads: "\\\"", "an escaped quote behind an escaped backslash"),
        Row(#"\u00e9\u00E9"#, reads: "\u{e9}\u{e9}", "hexadecimal digits of both cases"),
        Row(#"\ud83d\ude00"#, reads: "\u{1F600}", "a surrogate pair is one character"),
        Row(#"a\uDBFF\uDFFFb"#, reads: "a\u{10FFFF}b", "the last character of all"),
        Row(#"\u0001\u001f"#, reads: "\u{1}\u{1f}", "control characters may be written as escapes"),
        Row(#"\uFFFF\uFEFF"#, reads: "\u{FFFF}\u{FEFF}", "noncharacters and marks are text"),
        Row("\u{2028}\u{85}\u{7f}", reads: "\u{2028}\u{85}\u{7f}", "line ends of Unicode need no escape"),
        Row("é漢😀", reads: "é漢😀", "characters of two, three and four bytes"),
        Row(#"\x41"#, .badEscape, at: 0, "an escape of other languages"),
        Row(#"ab\'c"#, .badEscape, at: 2, "a single quote needs no escape"),
        Row(#"\u12"#, .badEscape, at: 0, "cut before the closing quote"),
        Row(#"\u12G4"#, .badEscape, at: 0, "a letter that is no digit"),
        Row(#"\U0041"#, .badEscape, at: 0, "a capital U"),
        Row(#"ok\n\q\z"#, .badEscape, at: 4, "the first bad one counts"),
        Row(#"Q\ud83dQ"#, .loneSurrogate, at: 1, "a high surrogate alone"),
        Row(#"\ude00\ud83d"#, .loneSurrogate, at: 0, "a pair the wrong way round"),
        Row(#"\ud83d\n"#, .loneSurrogate, at: 0, "a high surrogate before another escape"),
        Row(#"\ud83d\u0041"#, .loneSurrogate, at: 0, "a high surrogate before a letter"),
        Row(#"\ud83d"#, .loneSurrogate, at: 0, "a high surrogate at the end"),
        Row(#"\ud83d\ud83d\ude00"#, .loneSurrogate, at: 0, "a high surrogate before a pair"),
        Row(#"Q\u0000Q"#, .nul, at: 1, "U+0000 ends a text in half of all programs"),
        Row([0x61, 0x00, 0x62], .controlCharacter, at: 1, "U+0000 itself"),
        Row("a\tb", .controlCharacter, at: 1, "a bare tab"),
        Row("a\nb", .controlCharacter, at: 1, "a bare line end"),
        Row([0x61, 0x1F], .controlCharacter, at: 1, "the last control character"),
        Row([0x5C, 0x0A], .badEscape, at: 0, "an escaped line end"),
        Row([0x4D, 0xFC, 0x6C], .invalidUTF8, at: 1, "Latin-1"),
        Row([0xC3], .invalidUTF8, at: 0, "cut before the closing quote"),
        Row([0x61, 0x80], .invalidUTF8, at: 1, "a byte that only follows others"),
        Row([0xC0, 0x80], .invalidUTF8, at: 0, "an overlong form of two bytes"),
        Row([0xE0, 0x80, 0x80], .invalidUTF8, at: 0, "an overlong form of three bytes"),
        Row([0xF0, 0x80, 0x80, 0x80], .invalidUTF8, at: 0, "an overlong form of four bytes"),
        Row([0xED, 0xA0, 0x80], .invalidUTF8, at: 0, "a surrogate in three bytes"),
        Row([0xF4, 0x90, 0x80, 0x80], .invalidUTF8, at: 0, "beyond the last character"),
        Row([0xF8, 0x88, 0x80, 0x80, 0x80], .invalidUTF8, at: 0, "a form of five bytes"),
        Row([0xE2, 0x82, 0x28], .invalidUTF8, at: 0, "the third byte is a bracket"),
        Row([0xFF, 0xFE], .invalidUTF8, at: 0, "bytes that no text has"),
    ]

    private static let quote = UInt8(ascii: "\"")

    @Test("as a value", arguments: rows)
    func asValue(_ row: Row) throws {
        let before = Array(#"{"first":"#.utf8)
        let bytes = before + [Self.quote] + row.content + [Self.quote] + Array(#" ,"next":"sound"}"#.utf8)
        let document = try JSONDocument(bytes)
        #expect(document.defects.map(\.code) == [row.defect].compactMap { $0 })
        #expect(document.defects.map(\.offset) == (row.defect == nil ? [] : [before.count + 1 + row.offset]))
        document.read { root in
            #expect(root["first"]?.string == row.expected)
            #expect(root["first"]?.hasDefect == (row.defect != nil))
            #expect(root["first"]?.kind == .string)
            #expect(root["next"]?.string == "sound")
            #expect(root["next"]?.hasDefect == false)
        }
    }

    @Test("as the whole document", arguments: rows)
    func alone(_ row: Row) throws {
        let document = try JSONDocument([Self.quote] + row.content + [Self.quote])
        #expect(document.defects.map(\.code) == [row.defect].compactMap { $0 })
        #expect(document.read(\.string) == row.expected)
    }

    @Test("as a name", arguments: rows)
    func asName(_ row: Row) throws {
        let bytes = [UInt8(ascii: "{"), Self.quote] + row.content + [Self.quote] + Array(":1}".utf8)
        let document = try JSONDocument(bytes)
        #expect(document.defects.map(\.code) == [row.defect].compactMap { $0 })
        if let expected = row.expected {
            document.read { root in
                #expect(root.members.map(\.name.text) == [expected])
                #expect(root[named: expected]?.integer == 1)
            }
        }
    }

    @Test("are had as bytes, escapes resolved", arguments: rows)
    func asBytes(_ row: Row) throws {
        let content = [Self.quote] + row.content + [Self.quote]
        let bytes = Array("[1,\"plain\",".utf8) + content + Array(",{\"a\\/b\":".utf8) + content + Array("}]".utf8)
        try JSONDocument(bytes).read { root in
            let elements = Array(root.elements)
            for text in [elements[2], elements[3]["a/b"]] {
                #expect(text?.stringBytes.map(Array.init) == row.expected.map { Array($0.utf8) })
            }
            #expect(elements[1].stringBytes.map { $0 == "plain" } == true)
        }
    }

    @Test("of more than 4 KiB with an escape are had as text only")
    func longText() throws {
        for (length, isKept) in [(4094, true), (4095, false)] {
            let text = String(repeating: "a", count: length)
            try JSONDocument(Array("[\"\\/\(text)\",\"\(text)\"]".utf8)).read { root in
                let elements = Array(root.elements)
                #expect(elements[0].stringBytes?.count == (isKept ? length + 1 : nil))
                #expect(elements[0].string == "/\(text)")
                #expect(elements[1].stringBytes?.count == length)
            }
        }
    }

    @Test("of every length up to 40 with an escape at every place")
    func places() throws {
        for length in 0...40 {
            for place in 0...length {
                let head = String(repeating: "a", count: place)
                let tail = String(repeating: "b", count: length - place)
                let document = try JSONDocument(Array("[\"\(head)\\n\(tail)\",\"\(head)\(tail)\"]".utf8))
                #expect(document.read { $0.elements.map(\.string) } == ["\(head)\n\(tail)", head + tail])
            }
        }
    }
}
