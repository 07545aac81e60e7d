import JSONTree
import Testing

@Suite("Reading values in place")
struct JSONNodeTests {
    private enum Member: String, CaseIterable {
        case resourceType, id, status, value
    }

    private static let names = JSONNames<Member>()

    private let document = #"""
        {"resourceType": "Observation", "id": "o1", "value": [7.50, 1.0e1, -0, 18446744073709551616, 1e400],
          "st\u0061tus": "a\tb\u00e9\ud83d\ude00", "other": {"nested": [[], {}, null, true, false]} }
        """#

    @Test("One pass over the members gives each name its case")
    func members() throws {
        let seen = try JSONDocument(Array(document.utf8)).read { root in
            root.members.map { name, value in "\(Self.names[name].map { $0.rawValue } ?? "?\(name.text)") \(value.kind)"
            }
        }
        #expect(seen == ["resourceType string", "id string", "value array", "status string", "?other object"])
    }

    @Test("Numbers keep the way they were written")
    func numbers() throws {
        let numbers = try JSONDocument(Array(document.utf8)).read { root in
            root["value"]?.elements.map(\.numberText)
        }
        #expect(numbers == ["7.50", "1.0e1", "-0", "18446744073709551616", "1e400"])
    }

    @Test("Escapes in names and values are resolved")
    func escapes() throws {
        let text = try JSONDocument(Array(document.utf8)).read { $0["status"]?.string }
        #expect(text == "a\tb\u{e9}\u{1F600}")
    }

    @Test("A sub-tree gives back its own bytes")
    func raw() throws {
        let raw = try JSONDocument(Array(document.utf8)).read { root in
            root["other"].map { String($0.raw) }
        }
        #expect(raw == #"{"nested": [[], {}, null, true, false]}"#)
    }
}
