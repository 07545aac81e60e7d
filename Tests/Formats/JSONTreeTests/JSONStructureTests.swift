import Diagnostics
import JSONTree
import Testing

@Suite("Broken structure")
struct JSONStructureTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let code: JSONError.Code
        let offset: Int
        let line: Int
        let column: Int
        let words: String
        let because: String
        var testDescription: String { because }

        init(
            _ text: String, _ code: JSONError.Code, at offset: Int, _ line: Int, _ column: Int, _ words: String,
            _ because: String
        ) {
            self.text = text
            self.code = code
            self.offset = offset
            self.line = line
            self.column = column
            self.words = words
            self.because = because
        }
    }

    static let rows = [
        Row("{", .truncated, at: 1, 1, 2, "expected a member name in quotes or }, found the end of the input", "cut"),
        Row("[", .truncated, at: 1, 1, 2, "expected a value, found the end of the input", "cut in an array"),
        Row("[1", .truncated, at: 2, 1, 3, "expected a comma or ], found the end of the input", "cut after a value"),
        Row("[1,", .truncated, at: 3, 1, 4, "expected a value, found the end of the input", "cut after a comma"),
        Row(
            "{\"a\"", .truncated, at: 4, 1, 5, "expected a colon after the member name, found the end of the input", ""),
        Row("{\"a\":", .truncated, at: 5, 1, 6, "expected a value, found the end of the input", "cut after a colon"),
        Row("{\"a\":{}", .truncated, at: 7, 1, 8, "expected a comma or }, found the end of the input", "one } short"),
        Row(
            "{\n  \"a\": \"b", .unterminatedString, at: 9, 2, 8,
            "expected a closing quote, found a string that does not end",
            "cut in a string"),
        Row(
            "[\"a\\\"", .unterminatedString, at: 1, 1, 2, "expected a closing quote, found a string that does not end",
            "the last quote is escaped"),
        Row("[1,]", .trailingComma, at: 3, 1, 4, "expected a value after the comma, found ]", "comma before ]"),
        Row(
            "{\"a\":1,\n}", .trailingComma, at: 8, 2, 1, "expected a member name in quotes after the comma, found }",
            "comma before }"),
        Row("[,1]", .valueExpected, at: 1, 1, 2, "expected a value, found a comma", "comma first"),
        Row("[1,,2]", .valueExpected, at: 3, 1, 4, "expected a value, found a comma", "two commas"),
        Row("{,}", .nameExpected, at: 1, 1, 2, "expected a member name in quotes or }, found a comma", "comma first"),
        Row("{\"a\":1 \"b\":2}", .commaOrEndExpected, at: 7, 1, 8, "expected a comma or }, found a string", "no comma"),
        Row("[1 2]", .commaOrEndExpected, at: 3, 1, 4, "expected a comma or ], found a number", "no comma"),
        Row("[\"a\"\"b\"]", .commaOrEndExpected, at: 4, 1, 5, "expected a comma or ], found a string", "no blank"),
        Row("[true\"b\"]", .commaOrEndExpected, at: 5, 1, 6, "expected a comma or ], found a string", "behind a word"),
        Row("[[]{}]", .commaOrEndExpected, at: 3, 1, 4, "expected a comma or ], found an object", "no comma"),
        Row("[{}[]]", .commaOrEndExpected, at: 3, 1, 4, "expected a comma or ], found an array", "no comma"),
        Row("{\"a\" 1}", .colonExpected, at: 5, 1, 6, "expected a colon after the member name, found a number", ""),
        Row("{\"a\"}", .colonExpected, at: 4, 1, 5, "expected a colon after the member name, found }", "name alone"),
        Row("{\"a\"::1}", .valueExpected, at: 5, 1, 6, "expected a value, found a colon", "two colons"),
        Row("[1:2]", .commaOrEndExpected, at: 2, 1, 3, "expected a comma or ], found a colon", "colon in an array"),
        Row("{\"a\":}", .valueExpected, at: 5, 1, 6, "expected a value, found }", "no value"),
        Row("{1:2}", .nameExpected, at: 1, 1, 2, "expected a member name in quotes or }, found a number", ""),
        Row("{a:1}", .nameExpected, at: 1, 1, 2, "expected a member name in quotes or }, found a word", "no quotes"),
        Row("{'a':1}", .nameExpected, at: 1, 1, 2, "expected a member name in quotes or }, found a single quote", ""),
        Row("['a']", .valueExpected, at: 1, 1, 2, "expected a value, found a single quote", "single quotes"),
        Row("[}", .valueExpected, at: 1, 1, 2, "expected a value, found }", "the other bracket"),
        Row("{]", .nameExpected, at: 1, 1, 2, "expected a member name in quotes or }, found ]", "the other bracket"),
        Row("[1}", .commaOrEndExpected, at: 2, 1, 3, "expected a comma or ], found }", "the other bracket"),
        Row("{\"a\":[1}]", .commaOrEndExpected, at: 7, 1, 8, "expected a comma or ], found }", "crossed brackets"),
        Row("]", .valueExpected, at: 0, 1, 1, "expected a value, found ]", "a bracket that closes nothing"),
        Row("[]]", .contentAfterEnd, at: 2, 1, 3, "expected the end of the document, found ]", "one ] too many"),
        Row("{} {}", .contentAfterEnd, at: 3, 1, 4, "expected the end of the document, found an object", "two roots"),
        Row("1 2", .contentAfterEnd, at: 2, 1, 3, "expected the end of the document, found a number", "two numbers"),
        Row("[1]\n\nx", .contentAfterEnd, at: 5, 3, 1, "expected the end of the document, found a word", "garbage"),
        Row(
            "[]\u{0}", .contentAfterEnd, at: 2, 1, 3, "expected the end of the document, found a control character", ""),
        Row("// x\n{}", .comment, at: 0, 1, 1, "expected a value, found a comment", "a comment first"),
        Row("[1, /* x */ 2]", .comment, at: 4, 1, 5, "expected a value, found a comment", "a comment inside"),
        Row("[1 // x\n]", .comment, at: 3, 1, 4, "expected a comma or ], found a comment", "a comment after a value"),
        Row("[1]#", .contentAfterEnd, at: 3, 1, 4, "expected the end of the document, found another character", ""),
        Row("[True]", .unknownWord, at: 1, 1, 2, "expected a value, found a word other than true, false and null", ""),
        Row("[nul]", .unknownWord, at: 1, 1, 2, "expected a value, found a word other than true, false and null", ""),
        Row("[nulll]", .unknownWord, at: 1, 1, 2, "expected a value, found a word other than true, false and null", ""),
        Row(
            "[t]", .unknownWord, at: 1, 1, 2, "expected a value, found a word other than true, false and null", "short"),
        Row("fals", .unknownWord, at: 0, 1, 1, "expected a value, found a word other than true, false and null", "cut"),
        Row("[é]", .valueExpected, at: 1, 1, 2, "expected a value, found a character outside ASCII", "no quotes"),
        Row("[\\n]", .valueExpected, at: 1, 1, 2, "expected a value, found a backslash", "an escape outside a string"),
        Row("[\u{c}1]", .valueExpected, at: 1, 1, 2, "expected a value, found a control character", "form feed"),
        Row("[1,\u{1a}2]", .valueExpected, at: 3, 1, 4, "expected a value, found a control character", "not a colon"),
        Row(
            "[\"é漢😀\", x]", .unknownWord, at: 14, 1, 9,
            "expected a value, found a word other than true, false and null",
            "columns count characters, not bytes"),
    ]

    @Test("is refused with its place and in words", arguments: rows)
    func refused(_ row: Row) throws {
        let error = try #require(refusal(Array(row.text.utf8)))
        #expect(error.code == row.code)
        #expect(error.offset == row.offset)
        #expect(error.position == JSONPosition(line: row.line, column: row.column))
        #expect("expected \(error.expected), found \(error.found)" == row.words)
    }

    @Test("is told from a document at an offset, too", arguments: rows)
    func shifted(_ row: Row) throws {
        let before = Array("{\"x\":1}\n".utf8)
        let bytes = before + Array(row.text.utf8)
        do {
            _ = try JSONDocument(bytes, in: before.count..<bytes.count, firstLine: 2)
            Issue.record("must be refused")
        } catch {
            #expect(error.offset == before.count + row.offset)
            #expect(error.position == JSONPosition(line: 1 + row.line, column: row.column))
        }
    }

    @Test("becomes an issue that says all of it")
    func issue() throws {
        let error = try #require(refusal(Array("[1,\n]".utf8)))
        let issue = error.issue(source: "x.json")
        #expect(issue.severity == .fatal)
        #expect(
            issue.description
                == "x.json (line 2, column 1): expected a value after the comma, found ] [JSON-115]")
        #expect(error.description == "line 2, column 1: expected a value after the comma, found ] [JSON-115]")
    }

    @Test(
        "is not what these have",
        arguments: [
            "{}", "[]", " [ ] ", "{\"a\":{}}", "[[],{}]", "null", "true", " false ", "\"\"", "[{\"a\":[{\"b\":[]}]}]",
            "\r\n\t [\r\n\t1\r\n\t,\r\n\t2\r\n\t]\r\n\t", "{\"\":0}", "[null,true,false,0,\"\",[],{}]",
        ])
    func sound(_ text: String) {
        #expect(reading(text) == .sound)
    }

    @Test("of every prefix of a document is told")
    func prefixes() {
        let text = Array(#"{"a": [1.5e3, true, "x\n", {"b": null}], "é": {"c": "d"}}"#.utf8)
        for length in 0..<text.count {
            let error = refusal(Array(text.prefix(length)))
            #expect(error != nil, "a prefix of \(length) bytes")
            #expect((error?.offset ?? .max) <= length)
        }
        #expect(reading(text) == .sound)
    }
}
