import Foundation
import Testing

@Suite("Exit codes and messages")
struct ExitStatusTests {
    struct Row: CustomTestStringConvertible {
        /// `@` stands for a folder with `good.json`, `bad.json`, `site.yaml` and the empty folder `none`.
        let arguments: String
        let status: Int32
        /// What standard error must say.
        let says: String
        let because: String
        var testDescription: String { "\(status): \(because)" }
    }

    static let rows = [
        Row(arguments: "--version", status: 0, says: "", because: "the version"),
        Row(arguments: "--help", status: 0, says: "", because: "the help"),
        Row(arguments: "evaluate --help", status: 0, says: "", because: "the help of a command"),
        Row(
            arguments: "evaluate @/good.json", status: 0, says: "1 inputs, 1 decisions, 0 refused", because: "all used"),
        Row(arguments: "evaluate @/good.json --quiet", status: 0, says: "", because: "quiet is quiet"),
        Row(arguments: "evaluate @/good.json @/bad.json", status: 1, says: "bad.json", because: "one refused"),
        Row(arguments: "evaluate @/bad.json", status: 1, says: "JSON-111", because: "all refused"),
        Row(arguments: "evaluate -", status: 1, says: "INPUT-103", because: "an empty standard input"),
        Row(arguments: "evaluate @/none", status: 0, says: "0 inputs", because: "an empty folder"),
        Row(arguments: "evaluat x", status: 2, says: "Did you mean 'evaluate'?", because: "a wrong word"),
        Row(arguments: "guideline decid", status: 2, says: "Did you mean 'decide'?", because: "a wrong word below"),
        Row(arguments: "evaluate", status: 2, says: "inputs", because: "no input"),
        Row(arguments: "evaluate @/nothing.json", status: 2, says: "no such file", because: "no such file"),
        Row(arguments: "evaluate --formt x", status: 2, says: "--format", because: "an unknown option"),
        Row(arguments: "evaluate --format x @/good.json", status: 2, says: "decisions", because: "an unknown format"),
        Row(
            arguments: "evaluate --as-of 2025-13-01 @/good.json", status: 2, says: "2025-13-01", because: "no such day"),
        Row(
            arguments: "evaluate --output @/none/x/y @/good.json", status: 2, says: "cannot write",
            because: "an output that cannot be made"),
        Row(
            arguments: "evaluate --config @/site.yaml @/good.json", status: 3, says: "course.imagingAfterDay",
            because: "a configuration with an unknown key"),
        Row(
            arguments: "evaluate --config @/nothing.yaml @/good.json", status: 3, says: "nothing.yaml",
            because: "no configuration file"),
        Row(
            arguments: "evaluate --jobs 1000 @/good.json", status: 2, says: "--jobs: evaluate.jobs",
            because: "an option out of its bounds"),
        Row(
            arguments: "evaluate --profiles @/none @/good.json", status: 3, says: "the knowledge cannot be used",
            because: "a folder without the knowledge"),
        Row(
            arguments: "serve --print-config --config @/codes.yaml", status: 3,
            says: "codes.yaml, line 2: terminology.add: urn:local|1: there is no value set nope",
            because: "a code of a site for no value set"),
        Row(arguments: "serve --port 70000", status: 2, says: "server.port", because: "a port that cannot be"),
        Row(
            arguments: "serve --host 192.0.2.1 --port 0", status: 3, says: "192.0.2.1",
            because: "an address that this machine does not have"),
        Row(
            arguments: "serve --host nosuch.invalid --port 0", status: 3,
            says: "cannot listen on nosuch.invalid: the name leads to no address", because: "a name of no machine"),
        Row(
            arguments: "guideline decide @/nothing", status: 2, says: "no such file",
            because: "no such file of criteria"),
    ]

    @Test("of calls", arguments: rows)
    func call(_ row: Row) async throws {
        let folder = try Folder()
        try folder.write("good.json", Inputs.bundle)
        try folder.write("bad.json", #"{"resourceType":"Bundle","entry":["#)
        try folder.write("site.yaml", "course:\n  imagingAfterDay: 28\n")
        try folder.write(
            "codes.yaml", "terminology.add:\n  - {set: nope, system: \"urn:local\", code: \"1\", display: x}\n")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "none"), withIntermediateDirectories: true)
        let arguments = row.arguments.split(separator: " ").map { String($0).replacing("@", with: folder.path) }
        let run = try await Program.run(arguments)
        #expect(run.status == row.status)
        #expect(row.says.isEmpty ? run.messages.isEmpty : run.messages.contains(row.says), "\(run.messages)")
        #expect(!run.messages.contains("Fatal error"))
    }

    @Test("an unknown variable of the environment stops the start")
    func environment() async throws {
        let run = try await Program.run(["serve", "--print-config"], environment: ["SPINEHOOK_SERVER_PROT": "1"])
        #expect(run.status == 3)
        #expect(run.messages.contains("SPINEHOOK_SERVER_PORT"))
    }

    @Test("the printed configuration says what is in force")
    func printedConfiguration() async throws {
        let run = try await Program.run(
            ["serve", "--print-config", "--port", "81"], environment: ["SPINEHOOK_LIMITS_BODY": "4096"])
        #expect(run.status == 0)
        #expect(run.output.contains("  port: 81\n"))
        #expect(run.output.contains("  body: 4096\n"))
        #expect(run.output.contains("  imagingAfterDays: 42\n"))
    }
}

/// Inputs of the tests: an invented patient, born 1977, with sciatica since 5 June 2025 and a lumbar MRI as draft.
enum Inputs {
    static let patient = #"{"resourceType":"Patient","id":"p1","birthDate":"1977-11-20"}"#
    static let condition = """
        {"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"onsetDateTime":"2025-06-05",\
        "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",\
        "code":"active"}]},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.32"}]}}
        """
    static let order = """
        {"resourceType":"ServiceRequest","id":"o1","status":"draft","intent":"order","authoredOn":"2025-06-16",\
        "subject":{"reference":"Patient/p1"},\
        "code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"72148"}]}}
        """
    static let bundle = bundle([patient, condition, order])

    static func bundle(_ resources: [String]) -> String {
        let entries = resources.map { "{\"resource\":\($0)}" }.joined(separator: ",")
        return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\(entries)]}"
    }
}
