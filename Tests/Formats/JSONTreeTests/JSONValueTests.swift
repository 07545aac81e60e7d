import JSONTree
import Testing

@Suite("Writing")
struct JSONValueTests {
    private static let value: JSONValue = [
        "z": 1, "a": [true, false, nil, .number("7.50"), .number("1e400")], "empty": [:], "none": [],
        "nested": ["b": [["c": "d"]], "raw": .raw(Array("{ \"kept\":  1.0 }".utf8))],
    ]

    @Test("compact: no white space, order kept")
    func compact() {
        #expect(
            String(decoding: Self.value.encoded(), as: UTF8.self)
                == #"{"z":1,"a":[true,false,null,7.50,1e400],"empty":{},"none":[],"nested":{"b":[{"c":"d"}],"#
                + #""raw":{ "kept":  1.0 }}}"#)
    }

    @Test("pretty: a line each, what is raw unchanged")
    func pretty() {
        let expected = """
            {
              "z": 1,
              "a": [
                true,
                false,
                null,
                7.50,
                1e400
              ],
              "empty": {},
              "none": [],
              "nested": {
                "b": [
                  {
                    "c": "d"
                  }
                ],
                "raw": { "kept":  1.0 }
              }
            }

            """
        #expect(String(decoding: Self.value.encoded(pretty: true), as: UTF8.self) == expected)
    }

    @Test(
        "text is escaped where it must be and nowhere else",
        arguments: [
            ("", #""""#), ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t\u{8}\u{c}", #""\n\r\t\b\f""#),
            ("\u{0}\u{1}\u{1f}\u{7f}", "\"\\u0000\\u0001\\u001f\u{7f}\""), ("é漢😀\u{2028}", "\"é漢😀\u{2028}\""),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(String(decoding: JSONValue.string(text).encoded(), as: UTF8.self) == expected)
        let member = JSONValue.object([.init(text, .null)])
        #expect(String(decoding: member.encoded(), as: UTF8.self) == "{\(expected):null}")
    }

    @Test("what was written is read back the same", arguments: [false, true])
    func roundTrip(pretty: Bool) throws {
        let value: JSONValue = ["a\n": ["\u{1F600}", -5, nil, true, .number("1.0e1"), [[]], [:]], "": "\u{1}"]
        let copy = try JSONDocument(value.encoded(pretty: pretty)).read { JSONValue($0) }
        #expect(copy == value)
    }

    @Test("a defective sub-tree has no copy")
    func defective() throws {
        try JSONDocument(Array("[[01],[1]]".utf8)).read { root in
            #expect(JSONValue(root) == nil)
            #expect(root.elements.map { JSONValue($0) } == [nil, [1]])
        }
    }

    @Test("an object of what is there, found by name")
    func members() {
        let value = JSONValue.object([("a", 1), ("b", nil), ("c", "x")])
        #expect(String(decoding: value.encoded(), as: UTF8.self) == #"{"a":1,"c":"x"}"#)
        #expect(value["c"] == "x")
        #expect(value["b"] == nil)
        #expect(JSONValue.array([])["a"] == nil)
    }
}
