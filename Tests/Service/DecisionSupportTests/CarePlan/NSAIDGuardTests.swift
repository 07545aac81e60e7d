import CDSHooks
import ClinicalModel
import Foundation
import JSONTree
import KnowledgeBase
import Testing

@testable import DecisionSupport

/// The service with the knowledge of `Profiles/`, asked about records that differ in one thing.
@Suite("When an NSAID is part of the plan (I17, R49)")
struct NSAIDGuardTests {
    static let service = Result {
        let day = try #require(ReferenceTime("2025-06-16"))
        return HookService(engine: Engine(knowledge: try KnowledgeBase())) { day }
    }

    struct Row: CustomTestStringConvertible {
        let name: String
        /// Resources beside patient and radiculopathy.
        var resources: [String] = []
        var birthDate: String? = "1980-01-01"
        /// Keys that were not retrieved.
        var missing: Set<String> = []
        /// Words of the reason that is given; nil where an NSAID is suggested.
        let because: String?
        var testDescription: String { "\(name): \(because.map { "withheld, \($0)" } ?? "suggested")" }
    }

    static func egfr(_ value: String, comparator: String = "", date: String = "2025-06-01") -> String {
        """
        {"resourceType":"Observation","id":"egfr","status":"final","subject":{"reference":"Patient/p"},
         "code":{"coding":[{"system":"http://loinc.org","code":"98979-8"}]},"effectiveDateTime":"\(date)",
         "valueQuantity":{"value":\(value),\(comparator)"unit":"mL/min","system":"http://unitsofmeasure.org",
         "code":"mL/min/{1.73_m2}"}}
        """
    }

    static func condition(_ code: String, _ status: String = "active", verified: String = "confirmed") -> String {
        """
        {"resourceType":"Condition","id":"x-\(code)","subject":{"reference":"Patient/p"},
         "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"\(status)"}]},
         "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"\(verified)"}]},
         "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"\(code)","display":"\(code)"}]},
         "onsetDateTime":"2025-05-01"}
        """
    }

    static func drug(_ code: String, _ name: String, _ status: String = "active", authored: String = "2025-06-10")
        -> String
    {
        """
        {"resourceType":"MedicationRequest","id":"m-\(code)","status":"\(status)","intent":"order",
         "subject":{"reference":"Patient/p"},"authoredOn":"\(authored)","medicationCodeableConcept":{"coding":[
         {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"\(code)","display":"\(name)"}]}}
        """
    }

    static func allergy(_ system: String, _ code: String, _ name: String, verified: String = "confirmed") -> String {
        """
        {"resourceType":"AllergyIntolerance","id":"a-\(code)","patient":{"reference":"Patient/p"},
         "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},
         "verificationStatus":{"coding":[
         {"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"\(verified)"}]},
         "code":{"coding":[{"system":"\(system)","code":"\(code)","display":"\(name)"}]}}
        """
    }

    static let allergyInWords = """
        {"resourceType":"AllergyIntolerance","id":"a","patient":{"reference":"Patient/p"},
         "code":{"text":"reacted to a pain killer"}}
        """

    static func pregnancy(_ isPregnant: Bool) -> String {
        """
        {"resourceType":"Observation","id":"pregnancy","status":"final","subject":{"reference":"Patient/p"},
         "code":{"coding":[{"system":"http://loinc.org","code":"82810-3"}]},"effectiveDateTime":"2025-06-15",
         "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"\(isPregnant ? "77386006" : "60001007")"}]}}
        """
    }

    static let rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"

    private static let ulcer = "Gastric ulcer, unspecified as acute or chronic, without hemorrhage or perforation"

