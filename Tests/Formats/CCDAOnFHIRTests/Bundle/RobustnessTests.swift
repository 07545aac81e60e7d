import CCDA
import CCDAOnFHIR
import Diagnostics
import Foundation
import Testing

@Suite("Hostile and broken input")
struct RobustnessTests {
    @Test("ends as the corpus expects it")
    func expectations() throws {
        let files = CorpusFolder.files.filter { $0.path.contains("/robustness/") }
        guard let folder = files.first?.deletingLastPathComponent() else { return }
        let table = try String(contentsOf: folder.appendingPathComponent("expected.csv"), encoding: .utf8)
        let rows = table.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",", maxSplits: 2).map(String.init)
        }
        #expect(rows.count > 40)
        for row in rows {
            let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(row[0])))
            #expect(
                Self.isExpected(Self.outcome(of: bytes), row[1]), "\(row[0]): \(Self.outcome(of: bytes)), not \(row[1])"
            )
        }
    }

    /// `accept`, `accept:warning` or `reject:` and the code.
    private static func outcome(of bytes: [UInt8]) -> String {
        do throws(DocumentRefused) {
            let document = try DocumentConverter().convert(bytes)
            return document.issues.contains { $0.severity >= .warning } ? "accept:warning" : "accept"
        } catch {
            return "reject:" + (error.issues.first?.code.rawValue ?? "")
        }
    }

    private static func isExpected(_ outcome: String, _ expected: String) -> Bool {
        switch expected {
        case "accept": outcome.hasPrefix("accept")
        case "accept:warning": outcome == expected
        case "reject:not-cda": outcome == "reject:CCDA-101"
        case "reject:namespace": outcome == "reject:CCDA-102"
        case let row where row.hasPrefix("accept-or-reject"):
            outcome == "accept:warning" || outcome.hasPrefix("reject:XML-1")
        default: outcome.hasPrefix("reject:XML-1")
        }
    }
}
