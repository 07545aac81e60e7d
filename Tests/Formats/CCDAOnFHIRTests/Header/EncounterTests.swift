import CCDA
import CCDAOnFHIR
import JSONTree
import Testing

@Suite("The encounter around the document")
struct EncounterTests {
    static func encounter(_ content: String) -> String {
        "<componentOf><encompassingEncounter>\(content)</encompassingEncounter></componentOf>"
    }
    static let id = "<id root='2.16.840.1.113883.19' extension='E1'/>"

    struct Status: CustomTestStringConvertible {
        let because: String
        let time: String
        let status: String
        var testDescription: String { because }
    }

    /// The document is of 16 June 2025.
    static let statuses = [
        Status(because: "a day before", time: "<effectiveTime value='20250601'/>", status: "finished"),
        Status(because: "the day itself", time: "<effectiveTime value='20250616'/>", status: "finished"),
        Status(
            because: "a later day, which no event has", time: "<effectiveTime value='20250701'/>", status: "unknown"),
        Status(
            because: "an end before",
            time: "<effectiveTime><low value='20250601'/><high value='20250603'/></effectiveTime>",
            status: "finished"),
        Status(
            because: "an end to come",
            time: "<effectiveTime><low value='20250601'/><high value='20250701'/></effectiveTime>",
            status: "in-progress"),
        Status(
            because: "begun on the day", time: "<effectiveTime><low value='20250616'/></effectiveTime>",
            status: "in-progress"),
        Status(
            because: "begun the day before", time: "<effectiveTime><low value='20250615'/></effectiveTime>",
            status: "in-progress"),
        Status(
            because: "begun two days before", time: "<effectiveTime><low value='20250614'/></effectiveTime>",
            status: "unknown"),
        Status(
            because: "begun some time in the year", time: "<effectiveTime><low value='2025'/></effectiveTime>",
            status: "unknown"),
        Status(because: "no time", time: "", status: "unknown"),
        Status(because: "a null time", time: "<effectiveTime nullFlavor='UNK'/>", status: "unknown"),
    ]

    @Test("is as far as its dates say", arguments: statuses)
    func status(_ row: Status) throws {
        let converted = try HeaderDocument.convert(Self.encounter(Self.id + row.time))
        #expect(converted.first("Encounter")?.text("status") == row.status)
        #expect(BundleCheck(converted.document).faults == [])
    }

    struct Class: CustomTestStringConvertible {
        let because: String
        let code: String
        /// Nil when only the reason why there is none is given.
        let expected: String?
        var testDescription: String { because }
    }

    static func cpt(_ code: String) -> String { "<code code='\(code)' codeSystem='2.16.840.1.113883.6.12'/>" }

    static let classes = [
        Class(because: "ActCode", code: "<code code='AMB' codeSystem='2.16.840.1.113883.5.4'/>", expected: "AMB"),
        Class(
            because: "ActCode as translation",
            code:
                "<code code='99281' codeSystem='2.16.840.1.113883.6.12'><translation code='IMP' codeSystem='2.16.840.1.113883.5.4'/></code>",
            expected: "IMP"),
        Class(
            because: "an ActCode that is no class", code: "<code code='ACT' codeSystem='2.16.840.1.113883.5.4'/>",
            expected: nil),
        Class(because: "the letters in another system", code: "<code code='AMB' codeSystem='1.2.3'/>", expected: nil),
        Class(because: "below office visits", code: cpt("99201"), expected: nil),
        Class(because: "the first office visit", code: cpt("99202"), expected: "AMB"),
        Class(because: "the last office visit", code: cpt("99215"), expected: "AMB"),
        Class(because: "above office visits", code: cpt("99216"), expected: nil),
        Class(because: "the first consultation", code: cpt("99241"), expected: "AMB"),
        Class(because: "the last consultation", code: cpt("99245"), expected: "AMB"),
        Class(because: "the first hospital visit", code: cpt("99221"), expected: "IMP"),
        Class(because: "the last hospital visit", code: cpt("99239"), expected: "IMP"),
        Class(because: "the first consultation in hospital", code: cpt("99251"), expected: "IMP"),
        Class(because: "the last consultation in hospital", code: cpt("99255"), expected: "IMP"),
        Class(because: "the first emergency visit", code: cpt("99281"), expected: "EMER"),
        Class(because: "the last emergency visit", code: cpt("99285"), expected: "EMER"),
        Class(because: "above emergency visits", code: cpt("99286"), expected: nil),
        Class(because: "no code", code: "", expected: nil),
    ]

