import Foundation
import SampleDocuments
import Testing

@Suite("spinehook convert")
struct ConvertTests {
    static let document = SampleDocument(SampleDocument.problems(("M54.16", "20250528")), SampleDocument.lossy("1-8"))

    /// A folder with `in/a.xml`, `in/sub/b.xml` and `in/fhir.json`.
    static func folder() throws -> Folder {
        let folder = try Folder()
        try folder.make("in/sub")
        try folder.write("in/a.xml", document.xml)
        var other = document
        other.id = "db126187-87c4-4c4a-8d6b-986b0a1ff3ec"
        try folder.write("in/sub/b.xml", other.xml)
        try folder.write("in/fhir.json", Inputs.bundle)
        return folder
    }

    @Test("Bundles come out one a line in the order of the input, and the same whatever the number of jobs")
    func lines() async throws {
        let folder = try Self.folder()
        let run = try await Program.run(["convert", folder.path + "/in", "--loss", folder.path + "/loss"])
        #expect(run.status == 1)
        #expect(run.lines.count == 2)
        for line in run.lines { #expect(line.hasPrefix(#"{"resourceType":"Bundle","#)) }
        let sources = try folder.read("loss").split(separator: "\n").map { try Loss($0).source }
        #expect(sources == ["a.xml", "sub/b.xml"])
        #expect(run.messages.contains("fhir.json: expected a C-CDA document, found JSON"), "\(run.messages)")
        #expect(
            run.messages.hasSuffix(
                "3 inputs, 2 documents, 1 refused; 6 statements: 4 mapped, 2 kept as text, 0 refused\n"))
        for jobs in ["1", "3"] {
            let again = try await Program.run(["convert", "--jobs", jobs, folder.path + "/in"])
            #expect(again.output == run.output)
            #expect(again.messages == run.messages)
        }
    }

    @Test("with --output each Bundle has a file under the relative path of its input")
    func files() async throws {
        let folder = try Self.folder()
        let stream = try await Program.run(["convert", folder.path + "/in"])
        let run = try await Program.run(["convert", folder.path + "/in", "--output", folder.path + "/out/new"])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(try folder.paths("out/new") == ["a.xml.json", "sub", "sub/b.xml.json"])
        let written = try folder.read("out/new/a.xml.json") + folder.read("out/new/sub/b.xml.json")
        #expect(written == stream.output)
        // A second run writes the same files anew.
        let second = try await Program.run(["convert", folder.path + "/in", "--output", folder.path + "/out/new"])
        #expect(second.status == 1)
        #expect(try folder.read("out/new/a.xml.json") == String(stream.lines[0]) + "\n")
    }

    @Test("the loss report counts every statement, and lists those that were not mapped")
    func loss() async throws {
        let folder = try Folder()
        try folder.write("a.xml", Self.document.xml)
        let run = try await Program.run(["convert", folder.path + "/a.xml", "--loss", folder.path + "/loss", "--quiet"])
        #expect(run.status == 0)
        #expect(run.messages.isEmpty)
        let loss = try Loss(folder.read("loss")[...])
        #expect(loss.source == "a.xml" && loss.document == "C-CDA R2.1 CCD")
        let counts = [loss.statements, loss.mapped, loss.asText, loss.refused]
        #expect(counts == [3, 2, 1, 0])
        #expect(loss.sections.map(\.code) == ["11450-4", "1-8"])
        #expect(loss.sections.map(\.statements) == [2, 1])
        #expect(loss.items.map(\.outcome) == ["asText"])
        #expect(loss.items[0].at == "/ClinicalDocument/component/structuredBody/component[2]/section/entry/observation")
    }

    struct Refusal: CustomTestStringConvertible {
        let content: [UInt8]
        let code: String
        let because: String
        var testDescription: String { "\(code): \(because)" }
    }

