import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Section D of the quirks: what was really taken, how much, by which way.
@Suite("Medicines")
struct MedicationTests {
    struct Row: CustomTestStringConvertible {
        var type = "MedicationRequest"
        let members: String
        /// Nil when the drug must not count at all.
        let standing: MedicationUse.Standing?
        let because: String
        var testDescription: String { because }
    }

    @Test("a display that names another drug is reported", arguments: [("naproxen 500 MG", true), ("nsaids", false)])
    func display(_ display: String, _ isReported: Bool) throws {
        let drug =
            #""medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"310965","display":"\#(display)"}]}"#
        let members = #""resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order""#
        let record = try #require(Small.record("\(members),\(drug),\(Small.subject)"))
        #expect(record.issues.contains { $0.code == .fhirDisplay } == isReported)
        #expect(record.record.medications.count == 1, "the code counts")
    }

    static let rows = [
        Row(members: #""status":"active","intent":"order""#, standing: .counts, because: "active"),
        Row(
            members: #""status":"stopped","intent":"order""#, standing: .counts, because: "stopped was taken until then"
        ),
        Row(members: #""status":"on-hold","intent":"order""#, standing: .unclear, because: "on hold: not known"),
        Row(members: #""status":"cancelled","intent":"order""#, standing: nil, because: "cancelled never counts"),
        Row(members: #""status":"entered-in-error","intent":"order""#, standing: nil, because: "entered in error"),
        Row(members: #""status":"draft","intent":"order""#, standing: nil, because: "a draft is no treatment"),
        Row(
            members: #""status":"active","intent":"order","doNotPerform":true"#, standing: nil,
            because: "an order not to give"),
        Row(
            members: #""status":"active","intent":"order","doNotPerform":false"#, standing: .counts,
            because: "doNotPerform false is an order"),
        Row(
            members: #""status":"active","intent":"order","doNotPerform":"true""#, standing: nil,
            because: "doNotPerform of the wrong type"),
        Row(members: #""status":"active","intent":"proposal""#, standing: nil, because: "a proposal is not ordered"),
        Row(members: #""status":"active","intent":"plan""#, standing: nil, because: "a plan is not ordered"),
        Row(
            members: #""status":"active","intent":"plan","reportedBoolean":true"#, standing: .counts,
            because: "a plan that reports what is taken"),
        Row(members: #""status":"active","intent":"reflex-order""#, standing: .counts, because: "a kind of order"),
        Row(members: #""status":"active","intent":"wish""#, standing: nil, because: "an unknown intent"),
        Row(members: #""status":7,"intent":"order""#, standing: nil, because: "a status of the wrong type"),
        Row(type: "MedicationStatement", members: #""status":"not-taken""#, standing: nil, because: "not taken"),
        Row(
            type: "MedicationStatement", members: #""status":"intended""#, standing: nil,
            because: "intended: in the future"),
        Row(
            type: "MedicationStatement", members: #""status":"completed""#, standing: .counts,
            because: "a completed statement"),
        Row(
            type: "MedicationStatement", members: #""status":"active","taken":"n""#, standing: nil,
            because: "STU3: taken n"),
        Row(
            type: "MedicationStatement", members: #""status":"recorded","adherence":{"code":{}}"#, standing: nil,
            because: "R5: adherence"),
        Row(type: "MedicationAdministration", members: #""status":"not-done""#, standing: nil, because: "not given"),
        Row(type: "MedicationDispense", members: #""status":"declined""#, standing: nil, because: "declined"),
        Row(type: "MedicationDispense", members: #""status":"completed""#, standing: .counts, because: "handed over"),
    ]

    @Test("count by status and intent", arguments: rows)
    func standing(_ row: Row) throws {
        let resource = #""resourceType":"\#(row.type)","id":"m1",\#(Small.ibuprofen),\#(Small.subject),\#(row.members)"#
        let record = try #require(Small.record(resource))
        #expect(record.record.medications.map(\.standing) == [row.standing].compactMap { $0 })
    }

    static let possibly = #""extension":[{"url":"https://spinehook.example/fhir/StructureDefinition/possibly-current","#
    static let openings: [(members: String, isActive: Bool)] = [
        (#""status":"active""#, true), (#""status":"completed""#, false),
        (#""status":"completed",\#(possibly)"valueBoolean":true}]"#, true),
        (#""status":"completed",\#(possibly)"valueBoolean":false}]"#, false),
        (#""status":"stopped",\#(possibly)"valueBoolean":true}]"#, false),
        (#""status":"completed","extension":[{"url":"https://other.example/","valueBoolean":true}]"#, false),
    ]

    @Test("a completed request that may still be taken is open", arguments: openings)
    func possiblyCurrent(_ members: String, _ isActive: Bool) throws {
        let resource =
            #""resourceType":"MedicationRequest","id":"m1",\#(Small.ibuprofen),\#(Small.subject),"intent":"order",\#(members)"#
        let record = try #require(Small.record(resource))
        #expect(record.record.medications.map(\.isActive) == [isActive])
    }

    struct Dose: CustomTestStringConvertible {
        let members: String
        var dose: Double?
        var unit: String?
        var days: Int?
        var start: String?
        var end: String?
        var route = MedicationUse.Route.notStated
        let because: String
        var testDescription: String { because }
    }

    static func dosage(_ timing: String, _ quantity: String, _ more: String = "") -> String {
        #""dosageInstruction":[{"timing":{"repeat":{\#(timing)}},"doseAndRate":[{"doseQuantity":{\#(quantity)}}]\#(more)}]"#
    }
    static let mg400 = #""value":400,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg""#
    static let tablet = #""value":1,"unit":"tablet""#
    static let threeADay = #""frequency":3,"period":1,"periodUnit":"d""#

    static let doses = [
        Dose(members: dosage(threeADay, mg400), dose: 1200, unit: "mg", because: "three times 400 mg"),
        Dose(
            members: dosage(#""frequency":1,"period":8,"periodUnit":"h""#, mg400), dose: 1200, unit: "mg",
            because: "every 8 hours"),
        Dose(
            members: dosage(#""frequency":1,"period":1,"periodUnit":"wk""#, mg400), dose: 400.0 / 7, unit: "mg",
            because: "once a week"),
        Dose(
            members: dosage(#""timeOfDay":["08:00:00","20:00:00"]"#, mg400), dose: 800, unit: "mg",
            because: "two times of day"),
        Dose(
            members: dosage(threeADay, #""value":0.4,"system":"http://unitsofmeasure.org","code":"g""#), dose: 1200,
            unit: "mg", because: "grams"),
        Dose(members: dosage(threeADay, tablet), dose: 3, unit: nil, because: "tablets are left to the strength"),
        Dose(
            members: dosage(threeADay, #""value":1,"system":"http://unitsofmeasure.org","code":"mm[Hg]""#),
            because: "a unit that is no amount"),
        Dose(members: #""dosageInstruction":[{"text":"one a day"}]"#, because: "text is no dose"),
        Dose(
            members:
                #""dosageInstruction":[{"sequence":1,"timing":{"repeat":{\#(threeADay)}},"doseAndRate":[{"doseQuantity":{\#(mg400)}}]},{"sequence":2,"timing":{"repeat":{\#(threeADay)}},"doseAndRate":[{"doseQuantity":{\#(mg400)}}]}]"#,
            because: "a taper does not add up"),
        Dose(
            members:
                #""dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2026-01-02","end":"2026-02-03"}}}}]"#,
            start: "2026-01-02", end: "2026-02-03", because: "bounds of the course"),
        Dose(
            members:
                #""dosageInstruction":[{"timing":{"repeat":{"boundsDuration":{"value":2,"system":"http://unitsofmeasure.org","code":"wk"}}}}]"#,
            days: 14, because: "a duration"),
        Dose(
            members:
                #""dispenseRequest":{"expectedSupplyDuration":{"value":30,"system":"http://unitsofmeasure.org","code":"d"},"numberOfRepeatsAllowed":2}"#,
            days: 90, because: "supply times fills"),
        Dose(
            members: dosage(threeADay, tablet) + #","dispenseRequest":{"quantity":{"value":90}}"#, dose: 3, days: 30,
            because: "units over the daily units"),
        Dose(
            members: #""dispenseRequest":{"validityPeriod":{"start":"2026-01-01","end":"2026-01-10"}}"#, days: 10,
            because: "only a period of validity"),
        Dose(
            members: dosage("", mg400, #","route":{"coding":[{"system":"http://snomed.info/sct","code":"26643006"}]}"#),
            route: .systemic, because: "oral"),
        Dose(
            members: dosage("", mg400, #","route":{"coding":[{"system":"http://snomed.info/sct","code":"6064005"}]}"#),
            route: .topical, because: "topical"),
        Dose(
            members: dosage(
                "", mg400,
                #","route":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration","code":"IARTINJ"}]}"#
            ), route: .localInjection, because: "into a joint"),
        Dose(members: dosage("", mg400, #","route":{"text":"by mouth"}"#), because: "a route as text"),
        Dose(
            members: dosage(threeADay, mg400, #","modifierExtension":[{"url":"http://example.org/x"}]"#),
            because: "a modified dosage is not read"),
    ]

    @Test("doses, supply, course and route", arguments: doses)
    func dose(_ row: Dose) throws {
        let resource =
            #""resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",\#(Small.ibuprofen),\#(Small.subject),\#(row.members)"#
        let use = try #require(Small.record(resource)?.record.medications.first)
        #expect(use.dailyDose.map { ($0.value * 1e6).rounded() } == row.dose.map { ($0 * 1e6).rounded() })
        #expect(use.dailyDose?.unit == row.unit)
        #expect(use.supplyDays == row.days)
        #expect(use.start?.literal == row.start)
        #expect(use.end?.literal == row.end)
        #expect(use.route == row.route)
    }

    @Test(
        "the drug is found where it stands, or stays unknown",
        arguments: [
            (
                ##""medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"310965"}]}}]"##,
                1, 0
            ),
            (
                ##""medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m","ingredient":[{"itemCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"5640"}]}}]}]"##,
                1, 0
            ),
            (
                ##""medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m","ingredient":[{"itemReference":{"reference":"#m"}}]}]"##,
                0, 1
            ),
            (##""medicationReference":{"reference":"#gone"}"##, 0, 1),
            (#""medicationReference":{"reference":"Medication/gone"}"#, 0, 1),
            (#""medicationReference":{"display":"ibuprofen"}"#, 0, 1),
            (#""medicationCodeableConcept":{"text":"ibuprofen"}"#, 0, 1),
            (
                #""medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"1"}]}"#,
                0, 0
            ),
        ])
    func drug(_ members: String, _ known: Int, _ unread: Int) throws {
        let resource =
            #""resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",\#(Small.subject),\#(members)"#
        let record = try #require(Small.record(resource))
        #expect(record.record.medications.count == known)
        #expect(record.record.unreadTexts.count == unread)
    }
}