    @Test("is of a class, never a CPT code", arguments: classes)
    func encounterClass(_ row: Class) throws {
        let encounter = try HeaderDocument.convert(Self.encounter(Self.id + row.code)).first("Encounter")
        #expect(encounter?.text("class.code") == row.expected)
        #expect(encounter?.text("class.extension.0.valueCode") == (row.expected == nil ? "unknown" : nil))
    }

    @Test("has those who took part, a place and an end")
    func parts() throws {
        func entity(_ name: String) -> String {
            "<assignedEntity>\(HeaderDocument.person(id: name, name: "\(name) Doctor"))</assignedEntity>"
        }
        let content = """
            \(Self.id)<dischargeDispositionCode code='01' codeSystem='2.16.840.1.113883.12.112'/>
            <responsibleParty>\(entity("Rita"))</responsibleParty>
            <encounterParticipant typeCode='ATND'>\(entity("Ada"))</encounterParticipant>
            <encounterParticipant typeCode='XXX'>\(entity("Eva"))</encounterParticipant>
            <encounterParticipant typeCode='CON'><assignedEntity>\(ParticipantTests.organization)</assignedEntity></encounterParticipant>
            <location><healthCareFacility><id root='1.2.3' extension='L'/><location><name>Ward 1</name></location>
            <serviceProviderOrganization><name>Hospital</name></serviceProviderOrganization></healthCareFacility></location>
            """
        let converted = try HeaderDocument.convert(Self.encounter(content))
        let encounter = try #require(converted.first("Encounter"))
        let participants = encounter["participant"]?.items ?? []
        #expect(participants.map { $0.text("type.0.coding.0.code") } == ["RESP", "ATND", nil])
        #expect(
            participants.map { converted.target($0["individual"])?.text("name.0.given.0") } == ["Rita", "Ada", "Eva"])
        #expect(converted.target(encounter.at("location.0.location"))?.text("name") == "Ward 1")
        #expect(converted.target(encounter["serviceProvider"])?.text("name") == "Hospital")
        #expect(encounter.text("hospitalization.dischargeDisposition.coding.0.code") == "01")
        #expect(converted.target(converted.first("Composition")?["encounter"]) == encounter)
        #expect(BundleCheck(converted.document).faults == [])
    }

    static func activity(_ id: String) -> String {
        "<encounter classCode='ENC' moodCode='EVN'>\(Sample.template("49"))\(id)<code code='99213' codeSystem='2.16.840.1.113883.6.12'/><effectiveTime value='20250610'/></encounter>"
    }

    @Test("is the encounter of the entry with the same id, which it completes")
    func merging() throws {
        let content =
            Self.id
            + "<effectiveTime value='20250601'/><location><healthCareFacility><location><name>Ward 1</name></location></healthCareFacility></location>"
        let converted = try HeaderDocument.convert(
            Self.encounter(content), sections: [Sample.section("46240-8", entries: [Self.activity(Self.id)])])
        let encounters = converted.all("Encounter")
        #expect(encounters.count == 1)
        #expect(encounters.first?.text("period.start") == "2025-06-10", "the entry's own word stays")
        #expect(converted.target(encounters.first?.at("location.0.location"))?.text("name") == "Ward 1")
        #expect(converted.target(converted.first("Composition")?["encounter"]) == encounters.first)
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("is another than the entry with another id")
    func apart() throws {
        let other = "<id root='2.16.840.1.113883.19' extension='E2'/>"
        let converted = try HeaderDocument.convert(
            Self.encounter(Self.id), sections: [Sample.section("46240-8", entries: [Self.activity(other)])])
        #expect(converted.all("Encounter").count == 2)
    }

    @Test("is not made of nothing")
    func absent() throws {
        #expect(try HeaderDocument.convert().all("Encounter").isEmpty)
    }
}
