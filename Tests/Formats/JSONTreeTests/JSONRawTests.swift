import JSONTree
import Testing

@Suite("Sub-trees go back as they came")
struct JSONRawTests {
    private static let text = """
        { "b" : [ 1.50 , {"z":1,"a":2 , "z\\u0061":"\\/" } ], "n":null,
          "t" :true, "s":  "x y"  , "e":{ }, "l":[\t] , "num":-0.0e-0 }
        """

    @Test(
        "byte for byte",
        arguments: [
            ("b", #"[ 1.50 , {"z":1,"a":2 , "z\u0061":"\/" } ]"#), ("n", "null"), ("t", "true"), ("s", #""x y""#),
            ("e", "{ }"), ("l", "[\t]"), ("num", "-0.0e-0"),
        ])
    func raw(name: String, expected: String) throws {
        let bytes = Array(Self.text.utf8)
        try JSONDocument(bytes).read { root in
            let node = try #require(root[named: name])
            #expect(String(node.raw) == expected)
            #expect(String(decoding: bytes[node.byteRange], as: UTF8.self) == expected)
            #expect(JSONValue.raw(node).encoded() == Array(expected.utf8))
        }
    }

    @Test("the root without the blanks around it")
    func root() throws {
        let bytes = Array("\n \(Self.text) \n".utf8)
        #expect(try JSONDocument(bytes).read { String($0.raw) } == Self.text)
        #expect(try JSONDocument(Array(" 7.50 ".utf8)).read { String($0.raw) } == "7.50")
        #expect(try JSONDocument(Array(" \"a\" ".utf8)).read { String($0.raw) } == "\"a\"")
    }

    @Test("a document may be read from several tasks at once, and again")
    func sharing() async throws {
        let document = try JSONDocument(Array(Self.text.utf8))
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { document.read { $0.members.map(\.name.text).joined().count } } }
            for await count in group { #expect(count == 9) }
        }
    }

    @Test("a parser keeps documents apart when one is kept")
    func parser() throws {
        let parser = JSONParser()
        let first = try parser.parse(Array("[1,[2,3]]".utf8))
        let second = try parser.parse(Array("{\"a\":\"b\"}".utf8))
        #expect(first.read { $0.elements.map { String($0.raw) } } == ["1", "[2,3]"])
        #expect(second.read { $0["a"]?.string } == "b")
        for length in [1, 5_000, 3, 100_000, 2] {
            let text = "[\(Array(repeating: "{\"a\":[0]}", count: length).joined(separator: ","))]"
            let count = try parser.parse(Array(text.utf8)).read { root in
                root.elements.reduce(0) { $0 + ($1["a"]?.elements.first?.integer == 0 ? 1 : 0) }
            }
            #expect(count == length)
        }
        #expect(throws: JSONError.self) { try parser.parse(Array("[".utf8)) }
        #expect(try parser.parse(Array(#"{"\u0061":1}"#.utf8)).read { $0["a"]?.integer } == 1)
        #expect(try parser.parse(Array(#"{"b":1}"#.utf8)).read { $0["a"]?.integer } == nil)
    }

    @Test("what is not there is nil or empty")
    func absence() throws {
        try JSONDocument(Array(#"{"s":"1","a":[1],"o":{"a":1},"n":null,"b":false}"#.utf8)).read { root in
            let nodes = root.members.map(\.value)
            #expect(nodes.map(\.kind) == [.string, .array, .object, .null, .bool])
            #expect(nodes.map { Array($0.members).count } == [0, 0, 1, 0, 0])
            #expect(nodes.map { Array($0.elements).count } == [0, 1, 0, 0, 0])
            #expect(nodes.map { $0["a"] == nil } == [true, true, false, true, true])
            #expect(nodes.map(\.string) == ["1", nil, nil, nil, nil])
            #expect(nodes.map(\.bool) == [nil, nil, nil, nil, false])
            #expect(nodes.map(\.isNull) == [false, false, false, true, false])
            #expect(nodes.map(\.numberText) == [nil, nil, nil, nil, nil])
            #expect(nodes.map(\.elements.isEmpty) == [true, false, true, true, true])
            #expect(nodes.map(\.members.isEmpty) == [true, true, false, true, true])
            #expect(root["nothing"] == nil)
        }
    }
}
