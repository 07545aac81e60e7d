import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Section F of the quirks: orders, examinations and procedures.
@Suite("Orders, procedures and examinations")
struct OrderTests {
    static func order(_ members: String) -> String {
        #""resourceType":"ServiceRequest","id":"s1",\#(Small.mri),\#(Small.subject),\#(members)"#
    }

    @Test(
        "drafts are reviewed, the rest is counted or a fact",
        arguments: [
            (#""status":"draft","intent":"order""#, 1, nil), (#""status":"draft","intent":"proposal""#, 1, nil),
            (#""status":"draft","intent":"order","doNotPerform":true"#, 0, .doNotPerform),
            (#""status":"draft","intent":"order","doNotPerform":"no""#, 0, .refused),
            (#""status":"active","intent":"order""#, 0, nil), (#""status":"revoked","intent":"order""#, 0, nil),
            (#""status":"draft","intent":"order","modifierExtension":[{"url":"http://example.org/x"}]"#, 0, .refused),
        ] as [(String, Int, PassedOver?)])
    func drafts(_ members: String, _ count: Int, _ passedOver: PassedOver?) throws {
        let record = try #require(Small.record(Self.order(members)))
        #expect(record.drafts.count == count)
        #expect(Array(record.passedOver.keys) == [passedOver].compactMap { $0 })
    }

    @Test(
        "the specialty of who asks comes with the draft, where the PractitionerRole is here",
        arguments: [
            (#""id":"r1""#, "PractitionerRole/r1", true, "a role in the Bundle"),
            (#""id":"r1","active":false"#, "PractitionerRole/r1", false, "a role that has ended"),
            (#""id":"r2""#, "PractitionerRole/r1", false, "a role of somebody else"),
            (#""id":"r1""#, "Practitioner/r1", false, "a person without a role"),
        ])
    func specialty(_ role: String, _ requester: String, _ isKnown: Bool, _ because: String) throws {
        let record = try #require(
            Small.read(
                #"""
                {"resourceType":"Bundle","type":"collection","entry":[
                {"resource":{\#(Self.order(#""status":"draft","intent":"order","requester":{"reference":"\#(requester)"}"#))}},
                {"resource":{"resourceType":"PractitionerRole",\#(role),"specialty":[{"coding":[
                {"system":"http://nucc.org/provider-taxonomy","code":"207T00000X"}]}]}}]}
                """#
            ).records.first)
        let order = try #require(record.record.serviceRequests.first)
        let known = [Code(system: "http://nucc.org/provider-taxonomy", code: "207T00000X")]
        #expect(order.requesterSpecialties == (isKnown ? known : []), "\(because)")
    }

    @Test("a draft comes back byte for byte")
    func bytes() throws {
        let text =
            #"{"resourceType":"ServiceRequest","id":"s1","status":"draft","x_local": 1.50,"intent":"order",\#(Small.mri),\#(Small.subject)}"#
        let bundle = #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":\#(text)}]}"#
        let draft = try #require(Small.read(bundle).records.first?.drafts.first)
        #expect(String(decoding: draft.resource, as: UTF8.self) == text)
        #expect(draft.reference == "ServiceRequest/s1")
        #expect(draft.provenance.at == "$.entry[0].resource")
    }

    @Test(
        "reasons keep the standing of what they point at",
        arguments: [
            ("confirmed", [Certainty.confirmed], false), ("refuted", [.refuted], false),
            ("provisional", [.suspected], false), ("entered-in-error", [], true),
        ])
    func reasons(_ verification: String, _ expected: [Certainty], _ isText: Bool) throws {
        let condition =
            #""resourceType":"Condition","id":"c1",\#(Small.cancer),\#(Small.subject),\#(ConditionTests.verification(verification))"#
        let request = Self.order(#""status":"draft","intent":"order","reasonReference":[{"reference":"Condition/c1"}]"#)
        let record = try #require(Small.record(condition, request))
        let order = try #require(record.record.serviceRequests.first)
        #expect(order.reasons.map(\.certainty) == expected)
        #expect(order.hasReasonText == isText)
    }

    @Test(
        "an order that no code maps is imaging by its category, its section of CPT, or when only text says what it is",
        arguments: [
            (#""code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"72141"}]}"#, true),
            (#""code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"80048"}]}"#, false),
            (#""code":{"text":"MRI L-spine"}"#, true),
            (
                #""code":{"text":"CBC"},"category":[{"coding":[{"system":"http://snomed.info/sct","code":"108252007"}]}]"#,
                false
            ),
            (
                #""code":{"text":"MRI"},"category":[{"coding":[{"system":"http://snomed.info/sct","code":"363679005"}]}]"#,
                true
            ),
        ])
    func unmapped(_ code: String, _ isImaging: Bool) throws {
        let members = #""resourceType":"ServiceRequest","id":"s1","status":"draft","intent":"order""#
        let record = try #require(Small.record("\(members),\(code),\(Small.subject)"))
        #expect(record.record.serviceRequests.first?.looksLikeImaging == isImaging)
    }

    @Test("a reason as text is said, not read")
    func textReason() throws {
        let record = try #require(
            Small.record(Self.order(#""status":"draft","intent":"order","reasonCode":[{"text":"cancer?"}]"#)))
        let order = try #require(record.record.serviceRequests.first)
        #expect(order.reasons.isEmpty && order.hasReasonText)
    }

    @Test(
        "the encounter gives the setting",
        arguments: [
            ("EMER", ServiceRequest.Setting.emergency), ("IMP", .inpatient), ("AMB", .other), ("XYZ", .notStated),
        ])
    func setting(_ code: String, _ expected: ServiceRequest.Setting) throws {
        let encounter =
            #""resourceType":"Encounter","id":"e1","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"\#(code)"},\#(Small.subject)"#
        let record = try #require(
            Small.record(
                encounter, Self.order(#""status":"draft","intent":"order","encounter":{"reference":"Encounter/e1"}"#)))
        #expect(record.record.serviceRequests.first?.setting == expected)
    }

    @Test(
        "only what was done is an examination",
        arguments: [
            (#""resourceType":"Procedure","status":"completed""#, 1, [Procedure.State.completed]),
            (#""resourceType":"Procedure","status":"not-done""#, 0, [.notDone]),
            (#""resourceType":"Procedure","status":"preparation""#, 0, [.planned]),
            (#""resourceType":"Procedure","status":"in-progress""#, 0, [.undecided]),
            (#""resourceType":"Procedure","status":"entered-in-error""#, 0, []),
            (#""resourceType":"Procedure","status":"completed","notDone":true"#, 0, []),
            (#""resourceType":"Procedure","status":"done""#, 0, []),
            (#""resourceType":"DiagnosticReport","status":"final""#, 1, []),
            (#""resourceType":"DiagnosticReport","status":"registered""#, 0, []),
            (#""resourceType":"ServiceRequest","status":"completed","intent":"order""#, 0, []),
        ])
    func examinations(_ members: String, _ count: Int, _ states: [Procedure.State]) throws {
        let record = try #require(Small.record(#"\#(members),\#(Small.mri),\#(Small.subject)"#))
        #expect(record.record.examinations.count == count)
        #expect(record.record.procedures.map(\.state) == states)
    }

    @Test("findings dated after the evaluation day are reported and kept")
    func future() throws {
        let text = Small.bundle(
            #""resourceType":"Procedure","status":"completed",\#(Small.mri),\#(Small.subject),"performedDateTime":"2027-01-01""#
        )
        let record = try #require(Small.read(text, asOf: Day(year: 2026, month: 11, day: 20)).records.first)
        #expect(record.record.examinations.count == 1)
        #expect(record.issues.contains { $0.code == .fhirImpossibleDate })
    }
}
