import Conversion
import Foundation
import Testing

@Suite("Files behind the inputs")
struct InputFileTests {
    @Test("folders are walked in name order, hidden files and linked folders passed over")
    func walking() throws {
        let files = ["b/2.json", "b/10.json", "a.json", "b.json", ".hidden", "b/c/x.json", "B.json"]
        try Self.inFolder(files) { folder in
            try FileManager.default.createSymbolicLink(atPath: folder + "/b/loop", withDestinationPath: folder)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link.json", withDestinationPath: folder + "/a.json")
            let names = try InputFiles([folder]).map(\.name)
            #expect(names == ["B.json", "a.json", "b/10.json", "b/2.json", "b/c/x.json", "b.json", "link.json"])
        }
    }

    struct Row: CustomTestStringConvertible {
        let arguments: [String]
        let names: [String]
        let because: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(arguments: ["a/1.json"], names: ["1.json"], because: "a single file goes by its own name"),
        Row(
            arguments: ["a/x/1.json", "a/y/1.json"], names: ["x/1.json", "y/1.json"],
            because: "files of the same name keep the folders that tell them apart"),
        Row(
            arguments: ["a/y/1.json", "a/1.json"], names: ["y/1.json", "1.json"],
            because: "the order of the call is kept"),
        Row(
            arguments: ["-", "a/1.json", "a"], names: ["-", "1.json", "1.json", "x/1.json", "y/1.json"],
            because: "standard input, a file and a folder"),
    ]

    @Test("names", arguments: rows)
    func names(_ row: Row) throws {
        try Self.inFolder(["a/1.json", "a/x/1.json", "a/y/1.json"]) { folder in
            let arguments = row.arguments.map { $0 == "-" ? $0 : folder + "/" + $0 }
            let names = try InputFiles(arguments).map(\.name)
            #expect(names == row.names)
        }
    }

    @Test("an input that does not exist is named before anything is read")
    func missing() throws {
        try Self.inFolder(["a.json"]) { folder in
            let error = #expect(throws: NoSuchInput.self) {
                try InputFiles([folder + "/a.json", folder + "/b.json"])
            }
            #expect(error?.name == folder + "/b.json")
        }
    }

    static func inFolder(_ files: [String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spinehook-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in files {
            let path = folder.appending(path: file)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("{}".utf8).write(to: path)
        }
        try body(folder.path)
    }
}
