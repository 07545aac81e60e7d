import Testing

@testable import Conversion

@Suite("Outline of JSON bytes")
struct JSONShapeTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let isOneValue: Bool
        let because: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(text: #"{"a":1}"#, isOneValue: true, because: "an object"),
        Row(text: #"  {"a":[1,{}]}  "#, isOneValue: true, because: "blanks around, values inside"),
        Row(text: "[1,2]", isOneValue: true, because: "an array"),
        Row(text: "{", isOneValue: false, because: "the first line of a pretty-printed document"),
        Row(text: #"{"a":"}"}"#, isOneValue: true, because: "a bracket inside a string ends nothing"),
        Row(text: #"{"a":"\"}"#, isOneValue: false, because: "an escaped quote does not end the string"),
        Row(text: #"{"a":"\\"}"#, isOneValue: true, because: "an escaped backslash does not escape the quote after it"),
        Row(text: #"{"a":1} {"b":2}"#, isOneValue: false, because: "two values"),
        Row(text: #"{"a":1},"#, isOneValue: false, because: "a line of an array, with its comma"),
        Row(text: #""a": {}"#, isOneValue: false, because: "a member is no value"),
        Row(text: "42", isOneValue: false, because: "a number has no brackets"),
        Row(text: "}", isOneValue: false, because: "a closing bracket alone"),
        Row(text: "", isOneValue: false, because: "nothing"),
    ]

    @Test("one bracketed value", arguments: rows)
    func oneValue(_ row: Row) {
        #expect(JSONShape.isOneBracketedValue(row.text.utf8) == row.isOneValue)
    }
}
