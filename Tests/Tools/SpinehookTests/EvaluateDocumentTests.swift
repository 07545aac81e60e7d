import Foundation
import SampleDocuments
import Testing

@Suite("spinehook evaluate on C-CDA documents")
struct EvaluateDocumentTests {
    static let document = SampleDocument(
        SampleDocument.problems(("M54.32", "20250605")), SampleDocument.plan(("72148", "20250616085500-0500")))

    struct Decision: Decodable {
        let source: String
        let asOf: String
        let subject: String?
        let rule: String?
        let order: Order?
        let criteria: [Criterion]
        let issues: [Issue]
        struct Order: Decodable {
            let reference: String?
            let at: String?
            let modality: String?
        }
        struct Criterion: Decodable, Equatable {
            let id: String
            let result: String
            let evidence: [Evidence]?
        }
        struct Evidence: Decodable, Equatable {
            let resource: String?
            let at: String?
            let source: String?
        }
        struct Issue: Decodable {
            let source: String
            let code: String
            let severity: String
            let at: String?
        }

        init(_ line: some StringProtocol) throws {
            self = try JSONDecoder().decode(Decision.self, from: Data(line.utf8))
        }

        var resources: [String?] { criteria.flatMap { $0.evidence ?? [] }.map(\.resource) }

        var results: [String] { criteria.map { "\($0.id) \($0.result)" } }
    }

    @Test("a document leads to the decision on the Bundle that convert makes, and names its own elements")
    func equal() async throws {
        let own = try Decision(try await Program.run(["evaluate", "-"], input: Self.document.xml).output)
        let converted = try await Program.run(["convert", "-"], input: Self.document.xml).output
        let bundle = try Decision(try await Program.run(["evaluate", "-"], input: converted).output)
        #expect(own.rule == "A10-EARLY" && own.asOf == "2025-06-16" && own.order?.modality == "MRI-WO")
        #expect(own.order?.at?.hasPrefix("/ClinicalDocument/component/") == true)
        #expect(bundle.order?.at?.hasPrefix("$.entry[") == true)
        #expect(own.rule == bundle.rule)
        #expect(own.asOf == bundle.asOf)
        #expect(own.results == bundle.results)
        #expect(own.subject == bundle.subject)
        #expect(own.order?.reference == bundle.order?.reference)
        let places = own.criteria.flatMap { $0.evidence ?? [] }.compactMap(\.at)
        #expect(!places.isEmpty && places.allSatisfy { $0.hasPrefix("/ClinicalDocument") })
        #expect(own.resources == bundle.resources)
    }

    @Test(
        "what an input is, is decided by its content: documents, gzip and FHIR side by side, in the order of the names")
    func mixed() async throws {
        let folder = try Folder()
        try folder.write("1.json", Self.document.xml)
        try folder.write("2.xml", Inputs.bundle)
        try folder.write("3.dat", Gzip.stored(Self.document.bytes))
        try folder.write("4.ndjson", Inputs.bundle + "\n" + Self.document.xml.replacing("\n", with: " ") + "\n")
        try folder.write("5.xml", "<ClinicalDocument/>")
        let run = try await Program.run(["evaluate", folder.path, "--errors", folder.path + "/.errors"])
        #expect(run.status == 1)
        let decisions = try run.lines.map { try Decision($0) }
        #expect(decisions.map(\.source) == ["1.json", "2.xml", "3.dat", "4.ndjson:1"])
        #expect(decisions.map(\.rule) == Array(repeating: "A10-EARLY", count: 4))
        let errors = try folder.read(".errors").split(separator: "\n").filter { $0.contains("\"fatal\"") }
        #expect(errors.count == 2)
        #expect(errors.first?.contains("\"source\":\"4.ndjson:2\",\"code\":\"JSON-104\"") == true, "\(errors)")
        #expect(errors.last?.contains("\"source\":\"5.xml\",\"code\":\"CCDA-102\"") == true, "\(errors)")
        #expect(run.messages.hasSuffix("6 inputs, 4 decisions, 2 refused\n"), "\(run.messages)")
    }

    @Test("a decision that rests on a document with losses where it matters carries a warning")
    func losses() async throws {
        var document = Self.document
        document.sections += [SampleDocument.lossy("10160-0"), SampleDocument.lossy("48768-6")]
        let decision = try Decision(try await Program.run(["evaluate", "-"], input: document.xml).output)
        let losses = decision.issues.filter { $0.code.hasPrefix("DOCUMENT-") }
        #expect(losses.map(\.code) == ["DOCUMENT-201", "DOCUMENT-202"])
        #expect(losses.map(\.severity) == ["warning", "information"])
        #expect(losses.map(\.source) == ["-", "-"])
        #expect(losses.first?.at?.hasSuffix("component[3]/section/entry/observation") == true)
    }

