import Foundation

/// The table of identifiers that stands beside the project; nil, and a line that says so, where it is not there.
func identifierCases() -> [[String: String]]? {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { folder.deleteLastPathComponent() }
    let file = folder.appendingPathComponent("../shared/corpora/ccda/datatypes/ii-cases.csv").standardizedFileURL
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
        print("The C-CDA corpus is not here: ii-cases.csv is passed over.")
        return nil
    }
    // Only the last column, a note, has commas of its own.
    let lines = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", maxSplits: 6, omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
}
