import CDSServer
import Foundation
import Testing

/// An order that cannot be read never ends as an answer with nothing in it.
@Suite("Drafts that cannot be read")
struct UnreadableDraftTests {
    struct Row: CustomTestStringConvertible {
        let entry: String
        let because: String
        var testDescription: String { because }
    }

    private static func order(_ members: String, subject: String = "Patient/p1") -> String {
        #"{"resource":{"resourceType":"ServiceRequest","id":"o1",\#(members),"subject":{"reference":"\#(subject)"},"code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"72148"}]}}}"#
    }

    static let rows = [
        Row(entry: "null", because: "an entry that is null"),
        Row(entry: #"{"fullUrl":"urn:uuid:1"}"#, because: "an entry without a resource"),
        Row(
            entry: #"{"resourceType":"ServiceRequest","status":"draft"}"#,
            because: "a resource in the place of its entry"),
        Row(entry: #"{"resource":{"resourceType":"OperationOutcome","issue":[]}}"#, because: "an OperationOutcome"),
        Row(entry: #"{"resource":{"id":"o1"}}"#, because: "no resourceType"),
        Row(entry: #"{"resource":{"resourceType":"Srevice"}}"#, because: "an unknown type"),
        Row(entry: order(#""status":7,"intent":"order""#), because: "a status of the wrong type"),
        Row(entry: order(#""status":"draft","status":"active","intent":"order""#), because: "a status twice"),
        Row(
            entry: order(#""status":"draft","intent":"order","doNotPerform":"true""#),
            because: "a modifier of the wrong type"),
        Row(
            entry: order(#""status":"draft","intent":"order","modifierExtension":[{"url":"http://example.org/x"}]"#),
            because: "an unknown modifier extension"),
        Row(
            entry: order(#""status":"draft","intent":"order""#, subject: "Patient/other"),
            because: "an order of another patient"),
    ]

    @Test("alone it is refused with 412 and the reason", arguments: rows)
    func refused(_ row: Row) throws {
        let answer = try RoutesTests.routes().answer(RoutesTests.post(RoutesTests.request(drafts: row.entry)))
        #expect(answer.status == 412)
        let outcome = try JSONDecoder().decode(RoutesTests.Outcome.self, from: Data(answer.body))
        #expect(outcome.issue.count > 1, "the issue behind it is named")
    }

    @Test("beside an emergency the patient is spoken of, and the draft too", arguments: rows)
    func emergency(_ row: Row) throws {
        let body = RoutesTests.request(drafts: row.entry, finding: RoutesTests.saddleNumbness)
        let answer = try RoutesTests.routes().answer(RoutesTests.post(body))
        #expect(answer.status == 200)
        let decisions = try RoutesTests.decisions(of: answer)
        #expect(decisions.contains { $0.card == "K01" && $0.order == nil })
        #expect(decisions.contains { $0.rule == nil && $0.because?.contains("could not be read") == true })
    }

    @Test("beside a readable order it has a decision that says why")
    func beside() throws {
        let drafts = RoutesTests.lumbarMRI + "," + (Self.rows.last?.entry ?? "")
        let decisions = try RoutesTests.decisions(
            of: try RoutesTests.routes().answer(RoutesTests.post(RoutesTests.request(drafts: drafts))))
        #expect(decisions.map(\.rule) == ["A10-EARLY", nil])
    }

    @Test(
        "draftOrders of another shape are refused",
        arguments: [("[]", 400), ("{}", 412), (#""x""#, 400), (#"{"resourceType":"OperationOutcome"}"#, 412)])
    func shape(_ drafts: String, _ status: Int) throws {
        let context = #"{"userId":"Practitioner/1","patientId":"p1","draftOrders":\#(drafts)}"#
        let answer = try RoutesTests.routes().answer(RoutesTests.post(RoutesTests.request(context: context)))
        #expect(answer.status == status)
    }

    @Test(
        "an emergency is told beside drafts that are passed over",
        arguments: [#""status":"draft","doNotPerform":true"#, #""status":"completed""#, #""status":"on-hold""#])
    func passedOver(_ members: String) throws {
        let body = RoutesTests.request(
            drafts: Self.order(#"\#(members),"intent":"order""#), finding: RoutesTests.saddleNumbness)
        let decisions = try RoutesTests.decisions(of: try RoutesTests.routes().answer(RoutesTests.post(body)))
        #expect(decisions.map(\.card) == ["K01"])
    }

    @Test("selections that select nothing are said, and hide no emergency", arguments: [true, false])
    func selections(_ isEmergency: Bool) throws {
        let request = RoutesTests.request(
            hook: "order-select", finding: isEmergency ? RoutesTests.saddleNumbness : nil
        ).replacing("ServiceRequest/o1", with: "ServiceRequest/none")
        let answer = try RoutesTests.routes().answer(RoutesTests.post(request))
        #expect(try RoutesTests.decisions(of: answer).map(\.card) == (isEmergency ? ["K01"] : []))
        #expect(String(decoding: answer.body, as: UTF8.self).contains("HOOK-201"))
    }
}
