import Foundation
import JSONTree
import Testing

/// Real and deliberately broken files, where they are at hand beside the project.
@Suite("Files of the corpus")
struct CorpusTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/corpora/fhir").standardizedFileURL

    private func bytes(of path: String) -> [UInt8]? {
        guard let data = try? Data(contentsOf: Self.corpus.appending(path: path)) else {
            print("not tested, no corpus: \(path)")
            return nil
        }
        return [UInt8](data)
    }

    static let rows: [(path: String, expected: String)] = [
        ("json-torture/bad-json-close-1.json", "JSON-114 line 15, column 11"),
        ("json-torture/bad-json-close-2.json", "JSON-114 line 15, column 11"),
        ("json-torture/bad-json-close-3.json", "JSON-114 line 16, column 9"),
        ("json-torture/cdshooks-request-pv-good.json", "sound"),
        ("json-torture/cdshooks-response-empty-bad.json", "sound"),
        ("json-torture/cdshooks-response-empty-good.json", "sound"),
        ("json-torture/cdshooks-response-good.json", "sound"),
        ("json-torture/cdshooks-services-good.json", "sound"),
        ("json-torture/json-comma-bad-1.json", "JSON-114 line 7, column 7"),
        ("json-torture/json-comma-bad-2.json", "JSON-115 line 9, column 7"),
        ("json-torture/json-comments-1.json", "JSON-116 line 1, column 1"),
        ("json-torture/json-comments-2.json", "JSON-116 line 3, column 3"),
        ("json-torture/json-good.json", "sound"),
        ("json-torture/json-no-quotes-1.json", "JSON-112 line 2, column 3"),
        ("json-torture/json-no-quotes-2.json", "JSON-117 line 8, column 9"),
        ("quirks/h01-bom.json", "sound"),
        ("quirks/h02-utf16le.json", "JSON-102 line 1, column 1"),
        ("quirks/h03-duplicate-keys.json", "JSON-130"),
        ("quirks/h04-number-as-string.json", "sound"),
        ("quirks/h05-boolean-as-string.json", "sound"),
        ("quirks/h06-deep-nesting-arrays.json", "JSON-106"),
        ("quirks/h07-deep-nesting-extensions.json", "sound"),
        ("quirks/h08-invalid-utf8.json", "JSON-135"),
        ("quirks/h09-lone-surrogate.json", "JSON-132"),
        ("quirks/h10-surrogate-pair.json", "sound"),
        ("quirks/h11-null-property.json", "sound"),
        ("quirks/h12-trailing-comma.json", "JSON-115"),
        ("quirks/h13-comments.json", "JSON-116"),
        ("quirks/h14-truncated.json", "JSON-1"),
        ("quirks/h15-two-objects.json", "2 lines"),
        ("quirks/h16-nan.json", "JSON-117"),
        ("quirks/h17-nul-char.json", "JSON-133"),
        ("quirks/h18-resourcetype-last.json", "sound"),
        ("quirks/h19-unknown-members.json", "sound"),
        ("quirks/h20-empty-values.json", "sound"),
        ("quirks/h21-scalar-for-array.json", "sound"),
        ("quirks/h22-proto-keys.json", "sound"),
        ("quirks/h23-big-integer.json", "sound"),
        ("quirks/h24-gzip.json.gz", "JSON-110"),
        ("quirks/h27-fhir-comments.json", "sound"),
        ("quirks/h28-html-error-page.json", "JSON-103"),
        ("quirks/h29-empty-file.json", "empty"),
        ("quirks/h30-long-string.json", "sound"),
        ("quirks/h31-wide-array.json", "sound"),
        ("quirks/n01-crlf.ndjson", "3 lines"),
        ("quirks/n02-no-final-newline.ndjson", "3 lines"),
        ("quirks/n03-blank-lines.ndjson", "3 lines"),
        ("quirks/n04-one-bad-line.ndjson", "2 lines, bad: 2"),
        ("quirks/n05-bom.ndjson", "3 lines"),
        ("quirks/n06-pretty-printed.ndjson", "sound"),
        ("quirks/n10-u2028.ndjson", "2 lines"),
        ("quirks/n11-array-lines.ndjson", "4 lines"),
        ("quirks/n13-empty.ndjson", "empty"),
    ]

    @Test("are read as they should be", arguments: rows)
    func outcome(path: String, expected: String) {
        guard let bytes = bytes(of: path) else { return }
        let outcome = outcome(of: bytes)
        #expect(outcome.hasPrefix(expected) && (expected.hasPrefix("JSON") || outcome == expected), "\(outcome)")
    }

    private func outcome(of bytes: [UInt8]) -> String {
        switch JSONInput(of: bytes) {
        case .empty: return "empty"
        case .lines:
            let lines = Array(JSONLines(bytes))
            let bad = lines.filter { (try? JSONDocument(bytes, in: $0.range, firstLine: $0.number)) == nil }
            let list = bad.map { ", bad: \($0.number)" }.joined()
            return "\(lines.count - bad.count) lines\(list)"
        case .document:
            do {
                let document = try JSONDocument(bytes)
                return document.defects.first.map { "\($0.code.rawValue) \(document.position(of: $0.offset))" }
                    ?? "sound"
            } catch {
                return "\(error.code.rawValue) \(error.position)"
            }
        }
    }
}
