import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Encounter Activity, and entries that only name an encounter (sections 7.13 and 8).
@Suite("Encounter activities")
struct EncounterActivityTests {
    static let negated = " negationInd='true'"
    static let visit = Entries.code("99213", Entries.cpt, "Office visit")
    static func encounter(
        _ attributes: String = "", mood: String = "EVN", code: String = visit, status: String? = nil,
        at time: String = "202506160900-0500", inside: String = ""
    ) -> String {
        Entries.statement(
            "encounter", ["49"], mood: mood, attributes: attributes, code: code, status: status, at: time,
            inside: inside)
    }
    static func row(_ name: String, _ entry: String, _ expected: [String: String], issue: IssueCode? = nil)
        -> ActivityRow
    {
        ActivityRow(
            name, section: "46240-8", entry, ["Encounter"],
            Dictionary(uniqueKeysWithValues: expected.map { ("Encounter." + $0, $1) }), issue: issue)
    }
    static func isState(
        _ name: String, _ attributes: String = "", mood: String = "EVN", status: String? = nil, at time: String,
        _ state: String, issue: IssueCode? = nil
    ) -> ActivityRow {
        row(name, encounter(attributes, mood: mood, status: status, at: time), ["status": state], issue: issue)
    }

    static let states = [
        isState("a point on the day", at: "20250616", "finished"),
        isState("a point in the past", at: "20240101", "finished"),
        isState("a point a day later", at: "20250617", "planned", issue: .ccdaContradiction),
        isState("an end in the past", at: "<low value='20250601'/><high value='20250603'/>", "finished"),
        isState("an end to come", at: "<low value='20250601'/><high value='20250620'/>", "in-progress"),
        isState("a start on the day", at: "<low value='20250616'/>", "in-progress"),
        isState("a start the day before", at: "<low value='20250615'/>", "in-progress"),
        isState("a start two days before", at: "<low value='20250614'/>", "unknown"),
        isState("no dates", at: "", "unknown"),
        isState("no dates, completed", status: "completed", at: "", "finished"),
        isState("completed follows the dates", status: "completed", at: "<low value='20250101'/>", "unknown"),
        isState("active follows the dates", status: "active", at: "20250101", "finished"),
        isState("normal follows the dates", status: "normal", at: "20250101", "finished"),
        isState("cancelled", status: "cancelled", at: "20250101", "cancelled"),
        isState("aborted", status: "aborted", at: "20250101", "unknown"),
        isState("nullified", status: "nullified", at: "20250101", "entered-in-error"),
        isState("denied", negated, at: "20250101", "cancelled"),
        isState("denied and nullified", negated, status: "nullified", at: "20250101", "entered-in-error"),
        isState("intended", mood: "INT", at: "20250801", "planned"),
        isState("intended in the past", mood: "INT", at: "20240801", "planned"),
        isState("an appointment", mood: "APT", at: "20250801", "planned"),
        isState("an appointment that is off", mood: "APT", status: "cancelled", at: "20250801", "cancelled"),
    ]

    @Test("Status", arguments: states)
    func status(_ row: ActivityRow) throws { try row.check() }

