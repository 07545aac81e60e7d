import CCDA
import ClinicalDocuments
import ClinicalModel
import Diagnostics
import FHIR
import KnowledgeBase
import SampleDocuments
import Testing

@Suite("Documents as records")
struct ClinicalDocumentReaderTests {
    static let terminology = Result { try KnowledgeBase().terminology }

    static func read(
        _ document: SampleDocument, source: String? = nil, attachment: String? = nil
    ) throws -> PatientRecord {
        try ClinicalDocumentReader(terminology: terminology.get()).read(
            document.bytes, source: source, attachment: attachment)
    }

    @Test("facts name the element that they come from, and the resource that convert writes")
    func facts() throws {
        let record = try Self.read(SampleDocument(SampleDocument.problems(("M54.16", "20250528"))), source: "a.xml")
        let condition = try #require(record.record.conditions.first)
        #expect(record.record.conditions.count == 1)
        #expect(condition.concepts.map(\.code.code) == ["M54.16"])
        #expect(condition.onset?.literal == "2025-05-28")
        #expect(
            condition.provenance.at.hasPrefix("/ClinicalDocument/component/structuredBody/component/section/entry/"))
        #expect(condition.provenance.resource.hasPrefix("Condition/"))
        #expect(condition.provenance.source == "a.xml")
        #expect(record.record.patient?.at.hasPrefix("/ClinicalDocument/recordTarget") == true)
        #expect(record.recordTime?.literal == "2025-06-16T09:00:00-05:00")
        #expect(record.identifiers.map(\.value) == ["p1"])
    }

    @Test("in an attachment every place is written behind that of the attachment, without lines")
    func attachment() throws {
        let record = try Self.read(
            SampleDocument(SampleDocument.problems(("M54.16", "20250528")), SampleDocument.lossy("11450-4")),
            attachment: "$.x.attachment")
        let paths = record.record.conditions.map(\.provenance.at) + record.issues.compactMap(\.location.path)
        #expect(paths.count >= 2)
        for path in paths { #expect(path.hasPrefix("$.x.attachment#/ClinicalDocument"), "\(path)") }
        #expect(record.issues.allSatisfy { $0.location.line == nil })
    }

    static let losses: [(section: String, code: IssueCode, severity: Severity)] = [
        ("11450-4", .documentLoss, .warning), ("10160-0", .documentLoss, .warning),
        ("30954-2", .documentLoss, .warning), ("1-8", .documentLoss, .warning),
        ("11369-6", .documentLossElsewhere, .information), ("48768-6", .documentLossElsewhere, .information),
        ("10157-6", .documentLossElsewhere, .information),
    ]

    @Test("losses are a warning where a decision needs the section", arguments: losses)
    func loss(_ section: String, _ code: IssueCode, _ severity: Severity) throws {
        let record = try Self.read(
            SampleDocument(SampleDocument.lossy(section), SampleDocument.lossy(section)), source: "a.xml")
        let issues = record.issues.filter { $0.code == .documentLoss || $0.code == .documentLossElsewhere }
        let issue = try #require(issues.first)
        #expect(issues.count == 1)
        #expect(issue.code == code && issue.severity == severity)
        #expect(issue.expected.contains(section))
        #expect(issue.found == "of 2 statements 2 kept as text, 0 refused")
        #expect(
            issue.location.path == "/ClinicalDocument/component/structuredBody/component[1]/section/entry/observation")
        #expect(issue.location.source == "a.xml")
        #expect(!record.issues.contains { $0.code == .ccdaLoss })
    }

    @Test("a document without losses has no such issue")
    func noLoss() throws {
        let record = try Self.read(SampleDocument(SampleDocument.problems(("M54.16", "20250528"))))
        #expect(!record.issues.contains { $0.code == .documentLoss || $0.code == .documentLossElsewhere })
    }

    @Test("what is no C-CDA is refused with its place in the attachment")
    func refused() throws {
        let reader = ClinicalDocumentReader(terminology: try Self.terminology.get())
        let error = #expect(throws: DocumentRefused.self) {
            try reader.read(Array("<html/>".utf8), attachment: "$.x.attachment")
        }
        #expect(error?.issues.map(\.code) == [.ccdaNotCDA])
        #expect(error?.issues.map(\.location.path) == ["$.x.attachment#/html"])
    }

    @Test(
        "planned orders may come under review",
        arguments: [("RQO", 1), ("INT", 1), ("PRP", 0)])
    func planned(_ mood: String, _ count: Int) throws {
        let record = try Self.read(SampleDocument(SampleDocument.plan(mood: mood, ("72148", "20250616"))))
        #expect(record.planned.count == count)
        #expect(record.drafts.isEmpty)
    }
}
