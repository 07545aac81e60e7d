import JSONTree
import Testing

@Suite("Numbers")
struct JSONNumberTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let expected: Reading
        let because: String
        var testDescription: String { "\(text): \(because)" }

        init(_ text: String, _ expected: Reading, _ because: String) {
            self.text = text
            self.expected = expected
            self.because = because
        }
    }

    static let rows = [
        Row("0", .sound, "the shortest number"),
        Row("-0", .sound, "minus zero is written so"),
        Row("7.50", .sound, "the zero at the end is part of a measurement's precision"),
        Row("1.0e1", .sound, "a point and an exponent"),
        Row("1E+2", .sound, "capital E, sign"),
        Row("1e-0", .sound, "an exponent may be zero"),
        Row("1e400", .sound, "beyond a double"),
        Row("18446744073709551616", .sound, "2^64, beyond 64 bits"),
        Row("123456789012345678901234567890.123456789", .sound, "more digits than a double holds"),
        Row("-", .defects([.malformedNumber]), "a sign alone"),
        Row("01", .defects([.malformedNumber]), "a leading zero"),
        Row("-01", .defects([.malformedNumber]), "a leading zero behind a sign"),
        Row("00", .defects([.malformedNumber]), "two zeros"),
        Row("1.", .defects([.malformedNumber]), "no digit behind the point"),
        Row(".5", .defects([.malformedNumber]), "no digit before the point"),
        Row("1.e1", .defects([.malformedNumber]), "no digit between point and exponent"),
        Row("1e", .defects([.malformedNumber]), "no digit in the exponent"),
        Row("1e+", .defects([.malformedNumber]), "no digit behind the exponent's sign"),
        Row("1e1.5", .defects([.malformedNumber]), "an exponent with a point"),
        Row("+1", .defects([.malformedNumber]), "a plus sign"),
        Row("--1", .defects([.malformedNumber]), "two signs"),
        Row("0x10", .defects([.malformedNumber]), "hexadecimal"),
        Row("1_000", .defects([.malformedNumber]), "digits grouped"),
        Row("1.2.3", .defects([.malformedNumber]), "a version is no number"),
        Row("12abc", .defects([.malformedNumber]), "letters behind digits"),
        Row("2024-05-17", .defects([.malformedNumber]), "a date without quotes"),
        Row("NaN", .refused(.unknownWord), "not a number, and not one meant as one"),
        Row("-Infinity", .refused(.unknownWord), "a word with a sign"),
        Row("Infinity", .refused(.unknownWord), "a word"),
        Row("1 2", .refused(.commaOrEndExpected), "two numbers"),
        Row("1\u{c}", .refused(.commaOrEndExpected), "form feed is not white space"),
        Row("1\"2\"", .refused(.commaOrEndExpected), "a string right behind"),
        Row("1/2", .refused(.commaOrEndExpected), "a fraction"),
        Row("1,5", .sound, "a comma is not a decimal point: two elements"),
        Row("\u{661}", .refused(.valueExpected), "digits of other scripts are not digits"),
    ]

    @Test("inside an array", arguments: rows)
    func inArray(_ row: Row) {
        #expect(reading("[\(row.text)]") == row.expected)
        #expect(reading("[ \(row.text) \n]") == row.expected)
    }

    @Test("as a member", arguments: rows.filter { $0.text != "1,5" })
    func inObject(_ row: Row) {
        #expect(reading("{\"value\":\(row.text),\"unit\":1}") == row.expected)
    }

    @Test("as the whole document", arguments: rows.filter { $0.text != "1,5" })
    func alone(_ row: Row) {
        let expected = row.expected == .refused(.commaOrEndExpected) ? .refused(.contentAfterEnd) : row.expected
        #expect(reading(row.text) == expected)
        #expect(reading(" \(row.text)\t") == expected)
    }

    @Test("sound ones are given back as written", arguments: rows.filter { $0.expected == .sound && $0.text != "1,5" })
    func asWritten(_ row: Row) throws {
        #expect(try JSONDocument(Array("[\(row.text) ]".utf8)).read { $0.elements.first?.numberText } == row.text)
        #expect(try JSONDocument(Array(row.text.utf8)).read(\.numberText) == row.text)
    }

    @Test("malformed ones have no value", arguments: rows.filter { $0.expected == .defects([.malformedNumber]) })
    func withoutValue(_ row: Row) throws {
        try JSONDocument(Array("[\(row.text), 5]".utf8)).read { root in
            let numbers = Array(root.elements)
            #expect(numbers.map(\.numberText) == [nil, "5"])
            #expect(numbers.map(\.integer) == [nil, 5])
            #expect(numbers.map(\.kind) == [.number, .number])
        }
    }

    @Test(
        "whole numbers that fit",
        arguments: [
            ("0", 0), ("-0", 0), ("42", 42), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("99999999999999999999", nil),
            ("1.0", nil), ("1e2", nil), ("\"5\"", nil), ("null", nil),
        ] as [(String, Int?)])
    func integers(text: String, expected: Int?) throws {
        #expect(try JSONDocument(Array("[\(text)]".utf8)).read { $0.elements.first?.integer } == expected)
    }
}
