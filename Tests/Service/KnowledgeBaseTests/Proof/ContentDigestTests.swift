import Foundation
import Testing

/// A code or row that goes, comes or says something else is a change of the guideline. It shows here, so that it is looked at
/// and taken over into ``ContentDigests/table`` on purpose; words that only label may change freely.
@Suite("What decides in Profiles/ is what was looked at")
struct ContentDigestTests {
    /// Files of which every code or row decides.
    static let files =
        Profiles.files(in: "ValueSets") + Profiles.files(in: "Guidelines")
        + ["CodeSystems/lumbosacral-findings.json", "CodeSystems/rxnorm-products.json"]

    @Test("by file: how many codes or rows, and their digest")
    func content() throws {
        let found = try Self.files.map { try ContentDigests.Row($0, rows: Self.rows(of: $0)) }
        let known = Set(ContentDigests.table)
        let changed = found.filter { !known.contains($0) }
        #expect(
            changed.isEmpty, "to be looked at, then to be taken over:\n\(changed.map(\.line).joined(separator: "\n"))")
        let gone = Set(ContentDigests.table.map(\.file)).subtracting(found.map(\.file))
        #expect(gone.isEmpty)
        #expect(ContentDigests.table.count == found.count)
    }

    @Test("a row less, another row and another order tell or do not tell")
    func digest() {
        let rows = ["a", "b", "c"]
        let row = ContentDigests.Row("f", rows: rows)
        #expect(row == ContentDigests.Row("f", rows: rows.reversed()))
        for other in [["a", "b"], ["a", "b", "d"], ["a", "bc"], []] {
            #expect(row != ContentDigests.Row("f", rows: other))
        }
    }

    /// Each code or row of a file as text, without labels, notes and sources.
    static func rows(of file: String) throws -> [String] {
        let json = try JSONSerialization.jsonObject(with: Data(Profiles.text(file).utf8))
        let root = try #require(json as? [String: Any])
        if let compose = root["compose"] as? [String: Any] {
            return try (compose["include"] as? [[String: Any]] ?? []).flatMap { include in
                let shared: [String: Any] = ["system": include["system"] ?? "", "of all": include["extension"] ?? ""]
                let listed =
                    (include["concept"] as? [[String: Any]] ?? []) + (include["filter"] as? [[String: Any]] ?? [])
                return try listed.map { try text(shared.merging($0) { $1 }) }
            }
        }
        let rows = root["rows"] ?? root["concept"]
        return try (rows as? [[String: Any]] ?? []).map(text)
    }

    private static let labels: Set = ["display", "definition", "designation", "note", "sources", "name", "title"]

    private static func text(_ row: [String: Any]) throws -> String {
        let deciding = row.filter { !labels.contains($0.key) }
        let data = try JSONSerialization.data(
            withJSONObject: deciding, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}

/// How many codes or rows a file has, and a digest of them.
enum ContentDigests {
    struct Row: Hashable {
        let file: String
        let count: Int
        let digest: UInt64

        init(_ file: String, _ count: Int, _ digest: UInt64) {
            self.file = file
            self.count = count
            self.digest = digest
        }

        init(_ file: String, rows: [String]) {
            // FNV-1a in 64 bits: enough to tell an accident, meant for no more.
            var digest: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in rows.sorted().joined(separator: "\n").utf8 {
                digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            }
            self.init(file, rows.count, digest)
        }

        /// The line of the table.
        var line: String { "        Row(\"\(file)\", \(count), 0x\(String(digest, radix: 16, uppercase: true)))," }
    }
}
