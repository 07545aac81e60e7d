import JSONTree
import Testing

@Suite("One document a line")
struct JSONLinesTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let lines: [String]
        let because: String
        var testDescription: String { because }

        init(_ text: String, _ lines: [String], _ because: String) {
            self.text = text
            self.lines = lines
            self.because = because
        }
    }

    static let rows = [
        Row("{}\n[]\n", ["1 {} ended", "2 [] ended"], "LF"),
        Row("{}\r\n[]\r\n", ["1 {} ended", "2 [] ended"], "CRLF"),
        Row("{}\n[]", ["1 {} ended", "2 []"], "no final line end"),
        Row("{}\n\n \t\r\n[]\n\n", ["1 {} ended", "4 [] ended"], "blank lines are counted"),
        Row("\u{FEFF}{}\n[]\n", ["1 {} ended", "2 [] ended"], "a byte order mark"),
        Row("[\"\u{2028}\u{85}\u{b}\u{c}\"]\n1\n", ["1 [\"\u{2028}\u{85}\u{b}\u{c}\"] ended", "2 1 ended"], "LF only"),
        Row("{}\r[]\n", ["1 {}\r[] ended"], "CR alone ends no line"),
        Row(" {} \n", ["1  {}  ended"], "blanks stay"),
        Row("", [], "nothing"),
        Row("\u{FEFF}\n\r\n", [], "blank lines only"),
    ]

    @Test("ends with LF", arguments: rows)
    func split(_ row: Row) {
        let bytes = Array(row.text.utf8)
        let lines = JSONLines(bytes).map { line in
            "\(line.number) \(String(decoding: bytes[line.range], as: UTF8.self))\(line.isEnded ? " ended" : "")"
        }
        #expect(lines == row.lines)
    }

    @Test("a bad line says its number and leaves the others")
    func badLine() {
        let bytes = Array("{\"a\":1}\n{\"a\":\n{\"a\":3}\n".utf8)
        let parser = JSONParser()
        let read = JSONLines(bytes).map { line in
            do {
                let document = try parser.parse(bytes, in: line.range, firstLine: line.number)
                return "\(document.read { $0["a"]?.integer ?? 0 })"
            } catch {
                return "\(error)"
            }
        }
        #expect(
            read == ["1", "line 2, column 6: expected a value, found the end of the input [JSON-111]", "3"])
    }

    static let inputs: [(text: String, expected: JSONInput, because: String)] = [
        ("", .empty, "nothing"),
        (" \n\n", .empty, "blank lines"),
        ("{}", .document, "one line"),
        ("{}\n\n", .document, "one line and blank ones"),
        ("{\n}\n", .document, "printed over lines"),
        ("[\n{\"a\":1},\n{\"a\":2}\n]", .document, "an element a line"),
        ("[\n{\"a\":1},\n{\"a\":2}\n", .document, "an element a line, cut"),
        ("{\"a\":1}\n{\"a\":2}", .lines, "two documents"),
        ("{\"a\":1}\n[1,2]\n42\n", .lines, "other documents after the first"),
        ("{\"a\":1}\n{\"a\":\n", .lines, "a broken second line"),
        ("{\"a\":\n{\"a\":1}\n{\"a\":2}\n", .lines, "a broken first line"),
        ("\u{FEFF}{\"a\":1}\r\n{\"a\":2}\r\n", .lines, "a byte order mark and CRLF"),
        ("{\"a\":01}\n{}\n", .lines, "a first line with a defect is complete"),
        ("{\"a\":\n  {\"b\":1}\n}\n", .document, "a value on a line of its own"),
        ("{\"a\":[\n{\"b\":1},\n{\"b\":2}]}\n", .document, "an element a line, closed on the last one"),
        ("{\n  \"a\": [\n    \"b\"\n  ]\n", .document, "printed over lines, cut"),
        ("\"a\"\n\"b\"\n", .lines, "a text is a document, too"),
        ("<html>\n<p>x</p>\n</html>", .document, "no JSON; refused as a document"),
        ("{\"a\":1}\ngarbage\n", .lines, "garbage after a document costs its line"),
    ]

    @Test("content decides whether an input is one document or many", arguments: inputs)
    func kind(text: String, expected: JSONInput, because: String) {
        #expect(JSONInput(of: Array(text.utf8)) == expected, Comment(rawValue: because))
    }
}
