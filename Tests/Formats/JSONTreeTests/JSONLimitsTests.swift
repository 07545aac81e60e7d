import JSONTree
import Testing

@Suite("Limits")
struct JSONLimitsTests {
    private func nested(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }

    private func nestedObjects(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "{\"a\":", count: depth) + "0" + String(repeating: "}", count: depth)).utf8)
    }

    @Test("the deepest document that is allowed, and one deeper", arguments: [1, 2, 3, 64, 65, 1_024])
    func depth(_ limit: Int) throws {
        let limits = JSONLimits(maximumDepth: limit)
        #expect(reading(nested(limit), limits: limits) == .sound)
        #expect(reading(nestedObjects(limit), limits: limits) == .sound)
        #expect(refusal(nested(limit + 1), limits: limits)?.offset == limit)
        #expect(refusal(nestedObjects(limit + 1), limits: limits)?.offset == 5 * limit)
        let error = try #require(refusal(nested(limit + 1), limits: limits))
        #expect(error.code == .tooDeep)
        #expect(error.expected == "at most \(limit) arrays and objects inside each other")
    }

    @Test("the default allows 1,024")
    func defaultDepth() {
        #expect(JSONLimits().maximumDepth == 1_024)
        #expect(reading(nested(1_024)) == .sound)
        #expect(reading(nested(1_025)) == .refused(.tooDeep))
    }

    @Test("many brackets overflow no stack, closed or not", arguments: ["[", "{\"a\":", "[{\"a\":", "]"])
    func manyBrackets(_ bracket: String) {
        let text = String(repeating: bracket, count: 200_000)
        #expect(reading(text) == .refused(bracket == "]" ? .valueExpected : .tooDeep))
        let open = JSONLimits(maximumDepth: .max)
        #expect(reading(Array(text.utf8), limits: open) == .refused(bracket == "]" ? .valueExpected : .truncated))
    }

    @Test("two hundred thousand nested arrays are read when the caller allows it")
    func unlimited() {
        #expect(reading(nested(200_000), limits: JSONLimits(maximumDepth: .max)) == .sound)
    }

    @Test("scalars have no depth")
    func scalars() {
        #expect(reading(Array("1".utf8), limits: JSONLimits(maximumDepth: 0)) == .sound)
        #expect(reading(Array("[]".utf8), limits: JSONLimits(maximumDepth: 0)) == .refused(.tooDeep))
    }

    @Test("a document of more bytes than allowed is refused unread")
    func size() throws {
        let limits = JSONLimits(maximumBytes: 4)
        #expect(reading(Array("[12]".utf8), limits: limits) == .sound)
        let error = try #require(refusal(Array("[123]".utf8), limits: limits))
        #expect(error.code == .tooLarge)
        #expect(error.expected == "at most 4 bytes")
        #expect(error.found == "5 bytes")
        #expect(JSONLimits(maximumBytes: .max).maximumBytes == 4_294_967_295)
    }
}
