import JSONTree
import Testing

@Suite("Names that stand twice")
struct DuplicateNameTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let offsets: [Int]
        let because: String
        var testDescription: String { because }

        init(_ text: String, at offsets: [Int], _ because: String) {
            self.text = text
            self.offsets = offsets
            self.because = because
        }
    }

    static let rows = [
        Row(#"{"a":1,"a":2}"#, at: [7], "the second one is named"),
        Row(#"{"a":1,"a":1}"#, at: [7], "the same value is no excuse"),
        Row(#"{"a":1,"b":2,"a":3,"a":4}"#, at: [13, 19], "each further one"),
        Row(#"{"":1,"":2}"#, at: [6], "the empty name"),
        Row(#"{"a":1,"\u0061":2}"#, at: [7], "an escaped name is the same name"),
        Row(#"{"\u0061":1,"a":2}"#, at: [12], "also when the escaped one comes first"),
        Row(#"{"a\/":1,"a\u002f":2,"a/":3}"#, at: [9, 21], "three spellings of one name"),
        Row(#"{"\ud83d\ude00":1,"😀":2}"#, at: [18], "a surrogate pair and its character"),
        Row(#"{"a":{"b":1,"b":2},"a":3}"#, at: [12, 19], "inside and outside"),
        Row(#"{"a":{"x":[{},[]]},"b":[{"x":1}],"a":0}"#, at: [33], "past nested values"),
        Row(#"{"a":{"a":{"a":1}}}"#, at: [], "one inside another is another object's"),
        Row(#"[{"a":1},{"a":2}]"#, at: [], "two objects"),
        Row(#"{"a":"a","b":"a"}"#, at: [], "values are no names"),
        Row(#"{"a":1,"A":2}"#, at: [], "case counts"),
        Row("{\"é\":1,\"e\u{301}\":2}", at: [], "Unicode forms count: JSON compares code units"),
        Row(#"{"a":1,"a ":2,"a\u0000":3}"#, at: [14], "a longer name is another one; its NUL is the only defect"),
        Row(#"{"abcdefgh-1-stuvwxyz":1,"abcdefgh-2-stuvwxyz":2}"#, at: [], "different in the middle only"),
        Row(#"{"abcdefgh-1-stuvwxyz":1,"abcdefgh-1-stuvwxyz":2}"#, at: [25], "the same, long"),
        Row("{\"a\" \n :1 , \"a\"\t:2}", at: [12], "white space around names"),
    ]

    @Test("are found where they stand", arguments: rows)
    func found(_ row: Row) throws {
        let document = try JSONDocument(Array(row.text.utf8))
        #expect(document.defects.filter { $0.code != .nul }.map(\.offset) == row.offsets.filter { $0 != 14 })
        #expect(document.defects.allSatisfy { $0.code == .duplicateName || $0.code == .nul })
        #expect(document.defects.isEmpty == row.offsets.isEmpty)
    }

    @Test(
        "are found in objects of every width, the repeated name anywhere", arguments: [1, 2, 10, 63, 64, 65, 66, 200])
    func widths(_ width: Int) throws {
        let names = (0..<width).map { "name-of-member-\($0)-behind-it" }
        let members = names.map { "\"\($0)\":{\"\($0)\":0}" }
        #expect(reading("{\(members.joined(separator: ","))}") == .sound)
        for repeated in Set([0, width / 2, width - 1]) {
            let text = "{\((members + ["\"\(names[repeated])\":1"]).joined(separator: ","))}"
            let document = try JSONDocument(Array(text.utf8))
            #expect(document.defects.map(\.code) == [.duplicateName])
            #expect(document.defects.first?.offset == text.utf8.count - names[repeated].utf8.count - 5)
        }
    }

    @Test("cost no more than sorting when an input is made to hit the same place each time")
    func adversary() throws {
        // All names have the same length, beginning and end, which is all that the quick look sees.
        let members = (0..<20_000).map { "\"aaaaaaaa\(1_000_000 + $0)zzzzzzzz\":0" }
        #expect(reading("{\(members.joined(separator: ","))}") == .sound)
        #expect(reading("{\((members + [members[500]]).joined(separator: ","))}") == .defects([.duplicateName]))
    }

    @Test("agree with a plain count in objects made at random")
    func random() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let pool = Int.random(in: 2...400, using: &generator)
            let names = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                String(repeating: "n", count: Int.random(in: 0...12, using: &generator))
                    + String(Int.random(in: 0..<pool, using: &generator))
            }
            let text = "{\(names.map { "\"\($0)\":[{}]" }.joined(separator: ","))}"
            let document = try JSONDocument(Array(text.utf8))
            #expect(document.defects.count == names.count - Set(names).count)
        }
    }

    @Test("give each of them when members are gone through, the first by name")
    func reading() throws {
        try JSONDocument(Array(#"{"a":1,"\u0061":2}"#.utf8)).read { root in
            #expect(root.members.map(\.value.integer) == [1, 2])
            #expect(root["a"]?.integer == 1)
        }
    }

    private func reading(_ text: String) -> Reading { JSONTreeTests.reading(text) }
}
