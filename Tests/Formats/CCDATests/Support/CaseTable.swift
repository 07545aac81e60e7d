import Foundation

/// Tables of cases that stand beside the project; tests over them run where they are there.
enum CaseTable {
    /// Rows of a CSV file by the names of its columns; nil, and a line that says so, where it is not there.
    static func rows(_ name: String) -> [[String: String]]? {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        let file = folder.appendingPathComponent("../shared/corpora/ccda/datatypes/" + name).standardizedFileURL
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            print("The C-CDA corpus is not here: \(name) is passed over.")
            return nil
        }
        let lines = text.split(whereSeparator: \.isNewline).map { fields(of: String($0)) }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    /// Fields of a line; quotes around a field are taken off, two quotes inside stand for one.
    private static func fields(of line: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        var rest = line[...]
        while let character = rest.popFirst() {
            if character == "\"" {
                if isQuoted, rest.first == "\"" {
                    fields[fields.count - 1].append(rest.removeFirst())
                } else {
                    isQuoted.toggle()
                }
            } else if character == ",", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