    static let refusals = [
        Refusal(content: Array(Inputs.bundle.utf8), code: "INPUT-115", because: "FHIR JSON"),
        Refusal(content: Array("[1]".utf8), code: "INPUT-115", because: "another JSON"),
        Refusal(content: Array("<!DOCTYPE html><html/>".utf8), code: "XML-104", because: "a log-in page"),
        Refusal(content: Array("notes".utf8), code: "INPUT-115", because: "plain text"),
        Refusal(content: Array(" \n".utf8), code: "INPUT-103", because: "only blanks"),
        Refusal(content: [], code: "INPUT-103", because: "an empty file"),
        Refusal(content: Array(#"<Patient xmlns="http://hl7.org/fhir"/>"#.utf8), code: "CCDA-101", because: "FHIR XML"),
        Refusal(content: Array(document.bytes.dropLast(30)), code: "XML-120", because: "a document that is cut short"),
        Refusal(
            content: Array(Gzip.stored(document.bytes).dropLast(9)), code: "INPUT-102", because: "a cut gzip stream"),
    ]

    @Test("what cannot be converted is listed with its code; the rest is done", arguments: refusals)
    func refusal(_ row: Refusal) async throws {
        let folder = try Folder()
        try folder.make("in")
        try folder.write("in/a.xml", Self.document.xml)
        try folder.write("in/b.xml", row.content)
        try folder.write("in/c.xml", Self.document.xml)
        let run = try await Program.run(["convert", "--errors", folder.path + "/errors", folder.path + "/in"])
        #expect(run.status == 1)
        #expect(run.lines.count == 2)
        let errors = try folder.read("errors").split(separator: "\n").filter { $0.contains("\"fatal\"") }
        #expect(errors.count == 1)
        #expect(errors[0].contains("\"source\":\"b.xml\",\"code\":\"\(row.code)\""), "\(errors)")
    }

    @Test("what was read with a doubt is listed too, and refuses nothing")
    func doubts() async throws {
        let folder = try Folder()
        var document = Self.document
        document.birth = "19701332"
        try folder.write("a.xml", document.xml)
        let run = try await Program.run(["convert", "--errors", folder.path + "/errors", folder.path + "/a.xml"])
        #expect(run.status == 0)
        let errors = try folder.read("errors").split(separator: "\n")
        #expect(errors.contains { $0.contains("\"code\":\"CCDA-210\",\"severity\":\"warning\"") }, "\(errors)")
        #expect(errors.allSatisfy { !$0.contains("19701332") && $0.contains("\"source\":\"a.xml\"") })
    }

    @Test("gzip, standard input and UTF-16 lead to the same Bundle")
    func forms() async throws {
        let folder = try Folder()
        try folder.write("a.xml", Self.document.xml)
        try folder.write("a.bin", Gzip.stored(Self.document.bytes))
        let wide = Self.document.xml.replacing("UTF-8", with: "UTF-16").utf16.flatMap {
            [UInt8($0 & 255), UInt8($0 >> 8)]
        }
        try folder.write("wide.xml", [0xFF, 0xFE] + wide)
        let plain = try await Program.run(["convert", folder.path + "/a.xml"])
        #expect(plain.status == 0 && plain.lines.count == 1)
        for name in ["a.bin", "wide.xml"] {
            #expect(try await Program.run(["convert", folder.path + "/" + name]).output == plain.output, "\(name)")
        }
        #expect(try await Program.run(["convert", "-"], input: Self.document.xml).output == plain.output)
    }

    @Test("--original puts the document into its Bundle")
    func original() async throws {
        let plain = try await Program.run(["convert", "-"], input: Self.document.xml)
        let run = try await Program.run(["convert", "--original", "-"], input: Self.document.xml)
        #expect(run.output.contains(Self.document.base64))
        #expect(!plain.output.contains(Self.document.base64))
    }

    struct Call: CustomTestStringConvertible {
        /// `@` stands for the folder of ``ConvertTests/folder()`` with `in/a.xml.json` and the link `out/link` to `in`.
        let arguments: String
        let status: Int32
        let says: String
        let because: String
        var testDescription: String { because }
    }

    static let calls = [
        Call(
            arguments: "@/in --output @/in/out", status: 2, says: "would be read too",
            because: "a folder below one that is walked"),
        Call(arguments: "@/in --output @/in", status: 2, says: "would be read too", because: "the input folder itself"),
        Call(
            arguments: "@/in --output @/out/link", status: 2, says: "would be read too",
            because: "a linked name of the input folder"),
        Call(
            arguments: "@/in/a.xml @/in/a.xml.json --output @/in", status: 1, says: "INPUT-116",
            because: "a file over an input that was named"),
        Call(
            arguments: "@/link @/in --output @/out", status: 1, says: "INPUT-116",
            because: "a link in the output folder that leads into an input"),
        Call(
            arguments: "@/in @/in --output @/out", status: 1, says: "another input with the same relative path",
            because: "two inputs of one relative path"),
        Call(
            arguments: "@/in --output @/in/a.xml", status: 2, says: "would be read too", because: "an input as folder"),
        Call(
            arguments: "@/in/a.xml --output @/file", status: 2, says: "cannot make the folder",
            because: "a file in the place of the folder"),
        Call(
            arguments: "@/in --loss @/x --errors @/x", status: 2, says: "--loss and --errors are the same file",
            because: "losses and refusals into one file"),
        Call(
            arguments: "@/in --loss @/in/a.xml", status: 2, says: "is the input a.xml", because: "losses over an input"),
        Call(
            arguments: "@/in --loss @/in/loss", status: 2, says: "would be read too",
            because: "losses into a folder that is walked"),
        Call(arguments: "@/in --loss -", status: 2, says: "needs --output", because: "losses between the Bundles"),
        Call(
            arguments: "@/in/a.xml --output @/out --errors @/out/a.xml.json", status: 1, says: "1 refused",
            because: "a Bundle over the list of refusals"),
        Call(
            arguments: "@/in/a.xml --output -", status: 0, says: "1 documents", because: "standard output by its name"),
        Call(arguments: "@/nothing", status: 2, says: "no such file", because: "no such input"),
        Call(arguments: "", status: 2, says: "inputs", because: "no input"),
    ]

    @Test("nothing that is read or written is written over", arguments: calls)
    func call(_ row: Call) async throws {
        let folder = try Self.folder()
        let files = FileManager.default
        try folder.write("in/a.xml.json", "mine")
        try folder.write("file", "mine")
        try folder.make("out")
        try folder.make("link/sub")
        try folder.write("link/sub/a.xml", Self.document.xml)
        try files.createSymbolicLink(atPath: folder.path + "/out/link", withDestinationPath: folder.path + "/in")
        try files.createSymbolicLink(atPath: folder.path + "/out/sub", withDestinationPath: folder.path + "/in")
        let arguments = row.arguments.split(separator: " ").map { String($0).replacing("@", with: folder.path) }
        let run = try await Program.run(["convert"] + arguments)
        #expect(run.status == row.status)
        #expect(run.messages.contains(row.says), "\(run.messages)")
        #expect(try folder.read("in/a.xml.json") == "mine")
        #expect(try folder.read("in/a.xml") == Self.document.xml)
        #expect(try folder.read("file") == "mine")
        #expect(try folder.paths("in") == ["a.xml", "a.xml.json", "fhir.json", "sub", "sub/b.xml"])
    }

    @Test(
        "inputs above each other keep their paths below the folder that they share, and none leaves the output folder")
    func upwards() async throws {
        let folder = try Self.folder()
        let run = try await Program.run([
            "convert", folder.path + "/in/../in/a.xml", folder.path + "/in/sub/../sub/b.xml", "--output",
            folder.path + "/out",
        ])
        #expect(run.status == 0)
        #expect(try folder.paths("out") == ["a.xml.json", "sub", "sub/b.xml.json"])
    }

    struct Loss: Decodable {
        let source: String
        let document: String
        let statements: Int
        let mapped: Int
        let asText: Int
        let refused: Int
        let sections: [Section]
        let items: [Item]
        struct Section: Decodable {
            let code: String?
            let statements: Int
        }
        struct Item: Decodable {
            let at: String
            let outcome: String
        }

        init(_ line: Substring) throws {
            self = try JSONDecoder().decode(Loss.self, from: Data(line.utf8))
        }
    }
}

/// Gzip streams for inputs (RFC 1952), without compression.
enum Gzip {
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(65_535)
            let count = UInt16(block.count)
            stream += [rest.isEmpty ? 1 : 0] + little(count) + little(~count) + block
        } while !rest.isEmpty
        return stream + little(checksum(bytes)) + little(UInt32(bytes.count))
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}