    static let rows = [
        Row(name: "kidneys fine", resources: [egfr("90")], because: nil),
        Row(name: "eGFR 30", resources: [egfr("30")], because: nil),
        Row(name: "eGFR 29", resources: [egfr("29")], because: "eGFR 29"),
        Row(name: "eGFR over 60", resources: [egfr("60", comparator: #""comparator":">","#)], because: nil),
        Row(
            name: "eGFR under 30", resources: [egfr("30", comparator: #""comparator":"<","#)], because: "eGFR below 30"),
        Row(
            name: "eGFR under 60", resources: [egfr("60", comparator: #""comparator":"<","#)],
            because: "kidney function and pregnancy not recorded"),
        Row(name: "eGFR of 365 days ago", resources: [egfr("90", date: "2024-06-16")], because: nil),
        Row(
            name: "eGFR of 366 days ago", resources: [egfr("90", date: "2024-06-15")],
            because: "kidney function and pregnancy not recorded"),
        Row(name: "nothing known", because: "kidney function and pregnancy not recorded"),
        Row(name: "kidneys unknown, not pregnant", resources: [pregnancy(false)], because: nil),
        Row(name: "pregnant", resources: [egfr("90"), pregnancy(true)], because: "pregnancy"),
        Row(name: "74 years old", resources: [egfr("90")], birthDate: "1950-06-17", because: nil),
        Row(name: "75 years old", resources: [egfr("90")], birthDate: "1950-06-16", because: "age 75 or over"),
        Row(name: "gastric ulcer", resources: [egfr("90"), condition("K25.9")], because: ulcer),
        Row(name: "ulcer long healed", resources: [egfr("90"), condition("K25.9", "resolved")], because: ulcer),
        Row(
            name: "ulcer ruled out", resources: [egfr("90"), condition("K25.9", verified: "refuted")], because: nil),
        Row(
            name: "ulcer entered in error",
            resources: [egfr("90"), condition("K25.9", verified: "entered-in-error")], because: nil),
        Row(name: "haematemesis", resources: [egfr("90"), condition("K92.0")], because: "Hematemesis"),
        Row(name: "heart failure", resources: [egfr("90"), condition("I50.9")], because: "Heart failure, unspecified"),
        Row(
            name: "kidney disease", resources: [egfr("90"), condition("N18.4")],
            because: "Chronic kidney disease, stage 4 (severe)"),
        Row(name: "another disease", resources: [egfr("90"), condition("J45.909")], because: nil),
        Row(name: "warfarin", resources: [egfr("90"), drug("11289", "Warfarin")], because: "Warfarin"),
        Row(
            name: "warfarin, stopped", resources: [egfr("90"), drug("11289", "Warfarin", "stopped")], because: nil),
        Row(name: "acetaminophen", resources: [egfr("90"), drug("161", "Acetaminophen")], because: nil),
        Row(
            name: "allergy to aspirin",
            resources: [egfr("90"), allergy("http://snomed.info/sct", "293586001", "Allergy to aspirin")],
            because: "Allergy to aspirin"),
        Row(
            name: "allergy to ibuprofen as a substance",
            resources: [egfr("90"), allergy(rxNorm, "5640", "Ibuprofen")], because: "allergy to Ibuprofen"),
        Row(
            name: "allergy to ibuprofen, refuted",
            resources: [egfr("90"), allergy(rxNorm, "5640", "Ibuprofen", verified: "refuted")], because: nil),
        Row(
            name: "allergy in words", resources: [egfr("90"), allergyInWords], because: "an allergy that is not coded"),
        Row(
            name: "allergy to another drug", resources: [egfr("90"), allergy(rxNorm, "161", "Acetaminophen")],
            because: nil),
        Row(
            name: "ibuprofen taken", resources: [egfr("90"), drug("5640", "Ibuprofen")],
            because: "Ibuprofen is taken or ordered already"),
        Row(
            name: "naproxen tablets taken", resources: [egfr("90"), drug("198014", "naproxen 500 MG Oral Tablet")],
            because: "naproxen 500 MG Oral Tablet is taken or ordered already"),
        Row(
            name: "ibuprofen, entered in error",
            resources: [egfr("90"), drug("5640", "Ibuprofen", "entered-in-error")], because: nil),
        Row(
            name: "ibuprofen, stopped", resources: [egfr("90"), drug("5640", "Ibuprofen", "stopped")], because: nil),
        Row(
            name: "allergies not retrieved", resources: [egfr("90")], missing: ["allergyIntolerances"],
            because: "allergies not read"),
        Row(
            name: "problems not retrieved but for one", resources: [egfr("90")], missing: ["procedures"],
            because: "procedures not read"),
        Row(
            name: "prescriptions not retrieved", resources: [egfr("90")], missing: ["medicationRequests"],
            because: "prescriptions not read"),
    ]

    @Test("holds on both sides of every guard", arguments: rows)
    func guards(_ row: Row) throws {
        let response = try Self.answer(row)
        #expect(response.summaries.count == 1)
        let hasNSAID = response.suggested.contains { $0.id == "nsaid" }
        #expect(hasNSAID == (row.because == nil))
        #expect(response.withheld == (row.because.map { [$0] } ?? []))
    }

    @Test(
        "says out of scope what a record lacks",
        arguments: [
            Row(name: "born 17 years and 364 days ago", birthDate: "2007-06-17", because: "under-age"),
            Row(name: "18 today", birthDate: "2007-06-16", because: nil),
            Row(name: "no birth date", birthDate: nil, because: "age-unknown"),
            Row(name: "problems not retrieved", missing: ["conditions"], because: "radiculopathy-unknown"),
            Row(name: "fracture", resources: [condition("M80.08XA")], because: "red-flag-met"),
        ])
    func scope(_ row: Row) throws {
        let response = try Self.answer(row)
        #expect(response.reason == row.because)
        #expect(response.summaries.isEmpty == (row.because != nil))
    }

    @Test("withholds it beside a draft of an NSAID, in the Bundle of the imaging order")
    func draft() throws {
        let folder = CarePlanExampleTests.folder.appending(path: "../order-sign").standardized
        let service = try Self.service.get()
        let reader = HookRequestReader(
            terminology: service.engine.knowledge.terminology, declared: HookService.declaredParts)
        for (name, hasPlan) in [("d01-two-weeks-all-negative", true), ("d03-saddle-numbness-retention", false)] {
            let body = try Data(contentsOf: folder.appending(path: "\(name)/request.json"))
            let request = try reader.read(try JSONDocument(Array(body)), asOf: Day(20_255))
            let bundle = try PlanOutput(
                service.engine.cards.bundle(for: try service.review(request, by: .lumbarImaging).reviews))
            #expect(bundle.types.contains("CarePlan") == hasPlan)
            #expect(!bundle.types.contains("MedicationRequest"))
            let ordered = "naproxen 500 MG Oral Tablet is taken or ordered already"
            #expect(bundle.notes.contains { $0.contains(ordered) } == hasPlan)
        }
    }

    /// The answer to a request with a searchset under each key that was retrieved.
    static func answer(_ row: Row) throws -> PlanOutput {
        let radiculopathy = condition("M54.16").replacing(#""2025-05-01""#, with: #""2025-06-06""#)
        let birth = row.birthDate.map { #","birthDate":"\#($0)""# } ?? ""
        var members = [#""patient":{"resourceType":"Patient","id":"p"\#(birth)}"#]
        for part in HookService.declaredParts where part != .patient && !row.missing.contains(part.rawValue) {
            let type = types[part] ?? ""
            let resources = ([radiculopathy] + row.resources).filter { $0.hasPrefix(#"{"resourceType":"\#(type)""#) }
            let entries = resources.map { #"{"resource":\#($0)}"# }.joined(separator: ",")
            let list = entries.isEmpty ? "" : #","entry":[\#(entries)]"#
            members.append(#""\#(part.rawValue)":{"resourceType":"Bundle","type":"searchset"\#(list)}"#)
        }
        let body = """
            {"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
             "context":{"userId":"Practitioner/d","patientId":"p"},"prefetch":{\(members.joined(separator: ","))}}
            """
        let reply = try service.get().answer(service: "radiculopathy-care-plan", body: Array(body.utf8)).get()
        return try PlanOutput(reply.body)
    }

    private static let types: [RecordPart: String] = [
        .conditions: "Condition", .observations: "Observation", .medicationRequests: "MedicationRequest",
        .allergyIntolerances: "AllergyIntolerance",
    ]
}
