import Diagnostics
import JSONTree
import Testing

@Suite("Defects stay where they are")
struct JSONDefectTests {
    private static let bundle = #"""
        {"resourceType":"Bundle","entry":[
          {"resource":{"id":"sound"}},
          {"resource":{"id":"twice","status":"a","status":"b"}},
          {"resource":{"id":"escape","text":"\q"}},
          {"resource":{"id":"number","value":[1, 01]}},
          {"resource":{"id":"sound too"}},
          {"resource":{"id":"tab","text":"	"}}
        ]}
        """#

    @Test("one bad resource leaves the others sound")
    func confined() throws {
        let document = try JSONDocument(Array(Self.bundle.utf8))
        #expect(document.defects.map(\.code) == [.duplicateName, .badEscape, .malformedNumber, .controlCharacter])
        document.read { root in
            #expect(root.hasDefect)
            let resources = root["entry"]?.elements.compactMap { $0["resource"] } ?? []
            #expect(resources.map(\.hasDefect) == [false, true, true, true, false, true])
            #expect(
                resources.map { $0["id"]?.string } == ["sound", "twice", "escape", "number", "sound too", "tab"])
            #expect(
                resources.map { $0.defects.map(\.code) }
                    == [[], [.duplicateName], [.badEscape], [.malformedNumber], [], [.controlCharacter]])
        }
    }

    @Test("each says its line and column, and never the content")
    func located() throws {
        let issues = try JSONDocument(Array(Self.bundle.utf8)).issues(source: "bundle.json")
        #expect(
            issues.map(\.description) == [
                "bundle.json (line 3, column 42): expected each member name once in an object, found the same member name again [JSON-130]",
                "bundle.json (line 4, column 38): expected an escape that JSON knows, found an unknown or incomplete escape [JSON-131]",
                "bundle.json (line 5, column 42): expected a number in JSON's grammar, found a malformed number [JSON-136]",
                "bundle.json (line 7, column 35): expected control characters written as escapes, found a bare control character [JSON-134]",
            ])
        #expect(issues.allSatisfy { $0.severity == .error })
    }

    @Test("positions count the whole input when a document is a part of it")
    func offsets() throws {
        let bytes = Array("{}\n{\"a\":01}\n".utf8)
        let document = try JSONDocument(bytes, in: 3..<11, firstLine: 2)
        #expect(document.defects.map(\.offset) == [8])
        #expect(document.position(of: 8) == JSONPosition(line: 2, column: 6))
        document.read { root in
            #expect(root.byteRange == 3..<11)
            #expect(root["a"]?.hasDefect == true)
            #expect(root["a"]?.position == JSONPosition(line: 2, column: 6))
        }
    }

    @Test("control characters, bytes that are not UTF-8 and all else are found in the same document")
    func together() throws {
        let head = Array("{\"a\":\"\u{1}\",\"b\":\"".utf8)
        let bytes = head + [0xFF] + Array("\",\"c\":\"\\ud800\",\"a\":1.,\"d\":\"ok\"}".utf8)
        let document = try JSONDocument(bytes)
        #expect(
            document.defects.map(\.code)
                == [.controlCharacter, .invalidUTF8, .loneSurrogate, .duplicateName, .malformedNumber])
        #expect(document.read { $0["d"]?.string } == "ok")
    }

    @Test("control characters and broken structure: the structure decides")
    func structureFirst() {
        #expect(reading("[\"\u{1}\", }") == .refused(.valueExpected))
        #expect(reading("[\"\u{1}\" \u{1}]") == .refused(.commaOrEndExpected))
        #expect(reading([0x5B, 0xFF, 0x5D]) == .refused(.valueExpected))
        #expect(reading([0x5B, 0x22, 0xFF, 0x22]) == .refused(.truncated))
    }

    @Test("the codes are permanent")
    func codes() {
        #expect(
            JSONDefect.Code.allCases.map(\.rawValue)
                == ["JSON-130", "JSON-131", "JSON-132", "JSON-133", "JSON-134", "JSON-135", "JSON-136"])
        let all = JSONError.Code.allCases.map(\.rawValue) + JSONDefect.Code.allCases.map(\.rawValue)
        #expect(Set(all).count == all.count)
        #expect(JSONError.Code.allCases.count == 17)
    }
}
