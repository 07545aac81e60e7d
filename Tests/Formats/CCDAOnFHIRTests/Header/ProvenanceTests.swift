import CCDA
import JSONTree
import Testing

@testable import CCDAOnFHIR

@Suite("Where the resources come from")
struct ProvenanceTests {
    static let informant =
        "<informant><relatedEntity classCode='PRS'><relatedPerson><name><given>Rel</given></name></relatedPerson></relatedEntity></informant>"
    static let enterer =
        "<dataEnterer><assignedEntity>\(HeaderDocument.person(id: "8", name: "Eve Enterer"))</assignedEntity></dataEnterer>"
    static let custodian =
        "<custodian><assignedCustodian><representedCustodianOrganization><name>Clinic</name></representedCustodianOrganization></assignedCustodian></custodian>"

    @Test("The document's Provenance names its Composition, who made it and the document")
    func document() throws {
        let converted = try HeaderDocument.convert(Self.custodian + Self.informant + Self.enterer)
        let provenance = try #require(converted.first("Provenance"))
        #expect(converted.all("Provenance").count == 1)
        #expect(converted.target(provenance.at("target.0"))?.text("resourceType") == "Composition")
        #expect(provenance.text("recorded") == "2025-06-16T09:30:00-05:00")
        let agents = provenance["agent"]?.items ?? []
        #expect(agents.map { $0.text("type.coding.0.code") } == ["author", "custodian", "informant", "enterer"])
        #expect(
            agents.map { converted.target($0["who"])?.text("resourceType") } == [
                "Practitioner", "Organization", "RelatedPerson", "Practitioner",
            ])
        #expect(provenance.text("entity.0.role") == "source")
        #expect(provenance.text("entity.0.what.identifier.value") == "D 1")
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("Software acts for its organization")
    func device() throws {
        let author =
            "<author><assignedAuthor><id root='1.2.3'/>\(ParticipantTests.device)\(ParticipantTests.organization)</assignedAuthor></author>"
        let converted = try HeaderDocument.convert(author: author)
        let agent = converted.first("Provenance")?.at("agent.0")
        #expect(converted.target(agent?["who"])?.text("resourceType") == "Device")
        #expect(converted.target(agent?["onBehalfOf"])?.text("name") == "Invented Clinic")
    }

    @Test("A document without author and time still has its Provenance")
    func unknown() throws {
        let converted = try HeaderDocument.convert(id: "", time: "", author: "")
        let provenance = converted.first("Provenance")
        #expect(provenance?.text("agent.0.who.display") == "Author not stated")
        #expect(provenance?.at("_recorded")?.text("extension.0.valueCode") == "unknown")
        #expect(provenance?.text("entity.0.what.display") == "C-CDA document")
        #expect(BundleCheck(converted.document).faults == [])
    }

    struct Row: CustomTestStringConvertible {
        let because: String
        /// Authors of two results.
        let authors: [String]
        /// Targets of each Provenance beside the document's.
        let targets: [Int]
        var testDescription: String { because }
    }

    static let template = "<templateId root='2.16.840.1.113883.10.20.22.5.6'/>"
    static func author(_ id: String, _ time: String, template: String = ProvenanceTests.template) -> String {
        "<author>\(template)<time value='\(time)'/><assignedAuthor>\(HeaderDocument.person(id: id, name: "N\(id) Writer"))</assignedAuthor></author>"
    }
    static let software =
        "<author><time value='20250610'/><assignedAuthor>\(ParticipantTests.device)</assignedAuthor></author>"

    static let rows = [
        Row(because: "no author of their own", authors: ["", ""], targets: []),
        Row(because: "the document's author", authors: [author("100", "20250610").asAda, ""], targets: []),
        Row(because: "another author", authors: [author("7", "20250610"), ""], targets: [1]),
        Row(
            because: "another author of both at one time", authors: [author("7", "20250610"), author("7", "20250610")],
            targets: [2]),
        Row(
            because: "another author at two times", authors: [author("7", "20250610"), author("7", "20250611")],
            targets: [1, 1]),
        Row(because: "two authors", authors: [author("7", "20250610"), author("8", "20250610")], targets: [1, 1]),
        Row(
            because: "another author without the template of provenance",
            authors: [author("7", "20250610", template: ""), ""], targets: []),
        Row(because: "software", authors: [software, software], targets: [2]),
    ]

    @Test("Statements by others than the document's authors have their own", arguments: rows)
    func statements(_ row: Row) throws {
        let entries = row.authors.map { author in
            CompositionTests.result.split(separator: "</observation>").joined() + author + "</observation>"
        }
        let converted = try HeaderDocument.convert(sections: [Sample.section("30954-2", entries: entries)])
        let own = converted.all("Provenance").dropFirst()
        #expect(own.map { $0["target"]?.items.count } == row.targets)
        for provenance in own {
            #expect(converted.target(provenance.at("target.0"))?.text("resourceType") == "Observation")
        }
        #expect(BundleCheck(converted.document).faults == [])
    }
}

extension String {
    /// The author of the document itself.
    fileprivate var asAda: String {
        split(separator: "<given>N100</given><family>Writer</family>").joined(
            separator: "<given>Ada</given><family>Author</family>")
    }
}
