import CDSHooks
import ClinicalModel
import Diagnostics
import FHIR
import JSONTree
import Testing

/// Section L of the quirks: the envelope of a CDS Hooks call.
@Suite("Hook requests")
struct HookRequestTests {
    static let order =
        #"{"resourceType":"ServiceRequest","id":"s1","status":"draft","intent":"order","subject":{"reference":"Patient/p1"}}"#
    static let second =
        #"{"resourceType":"ServiceRequest","id":"s2","status":"draft","intent":"order","subject":{"reference":"Patient/p1"}}"#
    static let drafts =
        #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":\#(order)},{"resource":\#(second)}]}"#
    static let context = #""userId":"Practitioner/x","patientId":"p1","draftOrders":\#(drafts)"#
    static let patient = #"{"resourceType":"Patient","id":"p1","birthDate":"1970-01-01"}"#

    static func request(
        hook: String = "order-sign", context: String = context, prefetch: String? = nil, _ more: String = ""
    ) -> String {
        let fetched = prefetch.map { #","prefetch":\#($0)"# } ?? ""
        return
            #"{"hook":"\#(hook)","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","context":{\#(context)}\#(fetched)\#(more)}"#
    }

    static func read(
        _ text: String, declared: Set<RecordPart> = [.patient, .conditions]
    ) throws(HookRequestError) -> HookRequest {
        guard let document = try? JSONDocument(Array(text.utf8)) else { fatalError("The test's own JSON is broken.") }
        return try HookRequestReader(terminology: .empty, declared: declared).read(document)
    }

    @Test(
        "what cannot be used is refused with a code and a place",
        arguments: [
            ("[]", "HOOK-101", "$"), (#"{"hookInstance":"x","context":{}}"#, "HOOK-102", "$.hook"),
            (#"{"hook":"order-sign","context":{}}"#, "HOOK-102", "$.hookInstance"),
            (#"{"hook":7,"hookInstance":"x","context":{}}"#, "HOOK-103", "$.hook"),
            (#"{"hook":"order-sign","hookInstance":"x"}"#, "HOOK-102", "$.context"),
            (#"{"hook":"order-sign","hookInstance":"x","context":null}"#, "HOOK-102", "$.context"),
            (#"{"hook":"order-sign","hookInstance":"x","context":[]}"#, "HOOK-103", "$.context"),
            (request(context: #""userId":"x""#), "HOOK-102", "$.context.patientId"),
            (request(context: #""patientId":"p1""#), "HOOK-106", "$.context.draftOrders"),
            (request(context: #""patientId":"p1","draftOrders":"x""#), "HOOK-103", "$.context.draftOrders"),
            (
                request(hook: "order-select", context: context + #","selections":"ServiceRequest/s1""#), "HOOK-103",
                "$.context.selections"
            ),
            (request(hook: "appointment-book"), "HOOK-105", "$.hook"),
            (request(prefetch: "[]"), "HOOK-103", "$.prefetch"),
            (
                request(prefetch: #"{"patient":{"resourceType":"Patient","id":"other"}}"#), "HOOK-107",
                "$.prefetch.patient"
            ),
            (
                #"{"hook":"order-sign","hook":"patient-view","hookInstance":"x","context":{"patientId":"p1"}}"#,
                "HOOK-104", "$.hook"
            ),
        ])
    func refused(_ text: String, _ code: String, _ path: String) {
        do throws(HookRequestError) {
            _ = try Self.read(text)
            Testing.Issue.record("was read")
        } catch {
            #expect(error.issues.map(\.code.rawValue) == [code])
            #expect(error.issues.first?.location.path == path)
            #expect(error.lacksData == (code == "HOOK-106"))
        }
    }

    @Test(
        "null, missing, failed and partial answers are not retrieved; an empty search is",
        arguments: [
            (#"{"patient":\#(patient)}"#, true), (#"{"patient":\#(patient),"conditions":null}"#, true),
            (#"{"patient":\#(patient),"conditions":{}}"#, true), (#"{"patient":\#(patient),"conditions":"x"}"#, true),
            (#"{"patient":\#(patient),"conditions":{"resourceType":"OperationOutcome"}}"#, true),
            (#"{"patient":\#(patient),"conditions":{"resourceType":"Bundle","type":"searchset","total":9}}"#, true),
            (#"{"patient":\#(patient),"conditions":{"resourceType":"Bundle","type":"searchset","total":0}}"#, false),
            (#"{"patient":\#(patient),"conditions":{"resourceType":"Bundle","type":"searchset"}}"#, false),
        ])
    func notRetrieved(_ prefetch: String, _ isMissing: Bool) throws {
        let request = try Self.read(Self.request(prefetch: prefetch))
        #expect(request.record.record.notRetrieved == (isMissing ? [.conditions] : []))
    }

    @Test("a null read of the patient is no such record; a missing key is not retrieved")
    func patientNull() throws {
        let empty = #"{"resourceType":"Bundle","type":"searchset"}"#
        let null = try Self.read(Self.request(prefetch: #"{"patient":null,"conditions":\#(empty)}"#))
        #expect(null.record.record.notRetrieved.isEmpty)
        let missing = try Self.read(Self.request(prefetch: #"{"conditions":\#(empty)}"#))
        #expect(missing.record.record.notRetrieved == [.patient])
        #expect(missing.record.record.subject == "Patient/p1")
    }

    @Test(
        "drafts: those of draftOrders, on order-select the selected ones",
        arguments: [
            (request(), ["ServiceRequest/s1", "ServiceRequest/s2"], 0),
            (
                request(hook: "order-select", context: context + #","selections":["ServiceRequest/s2"]"#),
                ["ServiceRequest/s2"], 0
            ),
            (request(hook: "order-select", context: context + #","selections":["s1"]"#), ["ServiceRequest/s1"], 0),
            (request(hook: "order-select", context: context + #","selections":["ServiceRequest/zzz"]"#), [], 1),
            (request(hook: "order-select"), ["ServiceRequest/s1", "ServiceRequest/s2"], 0),
            (request(context: #""patientId":"p1","draftOrders":\#(order)"#), ["ServiceRequest/s1"], 0),
            (request(context: #""patientId":"p1","draftOrders":[\#(order)]"#), ["ServiceRequest/s1"], 0),
            (request(context: #""patientId":"p1","draftOrders":{"resourceType":"Bundle","type":"collection"}"#), [], 0),
            (
                request(
                    prefetch:
                        #"{"serviceRequests":{"resourceType":"Bundle","type":"searchset","entry":[{"resource":\#(order)}]}}"#
                ), ["ServiceRequest/s1", "ServiceRequest/s2"], 0
            ),
        ])
    func reviewed(_ text: String, _ expected: [String], _ unknown: Int) throws {
        let request = try Self.read(text)
        #expect(request.record.drafts.map(\.reference) == expected)
        #expect(request.record.issues.filter { $0.code.rawValue == "HOOK-201" }.count == unknown)
    }

    @Test(
        "a draft without a subject is the patient's of the call, which is nothing to report",
        arguments: [
            #"{"resourceType":"ServiceRequest","status":"draft","intent":"order"}"#,
            #"{"resourceType":"MedicationRequest","status":"draft","intent":"order","medicationCodeableConcept":{"text":"x"}}"#,
        ])
    func noSubject(_ draft: String) throws {
        let request = try Self.read(Self.request(context: #""patientId":"p1","draftOrders":[\#(draft)]"#))
        #expect(request.record.drafts.count == 1)
        #expect(!request.record.issues.contains { $0.code == .fhirUnresolvedSubject })
        #expect(request.record.record.refused.isEmpty && request.record.record.unreadTexts.isEmpty)
    }

    @Test("a patient reference is taken for its id, with a warning")
    func patientReference() throws {
        let request = try Self.read(Self.request(context: #""patientId":"Patient/p1","draftOrders":\#(Self.drafts)"#))
        #expect(request.context.patientId == "p1")
        #expect(request.record.issues.contains { $0.code == .hookPatientReference })
    }

    @Test("what is about another patient is left out and counted")
    func otherPatient() throws {
        let other = Self.order.replacing("Patient/p1", with: "Patient/p2").replacing("\"s1\"", with: "\"s9\"")
        let request = try Self.read(Self.request(context: #""patientId":"p1","draftOrders":\#(other)"#))
        #expect(request.record.drafts.isEmpty)
        #expect(request.record.otherPatientsItems == 1)
    }

    @Test("the token is nowhere in what was read")
    func token() throws {
        let text = Self.request(
            prefetch: "{}", #","fhirAuthorization":{"access_token":"SENTINEL","token_type":"Bearer"}"#)
        let request = try Self.read(text)
        var said = ""
        dump(request, to: &said)
        #expect(!said.contains("SENTINEL"))
        #expect(request.record.issues.contains { $0.code == .hookAuthorizationWithoutServer })
    }
}
