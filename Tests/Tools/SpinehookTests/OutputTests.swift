import Foundation
import Testing

@Suite("Where results and refusals go")
struct OutputTests {
    struct Collision: CustomTestStringConvertible {
        /// `@` stands for a folder with `in/a.json`, `in/b.json` and links to them.
        let arguments: String
        let says: String
        let because: String
        var testDescription: String { because }
    }

    static let collisions = [
        Collision(
            arguments: "evaluate @/in/a.json --output @/in/a.json", says: "is the input a.json",
            because: "results over the input"),
        Collision(
            arguments: "evaluate @/in/a.json --errors @/in/../in/a.json", says: "is the input a.json",
            because: "refusals over the input, written another way"),
        Collision(
            arguments: "evaluate @/in --output @/in/b.json", says: "is the input b.json",
            because: "results over a file of the folder that is walked"),
        Collision(
            arguments: "evaluate @/in/a.json --output @/link.json", says: "is the input a.json",
            because: "a linked name of the input"),
        Collision(
            arguments: "evaluate @/in/a.json --output @/hard.json", says: "is the input a.json",
            because: "a second name of the input on the disk"),
        Collision(
            arguments: "evaluate @/linked --output @/in/new.json", says: "would be read too",
            because: "a new file in a folder that is walked, under the folder's linked name"),
        Collision(
            arguments: "evaluate @/in/a.json --output @/x.out --errors @/x.out", says: "the same file",
            because: "results and refusals into one new file"),
        Collision(
            arguments: "evaluate @/in/a.json --output @/old.out --errors @/in/../old.out", says: "the same file",
            because: "results and refusals into one file that is there"),
        Collision(
            arguments: "guideline decide @/in/a.json --output @/in/a.json", says: "is the input",
            because: "decisions over their criteria"),
    ]

    @Test("an output never overwrites an input or the other output", arguments: collisions)
    func collision(_ row: Collision) async throws {
        let folder = try Self.folder()
        let arguments = row.arguments.split(separator: " ").map { String($0).replacing("@", with: folder.path) }
        let run = try await Program.run(arguments)
        #expect(run.status == 2)
        #expect(run.messages.contains(row.says), "\(run.messages)")
        #expect(try folder.read("in/a.json") == Inputs.bundle)
        #expect(try folder.read("in/b.json") == Inputs.bundle)
        #expect(try folder.read("old.out") == "old")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/x.out"))
    }

    @Test("standard input from a file is an input too")
    func standardInput() async throws {
        let folder = try Folder()
        try folder.write("a.json", Inputs.bundle)
        let run = try await Program.run(
            ["evaluate", "-", "--output", folder.path + "/a.json"], inputFile: folder.url.appending(path: "a.json"))
        #expect(run.status == 2)
        #expect(try folder.read("a.json") == Inputs.bundle)
    }

    @Test("a file that is there is written anew; a hidden file in the folder is not walked and may be written")
    func anew() async throws {
        let folder = try Self.folder()
        try folder.write("old.out", String(repeating: "x", count: 100_000))
        let run = try await Program.run(
            [
                "evaluate", folder.path + "/in", "--output", folder.path + "/old.out", "--errors",
                folder.path + "/in/.errors",
            ])
        #expect(run.status == 0)
        #expect(try folder.read("old.out").split(separator: "\n").count == 2)
        #expect(try folder.read("old.out").hasPrefix("{") && folder.read("old.out").hasSuffix("}\n"))
        #expect(try folder.read("in/.errors").isEmpty)
    }

    struct Full: CustomTestStringConvertible {
        let option: String
        var testDescription: String { option }
    }

    /// Through a link, so that a program that puts a new file in the place of the old one harms nothing but the link.
    @Test(
        "a device without room ends the run with 3 and is named",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
        arguments: [Full(option: "--output"), Full(option: "--errors")])
    func full(_ row: Full) async throws {
        let folder = try Folder()
        try folder.write("a.json", Inputs.bundle)
        try folder.write("b.json", "{")
        let device = folder.path + "/full"
        try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: "/dev/full")
        let run = try await Program.run(
            ["evaluate", folder.path + "/a.json", folder.path + "/b.json", row.option, device])
        #expect(run.status == 3)
        #expect(run.messages.contains("cannot write to \(device)"), "\(run.messages)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: device) == "/dev/full")
    }

    @Test("two streams to one device are no collision")
    func nullDevice() async throws {
        let run = try await Program.run(
            ["evaluate", "-", "--output", "/dev/null", "--errors", "/dev/null"], input: Inputs.bundle)
        #expect(run.status == 0)
    }

    @Test("a file name with control characters is shown on one line and cannot steer the terminal")
    func controlCharacters() async throws {
        let folder = try Folder()
        let name = "a\u{1B}[31m\nerror: all is well.json"
        try folder.write(name, "{")
        for arguments in [[folder.path], [folder.path + "/" + name], [folder.path + "/x" + name]] {
            let run = try await Program.run(["evaluate"] + arguments)
            #expect(run.status != 0)
            #expect(run.messages.contains(#"a\u{1B}[31m\nerror: all is well.json"#), "\(run.messages)")
            #expect(!run.messages.contains("\u{1B}"))
            #expect(!run.messages.contains("\nerror: all is well"))
        }
    }

    static func folder() throws -> Folder {
        let folder = try Folder()
        let files = FileManager.default
        try files.createDirectory(at: folder.url.appending(path: "in"), withIntermediateDirectories: true)
        try folder.write("in/a.json", Inputs.bundle)
        try folder.write("in/b.json", Inputs.bundle)
        try folder.write("old.out", "old")
        try files.createSymbolicLink(
            atPath: folder.path + "/link.json", withDestinationPath: folder.path + "/in/a.json")
        try files.createSymbolicLink(atPath: folder.path + "/linked", withDestinationPath: folder.path + "/in")
        try files.linkItem(atPath: folder.path + "/in/a.json", toPath: folder.path + "/hard.json")
        return folder
    }
}
