import CCDA
import JSONTree
import Testing

@testable import CCDAOnFHIR

@Suite("What is lost is said")
struct LossTests {
    @Test("A refused statement ends the Bundle with what it would have become and where it stands")
    func outcome() throws {
        let converted = try HeaderDocument.convert(
            sections: [Sample.section("30954-2", entries: [BundleTests.unreadable, CompositionTests.result])])
        let issues = converted.first("OperationOutcome")?["issue"]?.items ?? []
        let at = "/ClinicalDocument/component/structuredBody/component/section/entry[1]/observation"
        #expect(issues.map { $0.text("details.coding.0.code") } == ["Observation"])
        #expect(
            issues.first?.text("details.coding.0.system") == "https://spinehook.example/fhir/CodeSystem/conversion-loss"
        )
        #expect(issues.first?.text("severity") == "error")
        #expect(issues.first?.text("code") == "processing")
        #expect(issues.first?.text("location.0") == at)
        #expect(issues.first?.text("diagnostics") == "negationInd is neither true nor false")
        #expect(converted.document.loss.items.map(\.at) == [at])
        #expect(converted.document.loss.total == LossReport.Counts(mapped: 1, asText: 0, refused: 1))
    }

    @Test("A document without losses has no outcome and no issue")
    func none() throws {
        let converted = try HeaderDocument.convert(
            sections: [Sample.section("30954-2", entries: [CompositionTests.result])])
        #expect(converted.all("OperationOutcome").isEmpty)
        #expect(converted.doubts == [])
        #expect(converted.document.loss.items == [])
    }

    static let unknown = "<act classCode='ACT' moodCode='DEF'/>"

    struct Severity: CustomTestStringConvertible {
        let because: String
        let sections: [String]
        let doubt: String
        var testDescription: String { because }
    }

    static let severities = [
        Severity(
            because: "results bear on decisions", sections: ["30954-2"],
            doubt: "CCDA-222 warning: 1 kept as text and 0 refused; by section: 30954-2 1 and 0"),
        Severity(
            because: "payers do not", sections: ["48768-6"],
            doubt: "CCDA-222 information: 1 kept as text and 0 refused; by section: 48768-6 1 and 0"),
        Severity(
            because: "one that bears is enough", sections: ["48768-6", "30954-2"],
            doubt: "CCDA-222 warning: 2 kept as text and 0 refused; by section: 48768-6 1 and 0, 30954-2 1 and 0"),
    ]

    @Test("is summed up in one issue, by section", arguments: severities)
    func summary(_ row: Severity) throws {
        let converted = try HeaderDocument.convert(
            sections: row.sections.map { Sample.section($0, entries: [Self.unknown]) })
        #expect(converted.doubts == [row.doubt])
    }

    @Test("Statements count once, in the section that they stand in, at any depth")
    func sections() throws {
        let wrapped = "<act classCode='ACT' moodCode='DEF'><entryRelationship>\(Self.unknown)</entryRelationship></act>"
        let inner = Sample.section("8716-3", entries: [Self.unknown])
        let converted = try HeaderDocument.convert(
            sections: [
                Sample.section("30954-2", inside: inner, entries: [wrapped]), Sample.section("10164-2"),
                Sample.section(nil, entries: [Self.unknown]),
            ])
        let loss = converted.document.loss
        #expect(loss.sections.map(\.code) == ["30954-2", "8716-3", nil], "only sections with statements")
        #expect(loss.sections.map(\.counts.asText) == [2, 1, 1])
        #expect(loss.total.statements == 4)
        #expect(loss.items.map(\.section) == ["30954-2", "30954-2", "8716-3", nil])
    }

    @Test("A section inside an entry, which CDA does not have, counts nothing twice")
    func sectionInsideEntry() throws {
        let odd = "<act classCode='ACT' moodCode='DEF'>\(Sample.section("8716-3", entries: [Self.unknown]))</act>"
        let converted = try HeaderDocument.convert(sections: [Sample.section("30954-2", entries: [odd])])
        #expect(converted.document.loss.total.statements == 2)
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("Without any words a statement is not kept but refused")
    func wordless() throws {
        let converted = try HeaderDocument.convert(
            sections: [Sample.section("30954-2", text: nil, entries: [Self.unknown])])
        #expect(converted.document.loss.total == LossReport.Counts(mapped: 0, asText: 0, refused: 1))
    }

    @Test("is written as one line")
    func json() throws {
        let converted = try HeaderDocument.convert(sections: [Sample.section("30954-2", entries: [Self.unknown])])
        let line = converted.document.loss.json(source: "x.xml", document: converted.document.kind)
        let at = "/ClinicalDocument/component/structuredBody/component/section/entry/act"
        #expect(
            String(decoding: line.encoded(), as: UTF8.self) == """
                {"source":"x.xml","document":"C-CDA R2.1 CCD","statements":1,"mapped":0,"asText":1,"refused":0,\
                "sections":[{"code":"30954-2","statements":1,"mapped":0,"asText":1,"refused":0}],\
                "items":[{"at":"\(at)","template":null,"outcome":"asText",\
                "reason":"mood DEF: neither a fact nor an order"}]}
                """)
    }

    struct Unread: CustomTestStringConvertible {
        let because: String
        /// Template of the document.
        let template: String
        let entry: String
        /// Codes of the outcome.
        let lost: [String]
        let resources: Int
        var section = "11450-4"
        var testDescription: String { because }
    }

    static let c32 = "2.16.840.1.113883.3.88.11.32.1"
    static let plain = "<observation classCode='OBS' moodCode='EVN'><code code='1'/></observation>"

    static let unread = [
        Unread(
            because: "C32 with a template of C-CDA is read", template: c32, entry: BundleTests.problem, lost: [],
            resources: 1),
        Unread(
            because: "C32 without one is not", template: c32, entry: plain, lost: ["Condition"], resources: 0),
        Unread(
            because: "generic CDA is not, whatever it states", template: "1.2.3", entry: BundleTests.problem,
            lost: ["Condition"], resources: 0),
        Unread(
            because: "lost results", template: "1.2.3", entry: plain, lost: ["Observation"], resources: 0,
            section: "30954-2"),
        Unread(
            because: "lost drugs", template: "1.2.3", entry: plain, lost: ["MedicationRequest"], resources: 0,
            section: "10160-0"),
        Unread(
            because: "by the statement where the section does not tell", template: "1.2.3",
            entry: "<procedure classCode='PROC' moodCode='EVN'/>", lost: ["Procedure"], resources: 0,
            section: "99999-9"),
        Unread(
            because: "an entry is lost once, however much it holds", template: "1.2.3",
            entry: "<act classCode='ACT' moodCode='EVN'><entryRelationship>\(plain)</entryRelationship></act>",
            lost: ["Condition"], resources: 0),
    ]

    @Test("Entries of documents that are not read keep their words and leave the record open", arguments: unread)
    func otherKinds(_ row: Unread) throws {
        let text = String(decoding: Sample.document([Sample.section(row.section, entries: [row.entry])]), as: UTF8.self)
        // The document's own templates are those that have an extension.
        let own = "<templateId root=\"2.16.840.1.113883.10.20.22.1."
        let document = text.split(separator: "\n").map { line in
            line.hasPrefix(own) ? "<templateId root='\(row.template)'/>" : String(line)
        }
        let converted = Converted(
            try DocumentConverter().convert(Array(document.joined(separator: "\n").utf8)))
        let issues = converted.first("OperationOutcome")?["issue"]?.items ?? []
        #expect(issues.map { $0.text("details.coding.0.code") } == row.lost)
        let loss = converted.document.loss.total
        #expect(loss.mapped == row.resources)
        #expect(loss.asText == (row.resources == 0 ? loss.statements : 0))
        #expect(BundleCheck(converted.document).faults == [])
    }
}
