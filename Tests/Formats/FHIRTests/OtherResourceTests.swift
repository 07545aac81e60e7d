import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Care that was delivered, answers to the product's questions, devices, allergies and flags.
@Suite("Other resources")
struct OtherResourceTests {
    static let exercise = #"{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"97110"}]}"#

    @Test(
        "only what is marked as done is delivered care",
        arguments: [
            (
                #""resourceType":"CarePlan","status":"active","activity":[{"detail":{"status":"completed","code":\#(exercise)}}]"#,
                [Procedure.State.completed]
            ),
            (
                #""resourceType":"CarePlan","status":"active","activity":[{"detail":{"status":"scheduled","code":\#(exercise)}}]"#,
                [.planned]
            ),
            (
                #""resourceType":"CarePlan","status":"active","activity":[{"detail":{"status":"completed","doNotPerform":true,"code":\#(exercise)}}]"#,
                []
            ),
            (
                #""resourceType":"CarePlan","status":"active","activity":[{"detail":{"status":"completed","doNotPerform":"x","code":\#(exercise)}}]"#,
                []
            ),
            (
                #""resourceType":"CarePlan","status":"revoked","activity":[{"detail":{"status":"completed","code":\#(exercise)}}]"#,
                []
            ),
            (#""resourceType":"Encounter","status":"finished","type":[\#(exercise)]"#, [.completed]),
            (#""resourceType":"Encounter","status":"planned","type":[\#(exercise)]"#, [.planned]),
            (#""resourceType":"Encounter","status":"cancelled","type":[\#(exercise)]"#, []),
            (#""resourceType":"Communication","status":"completed","topic":\#(exercise)"#, [.completed]),
            (#""resourceType":"Communication","status":"not-done","topic":\#(exercise)"#, [.notDone]),
        ])
    func care(_ members: String, _ states: [Procedure.State]) throws {
        let record = try #require(Self.record(#"\#(members),\#(Small.subject)"#))
        #expect(record.record.procedures.map(\.state) == states)
    }

    static func record(_ resource: String) -> PatientRecord? {
        RecordReader(terminology: CorpusFolder.terminology).read(Array(Small.bundle(resource).utf8)).records.first
    }

    @Test(
        "answers to the product's questions are observations",
        arguments: [
            (#"{"linkId":"saddle-sensory-loss","answer":[{"valueBoolean":false}]}"#, "boolean false"),
            (
                #"{"linkId":"q1","definition":"https://spinehook.example/fhir/CodeSystem/lumbosacral-findings#fever-or-chills","answer":[{"valueBoolean":true}]}"#,
                "boolean true"
            ),
            (
                #"{"linkId":"g","item":[{"linkId":"saddle-sensory-loss","answer":[{"valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v2-0136","code":"Y"}}]}]}"#,
                "boolean true"
            ),
            (
                #"{"linkId":"flags","answer":[{"valueCoding":{"system":"https://spinehook.example/fhir/CodeSystem/lumbosacral-findings","code":"personal-cancer"}}]}"#,
                "boolean true"
            ),
            (
                #"{"linkId":"anal-tone","answer":[{"valueCoding":{"system":"https://spinehook.example/fhir/CodeSystem/lumbosacral-findings","code":"reduced"}}]}"#,
                "concepts"
            ),
            (
                #"{"linkId":"pvr-ml","answer":[{"valueQuantity":{"value":250,"system":"http://unitsofmeasure.org","code":"mL"}}]}"#,
                "quantity 250 mL none"
            ),
            (#"{"linkId":"something-else","answer":[{"valueBoolean":true}]}"#, nil),
        ] as [(String, String?)])
    func answers(_ item: String, _ value: String?) throws {
        let record = try #require(
            Self.record(
                #""resourceType":"QuestionnaireResponse","status":"completed",\#(Small.subject),"authored":"2026-11-01","item":[\#(item)]"#
            ))
        #expect(record.record.observations.first.map(ObservationTests.words) == value)
        #expect(record.record.observations.allSatisfy { $0.effective?.literal == "2026-11-01" })
    }

    @Test(
        "an item means what the questionnaire says that its response names",
        arguments: [
            ("https://spinehook.example/fhir/Questionnaire/red-flags-and-course", true),
            ("https://spinehook.example/fhir/Questionnaire/red-flags-and-course|1.0.0", true),
            ("https://ehr.example/fhir/Questionnaire/red-flags-and-course", true), (nil, true),
            ("https://ehr.example/fhir/Questionnaire/family-history", false),
            ("https://ehr.example/fhir/Questionnaire/family-history|red-flags-and-course", false),
        ] as [(String?, Bool)])
    func questionnaire(_ canonical: String?, _ isRead: Bool) throws {
        let named = canonical.map { #""questionnaire":"\#($0)","# } ?? ""
        let record = try #require(
            Self.record(
                #""resourceType":"QuestionnaireResponse",\#(named)"status":"completed",\#(Small.subject),"item":[{"linkId":"personal-cancer","answer":[{"valueBoolean":false}]}]"#
            ))
        #expect(record.record.observations.isEmpty == !isRead)
    }

    @Test("answers that are not given count for nothing", arguments: ["in-progress", "entered-in-error", "stopped"])
    func unfinished(_ status: String) throws {
        let record = try #require(
            Self.record(
                #""resourceType":"QuestionnaireResponse","status":"\#(status)",\#(Small.subject),"item":[{"linkId":"saddle-sensory-loss","answer":[{"valueBoolean":true}]}]"#
            ))
        #expect(record.record.observations.isEmpty)
    }

    @Test(
        "what came of a goal about pain is the response to care",
        arguments: [
            ("improving", "improved"), ("no-progress", "not-improved"), ("worsening", "worse"), ("in-progress", nil),
        ] as [(String, String?)])
    func goal(_ achievement: String, _ response: String?) throws {
        let members =
            #""resourceType":"Goal","lifecycleStatus":"active","achievementStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/goal-achievement","code":"\#(achievement)"}]},"description":{"text":"x"},"target":[{"measure":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]}}]"#
        let record = try #require(Self.record(#"\#(members),\#(Small.subject)"#))
        var answer: String?
        if case .concepts(let concepts)? = record.record.observations.first?.value { answer = concepts.first?.finding }
        #expect(answer == response)
    }

    @Test(
        "devices in use keep their safety",
        arguments: [("active", 1), ("inactive", 0), ("entered-in-error", 0)])
    func device(_ status: String, _ count: Int) throws {
        let members =
            #""resourceType":"Device","status":"\#(status)","patient":{"reference":"Patient/p1"},"udiCarrier":[{"deviceIdentifier":"1"}],"safety":[{"coding":[{"system":"urn:oid:2.16.840.1.113883.3.26.1.1","code":"C106047"}]}]"#
        let record = try #require(Self.record(members))
        #expect(record.record.devices.count == count)
        if let device = record.record.devices.first {
            #expect(device.isImplant == .unknown, "a carrier of an identifier is no implant by itself")
            #expect(device.safety.contains { $0.isMember(of: .deviceMRSafety) })
        }
    }

    @Test("an injury as the reason of an encounter is dated by it, a disease is not the patient's by it")
    func injury() throws {
        let injury = Self.record(
            #""resourceType":"Encounter","status":"finished","period":{"start":"2026-11-01"},\#(Small.subject),"reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"S32.010A"}]}]"#
        )
        #expect(injury?.record.conditions.map { $0.onset?.literal } == ["2026-11-01"])
        let disease = Self.record(
            #""resourceType":"Encounter","status":"finished",\#(Small.subject),"reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"C50.911"}]}]"#
        )
        #expect(disease?.record.conditions.isEmpty == true)
    }

    @Test(
        "a study is read from modality and site, an unfinished one is none",
        arguments: [("available", 1), ("registered", 0), ("cancelled", 0), ("entered-in-error", 0)])
    func study(_ status: String, _ count: Int) throws {
        let members =
            #""resourceType":"ImagingStudy","status":"\#(status)","started":"2023-03-11","modality":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"MR"}],"series":[{"uid":"1","modality":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"MR"},"bodySite":{"system":"http://snomed.info/sct","code":"122496007"}}]"#
        let record = try #require(Self.record(#"\#(members),\#(Small.subject)"#))
        #expect(record.record.examinations.count == count)
        if let examination = record.record.examinations.first {
            #expect(examination.test?.modality == .mriWithout)
            #expect(examination.bodySites == [.lumbarOrSacral])
        }
    }

    @Test(
        "an order without a readable subject is said, not lost",
        arguments: [
            #""resourceType":"ServiceRequest",\#(Small.mri),"subject":{"display":"Doe"}"#,
            #""resourceType":"MedicationRequest",\#(Small.ibuprofen),"subject":{"display":"Doe"}"#,
            #""resourceType":"MedicationRequest",\#(Small.ibuprofen)"#,
        ])
    func orphan(_ members: String) throws {
        let record = try #require(Self.record(#"\#(members),"status":"draft","intent":"order""#))
        #expect(record.drafts.isEmpty)
        #expect(record.passedOver == [.refused: 1])
        #expect(record.issues.contains { $0.code == .fhirUnresolvedSubject })
    }
}
