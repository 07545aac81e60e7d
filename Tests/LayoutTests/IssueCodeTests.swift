import Foundation
import Testing

/// Issue codes are permanent: callers match on them, so each names one thing in the whole product.
@Suite("Issue codes")
struct IssueCodeTests {
    /// Codes are written out once, as literals: `NAME-123`.
    static func codes(in text: String) -> [String] {
        text.matches(of: /"([A-Z]{3,12}-[0-9]{3})"/).map { String($0.1) }
    }

    @Test("no code is written in two places")
    func unique() throws {
        var places: [String: [String]] = [:]
        for file in try Repository.swiftFiles(in: "Sources") {
            for code in Self.codes(in: try Repository.text(file)) { places[code, default: []].append(file) }
        }
        #expect(!places.isEmpty)
        for (code, files) in places { #expect(files.count == 1, "\(code) stands in \(files)") }
    }
}
