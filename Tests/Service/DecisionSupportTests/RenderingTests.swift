import CDSHooks
import ClinicalModel
import DecisionSupport
import Diagnostics
import Guidelines
import JSONTree
import Testing

@Suite("Decisions, responses and Bundles as JSON")
struct RenderingTests {
    static let critical = Case(
        card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
        results: [.caudaEquina: .met])

    @Test("writes a decision with the members of the contract, in its order")
    func decision() throws {
        var decision = Self.critical.decision
        decision.source = "D03.json"
        let names = JSONValue.names(of: decision.json)
        #expect(
            names == [
                "guideline", "guidelineVersion", "asOf", "source", "subject", "order", "slot", "rule", "rating", "fit",
                "provisional", "card", "indicator", "removeSuggestionAllowed", "presentingFlags", "criteria",
                "statements",
                "issues", "configuration",
            ])
        #expect(
            JSONValue.names(of: try #require(decision.json["order"])) == ["reference", "at", "modality", "priority"])
        #expect(decision.json["order"]?["modality"] == "MRI-WO")
        #expect(decision.json["asOf"] == "2025-06-16")
        guard case .array(let criteria)? = decision.json["criteria"] else {
            Testing.Issue.record("criteria is no array")
            return
        }
        #expect(criteria.map { $0["id"] } == CriterionID.imaging.map { .string($0.rawValue) })
        #expect(JSONValue.names(of: criteria[2]) == ["id", "result", "evidence"])
        #expect(JSONValue.names(of: criteria[3]) == ["id", "result", "missing"])
    }

    @Test("writes null where a member does not apply, and why an order was not evaluated")
    func nulls() {
        var decision = Self.critical.decision
        decision.order = nil
        decision.outcome = Outcome(
            rule: nil, rating: .notEvaluated, contextClass: .undetermined, fit: nil, provisional: false, card: nil,
            indicator: nil, removeSuggestionAllowed: false)
        decision.because = "another region"
        for name in ["order", "rule", "fit", "card", "indicator"] { #expect(decision.json[name] == .null, "\(name)") }
        #expect(decision.json["because"] == "another region")
        #expect(decision.json["source"] == nil)
    }

    @Test("answers with cards and every decision, the silent ones too")
    func response() {
        var silent = Self.critical.decision
        silent.outcome = Outcome(
            rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency, fit: .preferred, provisional: false,
            card: nil, indicator: nil, removeSuggestionAllowed: false)
        let json = Case.builder.response(for: [.init(silent)]).json
        #expect(json["cards"] == .array([]))
        #expect(json["extension"]?["org.spinehook.decisions"] == .array([silent.json]))
        #expect(json["extension"]?["org.spinehook.passedOver"] == nil)
    }

    @Test("counts the drafts without a decision, by why")
    func passedOver() {
        let json = Case.builder.response(for: [], passedOver: ["not selected": 2, "entered in error": 1]).json
        #expect(
            json["extension"]?["org.spinehook.passedOver"]
                == [["reason": "entered in error", "count": 1], ["reason": "not selected", "count": 2]])
    }

    @Test("leaves empty lists out of a card")
    func noEmptyArrays() throws {
        for row in CardTableTests.rows {
            let card = try #require(row.the.card()?.card)
            let text = String(decoding: card.json.encoded(), as: UTF8.self)
            #expect(!text.contains(":[]") && !text.contains("null"), "\(text)")
            #expect((card.json["selectionBehavior"] == nil) == card.suggestions.isEmpty)
        }
    }

    @Test("makes a Bundle of the rated order, the recommended requests and what was not understood")
    func bundle() throws {
        var decision = Self.critical.decision
        decision.issues = [
            Diagnostics.Issue(
                IssueCode(rawValue: "FHIR-204"), .error, at: SourceLocation(path: "$.entry[2].resource.onsetDateTime"),
                expected: "a date", found: "8 characters")
        ]
        let json = Case.builder.bundle(for: [.init(decision, draft: Case.draft)])
        let document = try JSONDocument(json.encoded())
        let types = document.read { $0["entry"]?.elements.map { $0["resource"]?["resourceType"]?.string ?? "" } }
        #expect(types == ["ServiceRequest", "ServiceRequest", "OperationOutcome"])
        let rating = document.read { root -> String? in
            let order = root["entry"]?.elements.first?["resource"]
            return order?["extension"]?.elements.first?["valueCodeableConcept"]?["coding"]?.elements.first?["code"]?
                .string
        }
        #expect(rating == "UA")
        let urls = document.read { $0["entry"]?.elements.compactMap { $0["fullUrl"]?.string } } ?? []
        #expect(Set(urls).count == 3 && urls.allSatisfy { $0.hasPrefix("urn:uuid:") && $0.count == 45 })
        #expect(json == Case.builder.bundle(for: [.init(decision, draft: Case.draft)]))
    }

    @Test("keeps the URL that others know the rated order by")
    func fullUrl() throws {
        let url = "https://ehr.example/fhir/ServiceRequest/o1"
        let review = CardBuilder.Review(Self.critical.decision, draft: Case.draft, fullUrl: url)
        let document = try JSONDocument(Case.builder.bundle(for: [review]).encoded())
        let first = document.read { $0["entry"]?.elements.first?["fullUrl"]?.string }
        #expect(first == url)
    }

    @Test("keeps answers to questions out of the Bundle, and writes no empty list")
    func bundleWithoutRecommendation() throws {
        let question = Case(card: .k11, indicator: .info, rule: "A10-ASK-CAND", rating: .mayBeAppropriate)
        let text = String(decoding: Case.builder.bundle(for: [question.review()]).encoded(), as: UTF8.self)
        #expect(!text.contains("Observation") && !text.contains("null"))
        #expect(Case.builder.bundle(for: []) == ["resourceType": "Bundle", "type": "collection"])
    }
}

extension JSONValue {
    static func names(of value: JSONValue) -> [String] {
        guard case .object(let members) = value else { return [] }
        return members.map(\.name)
    }
}
