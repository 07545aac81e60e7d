import CCDA
import CCDAOnFHIR
import JSONTree
import Testing

@Suite("Who took part")
struct ParticipantTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        /// What stands in `assignedAuthor`.
        let role: String
        /// Type of the resource that it becomes; nil when it is none.
        let type: String?
        var path = "id"
        var expected: String?
        var testDescription: String { because }
    }

    static let organization =
        "<representedOrganization><id root='2.16.840.1.113883.19.5'/><name>Invented Clinic</name></representedOrganization>"
    static let device =
        "<assignedAuthoringDevice><manufacturerModelName>EHR</manufacturerModelName><softwareName>EHR 2</softwareName></assignedAuthoringDevice>"
    static let taxonomy = "<code code='207X00000X' codeSystem='2.16.840.1.113883.6.101'/>"

    static let rows = [
        Row(
            because: "a person", role: HeaderDocument.person(id: "1", name: "Gil Given"), type: "Practitioner",
            path: "name.0.family", expected: "Given"),
        Row(
            because: "a person's identifier", role: HeaderDocument.person(id: "1", name: "Gil Given"),
            type: "Practitioner", path: "identifier.0.system", expected: "http://hl7.org/fhir/sid/us-npi"),
        Row(
            because: "a person of an organization",
            role: HeaderDocument.person(id: "1", name: "Gil Given", rest: organization), type: "PractitionerRole"),
        Row(
            because: "a person with a specialty",
            role: HeaderDocument.person(id: "1", name: "Gil Given", rest: taxonomy), type: "PractitionerRole",
            path: "specialty.0.coding.0.system", expected: "http://nucc.org/provider-taxonomy"),
        Row(
            because: "a person with another code",
            role: HeaderDocument.person(
                id: "1", name: "Gil Given", rest: "<code code='MTH' codeSystem='2.16.840.1.113883.5.111'/>"),
            type: "PractitionerRole", path: "code.0.coding.0.code", expected: "MTH"),
        Row(
            because: "software", role: device, type: "Device", path: "deviceName.1.name", expected: "EHR 2"),
        Row(
            because: "software is no device of the patient", role: device, type: "Device", path: "patient",
            expected: nil),
        Row(
            because: "an organization alone", role: organization, type: "Organization", path: "name",
            expected: "Invented Clinic"),
        Row(
            because: "a relative",
            role:
                "<assignedPerson><name><given>Ann</given></name><sdtc:asPatientRelationship><sdtc:code code='MTH' codeSystem='2.16.840.1.113883.5.111'/></sdtc:asPatientRelationship></assignedPerson>",
            type: "RelatedPerson", path: "relationship.0.coding.0.code", expected: "MTH"),
        Row(
            because: "the patient, who says so",
            role:
                "<code code='ONESELF' codeSystem='2.16.840.1.113883.5.111'/><assignedPerson><name><given>P</given></name></assignedPerson>",
            type: "Patient"),
        Row(
            because: "the patient, by id",
            role:
                "<id root='2.16.840.1.113883.19.5' extension='P1'/><assignedPerson><name><given>P</given></name></assignedPerson>",
            type: "Patient"),
        Row(
            because: "not the patient, though the root is the same",
            role:
                "<id root='2.16.840.1.113883.19.5' extension='P2'/><assignedPerson><name><given>P</given></name></assignedPerson>",
            type: "Practitioner"),
        Row(because: "an id that nothing describes", role: "<id root='1.2.3' extension='7'/>", type: nil),
        Row(because: "nothing", role: "<id nullFlavor='NI'/>", type: nil),
    ]

    @Test("becomes a resource", arguments: rows)
    func resource(_ row: Row) throws {
        let author = "<author><time value='20250616'/><assignedAuthor>\(row.role)</assignedAuthor></author>"
        let converted = try HeaderDocument.convert(author: author)
        let who = converted.target(converted.first("Composition")?.at("author.0"))
        #expect(who?.text("resourceType") == row.type)
        if row.path != "id" { #expect(who?.said(row.path) == row.expected) }
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("An author whom nothing describes is named by the id, else as not stated")
    func withoutResource() throws {
        func author(_ role: String) throws -> JSONValue? {
            let converted = try HeaderDocument.convert(
                author: "<author><assignedAuthor>\(role)</assignedAuthor></author>")
            return converted.first("Composition")?.at("author.0")
        }
        #expect(try author("<id root='1.2.3' extension='7'/>")?.text("identifier.value") == "7")
        #expect(try author("<id nullFlavor='NI'/>")?.text("display") == "Author not stated")
        #expect(try author("")?.text("display") == "Author not stated")
    }

    struct Count: CustomTestStringConvertible {
        let because: String
        let authors: [String]
        let practitioners: Int
        var testDescription: String { because }
    }

    static let one = HeaderDocument.person(id: "1", name: "Gil Given")
    static let counts = [
        Count(because: "the same person twice", authors: [one, one], practitioners: 1),
        Count(
            because: "the same person, once by id alone", authors: [one, HeaderDocument.person(id: "1", name: nil)],
            practitioners: 1),
        Count(
            because: "the id alone first", authors: [HeaderDocument.person(id: "1", name: nil), one], practitioners: 1),
        Count(
            because: "another id", authors: [one, HeaderDocument.person(id: "2", name: "Gil Given")], practitioners: 2),
        Count(
            because: "another name with the same id",
            authors: [one, HeaderDocument.person(id: "1", name: "Ann Other")],
            practitioners: 2),
        Count(
            because: "the same name without ids",
            authors: Array(repeating: HeaderDocument.person(id: nil, name: "Gil Given"), count: 2), practitioners: 1),
        Count(
            because: "the same name at another address",
            authors: ["", "<addr><city>Elsewhere</city></addr>"].map {
                HeaderDocument.person(id: nil, name: "Gil Given", rest: $0)
            }, practitioners: 2),
        Count(
            because: "the same person in two organizations",
            authors: [organization, organization.replacingOccurrences("Invented", "Other")].map {
                HeaderDocument.person(id: "1", name: "Gil Given", rest: $0)
            }, practitioners: 1),
    ]

    @Test("is made once", arguments: counts)
    func deduplication(_ row: Count) throws {
        let authors = row.authors.map { "<author><assignedAuthor>\($0)</assignedAuthor></author>" }.joined()
        let converted = try HeaderDocument.convert(author: authors)
        #expect(converted.all("Practitioner").count == row.practitioners)
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("An id that two persons bear leads to neither")
    func ambiguousID() throws {
        let roles = [
            HeaderDocument.person(id: "1", name: "Gil Given"), HeaderDocument.person(id: "1", name: "Ann Other"),
            HeaderDocument.person(id: "1", name: nil),
        ]
        let authors = roles.map { "<author><assignedAuthor>\($0)</assignedAuthor></author>" }.joined()
        let composition = try HeaderDocument.convert(author: authors).first("Composition")
        #expect(composition?.at("author.2.reference") == nil)
        #expect(composition?.text("author.2.identifier.value") == "1")
    }

    @Test("An organization has no home, and may be part of another")
    func organizationWithinAnother() throws {
        let custodian = """
            <custodian><assignedCustodian><representedCustodianOrganization><id root='1.2.3'/><name>Ward</name>
            <telecom use='HP' value='tel:1'/><telecom use='WP' value='tel:2'/><addr use='HP'><city>Anytown</city></addr>
            <asOrganizationPartOf><wholeOrganization><name>Hospital</name></wholeOrganization></asOrganizationPartOf>
            </representedCustodianOrganization></assignedCustodian></custodian>
            """
        let converted = try HeaderDocument.convert(custodian)
        let ward = converted.target(converted.first("Composition")?["custodian"])
        #expect(ward?.text("name") == "Ward")
        #expect(ward?.at("telecom.0.use") == nil)
        #expect(ward?.text("telecom.1.use") == "work")
        #expect(ward?.at("address.0.use") == nil)
        #expect(converted.target(ward?["partOf"])?.text("name") == "Hospital")
    }

    @Test("An organization without name and id is none")
    func namelessOrganization() throws {
        let custodian =
            "<custodian><assignedCustodian><representedCustodianOrganization><id nullFlavor='NI'/><addr/></representedCustodianOrganization></assignedCustodian></custodian>"
        let converted = try HeaderDocument.convert(custodian)
        #expect(converted.all("Organization").isEmpty)
        #expect(converted.first("Composition")?["custodian"] == nil)
    }
}

extension String {
    fileprivate func replacingOccurrences(_ text: String, _ other: String) -> String {
        split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }
}
