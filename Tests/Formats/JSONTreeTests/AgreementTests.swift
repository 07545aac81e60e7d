import Foundation
import Testing

@testable import JSONTree

/// Documents made at random, and the same with a few bytes changed.
struct RandomJSON {
    var generator: SeededGenerator

    private static let pieces = [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "/", " ", "\n", "\t", "0", "1", "-", "+", ".", "e", "E", "t", "true",
        "null", "false", "nul", "\\u", "\\ud83d", "\\n", "\"a\"", "\"a\":1", "//", "é", "\u{1}", "\u{c}", "{}", "[]",
    ].map { Array($0.utf8) }

    /// Bytes that no text has, added to some changes.
    private static let badBytes: [UInt8] = [0x80, 0xC3, 0xFF, 0x1A, 0xED]

    mutating func document() -> [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes, depth: 0)
        return bytes
    }

    private mutating func pick<Items: RandomAccessCollection>(_ items: Items) -> Items.Element {
        items[items.index(items.startIndex, offsetBy: Int.random(in: 0..<items.count, using: &generator))]
    }

    private mutating func blank(_ bytes: inout [UInt8]) {
        if Int.random(in: 0..<4, using: &generator) == 0 { bytes.append(pick(Array(" \n\r\t".utf8))) }
    }

    private mutating func append(to bytes: inout [UInt8], depth: Int) {
        blank(&bytes)
        switch Int.random(in: 0..<(depth > 4 ? 4 : 8), using: &generator) {
        case 0: bytes += pick(["true", "false", "null"]).utf8
        case 1: bytes += pick(["0", "-0", "12", "7.50", "1.0e1", "-3E-2", "123456789"]).utf8
        case 2, 3: appendString(to: &bytes)
        case 4, 5:
            bytes.append(UInt8(ascii: "["))
            for place in 0..<Int.random(in: 0..<4, using: &generator) {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                append(to: &bytes, depth: depth + 1)
            }
            blank(&bytes)
            bytes.append(UInt8(ascii: "]"))
        default:
            bytes.append(UInt8(ascii: "{"))
            for place in 0..<Int.random(in: 0..<4, using: &generator) {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                blank(&bytes)
                appendString(to: &bytes)
                blank(&bytes)
                bytes.append(UInt8(ascii: ":"))
                append(to: &bytes, depth: depth + 1)
            }
            blank(&bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        blank(&bytes)
    }

    private mutating func appendString(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for _ in 0..<Int.random(in: 0..<4, using: &generator) {
            bytes += pick(["a", "status", "é", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "{", ","]).utf8
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// One to three changes at random places.
    mutating func changed(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0 where place < bytes.count: bytes.remove(at: place)
            case 1: bytes.insert(contentsOf: pick(RandomJSON.pieces), at: place)
            case 2 where place < bytes.count: bytes.replaceSubrange(place...place, with: pick(RandomJSON.pieces))
            case 3: bytes.removeLast(bytes.count - place)
            case 4: bytes += bytes[place...]
            case 5 where Int.random(in: 0..<4, using: &generator) == 0:
                bytes.insert(pick(RandomJSON.badBytes), at: place)
            default: break
            }
        }
        return bytes
    }
}

@Suite("Two readers agree")
struct AgreementTests {
    private static let rounds = 8_000

    private func inputs(seed: UInt64, _ body: ([UInt8]) throws -> Void) rethrows {
        var random = RandomJSON(generator: SeededGenerator(seed: seed))
        for _ in 0..<Self.rounds {
            let document = random.document()
            try body(document)
            try body(random.changed(document))
            try body(random.changed(document))
        }
    }

    @Test("the walk over the index and the plain reader refuse the same texts")
    func diagnosis() {
        var refused = 0
        inputs(seed: 1) { bytes in
            guard unsafe bytes.withUnsafeBufferPointer({ unsafe InputKind.problem(of: $0) }) == nil,
                !bytes.starts(with: [0xEF, 0xBB, 0xBF])
            else { return }
            let plain = unsafe bytes.withUnsafeBufferPointer { unsafe Diagnosis.problem(of: $0, maximumDepth: 1_024) }
            let error = refusal(bytes)
            #expect((plain == nil) == (error == nil), "\(bytes)")
            #expect(plain?.offset == error?.offset)
            refused += error == nil ? 0 : 1
        }
        #expect(refused > Self.rounds / 2, "the changes must break enough of the texts")
    }

    /// Foundation keeps the last of two members with one name, reads U+0000, guesses UTF-16 and UTF-32, passes over a
    /// comma before a closing bracket, and knows no number beyond a double.
    private func isKnownDifference(_ bytes: [UInt8], _ ours: Reading) -> Bool {
        switch ours {
        case .defects(let codes): codes.allSatisfy { $0 == .duplicateName || $0 == .nul }
        case .refused(let code): code == .notUTF8 || code == .trailingComma
        case .sound: (try? JSONDocument(bytes).read { holdsNumberBeyondDouble($0) }) == true
        }
    }

    private func holdsNumberBeyondDouble(_ node: JSONNode) -> Bool {
        if let number = node.numberText { return Double(number).map { !$0.isFinite } ?? true }
        return node.elements.contains { holdsNumberBeyondDouble($0) }
            || node.members.contains { holdsNumberBeyondDouble($0.value) }
    }

    @Test("Foundation accepts the same texts, but for known differences")
    func foundation() {
        var agreed = (accepted: 0, refused: 0)
        inputs(seed: 2) { bytes in
            let ours = reading(bytes)
            if isKnownDifference(bytes, ours) { return }
            let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(theirs == (ours == .sound), "\(String(decoding: bytes, as: UTF8.self).debugDescription): \(ours)")
            if theirs { agreed.accepted += 1 } else { agreed.refused += 1 }
        }
        #expect(agreed.accepted > Self.rounds && agreed.refused > Self.rounds / 2)
    }

    @Test("every node of a sound text gives back bytes that read to the same value")
    func rawValues() throws {
        try inputs(seed: 3) { bytes in
            guard reading(bytes) == .sound else { return }
            try JSONDocument(bytes).read { root in try check(root) }
        }
    }

    private func check(_ node: JSONNode) throws {
        let value = try #require(JSONValue(node))
        let copy = try JSONDocument(Array(node.raw)).read { JSONValue($0) }
        #expect(copy == value)
        #expect(try JSONDocument(value.encoded()).read { JSONValue($0) } == value)
        for element in node.elements { try check(element) }
    }
}
