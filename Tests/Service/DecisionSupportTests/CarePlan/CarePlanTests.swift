import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree
import Testing

@testable import DecisionSupport

@Suite("The conservative plan")
struct CarePlanTests {
    /// An adult with radiculopathy in week 2, nothing asked, as a decision of a rule.
    static func inScope(
        _ rule: String = "A10-EARLY", _ rating: Rating = .usuallyNotAppropriate, card: CardID = .k05, view: Bool = false
    ) -> Case {
        var the = Case(card: card, indicator: .info, rule: rule, rating: rating, isPatientView: view)
        the.results = [.adult: .met, .radiculopathy: .met, .sixWeeks: .notMet]
        the.facts.onset = "2025-06-06"
        the.facts.daysSinceOnset = 10
        return the
    }

    static func bundle(_ cases: Case...) throws -> PlanOutput {
        try PlanOutput(Case.builder.bundle(for: cases.map { $0.review() }))
    }

    static func response(_ the: Case) throws -> PlanOutput {
        try PlanOutput(Case.builder.carePlanResponse(for: the.review()).json)
    }

    // MARK: When there is a plan

    struct ScopeRow: CustomTestStringConvertible {
        let change: [CriterionID: CriterionResult]
        let reason: String?
        var testDescription: String {
            "\(change.map { "\($0.key.rawValue) \($0.value)" }.sorted()): \(reason ?? "plan")"
        }
    }

    static let scopes =
        CriterionID.redFlags.map { ScopeRow(change: [$0: .met], reason: "red-flag-met") } + [
            ScopeRow(change: [:], reason: nil),
            ScopeRow(change: Case.denied, reason: nil),
            ScopeRow(change: [.caudaEquina: .suspected], reason: nil),
            ScopeRow(change: [.adult: .notMet], reason: "under-age"),
            ScopeRow(change: [.adult: .unknown], reason: "age-unknown"),
            ScopeRow(change: [.radiculopathy: .unknown], reason: "no-radiculopathy"),
            ScopeRow(change: [.radiculopathy: .notMet], reason: "no-radiculopathy"),
            ScopeRow(change: [.radiculopathy: .suspected], reason: "no-radiculopathy"),
            ScopeRow(change: [.adult: .notMet, .progressiveDeficit: .met], reason: "red-flag-met"),
        ]

    @Test("is one card or none with its reason, and the Bundle has the plan exactly then", arguments: scopes)
    func scope(_ row: ScopeRow) throws {
        var the = Self.inScope(view: true)
        the.results.merge(row.change) { $1 }
        let response = try Self.response(the)
        #expect(response.reason == row.reason)
        #expect(response.summaries.count == (row.reason == nil ? 1 : 0))
        #expect(try Self.bundle(the).types.contains("CarePlan") == (row.reason == nil))
    }

    @Test("is none for a patient who has died, and for what was not evaluated")
    func deceased() throws {
        for (because, reason) in [(LumbosacralRadiculopathy.deceased, "deceased"), ("another region", "not-evaluated")]
        {
            var decision = Self.inScope(view: true).decision
            decision.outcome = Outcome(
                rule: nil, rating: .notEvaluated, contextClass: .undetermined, fit: nil, provisional: false, card: nil,
                indicator: nil, removeSuggestionAllowed: false)
            decision.because = because
            let response = try PlanOutput(Case.builder.carePlanResponse(for: .init(decision)).json)
            #expect(response.reason == reason && response.summaries.isEmpty)
            #expect(try PlanOutput(Case.builder.bundle(for: [.init(decision)])).types == ["OperationOutcome"])
        }
    }

    struct RuleRow: CustomTestStringConvertible {
        let rule: String
        let rating: Rating
        let card: CardID
        let hasPlan: Bool
        var testDescription: String { "\(rule) \(rating.rawValue): \(hasPlan ? "plan" : "no plan")" }
    }