    static let members = [
        row(
            "class by CPT", encounter(),
            [
                "class.code": "AMB", "type.0.coding.0.code": "99213", "period.start": "2025-06-16T09:00:00-05:00",
                "period.end": "-",
            ]),
        row("emergency by CPT", encounter(code: Entries.code("99285", Entries.cpt)), ["class.code": "EMER"]),
        row(
            "class by a translation",
            encounter(
                code: Entries.code(
                    "4525004", Entries.snomed, "ED visit",
                    inside: "<translation code='EMER' codeSystem='2.16.840.1.113883.5.4'/>")), ["class.code": "EMER"]),
        row(
            "no class", encounter(code: Entries.code("185349003", Entries.snomed)),
            ["class.code": "-", "class.extension.0.valueCode": "unknown"]),
        row(
            "reason, discharge, place, performer",
            encounter(
                inside: """
                    <sdtc:dischargeDispositionCode code='01' codeSystem='2.16.840.1.113883.12.112'/>\
                    <performer><assignedEntity><id root='2.16.840.1.113883.4.6' extension='7'/><assignedPerson><name>\
                    <family>Doer</family></name></assignedPerson></assignedEntity></performer>\
                    <participant typeCode='LOC'><participantRole classCode='SDLOC'>\(Sample.template("32"))\
                    \(Entries.code("1160-1", "2.16.840.1.113883.6.259", "Urgent care"))<playingEntity><name>Clinic</name>\
                    </playingEntity></participantRole></participant>\(Entries.indication())
                    """),
            [
                "reasonCode.0.coding.0.code": "279039007", "hospitalization.dischargeDisposition.coding.0.code": "01",
                "participant.0.individual.reference": "*", "location.0.location.reference": "*",
            ]
        ).withLocation,
        row("no code", encounter(code: ""), ["type": "-", "class.extension.0.valueCode": "unknown"]),
        row(
            "imaging as a visit", encounter(code: Entries.mri), ["type.0.coding.0.code": "72148"], issue: .ccdaTemplate),
        row(
            "unknown template", Entries.statement("encounter", ["99999"], code: visit, status: nil),
            ["class.code": "AMB"]),
    ]

    @Test("Members", arguments: members)
    func member(_ row: ActivityRow) throws { try row.check() }

    // MARK: References

    static let id = Entries.id("V1")
    /// An encounter of which nothing but its id is said, in a procedure.
    static let procedure = Entries.statement(
        "procedure", ["14"],
        inside: Entries.related("<encounter classCode='ENC' moodCode='EVN'>\(id)</encounter>", "COMP"))

    @Test("What names an encounter belongs to it, wherever it stands")
    func reference() throws {
        let converted = try Sample.convert([
            Sample.section("47519-4", entries: [Self.procedure]),
            Sample.section("46240-8", entries: [Self.encounter(inside: Self.id)]),
        ])
        #expect(converted.all("Encounter").count == 1)
        #expect(converted.losses == [])
        let id = converted.all("Encounter").first?.text("id") ?? ""
        #expect(converted.all("Procedure").first?.text("encounter.reference") == "urn:uuid:" + id)
    }

    @Test("A reference to an encounter that nobody describes is no encounter")
    func danglingReference() throws {
        let converted = try Sample.convert("47519-4", Self.procedure)
        #expect(converted.all("Encounter").isEmpty)
        #expect(converted.all("Procedure").first?.at("encounter") == nil)
        #expect(converted.losses == ["asText: refers to an encounter that the document does not describe"])
    }

    @Test("What stands in an encounter belongs to it")
    func inside() throws {
        let result = Entries.statement(
            "observation", ["2"], code: Entries.code("1988-5", Entries.loinc), inside: Entries.quantity("5", "mg/L"))
        let converted = try Sample.convert("46240-8", Self.encounter(inside: Entries.related(result, "REFR")))
        #expect(converted.all("Observation").first?.at("encounter.reference") != nil)
    }

    @Test("The encounter of the document and an entry with its id are one")
    func encompassing() throws {
        let visit = """
            <componentOf><encompassingEncounter>\(Self.id)<code code='EMER' codeSystem='2.16.840.1.113883.5.4'/>\
            <effectiveTime><low value='20250616080000-0500'/></effectiveTime></encompassingEncounter></componentOf>
            """
        let section = Sample.section("46240-8", entries: [Self.encounter(inside: Self.id)])
        let bytes = String(decoding: Sample.document([section]), as: UTF8.self)
            .replacing("<component><structuredBody>", with: visit + "<component><structuredBody>")
        let converted = Converted(try DocumentConverter().convert(Array(bytes.utf8)))
        #expect(converted.all("Encounter").count == 1)
        #expect(converted.all("Encounter").first?.text("type.0.coding.0.code") == "99213")
    }
}

extension ActivityRow {
    fileprivate var withLocation: ActivityRow {
        ActivityRow(name, section: section, entry, made + ["Location"], expected, losses: losses, issue: issue)
    }
}
