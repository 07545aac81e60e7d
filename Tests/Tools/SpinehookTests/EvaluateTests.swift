import Foundation
import Testing

@Suite("spinehook evaluate")
struct EvaluateTests {
    struct Refusal: CustomTestStringConvertible {
        let name: String
        let content: String
        let code: String
        let because: String
        var testDescription: String { "\(code): \(because)" }
    }

    static let refusals = [
        Refusal(name: "b.json", content: "", code: "INPUT-103", because: "an empty file"),
        Refusal(
            name: "b.json", content: #"{"resourceType":"Bundle","entry":[{"#, code: "JSON-111", because: "truncated"),
        Refusal(name: "b.json", content: "<!DOCTYPE html><html></html>", code: "JSON-103", because: "a log-in page"),
        Refusal(
            name: "b.json", content: #"<Patient xmlns="http://hl7.org/fhir"/>"#, code: "CCDA-101", because: "FHIR XML"),
        Refusal(
            name: "b.xml", content: "<?xml version=\"1.0\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>",
            code: "CCDA-104", because: "a document without a patient"),
        Refusal(
            name: "b.xml", content: "<?xml version=\"1.0\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\">",
            code: "XML-120", because: "a document that is cut short"),
        Refusal(name: "b.json", content: "[\(Inputs.patient)]", code: "INPUT-106", because: "a top-level array"),
        Refusal(name: "b.json", content: #"{"a":1}"#, code: "INPUT-113", because: "JSON of another kind"),
        Refusal(name: "b.json", content: "notes", code: "JSON-117", because: "no JSON at all"),
        Refusal(
            name: "b.json", content: String(repeating: "[", count: 20_000), code: "JSON-106", because: "deeply nested"),
        Refusal(
            name: "b.ndjson", content: Inputs.patient + "\n" + Inputs.patient.replacing("p1", with: "p2") + "\n",
            code: "INPUT-110", because: "single resources of two patients"),
        Refusal(
            name: "b.ndjson",
            content: ["p1", "p2"].map { #"{"resourceType":"CareTeam","subject":{"reference":"Patient/\#($0)"}}"# }
                .joined(separator: "\n"),
            code: "INPUT-110", because: "resources of two patients, none of them needed"),
        Refusal(
            name: "b.json", content: #"{"hook":"order-sign","context":{}}"#, code: "HOOK-102", because: "half a request"
        ),
        Refusal(
            name: "b.json", content: #"{"resourceType":"MedicationOrder","status":"active"}"#, code: "INPUT-114",
            because: "another FHIR version"),
    ]

    @Test("a refused input is listed with its code; the rest of the batch is done", arguments: refusals)
    func refusal(_ row: Refusal) async throws {
        let folder = try Folder()
        try folder.write("a.json", Inputs.bundle)
        try folder.write(row.name, row.content)
        try folder.write("c.json", Inputs.bundle)
        let list = folder.url.deletingLastPathComponent().appending(path: "\(folder.url.lastPathComponent).errors")
        defer { try? FileManager.default.removeItem(at: list) }
        let run = try await Program.run(["evaluate", "--errors", list.path, folder.path])
        #expect(run.status == 1)
        #expect(run.lines.count == 2)
        let errors = String(decoding: try Data(contentsOf: list), as: UTF8.self).split(separator: "\n")
        #expect(errors.count >= 1)
        #expect(errors.allSatisfy { $0.contains("\"source\":\"\(row.name)") })
        #expect(errors.contains { $0.contains("\"code\":\"\(row.code)") }, "\(errors)")
    }

    @Test("the same bytes whatever the number of jobs", arguments: ["2", "7"])
    func jobs(_ jobs: String) async throws {
        let folder = try Folder()
        let lines = (1...60).map { number in
            number % 9 == 0 ? "{" : Inputs.bundle.replacing("p1", with: "p\(number)")
        }
        try folder.write("many.ndjson", lines.joined(separator: "\n"))
        let one = try await Program.run(["evaluate", "--jobs", "1", folder.path])
        let several = try await Program.run(["evaluate", "--jobs", jobs, folder.path])
        #expect(one.lines.count == 54)
        #expect(one.output == several.output)
        #expect(one.messages == several.messages)
    }

    @Test("standard input, lines of resources, and gzip lead to the decision of the Bundle")
    func forms() async throws {
        let folder = try Folder()
        let resources = [Inputs.patient, Inputs.condition, Inputs.order].joined(separator: "\n")
        try folder.write("resources.ndjson", resources)
        let bundle = try await Program.run(["evaluate", "-"], input: Inputs.bundle)
        let lines = try await Program.run(["evaluate", folder.path + "/resources.ndjson"])
        #expect(try Decision(bundle.output).rule == "A10-EARLY")
        #expect(try Decision(bundle.output).source == "-")
        #expect(try Decision(lines.output).rule == "A10-EARLY")
        #expect(try Decision(lines.output).source == "resources.ndjson")
    }

    @Test("a broken line of resources is said, and what it held is not taken as absent")
    func brokenLine() async throws {
        let folder = try Folder()
        try folder.write(
            "r.ndjson",
            [Inputs.patient, Inputs.condition, #"{"resourceType":"Obs"#, Inputs.order].joined(separator: "\n"))
        let run = try await Program.run(["evaluate", folder.path])
        #expect(run.status == 0)
        #expect(try Decision(run.output).rule == "A14-UNREAD(A10-EARLY)")
        #expect(run.output.contains("\"source\":\"r.ndjson:3\""))
    }

    struct Cut: CustomTestStringConvertible {
        let lines: [String]
        let status: Int32
        let because: String
        var testDescription: String { because }
    }

    static let cuts = [
        Cut(
            lines: [Inputs.patient, Inputs.condition, Inputs.order, #"{"resourceType":"Obs"#], status: 0,
            because: "lines of resources: the line alone"),
        Cut(
            lines: [Inputs.bundle, Inputs.bundle.replacing("p1", with: "p2"), #"{"resourceType":"Bun"#], status: 1,
            because: "lines of Bundles: a refused input"),
    ]

    @Test("a cut last line is called an incomplete download", arguments: cuts)
    func cutLine(_ row: Cut) async throws {
        let folder = try Folder()
        try folder.write("r.ndjson", row.lines.joined(separator: "\n"))
        let list = folder.path + "/.errors"
        let run = try await Program.run(["evaluate", folder.path, "--errors", list])
        #expect(run.status == row.status)
        let errors = try folder.read(".errors").split(separator: "\n")
        #expect(errors.count == 1)
        #expect(errors.first?.contains("\"code\":\"INPUT-112\"") == true, "\(errors)")
        #expect(errors.first?.contains("the download is incomplete") == true, "\(errors)")
        #expect(errors.first?.contains("\"source\":\"r.ndjson:\(row.lines.count)\"") == true, "\(errors)")
    }

    @Test("a line of another kind at the top costs only itself")
    func otherKindFirst() async throws {
        let outcome = #"{"resourceType":"OperationOutcome","issue":[]}"#
        let lines = [outcome, Inputs.bundle, Inputs.bundle.replacing("p1", with: "p2")]
        let run = try await Program.run(["evaluate", "-"], input: lines.joined(separator: "\n"))
        let decisions = try run.lines.map { try Decision(String($0)) }
        #expect(decisions.suffix(2).map(\.source) == ["-:2", "-:3"])
        #expect(decisions.suffix(2).map(\.rule) == ["A10-EARLY", "A10-EARLY"])
        #expect(!run.messages.contains("INPUT-110"))
    }

    @Test("the summary counts every draft that got no decision, by why")
    func passedOver() async throws {
        func draft(_ id: String, _ change: String) -> String {
            Inputs.order.replacing("\"o1\"", with: "\"\(id)\"").replacing("\"status\":\"draft\"", with: change)
        }
        let drafts = [
            Inputs.order, draft("o2", #""status":"completed""#), draft("o3", #""status":"on-hold""#),
            draft("o4", #""status":"revoked""#), draft("o5", #""status":"entered-in-error""#),
            draft("o6", #""status":"draft","doNotPerform":true"#), #"{"resourceType":"NutritionOrder","id":"n1"}"#,
        ]
        let request = """
            {"hook":"order-sign","hookInstance":"db126187-87c4-4c4a-8d6b-986b0a1ff3ec","context":{"userId":"Practitioner/1",\
            "patientId":"p1","draftOrders":\(Inputs.bundle(drafts))},"prefetch":{"patient":\(Inputs.patient)}}
            """
        let run = try await Program.run(["evaluate", "--as-of", "2025-06-16", "-"], input: request)
        let counts =
            "1 entered in error, 2 neither draft nor active, 1 order not to do something, "
            + "1 order of another type, 1 revoked, cancelled or stopped"
        #expect(run.messages.hasSuffix("1 decisions, 0 refused; drafts passed over: \(counts)\n"), "\(run.messages)")
    }

    @Test("a record without a draft is a patient view on its own day or the caller's")
    func patientView() async throws {
        let dated = Inputs.bundle([Inputs.patient, Inputs.condition]).replacing(
            "\"entry\"", with: "\"timestamp\":\"2025-07-01T10:00:00+02:00\",\"entry\"")
        let own = try Decision(try await Program.run(["evaluate", "-"], input: dated).output)
        let given = try Decision(
            try await Program.run(["evaluate", "--as-of", "2025-08-02", "-"], input: dated).output)
        #expect(own.asOf == "2025-07-01")
        #expect(given.asOf == "2025-08-02")
        #expect(own.order == nil)
    }

    @Test("--orders recorded reviews what is on record, as of its own date and with what was known then")
    func recorded() async throws {
        let past = Inputs.order.replacing("draft", with: "completed")
        let later = Inputs.condition.replacing("c1", with: "c2").replacing("2025-06-05", with: "2025-06-20")
            .replacing("M54.32", with: "G83.4")
        let input = Inputs.bundle([Inputs.patient, Inputs.condition, later, past])
        let run = try await Program.run(
            ["evaluate", "--orders", "recorded", "--as-of", "2025-09-01", "-"], input: input)
        let decision = try Decision(run.output)
        #expect(decision.asOf == "2025-06-16")
        #expect(decision.rule == "A10-EARLY")
        #expect(decision.order?.reference == "ServiceRequest/o1")
    }

    @Test("drafts without a decision are named in the answer and in the text", arguments: ["cards", "text"])
    func passedOver(_ format: String) async throws {
        let past = Inputs.order.replacing(#""status":"draft""#, with: #""status":"draft","doNotPerform":true"#)
        let input = Inputs.bundle([Inputs.patient, Inputs.condition, past])
        let run = try await Program.run(["evaluate", "--format", format, "-"], input: input)
        let said = [
            "cards": #"{"reason":"order not to do something","count":1}"#, "text": "1 order not to do something",
        ]
        #expect(run.output.contains(try #require(said[format])), "\(run.output)")
    }

    @Test("the answer of `cards` names its input and carries the decisions")
    func cards() async throws {
        let run = try await Program.run(["evaluate", "--format", "cards", "-"], input: Inputs.bundle)
        #expect(run.output.hasPrefix(#"{"cards":[{"#))
        #expect(run.output.contains(#""org.spinehook.source":"-""#))
        #expect(run.output.contains(#""org.spinehook.decisions":[{"#))
        #expect(!run.output.contains(#""links""#))
    }

    struct Joining: CustomTestStringConvertible {
        let identifiers: [String]
        let birthDates: [String]
        let rules: [String]
        let because: String
        var testDescription: String { because }
    }

    static let joinings = [
        Joining(
            identifiers: ["urn:a|1", "urn:a|1"], birthDates: ["1977-11-20", "1977-11-20"], rules: ["A10-EARLY"],
            because: "one identifier, one patient: the onset of one file decides on the order of the other"),
        Joining(
            identifiers: ["urn:a|1", "urn:b|1"], birthDates: ["1977-11-20", "1977-11-20"], rules: ["none", "A8"],
            because: "the same value of another system is another patient, whatever the resource ids say"),
        Joining(
            identifiers: ["urn:a|1", "urn:a|1"], birthDates: ["1977-11-20", "1978-11-20"], rules: ["A7"],
            because: "birth dates that differ leave the age unknown"),
    ]

    @Test("--merge joins by identifier", arguments: joinings)
    func merge(_ row: Joining) async throws {
        let folder = try Folder()
        for (index, resource) in [Inputs.condition, Inputs.order].enumerated() {
            let parts = row.identifiers[index].split(separator: "|")
            let identifier = "\"identifier\":[{\"system\":\"\(parts[0])\",\"value\":\"\(parts[1])\"}],\"birthDate\""
            let patient = Inputs.patient.replacing("\"birthDate\"", with: identifier)
                .replacing("1977-11-20", with: row.birthDates[index])
            try folder.write("\(index).json", Inputs.bundle([patient, resource]))
        }
        let run = try await Program.run(["evaluate", "--as-of", "2025-06-16", "--merge", folder.path])
        let decisions = try run.lines.map { try Decision(String($0)) }
        #expect(decisions.compactMap(\.order).count == 1)
        #expect(decisions.filter { $0.order != nil }.map(\.source) == ["1.json"])
        #expect(decisions.last?.rule == row.rules.last)
        #expect(decisions.count == row.rules.count)
        if row.rules == ["A10-EARLY"] {
            #expect(run.output.contains("\"source\":\"0.json\",\"because\":\"onset 11 days before the decision"))
        }
    }

    struct Form: CustomTestStringConvertible {
        let format: String
        let begins: String
        let holds: [String]
        var testDescription: String { format }
    }

    static let formats = [
        Form(
            format: "bundle", begins: #"{"resourceType":"Bundle","type":"collection""#,
            holds: [#""id":"o1""#, "StructureDefinition/imaging-rating", #""code":"UNA""#]),
        Form(format: "text", begins: "-\nOrder ServiceRequest/o1: MRI without contrast", holds: ["A10-EARLY", "K05"]),
    ]

    @Test("formats", arguments: formats)
    func format(_ row: Form) async throws {
        let run = try await Program.run(["evaluate", "--format", row.format, "-"], input: Inputs.bundle)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix(row.begins))
        for text in row.holds { #expect(run.output.contains(text), "\(text)") }
        #expect(!run.output.contains("\u{1B}"))
    }

    struct Decision: Decodable {
        let source: String
        let asOf: String
        let rule: String?
        let order: Order?
        struct Order: Decodable { let reference: String? }

        init(_ line: String) throws {
            self = try JSONDecoder().decode(Decision.self, from: Data(line.utf8))
        }
    }
}
