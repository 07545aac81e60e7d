import CDSServer
import ClinicalModel
import DecisionSupport
import Foundation
import Guidelines
import KnowledgeBase
import Testing

@Suite("Routes")
struct RoutesTests {
    static let engine = Result { Engine(knowledge: try KnowledgeBase()) }

    static func routes(_ cards: HookService.OrderSelectCards = .all) throws -> Routes {
        let hooks = HookService(engine: try engine.get(), atOrderSelect: cards, clock: { .day(Day(20_255)) })
        return Routes(hooks: hooks, version: "9.9.9")
    }

    // MARK: Refusals

    struct Refusal: CustomTestStringConvertible {
        let call: Call
        let status: Int
        let because: String
        var testDescription: String { "\(status): \(because)" }
    }

    static func post(_ body: String, to service: String = "lumbar-imaging", type: String? = "application/json") -> Call
    {
        Call("POST", "/cds-services/\(service)", contentType: type, body: Array(body.utf8))
    }

    static let refusals = [
        Refusal(call: Call("GET", "/nothing"), status: 404, because: "a path that leads nowhere"),
        Refusal(call: Call("GET", "/guideline/other"), status: 404, because: "a guideline that there is not"),
        Refusal(
            call: Call("GET", "/guideline/G46", accept: "application/json"), status: 404,
            because: "a statement that there is not"),
        Refusal(call: Call("GET", "/guideline/K99"), status: 404, because: "a card that there is not"),
        Refusal(call: Call("GET", "/guideline/A10"), status: 404, because: "half the id of a rule"),
        Refusal(
            call: Call("GET", "/guideline/A10-EARLY(x)"), status: 404, because: "a rule that has no rule inside it"),
        Refusal(
            call: Call("GET", "/guideline/A13-HINT(nothing)"), status: 404,
            because: "a rule around what is no rule"),
        Refusal(call: Call("POST", "/guideline/G01"), status: 405, because: "a statement is only read"),
        Refusal(call: post("{}", to: "radiculopathy"), status: 404, because: "a service that is not advertised"),
        Refusal(call: Call("DELETE", "/cds-services"), status: 405, because: "a method that discovery does not know"),
        Refusal(call: Call("GET", "/cds-services/lumbar-imaging"), status: 405, because: "a service called by GET"),
        Refusal(call: post(Self.request(), type: nil), status: 415, because: "no Content-Type"),
        Refusal(call: post(Self.request(), type: "text/plain"), status: 415, because: "another Content-Type"),
        Refusal(call: post(""), status: 400, because: "an empty body"),
        Refusal(call: post("<html></html>"), status: 400, because: "an HTML page"),
        Refusal(call: post(#"{"hook":"order-sign","#), status: 400, because: "a truncated body"),
        Refusal(call: post("[]"), status: 400, because: "an array"),
        Refusal(call: post(#""x""#), status: 400, because: "a string"),
        Refusal(
            call: post(String(repeating: "[", count: 20_000)), status: 400, because: "nesting that no request has"),
        Refusal(call: post(Self.request(hook: nil)), status: 400, because: "no hook"),
        Refusal(call: post(Self.request(instance: nil)), status: 400, because: "no hookInstance"),
        Refusal(call: post(Self.request(context: "null")), status: 400, because: "a context that is null"),
        Refusal(call: post(Self.request(context: #"{"patientId":7}"#)), status: 400, because: "a number as patientId"),
        Refusal(call: post(Self.request(hook: "patient-view")), status: 422, because: "a hook of another service"),
        Refusal(call: post(Self.request(hook: "order-dispatch")), status: 422, because: "a hook that is not answered"),
        Refusal(
            call: post(Self.request(patient: "p2")), status: 422,
            because: "prefetch of another patient than the context's"),
        Refusal(
            call: post(Self.request(context: #"{"userId":"Practitioner/1","patientId":"p1"}"#)), status: 412,
            because: "no draft orders at all"),
        Refusal(
            call: post(Self.request(prefetch: nil)), status: 412, because: "neither patient nor clinical data"),
        Refusal(
            call: post(Self.feedback, to: "lumbar-imaging/feedback"), status: 501, because: "feedback is not kept yet"),
        Refusal(call: post(Self.feedback, to: "nothing/feedback"), status: 404, because: "feedback on no service"),
    ]

    @Test("a refusal has its status and is an OperationOutcome", arguments: refusals)
    func refusal(_ row: Refusal) throws {
        let answer = try Self.routes().answer(row.call)
        #expect(answer.status == row.status)
        let outcome = try JSONDecoder().decode(Outcome.self, from: Data(answer.body))
        #expect(outcome.resourceType == "OperationOutcome")
        #expect(outcome.issue.allSatisfy { !$0.details.text.isEmpty })
        #expect(!outcome.issue.isEmpty)
    }

    @Test("405 names the methods that there are")
    func allow() throws {
        let answer = try Self.routes().answer(Call("PUT", "/guideline"))
        #expect(answer.headers.contains { $0.name == "Allow" && $0.value == "GET, HEAD" })
    }

    @Test("a token and a name reach neither answers nor counters", arguments: [nil, "p2"])
    func secrets(_ patient: String?) throws {
        let routes = try Self.routes()
        let authorization =
            #""fhirServer":"https://ehr.example","fhirAuthorization":{"access_token":"s3ntinel-token"},"#
        let body = "{" + authorization + Self.request(patient: patient ?? "p1").dropFirst()
        let answer = routes.answer(Self.post(body))
        let metrics = routes.answer(Call("GET", "/metrics"))
        #expect(answer.status == (patient == nil ? 200 : 422))
        for text in [answer.body, metrics.body].map({ String(decoding: $0, as: UTF8.self) }) {
            #expect(!text.contains("s3ntinel"))
            #expect(!text.contains("Quillfeather"))
        }
    }

    // MARK: Answers

    @Test("an empty draftOrders is answered with no card and no decision")
    func noDrafts() throws {
        let answer = try Self.routes().answer(Self.post(Self.request(drafts: "")))
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix(#"{"cards":[],"#))
        let decisions = try Self.decisions(of: answer)
        #expect(decisions.isEmpty)
    }

    struct OrderSelect: CustomTestStringConvertible {
        let cards: HookService.OrderSelectCards
        let hook: String
        let isEmergency: Bool
        let shown: Int
        var testDescription: String { "\(cards) at \(hook), \(isEmergency ? "emergency" : "early order"): \(shown)" }
    }

    static let narrowings = [
        OrderSelect(cards: .all, hook: "order-select", isEmergency: false, shown: 1),
        OrderSelect(cards: .critical, hook: "order-select", isEmergency: false, shown: 0),
        OrderSelect(cards: .critical, hook: "order-select", isEmergency: true, shown: 1),
        OrderSelect(cards: .none, hook: "order-select", isEmergency: true, shown: 0),
        OrderSelect(cards: .none, hook: "order-sign", isEmergency: true, shown: 1),
    ]

    @Test("cards.orderSelect narrows the cards of order-select only, never the decisions", arguments: narrowings)
    func orderSelect(_ row: OrderSelect) throws {
        let finding = row.isEmergency ? Self.saddleNumbness : nil
        let request = Self.request(hook: row.hook, finding: finding)
        let answer = try Self.routes(row.cards).answer(Self.post(request))
        #expect(answer.status == 200)
        let body = try JSONDecoder().decode(Body.self, from: Data(answer.body))
        #expect(body.cards.count == row.shown)
        #expect(body.extension.decisions.count == 1)
    }

    @Test("drugs are passed over; an emergency beside them is told once, for the patient", arguments: [true, false])
    func drugOnly(_ isEmergency: Bool) throws {
        let drug = """
            {"resource":{"resourceType":"MedicationRequest","id":"m1","status":"draft","intent":"order",\
            "subject":{"reference":"Patient/p1"},"medicationCodeableConcept":{"text":"x"}}}
            """
        let body = Self.request(drafts: drug, finding: isEmergency ? Self.saddleNumbness : nil)
        let decisions = try Self.decisions(of: try Self.routes().answer(Self.post(body)))
        #expect(decisions.map(\.card) == (isEmergency ? ["K01"] : []))
        #expect(decisions.allSatisfy { $0.order == nil })
    }

    @Test("an order of another region has a decision that says why it was not rated")
    func otherRegion() throws {
        let order = Self.order(code: #"{"text":"MRI of the knee"}"#, category: true)
        let decisions = try Self.decisions(of: try Self.routes().answer(Self.post(Self.request(drafts: order))))
        let decision = try #require(decisions.first)
        #expect(decision.rule == nil)
        #expect(decision.rating == "NA")
        #expect(decision.because?.isEmpty == false)
    }

    @Test("discovery lists each service once for each of its hooks")
    func discovery() throws {
        struct Discovery: Decodable {
            let services: [Service]
            struct Service: Decodable {
                let hook: String
                let id: String
                let title: String
                let description: String
                let prefetch: [String: String]
            }
        }
        let answer = try Self.routes().answer(Call("GET", "/cds-services"))
        let services = try JSONDecoder().decode(Discovery.self, from: Data(answer.body)).services
        #expect(
            services.map { "\($0.id) \($0.hook)" } == [
                "lumbar-imaging order-select", "lumbar-imaging order-sign", "radiculopathy-orders order-select",
                "radiculopathy-orders order-sign", "radiculopathy-red-flags patient-view",
                "radiculopathy-care-plan patient-view",
            ])
        for service in services {
            #expect(service.prefetch.count == 15)
            #expect(service.prefetch.values.allSatisfy { $0.contains("{{context.patientId}}") })
        }
    }

    struct PageRow: CustomTestStringConvertible {
        let path: String
        let accept: String?
        let type: String
        var testDescription: String { "\(path) for \(accept ?? "no Accept"): \(type)" }
    }

    static let pages = [
        PageRow(path: "/", accept: nil, type: "text/html; charset=utf-8"),
        PageRow(path: "/", accept: "application/json", type: "application/json"),
        PageRow(path: "/guideline", accept: "text/html,application/json;q=0.9", type: "text/html; charset=utf-8"),
        PageRow(path: "/guideline", accept: "application/json", type: "application/json"),
        PageRow(path: "/guideline", accept: "*/*", type: "text/html; charset=utf-8"),
        PageRow(path: "/guideline", accept: "text/html;q=0.1, application/json", type: "application/json"),
        PageRow(path: "/guideline", accept: "application/json;q=0", type: "text/html; charset=utf-8"),
        PageRow(path: "/guideline", accept: "application/json;q=0, */*", type: "text/html; charset=utf-8"),
        PageRow(path: "/guideline", accept: "*/*;q=0.1, application/fhir+json;q=0.2", type: "application/json"),
        PageRow(path: "/guideline", accept: "text/html;q=0, */*", type: "application/json"),
        PageRow(path: "/guideline", accept: "APPLICATION/JSON ; Q=1.0 ,text/*;q=0.9", type: "application/json"),
        PageRow(path: "/guideline", accept: "text/html,application/json", type: "text/html; charset=utf-8"),
        PageRow(path: "/guideline/lumbosacral-radiculopathy", accept: "application/json", type: "application/json"),
        PageRow(path: "/guideline/lumbosacral-radiculopathy", accept: nil, type: "text/html; charset=utf-8"),
        PageRow(path: "/health/live", accept: nil, type: "application/json"),
        PageRow(path: "/health/ready", accept: nil, type: "application/json"),
        PageRow(path: "/metrics", accept: nil, type: "text/plain; version=0.0.4; charset=utf-8"),
    ]

    @Test("pages are HTML or JSON as the client asks", arguments: pages)
    func page(_ row: PageRow) throws {
        let answer = try Self.routes().answer(Call("GET", row.path, accept: row.accept))
        #expect(answer.status == 200)
        #expect(answer.contentType == row.type)
        #expect(!answer.body.isEmpty)
    }

    @Test("the guideline page of a site shows what the site changes, and the digest of its decisions")
    func siteDifferences() throws {
        var numbers = Thresholds()
        numbers.imagingAfterDays = 28
        let engine = Engine(knowledge: try Self.engine.get().knowledge, thresholds: numbers)
        let difference = ConfigurationDifference(
            key: "course.imagingAfterDays", shipped: "42", inForce: "28", meaning: "days of waiting", unit: "days")
        let routes = Routes(
            hooks: HookService(engine: engine, clock: { .day(Day(20_255)) }), version: "9.9.9",
            differences: [difference])
        for _ in 1...2 {
            let answer = routes.answer(Call("GET", "/guideline", accept: "application/json"))
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(
                text.contains(
                    "\"siteDifferences\":[{\"key\":\"course.imagingAfterDays\",\"shipped\":\"42\",\"inForce\":\"28\""))
            #expect(text.contains("\"configuration\":\"\(engine.guideline.configuration)\""))
        }
    }

    struct ItemRow: CustomTestStringConvertible {
        let id: String
        let shown: String
        let holds: String
        var testDescription: String { id }
    }

    static let items = [
        ItemRow(id: "G01", shown: "G01", holds: "conservative care"),
        ItemRow(id: "G45", shown: "G45", holds: "Gap"),
        ItemRow(id: "A10-EARLY", shown: "A10-EARLY", holds: "usually not appropriate"),
        ItemRow(id: "K05", shown: "K05", holds: "overrideReasons"),
        ItemRow(id: "D-OP2", shown: "D-OP2", holds: "K27"),
        ItemRow(id: "heat-or-cold", shown: "heat-or-cold", holds: "G15"),
        ItemRow(id: "A14-UNREAD(A10-EARLY)", shown: "A14-UNREAD(x)", holds: "condition"),
        ItemRow(id: "A12-ELDERLY%28x%29", shown: "A12-ELDERLY(x)", holds: "condition"),
    ]

    @Test("a statement, a rule or a card is one object, or its place on the page", arguments: items)
    func item(_ row: ItemRow) throws {
        let routes = try Self.routes()
        let json = routes.answer(Call("GET", "/guideline/\(row.id)", accept: "application/json"))
        #expect(json.status == 200)
        #expect(json.contentType == "application/json")
        let text = String(decoding: json.body, as: UTF8.self)
        #expect(text.hasPrefix("{\"id\":\"\(row.shown)\""), "\(text)")
        #expect(text.contains(row.holds), "\(text)")
        let page = routes.answer(Call("GET", "/guideline/\(row.id)", accept: "text/html"))
        #expect(page.status == 302)
        #expect(page.headers.map { "\($0.name) \($0.value)" } == ["Location /guideline#\(row.shown)"])
        let whole = routes.answer(Call("GET", "/guideline"))
        let hasAnchor = String(decoding: whole.body, as: UTF8.self).contains("<tr id=\"\(row.shown)\">")
        #expect(hasAnchor)
    }

    // MARK: Requests

    static let feedback = #"{"feedback":[]}"#

    /// An attestation of today's date, code of the product's own input codes.
    static let saddleNumbness = """
        {"resourceType":"Observation","id":"s1","status":"final","subject":{"reference":"Patient/p1"},\
        "code":{"coding":[{"system":"https://spinehook.example/fhir/CodeSystem/lumbosacral-findings",\
        "code":"saddle-sensory-loss"}]},"effectiveDateTime":"2025-06-16","valueBoolean":true}
        """

    static func order(code: String, category: Bool = false) -> String {
        let imaging = #""category":[{"coding":[{"system":"http://snomed.info/sct","code":"363679005"}]}],"#
        return """
            {"resource":{"resourceType":"ServiceRequest","id":"o1","status":"draft","intent":"order",\
            \(category ? imaging : "")"code":\(code),"subject":{"reference":"Patient/p1"},"authoredOn":"2025-06-16",\
            "reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.32"}]}]}}
            """
    }

    static let lumbarMRI = order(code: #"{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"72148"}]}"#)

    /// A patient with 11 days of sciatica and a draft; 2025-06-16 is day 20,255.
    static func request(
        hook: String? = "order-sign", instance: String? = "db126187-87c4-4c4a-8d6b-986b0a1ff3ec",
        context: String? = nil,
        drafts: String = lumbarMRI, patient: String = "p1", finding: String? = nil, prefetch: String? = ""
    ) -> String {
        let condition = """
            {"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"onsetDateTime":"2025-06-05",\
            "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",\
            "code":"active"}]},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.32"}]}}
            """
        func bundle(_ resources: [String]) -> String {
            let entries = resources.map { "{\"resource\":\($0)}" }.joined(separator: ",")
            return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[\(entries)]}"
        }
        let empty = [
            "medicationRequests", "medicationStatements", "medicationDispenses", "procedures", "serviceRequests",
            "diagnosticReports", "imagingStudies", "devices", "allergyIntolerances", "encounters",
            "questionnaireResponses",
        ].map { "\"\($0)\":\(bundle([]))" }.joined(separator: ",")
        let name = #""name":[{"family":"Quillfeather"}]"#
        let full = """
            {"patient":{"resourceType":"Patient","id":"\(patient)",\(name),"birthDate":"1977-11-20"},\
            "conditions":\(bundle([condition])),"observations":\(bundle(finding.map { [$0] } ?? [])),\(empty)}
            """
        let order = #""userId":"Practitioner/1","patientId":"p1","selections":["ServiceRequest/o1"],"#
        let whole = "{\(order)\"draftOrders\":{\"resourceType\":\"Bundle\",\"entry\":[\(drafts)]}}"
        let members = [
            hook.map { "\"hook\":\"\($0)\"" }, instance.map { "\"hookInstance\":\"\($0)\"" },
            "\"context\":\(context ?? whole)", prefetch.map { "\"prefetch\":\($0.isEmpty ? full : $0)" },
        ]
        return "{" + members.compactMap { $0 }.joined(separator: ",") + "}"
    }

    // MARK: What comes back

    struct Outcome: Decodable {
        let resourceType: String
        let issue: [Entry]
        struct Entry: Decodable {
            let severity: String
            let code: String
            let details: Details
        }
        struct Details: Decodable {
            let text: String
        }
    }

    struct Body: Decodable {
        let cards: [Card]
        let `extension`: Extension
        struct Card: Decodable {
            let indicator: String
        }
        struct Extension: Decodable {
            let decisions: [DecisionLine]
            enum CodingKeys: String, CodingKey { case decisions = "org.spinehook.decisions" }
        }
    }

    struct DecisionLine: Decodable {
        let rule: String?
        let rating: String?
        let card: String?
        let because: String?
        let order: Order?
        struct Order: Decodable {
            let reference: String?
        }
    }

    static func decisions(of answer: Answer) throws -> [DecisionLine] {
        try JSONDecoder().decode(Body.self, from: Data(answer.body)).extension.decisions
    }
}