    static let rules = [
        RuleRow(rule: "A10-EARLY", rating: .usuallyNotAppropriate, card: .k05, hasPlan: true),
        RuleRow(rule: "A10-NOTRIAL", rating: .usuallyNotAppropriate, card: .k06, hasPlan: true),
        RuleRow(rule: "A10-IMPROVING", rating: .usuallyNotAppropriate, card: .k08, hasPlan: true),
        RuleRow(rule: "A10-NOTCAND", rating: .usuallyNotAppropriate, card: .k10, hasPlan: true),
        RuleRow(rule: "A11-REPEAT", rating: .usuallyNotAppropriate, card: .k17, hasPlan: true),
        RuleRow(rule: "A12-ELDERLY(A10-EARLY)", rating: .mayBeAppropriate, card: .k21, hasPlan: true),
        RuleRow(rule: "A13-HINT(A10-EARLY)", rating: .mayBeAppropriate, card: .k32, hasPlan: true),
        RuleRow(rule: "A14-UNREAD(A10-EARLY)", rating: .insufficientData, card: .k33, hasPlan: false),
        RuleRow(rule: "A10-ASK-ONSET", rating: .insufficientData, card: .k12, hasPlan: false),
        RuleRow(rule: "A10-ASK-CAND", rating: .mayBeAppropriate, card: .k11, hasPlan: false),
        RuleRow(rule: "A11-REPEAT-PLANNING", rating: .mayBeAppropriate, card: .k18, hasPlan: false),
        RuleRow(rule: "A10-INDICATED", rating: .usuallyAppropriate, card: .k20, hasPlan: false),
        RuleRow(rule: "A9", rating: .usuallyAppropriate, card: .k16, hasPlan: false),
    ]

    @Test("goes with an order where conservative care is the advice, not with other ratings", arguments: rules)
    func withOrder(_ row: RuleRow) throws {
        let bundle = try Self.bundle(Self.inScope(row.rule, row.rating, card: row.card))
        #expect(bundle.types.contains("CarePlan") == row.hasPlan)
        #expect(bundle.types.contains("RequestGroup") == row.hasPlan)
    }

    @Test("creates nothing without a patient")
    func noPatient() throws {
        var decision = Self.inScope(view: true).decision
        decision.subject = nil
        let response = try PlanOutput(Case.builder.carePlanResponse(for: .init(decision)).json)
        #expect(response.summaries.count == 1 && response.suggested.isEmpty)
        #expect(try PlanOutput(Case.builder.bundle(for: [.init(decision)])).types.isEmpty)
    }

    // MARK: What it holds

    @Test("creates by suggestion the very resources of the Bundle, a suggestion for each part")
    func suggestionsAndBundle() throws {
        let the = Self.inScope(view: true)
        let suggested = try Self.response(the).suggested
        let bundled = try Self.bundle(the).parts
        #expect(suggested.map(\.id) == CarePlanPart.allCases.map(\.id))
        #expect(suggested.map(\.resource) == bundled.map(\.resource))
    }

    @Test("holds each part once beside the suggestions of a card, with two orders too")
    func noDuplicates() throws {
        var other = Self.inScope("A10-NOTRIAL", card: .k06)
        other.modality = .ctWithout
        for bundle in [try Self.bundle(Self.inScope()), try Self.bundle(Self.inScope(), other)] {
            #expect(bundle.parts.map(\.id).sorted() == CarePlanPart.allCases.map(\.id).sorted())
            #expect(bundle.types.filter { $0 == "CarePlan" || $0 == "RequestGroup" }.count == 2)
            #expect(bundle.types.filter { $0 == "Communication" }.count == 2)
            #expect(Set(bundle.fullUrls).count == bundle.fullUrls.count)
            #expect(!bundle.text.contains("null") && !bundle.text.contains(":[]"))
        }
    }

