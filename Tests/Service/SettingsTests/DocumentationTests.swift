import Foundation
import Settings
import Testing

@Suite("Documentation of the configuration")
struct DocumentationTests {
    /// With `RECORD_EXAMPLES=1` the table is written anew and the test fails, so that a person reads the difference.
    @Test("the table in the README is the one of the code")
    func readme() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.firstRange(of: "<!-- settings: made by the tests from the code -->\n")).upperBound
        let end = try #require(text.firstRange(of: "<!-- /settings -->")).lowerBound
        if ProcessInfo.processInfo.environment["RECORD_EXAMPLES"] == "1" {
            let anew = text[..<start] + Configuration.documentation + text[end...]
            try Data(anew.utf8).write(to: file)
            Issue.record("README.md was written anew")
        } else {
            #expect(text[start..<end] == Configuration.documentation)
        }
    }
}
