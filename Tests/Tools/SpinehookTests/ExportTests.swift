import Foundation
import Testing

@Suite("The command guideline export")
struct ExportTests {
    static let plan = "PlanDefinitions/lumbar-imaging.json"

    @Test("writes the whole package, which checks as what the logic says")
    func whole() async throws {
        let folder = try Folder()
        let out = folder.url.appending(path: "out").path
        let written = try await Program.run(["guideline", "export", "--output", out])
        #expect(written.status == 0 && written.output.isEmpty)
        let manifest = try JSONSerialization.jsonObject(with: Data(folder.read("out/package/package.json").utf8))
        let files = try #require((manifest as? [String: Any])?["files"] as? [String])
        let paths = try folder.paths("out").filter { $0.hasSuffix(".json") && !$0.hasPrefix("package/") }
        #expect(paths == files.sorted())
        let checked = try await Program.run(["guideline", "export", "--check", "--output", out])
        #expect(checked.status == 0 && checked.output.isEmpty)
    }

    struct Row: CustomTestStringConvertible {
        let because: String
        let change: @Sendable (URL) throws -> Void
        let line: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(
            because: "a number changed in a plan",
            change: { folder in
                let file = folder.appending(path: plan)
                let text = try String(contentsOf: file, encoding: .utf8)
                try text.replacing("\"42\"", with: "\"28\"").write(to: file, atomically: true, encoding: .utf8)
            }, line: "differs: \(plan)"),
        Row(
            because: "a plan is gone", change: { try FileManager.default.removeItem(at: $0.appending(path: plan)) },
            line: "missing: \(plan)"),
        Row(
            because: "a value set that was copied along",
            change: { try Data("{}".utf8).write(to: $0.appending(path: "ValueSets/nsaids.json")) },
            line: "differs: ValueSets/nsaids.json"),
        Row(
            because: "a plan that nobody makes any more",
            change: { try Data().write(to: $0.appending(path: "PlanDefinitions/old.json")) },
            line: "left over: PlanDefinitions/old.json"),
    ]

    @Test("names what drifts, with exit code 1", arguments: rows)
    func drift(_ row: Row) async throws {
        let folder = try Folder()
        let out = folder.url.appending(path: "out")
        _ = try await Program.run(["guideline", "export", "--output", out.path, "--quiet"])
        try row.change(out)
        let checked = try await Program.run(["guideline", "export", "--check", "--output", out.path])
        #expect(checked.status == 1)
        #expect(checked.lines == [Substring(row.line)])
    }

    @Test("puts the numbers of a site into the plans, which the shipped ones are not")
    func site() async throws {
        let folder = try Folder()
        let file = try folder.write("site.yaml", "course:\n  imagingAfterDays: 28\n")
        let out = folder.url.appending(path: "out").path
        let written = try await Program.run(["guideline", "export", "--config", file.path, "--output", out])
        #expect(written.status == 0)
        #expect(try folder.read("out/\(Self.plan)").contains(#""valueString":"28""#))
        let checked = try await Program.run(["guideline", "export", "--check", "--output", out])
        #expect(checked.status == 1 && checked.output.contains("differs: \(Self.plan)"))
    }

    @Test("asks where to write, rather than write into the program's own copy")
    func nowhere() async throws {
        let run = try await Program.run(["guideline", "export"])
        #expect(run.status == 2 && run.messages.contains("--output"))
    }
}