    @Test("leads from the CarePlan to the group and from the group to each part by full URLs of the Bundle")
    func references() throws {
        let bundle = try Self.bundle(Self.inScope())
        let (group, parts) = bundle.references
        #expect(group == [bundle.url(of: "RequestGroup")])
        #expect(parts.count == CarePlanPart.allCases.count && Set(parts).count == parts.count)
        #expect(parts.allSatisfy(bundle.fullUrls.contains))
    }

    @Test("names the statements of each part on its resource", arguments: CarePlanPart.allCases)
    func statements(_ part: CarePlanPart) throws {
        let resource = try #require(
            try Self.response(Self.inScope(view: true)).suggested.first { $0.id == part.id }?.resource)
        let read = try JSONDocument(Array(resource.utf8))
        let named = read.read { $0["extension"]?.elements.compactMap { $0["valueCode"]?.string } ?? [] }
        #expect(named == part.statements)
        #expect(read.read { $0["resourceType"]?.string } == part.kind.rawValue)
        #expect(read.read { $0["status"]?.string } == (part.kind == .communication ? "preparation" : "draft"))
        #expect(read.read { $0["subject"]?["reference"]?.string } == "Patient/p1")
        #expect(part.statements.allSatisfy { Statement.statement($0) != nil && $0 != "G45" })
        #expect(!part.title.isEmpty && part.title.count < 80)
    }

    @Test("carries G01 to G21 save what concerns other drugs, and never G45 (I18)")
    func coverage() throws {
        let carried = Set(CarePlanPart.allCases.flatMap(\.statements))
        let early = Set((1...21).map { $0 < 10 ? "G0\($0)" : "G\($0)" })
        #expect(early.subtracting(carried).sorted() == ["G08", "G09", "G10", "G11", "G12"])
        #expect(CarePlanPart.planStatements == carried.sorted())
        for row in Self.rules {
            #expect(try !Self.bundle(Self.inScope(row.rule, row.rating, card: row.card)).text.contains("G45"))
        }
        #expect(try !Self.response(Self.inScope(view: true)).text.contains("G45"))
    }

    @Test("never orders bed rest, and prompts for no relaxant, opioid or drug for nerve pain")
    func neverOrdered() throws {
        let all = try Self.response(Self.inScope(view: true)).suggested
        for (id, resource) in all {
            for code in ["225316001", "424410003", "Z74.01"] { #expect(!resource.contains(code), "\(id)") }
            let read = try JSONDocument(Array(resource.utf8))
            let name = read.read { ($0["code"] ?? $0["medicationCodeableConcept"])?["text"]?.string ?? "" }
            #expect(!name.lowercased().contains("rest "), "\(name)")
            for drug in ["relaxant", "opioid", "gabapentin", "pregabalin", "tricyclic", "tramadol"] {
                #expect(!resource.lowercased().contains(drug), "\(id) names \(drug)")
            }
        }
        #expect(all.filter { $0.resource.contains("MedicationRequest") }.map(\.id) == ["nsaid"])
        let advice = try #require(all.first { $0.id == "activity-advice" })
        #expect(advice.resource.contains("Bed rest is not part of the treatment"))
    }

    @Test("asks for the four parts of rehabilitation (G17)")
    func rehabilitation() throws {
        let resource = try #require(try Self.response(Self.inScope(view: true)).suggested.first?.resource)
        for part in ["(a) core stabilisation", "(b) postural training", "(c) re-activation", "(d) correction"] {
            #expect(resource.contains(part), "\(part)")
        }
    }

    @Test("leaves drug, dose and duration of an NSAID to the prescriber")
    func nonSteroidal() throws {
        let the = Self.inScope()
        let resource = try #require(try Self.bundle(the).parts.first { $0.id == "nsaid" }?.resource)
        let read = try JSONDocument(Array(resource.utf8))
        #expect(read.read { $0["intent"]?.string } == "proposal")
        #expect(read.read { $0["medicationCodeableConcept"]?["coding"] == nil && $0["dosageInstruction"] == nil })
        #expect(read.read { $0["reasonCode"]?.elements.first?["coding"]?.elements.first?["code"]?.string } == "M54.16")
    }

    @Test("withholds the NSAID, and says why on card, CarePlan and in the response", arguments: [true, false])
    func withheld(_ isTaken: Bool) throws {
        var the = Self.inScope(view: true)
        if isTaken { the.facts.nsaidTaken = "Naproxen" } else { the.facts.nsaidBlockedBecause = ["eGFR 29"] }
        let why = isTaken ? "Naproxen is taken or ordered already" : "eGFR 29"
        let response = try Self.response(the)
        #expect(response.suggested.map(\.id) == CarePlanPart.allCases.filter { $0 != .nsaid }.map(\.id))
        #expect(response.detail.contains("No NSAID is suggested, because of: \(why)."))
        #expect(!response.detail.contains("lowest effective dose") && !response.detail.contains("G07"))
        #expect(response.withheld == [why])
        let bundle = try Self.bundle(the)
        #expect(!bundle.types.contains("MedicationRequest") && !bundle.text.contains("/nsaid"))
        #expect(bundle.notes.contains { $0.contains(why) })
    }

    // MARK: The card

    @Test("names the families that nobody settled, a hint first")
    func openFamilies() throws {
        var the = Self.inScope(view: true)
        the.results[.infection] = .suspected
        the.facts.hints[.infection] = ["CRP 24 mg/L"]
        let hinted = try Self.response(the)
        #expect(hinted.summaries.first?.contains("First clarify a possible red flag: CRP 24 mg/L.") == true)
        for family in CriterionID.redFlags { #expect(hinted.detail.contains(family.title.loweringFirst)) }
        let clarify = "Clarify the possible red flag before rehabilitation starts."
        #expect(hinted.detail.contains(clarify))
        let notes = try Self.bundle(the).notes
        #expect(notes.contains(clarify) && notes.contains { $0.contains("Spinal infection (hinted at") })
        the.results[.infection] = .unknown
        #expect(try Self.response(the).summaries.first?.contains("5 of 5 red-flag groups not recorded") == true)
        #expect(try !Self.response(the).detail.contains(clarify))
        the.results.merge(Case.denied) { $1 }
        let denied = try Self.response(the)
        #expect(denied.summaries.first?.contains("No red flag documented as present.") == true)
        #expect(!denied.detail.contains("**Not documented:** cauda"))
        #expect(try Self.bundle(the).notes.allSatisfy { !$0.contains("Red flags not settled") })
    }

    @Test("is an info card of topic care-plan under 140 characters with the return advice")
    func form() throws {
        var the = Self.inScope(view: true)
        the.facts.hints[.caudaEquina] = [String(repeating: "a very long hint ", count: 40)]
        for result in [CriterionResult.suspected, .unknown, .notMet] {
            the.results[.caudaEquina] = result
            let response = try Self.response(the)
            #expect(try #require(response.summaries.first).utf16.count < 140)
            #expect(response.detail.contains("come back at once for:** trouble passing or holding urine"))
            let card = response.document.read { root -> [String?] in
                let card = root["cards"]?.elements.first
                let topic = card?["source"]?["topic"]
                return [card?["indicator"]?.string, topic?["code"]?.string, topic?["system"]?.string]
            }
            #expect(card == ["info", "care-plan", CardID.system])
        }
        let code = try ProfileAgreementTests.concepts("cards").first { $0.code == CardBuilder.carePlanCard }
        #expect(code?.display == CardBuilder.carePlanTitle)
    }

    @Test("says that surgery on record is outside the text")
    func surgery() throws {
        var the = Self.inScope("A9", .usuallyAppropriate, view: true)
        #expect(try !Self.response(the).detail.contains("Earlier lumbar surgery is on record"))
        the.results[.priorLumbarSurgery] = .met
        #expect(try Self.response(the).detail.contains("Earlier lumbar surgery is on record"))
    }

    @Test("shows no card of another service in its decision")
    func decisionWithoutCard() throws {
        let card = try Self.response(Self.inScope(view: true)).document.read { root in
            root["extension"]?["org.spinehook.decisions"]?.elements.first?["card"]?.isNull
        }
        #expect(card == true)
    }

    @Test("keeps its uuids while the facts stay, and changes them with the facts")
    func identity() throws {
        let the = Self.inScope(view: true)
        let first = try Self.response(the).uuids
        #expect(first.count == 8 && Set(first).count == 8)
        #expect(try Self.response(the).uuids == first)
        var blocked = the
        blocked.facts.nsaidBlockedBecause = ["eGFR 29"]
        var answered = the
        answered.results[.fracture] = .notMet
        for other in [blocked, answered] {
            #expect(try Set(Self.response(other).uuids).isDisjoint(with: first))
        }
    }

    // MARK: The re-check

    struct DateRow: CustomTestStringConvertible {
        let days: Int?
        var sixWeeks = CriterionResult.unknown
        var limit = 42
        let day: String
        let basis: Recheck.Basis
        var testDescription: String {
            "\(days.map { "\($0) days after the onset" } ?? "onset unknown"), six weeks \(sixWeeks): \(day)"
        }
    }

    static let dates = [
        DateRow(days: 0, sixWeeks: .notMet, day: "2025-07-28", basis: .onset),
        DateRow(days: 10, sixWeeks: .notMet, day: "2025-07-18", basis: .onset),
        DateRow(days: 41, sixWeeks: .notMet, day: "2025-06-17", basis: .onset),
        DateRow(days: 42, sixWeeks: .met, day: "2025-06-16", basis: .passed),
        DateRow(days: 400, sixWeeks: .met, day: "2025-06-16", basis: .passed),
        DateRow(days: 20, sixWeeks: .unknown, day: "2025-07-08", basis: .onset),
        DateRow(days: nil, day: "2025-07-28", basis: .unknownOnset),
        DateRow(days: nil, sixWeeks: .met, day: "2025-06-16", basis: .passed),
        DateRow(days: 42, sixWeeks: .notMet, limit: 56, day: "2025-06-30", basis: .onset),
        DateRow(days: nil, limit: 56, day: "2025-08-11", basis: .unknownOnset),
    ]

    @Test("dates the re-check by the onset, never in the past", arguments: dates)
    func recheck(_ row: DateRow) throws {
        var the = Self.inScope(view: true)
        the.facts.leastDaysSinceOnset = row.days
        if row.days == nil { the.facts.onset = nil }
        the.results[.sixWeeks] = row.sixWeeks
        var thresholds = Thresholds()
        thresholds.imagingAfterDays = row.limit
        let builder = CardBuilder(CardConfiguration(terminology: Case.terminology, thresholds: thresholds))
        let response = try PlanOutput(builder.carePlanResponse(for: the.review()).json)
        let order = try #require(response.suggested.first { $0.id == "six-week-recheck" }?.resource)
        #expect(order.contains(#""occurrenceDateTime":"\#(row.day)""#))
        #expect(Recheck(the.decision, thresholds: thresholds).basis == row.basis)
        let words =
            switch row.basis {
            case .onset: "\(row.limit / 7) weeks after the onset on record"
            case .unknownOnset: "the onset is not on record, so \(row.limit / 7) weeks are counted from 2025-06-16"
            case .passed: "Due now or at the next visit"
            }
        #expect(order.contains(words) && response.detail.contains(words))
        let bundle = try PlanOutput(builder.bundle(for: [the.review()]))
        #expect(bundle.text.contains(#""timingDateTime":"\#(row.day)""#))
        #expect(bundle.text.contains(#""period":{"start":"2025-06-16","end":"\#(row.day)"}"#))
    }
}