    struct Joining: CustomTestStringConvertible {
        /// `document`, `older`, `stranger`, `bundle` (what convert makes of the document) and `fhir` (a Bundle of the same
        /// patient).
        let inputs: [String]
        /// Source and rule of each decision.
        let decisions: [String]
        let because: String
        var testDescription: String { because }
    }

    static let joinings = [
        Joining(inputs: ["document", "document"], decisions: ["0 A10-EARLY"], because: "a document given twice"),
        Joining(
            inputs: ["document", "bundle"], decisions: ["0 A10-EARLY"], because: "a document and its own Bundle"),
        Joining(
            inputs: ["bundle", "document"], decisions: ["0 A10-EARLY"], because: "a Bundle and its own document"),
        Joining(
            inputs: ["older", "document"], decisions: ["1 A10-EARLY"],
            because: "the order of the newer of two documents is under review"),
        Joining(
            inputs: ["document", "older"], decisions: ["0 A10-EARLY"],
            because: "whichever comes first"),
        Joining(
            inputs: ["document", "fhir"], decisions: ["0 A11-REPEAT-PLANNING"],
            because: "an MRI that only the FHIR record knows"),
        Joining(
            inputs: ["document", "stranger"], decisions: ["0 A10-EARLY", "1 A10-EARLY"], because: "two patients"),
    ]

    @Test("--merge joins documents and Bundles of a patient without counting twice", arguments: joinings)
    func merge(_ row: Joining) async throws {
        let folder = try Folder()
        var older = Self.document
        older.id = "db126187-87c4-4c4a-8d6b-986b0a1ff3ec"
        older.sections[1] = SampleDocument.plan(("72131", "20250610"))
        var stranger = Self.document
        stranger.identifiers[0].value = "p2"
        let converted = try await Program.run(["convert", "-"], input: Self.document.xml).output
        let texts = [
            "document": Self.document.xml, "older": older.xml, "stranger": stranger.xml, "bundle": converted,
            "fhir": Self.fhir,
        ]
        for (index, name) in row.inputs.enumerated() { try folder.write("\(index)", texts[name] ?? "") }
        let run = try await Program.run(["evaluate", "--merge", folder.path])
        #expect(run.status == 0)
        let decisions = try run.lines.map { try Decision($0) }
        if row.inputs.contains("fhir") {
            #expect(decisions.map(\.source) == ["0"])
            let prior = try #require(decisions.first?.criteria.first { $0.id == "history.priorLumbarMRI" })
            let sources = (prior.evidence ?? []).compactMap(\.source)
            #expect(prior.result == "met")
            #expect(sources == ["1"])
            return
        }
        #expect(decisions.map { "\($0.source) \($0.rule ?? "-")" } == row.decisions)
        let alone = try Decision(try await Program.run(["evaluate", "-"], input: Self.document.xml).output)
        if !row.inputs.contains("older") {
            for decision in decisions { #expect(decision.results == alone.results) }
        }
    }

    /// The patient of the document with an MRI of the year before.
    static let fhir = Inputs.bundle([
        #"{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:oid:2.16.840.1.113883.19.5","value":"p1"}],"birthDate":"1970-01-01"}"#,
        #"{"resourceType":"DiagnosticReport","id":"r1","status":"final","subject":{"reference":"Patient/p1"},"effectiveDateTime":"2024-06-16","code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"72148"}]}}"#,
    ])

    @Test("without --merge every document is a record of its own")
    func apart() async throws {
        let folder = try Folder()
        try folder.write("a.xml", Self.document.xml)
        try folder.write("b.json", Self.fhir)
        let run = try await Program.run(["evaluate", folder.path])
        #expect(try run.lines.map { try Decision($0).source } == ["a.xml", "b.json"])
    }

    @Test("a document in a Bundle is read like one beside it, its orders apart")
    func attached() async throws {
        let reference =
            #"{"resourceType":"DocumentReference","id":"d1","status":"current","subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/xml","data":"\#(Self.document.base64)"}}]}"#
        let resources = [
            #"{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:oid:2.16.840.1.113883.19.5","value":"p1"}],"birthDate":"1970-01-01"}"#,
            Inputs.order, reference,
        ]
        let run = try await Program.run(["evaluate", "-"], input: Inputs.bundle(resources))
        let decisions = try run.lines.map { try Decision($0) }
        #expect(decisions.map(\.order?.reference) == ["ServiceRequest/o1"])
        #expect(decisions.first?.rule == "A10-EARLY")
        let places = decisions.flatMap(\.criteria).flatMap { $0.evidence ?? [] }.compactMap(\.at)
        #expect(places.contains { $0.hasPrefix("$.entry[2].resource.content[0].attachment#/ClinicalDocument/") })
    }
}
