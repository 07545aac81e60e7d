import CCDA
import JSONTree
import Testing

@testable import CCDAOnFHIR

@Suite("The Composition")
struct CompositionTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        var header = ""
        let path: String
        let expected: String?
        var testDescription: String { because }
    }

    static let signer = "<assignedEntity>\(HeaderDocument.person(id: "9", name: "Sam Signer"))</assignedEntity>"

    static let rows = [
        Row(because: "is final", path: "status", expected: "final"),
        Row(because: "type", path: "type.coding.0.code", expected: "34133-9"),
        Row(because: "date with its offset", path: "date", expected: "2025-06-16T09:30:00-05:00"),
        Row(because: "identifier is the id", path: "identifier.value", expected: "D 1"),
        Row(
            because: "identifier is the setId where there is one", header: "<setId root='1.2.4' extension='S'/>",
            path: "identifier.value", expected: "S"),
        Row(
            because: "version", header: "<versionNumber value='2'/>", path: "extension.0.valueString", expected: "2"),
        Row(because: "title", header: "<title>A  summary</title>", path: "title", expected: "A summary"),
        Row(because: "a title for a document without", path: "title", expected: "C-CDA R2.1 CCD"),
        Row(because: "language", header: "<languageCode code='en-US'/>", path: "language", expected: "en-US"),
        Row(because: "no language", header: "<languageCode nullFlavor='UNK'/>", path: "language", expected: nil),
        Row(
            because: "confidentiality", header: "<confidentialityCode code='N'/>", path: "confidentiality",
            expected: "N"),
        Row(
            because: "a confidentiality that FHIR does not have", header: "<confidentialityCode code='17621005'/>",
            path: "confidentiality", expected: nil),
        Row(
            because: "who signed by law",
            header: "<legalAuthenticator><time value='20250617'/>\(signer)</legalAuthenticator>",
            path: "attester.0.mode", expected: "legal"),
        Row(
            because: "when", header: "<legalAuthenticator><time value='20250617'/>\(signer)</legalAuthenticator>",
            path: "attester.0.time", expected: "2025-06-17"),
        Row(
            because: "who signed as a colleague", header: "<authenticator>\(signer)</authenticator>",
            path: "attester.0.mode", expected: "professional"),
        Row(because: "nobody signed", path: "attester", expected: nil),
        Row(
            because: "a document that it replaces",
            header:
                "<relatedDocument typeCode='RPLC'><parentDocument><id root='1.2.5' extension='D0'/></parentDocument></relatedDocument>",
            path: "relatesTo.0.code", expected: "replaces"),
        Row(
            because: "a document that it completes",
            header:
                "<relatedDocument typeCode='APND'><parentDocument><id root='1.2.5' extension='D0'/></parentDocument></relatedDocument>",
            path: "relatesTo.0.code", expected: "appends"),
        Row(
            because: "a document that it is made from",
            header:
                "<relatedDocument typeCode='XFRM'><parentDocument><id root='1.2.5' extension='D0'/></parentDocument></relatedDocument>",
            path: "relatesTo.0.targetIdentifier.value", expected: "D0"),
        Row(
            because: "a document without id is not named",
            header:
                "<relatedDocument typeCode='RPLC'><parentDocument><id nullFlavor='NI'/></parentDocument></relatedDocument>",
            path: "relatesTo", expected: nil),
        Row(
            because: "the care that it is about",
            header:
                "<documentationOf><serviceEvent classCode='PCPR'><effectiveTime><low value='20250101'/><high value='20250616'/></effectiveTime></serviceEvent></documentationOf>",
            path: "event.0.period.end", expected: "2025-06-16"),
        Row(
            because: "the examination that it reports",
            header:
                "<documentationOf><serviceEvent><code code='24627-2' codeSystem='2.16.840.1.113883.6.1'/></serviceEvent></documentationOf>",
            path: "event.0.code.0.coding.0.code", expected: "24627-2"),
        Row(
            because: "an event that says nothing",
            header: "<documentationOf><serviceEvent><effectiveTime nullFlavor='UNK'/></serviceEvent></documentationOf>",
            path: "event", expected: nil),
        Row(
            because: "the order that it fulfils",
            header: "<inFulfillmentOf><order><id root='1.2.6' extension='O1'/></order></inFulfillmentOf>",
            path: "event.0.detail.0.identifier.value", expected: "O1"),
    ]

    @Test("holds what the header says", arguments: rows)
    func header(_ row: Row) throws {
        let converted = try HeaderDocument.convert(row.header)
        #expect(converted.first("Composition")?.said(row.path) == row.expected)
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("names the patient, the author and the primary care provider")
    func references() throws {
        let performer =
            "<performer typeCode='PRF'><functionCode code='PCP' codeSystem='2.16.840.1.113883.5.88'/>\(Self.signer)</performer>"
        let converted = try HeaderDocument.convert(
            "<documentationOf><serviceEvent>\(performer)</serviceEvent></documentationOf>")
        let composition = converted.first("Composition")
        #expect(converted.target(composition?["subject"]) == converted.first("Patient"))
        #expect(converted.target(composition?.at("author.0"))?.text("name.0.family") == "Author")
        let provider = converted.target(converted.first("Patient")?.at("generalPractitioner.0"))
        #expect(provider?.text("name.0.family") == "Signer")
        let team = converted.target(composition?.at("event.0.detail.0"))
        #expect(team?.text("resourceType") == "CareTeam")
        #expect(converted.target(team?.at("participant.0.member")) == provider)
        #expect(team?.text("participant.0.role.0.coding.0.code") == "PCP")
        #expect(BundleCheck(converted.document).faults == [])
    }

    struct SectionRow: CustomTestStringConvertible {
        let because: String
        let section: String
        let path: String
        let expected: String?
        var testDescription: String { because }
    }

    static let sections = [
        SectionRow(
            because: "title", section: Sample.section("30954-2", title: "Results"), path: "title", expected: "Results"),
        SectionRow(
            because: "code", section: Sample.section("30954-2"), path: "code.coding.0.system",
            expected: "http://loinc.org"),
        SectionRow(
            because: "words", section: Sample.section("30954-2", text: "<paragraph>A &lt; B</paragraph>"),
            path: "text.div",
            expected: "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>A &lt; B</p></div>"),
        SectionRow(
            because: "words are more than the entries say", section: Sample.section("30954-2"), path: "text.status",
            expected: "additional"),
        SectionRow(
            because: "nothing in it has a word for nothing", section: Sample.section("30954-2", text: nil),
            path: "text.status", expected: "empty"),
        SectionRow(
            because: "no reason for being empty", section: Sample.section("30954-2"), path: "emptyReason", expected: nil
        ),
        SectionRow(
            because: "no information", section: Sample.section("30954-2", attributes: " nullFlavor='NI'"),
            path: "emptyReason.coding.0.code", expected: "unavailable"),
        SectionRow(
            because: "withheld", section: Sample.section("30954-2", attributes: " nullFlavor='MSK'"),
            path: "emptyReason.coding.0.code", expected: "withheld"),
        SectionRow(
            because: "not asked", section: Sample.section("30954-2", attributes: " nullFlavor='NASK'"),
            path: "emptyReason.coding.0.code", expected: "notasked"),
        SectionRow(
            because: "no information, but an entry",
            section: Sample.section("30954-2", attributes: " nullFlavor='NI'", entries: [result]), path: "emptyReason",
            expected: nil),
        SectionRow(
            because: "a section inside",
            section: Sample.section("30954-2", inside: Sample.section("18782-3", title: "Inside")),
            path: "section.0.title", expected: "Inside"),
    ]

    static let result =
        "<observation classCode='OBS' moodCode='EVN'>\(Sample.template("2"))<code code='718-7' codeSystem='2.16.840.1.113883.6.1'/><statusCode code='completed'/><effectiveTime value='20250610'/><value xsi:type='PQ' value='13' unit='g/dL'/></observation>"
    @Test("has sections", arguments: sections)
    func section(_ row: SectionRow) throws {
        let converted = try HeaderDocument.convert(sections: [row.section])
        #expect(converted.first("Composition")?.at("section.0")?.said(row.path) == row.expected)
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("lists in a section what its entries became, each once, and who wrote it")
    func entries() throws {
        let converted = try HeaderDocument.convert(sections: [
            Sample.section("30954-2", inside: HeaderDocument.author, entries: [Self.result, Self.result]),
            Sample.section("11450-4"),
        ])
        let sections = converted.first("Composition")?["section"]?.items ?? []
        #expect(
            sections.map { $0["entry"]?.items.map { converted.target($0)?.text("resourceType") } } == [
                ["Observation", "Observation"], nil,
            ])
        #expect(Set(sections[0]["entry"]?.items ?? []).count == 2)
        #expect(converted.target(sections[0].at("author.0"))?.text("name.0.family") == "Author")
    }

    @Test("gives the reason of a section that asserts that there is nothing")
    func nilKnown() throws {
        var mapper = try HeaderDocument.mapper(
            HeaderDocument.text(sections: [Sample.section("11450-4"), Sample.section("10160-0")]))
        mapper.nilKnown = [1]
        let sections = mapper.sections(below: nil, options: .init())?.items ?? []
        #expect(sections.map { $0.text("emptyReason.coding.0.code") } == [nil, "nilknown"])
    }

    @Test("holds no narrative where none is wanted")
    func withoutNarrative() throws {
        var options = DocumentConverter.Options()
        options.includesNarrative = false
        let converted = try HeaderDocument.convert(
            sections: [Sample.section("30954-2", entries: [Self.result])], options: options)
        #expect(converted.first("Composition")?.at("section.0.text") == nil)
        #expect(BundleCheck(converted.document).faults == [])
    }
}
