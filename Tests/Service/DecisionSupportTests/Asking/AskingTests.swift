import ClinicalModel
import Foundation
import Guidelines
import Testing

/// Fire, accept what the card offers to record, fire again.
@Suite("Asking for what is missing")
struct AskingTests {
    /// The screen of ruling R2, with the rule that a "yes" leads to.
    static let screen: [(code: String, rule: String, card: String)] = [
        ("saddle-sensory-loss", "A1", "K01"), ("bladder-dysfunction-new", "A1", "K01"),
        ("bowel-dysfunction-new", "A1", "K01"), ("bilateral-leg-weakness", "A1", "K01"),
        ("leg-weakness-worsening", "A2", "K02"), ("fever-or-chills", "A5", "K03"), ("immunosuppression", "A5", ""),
        ("iv-drug-use", "A5", ""), ("personal-cancer", "A5", ""), ("unexplained-weight-loss", "A5", "K03"),
        ("significant-trauma-recent", "A6", "K04"), ("osteoporosis-or-fragility-fracture", "A6", ""),
        ("long-term-systemic-steroids", "A6", ""),
    ]

    @Test("One click makes a provisional rating firm, and the order may be removed")
    func firm() throws {
        var visit = try Visit("d02-nothing-asked")
        let first = try visit.fire()
        #expect(try first.decision.outcome.provisional)
        #expect(try !first.decision.outcome.removeSuggestionAllowed)
        let none = try #require(first.noRedFlag)
        #expect(none["label"] as? String == "None of the 13 open red-flag questions applies: record no to each")
        #expect(Fired.answers(of: none).map(\.code) == Self.screen.map(\.code))
        visit.accept(none)
        let second = try visit.fire()
        #expect(try second.rule == first.rule)
        #expect(try second.decision.outcome.rating == .usuallyNotAppropriate)
        #expect(try !second.decision.outcome.provisional)
        #expect(try second.decision.outcome.removeSuggestionAllowed)
        #expect(second.labels == ["Refer to rehabilitation", "Give patient education", "Remove this imaging order"])
        #expect(try CriterionID.redFlags.allSatisfy { try second.decision.criterion($0).result == .notMet })
        #expect(Set(first.names).isDisjoint(with: second.names))
    }

    @Test("An answer is a final Observation of the day, about the patient and encounter of the order")
    func resource() throws {
        var visit = try Visit("d02-nothing-asked")
        visit.set(
            "Encounter/e1", at: "context", "draftOrders", "entry", "0", "resource", "encounter", "reference")
        let fired = try visit.fire()
        let none = try #require(fired.noRedFlag)
        let actions = try #require(none["actions"] as? [Visit.Resource])
        for action in actions {
            let resource = try #require(action["resource"] as? Visit.Resource)
            #expect(action["type"] as? String == "create")
            #expect((action["description"] as? String)?.hasPrefix("Record the answer no: ") == true)
            #expect(resource["status"] as? String == "final")
            #expect(resource["effectiveDateTime"] as? String == "2025-06-16")
            #expect((resource["subject"] as? Visit.Resource)?["reference"] as? String == "Patient/d02")
            #expect((resource["encounter"] as? Visit.Resource)?["reference"] as? String == "Encounter/e1")
            #expect(resource["id"] == nil)
            let coding = ((resource["code"] as? Visit.Resource)?["coding"] as? [Visit.Resource])?.first
            #expect(coding?["system"] as? String == CodeSystem.findings)
            #expect((coding?["display"] as? String)?.isEmpty == false)
        }
        let answers = fired.suggestions.filter { !Fired.answers(of: $0).isEmpty }
        #expect(answers.count == 1 + Self.screen.count)
        #expect(answers.allSatisfy { $0["isRecommended"] == nil })
        #expect(fired.cards.first?["selectionBehavior"] as? String == "any")
    }

    @Test("An encounter inside the order is not taken along")
    func containedEncounter() throws {
        var visit = try Visit("d02-nothing-asked")
        visit.set("#visit", at: "context", "draftOrders", "entry", "0", "resource", "encounter", "reference")
        let none = try #require(try visit.fire().noRedFlag)
        let resource = (none["actions"] as? [Visit.Resource])?.first?["resource"] as? Visit.Resource
        #expect(resource != nil && resource?["encounter"] == nil)
    }

    @Test("A yes to one question changes the rule", arguments: screen)
    func yes(_ row: (code: String, rule: String, card: String)) throws {
        var visit = try Visit("d02-nothing-asked")
        let first = try visit.fire()
        let offer = try #require(
            first.suggestions.first { suggestion in
                Fired.answers(of: suggestion).map { "\($0.code) \($0.value)" } == ["\(row.code) true"]
            })
        #expect((offer["label"] as? String)?.hasPrefix("Yes: ") == true)
        visit.accept(offer)
        let second = try visit.fire()
        #expect(try second.rule == row.rule)
        #expect(try (second.card ?? "") == row.card)
        #expect(second.noRedFlag == nil)
        // On one day a yes wins, also when both offers are accepted.
        visit.accept(try #require(first.noRedFlag))
        #expect(try visit.fire().rule == row.rule)
    }

    @Test("No is offered for exactly the unanswered questions", arguments: screen.map(\.code))
    func unanswered(_ code: String) throws {
        var visit = try Visit("d02-nothing-asked")
        visit.answer(code, false)
        let fired = try visit.fire()
        let none = try #require(fired.noRedFlag)
        #expect(Fired.answers(of: none).map(\.code) == Self.screen.map(\.code).filter { $0 != code })
        visit.accept(none)
        #expect(try !visit.fire().decision.outcome.provisional)
    }

    @Test("The last open question is named")
    func lastQuestion() throws {
        var visit = try Visit("d02-nothing-asked")
        for row in Self.screen.dropLast() { visit.answer(row.code, false) }
        let none = try #require(try visit.fire().noRedFlag)
        #expect(none["label"] as? String == "No: Systemic steroids for 90 days or more within a year")
    }

    struct Doubt: Sendable, CustomTestStringConvertible {
        let because: String
        /// What is on record: a question with its answer, `true` or a text, and the day.
        let answer: (code: String, value: String, day: String)
        /// Questions that must not be answered by the one click.
        let excluded: Set<String>
        var testDescription: String { because }
        var isBoolean: Bool { answer.value == "true" }
    }

    static let caudaEquina: Set<String> = [
        "saddle-sensory-loss", "bladder-dysfunction-new", "bowel-dysfunction-new", "bilateral-leg-weakness",
    ]
    static let infection: Set<String> = ["fever-or-chills", "immunosuppression", "iv-drug-use"]

    static let doubts = [
        Doubt(
            because: "a hint of cauda equina", answer: ("bilateral-sciatica", "true", "2025-06-12"),
            excluded: caudaEquina),
        Doubt(because: "a hint of infection", answer: ("iv-drug-use", "true", "2023-01-10"), excluded: infection),
        Doubt(
            because: "an answer that could not be read", answer: ("saddle-sensory-loss", "maybe", "2025-06-16"),
            excluded: caudaEquina),
        Doubt(
            because: "an answer on the bladder that could not be read",
            answer: ("bladder-dysfunction-new", "a little", "2025-06-16"), excluded: caudaEquina),
    ]

    @Test("No is never offered against what is on record", arguments: doubts)
    func doubt(_ row: Doubt) throws {
        var visit = try Visit("d02-nothing-asked")
        if row.isBoolean {
            visit.answer(row.answer.code, true, on: row.answer.day)
        } else {
            visit.answer(row.answer.code, row.answer.value, type: "valueString", on: row.answer.day)
        }
        let fired = try visit.fire()
        let none = try #require(fired.noRedFlag)
        #expect(Fired.answers(of: none).map(\.code) == Self.screen.map(\.code).filter { !row.excluded.contains($0) })
        let yes = fired.suggestions.flatMap(Fired.answers).filter { $0.value == "true" }.map(\.code)
        #expect(row.excluded.isSubset(of: yes))
        visit.accept(none)
        for code in row.excluded { visit.answer(code, false) }
        let family: CriterionID = row.excluded == Self.infection ? .infection : .caudaEquina
        #expect(try visit.fire().decision.criterion(family).result != .notMet, "the screen does not undo it")
    }

    @Test("A problem that was not read keeps every family open, so no is not offered, yes is")
    func unreadProblem() throws {
        var visit = try Visit("d02-nothing-asked")
        visit.add(
            [
                "resourceType": "Condition", "id": "text", "code": ["text": "see letter"],
                "subject": ["reference": "Patient/d02"],
            ], to: "conditions")
        let fired = try visit.fire()
        #expect(try fired.decision.outcome.provisional)
        #expect(fired.noRedFlag == nil)
        #expect(fired.labels.filter { $0.hasPrefix("Yes: ") }.count == Self.screen.count)
    }

    struct Course: CustomTestStringConvertible {
        let example: String
        let card: String
        let label: String
        let rule: String
        var testDescription: String { "\(card): \(label)" }
    }

    static let courses = [
        Course(
            example: "d14-referral-never-attended", card: "K07",
            label: "Yes, at least 42 days of conservative care were delivered", rule: "A10-ASK-RESPONSE"),
        Course(
            example: "d14-referral-never-attended", card: "K07", label: "No, no conservative care was delivered",
            rule: "A10-NOTRIAL"),
        Course(
            example: "d14-referral-never-attended", card: "K07", label: "Conservative care was declined",
            rule: "A10-NOTRIAL"),
        Course(
            example: "d19-day-42-not-reassessed", card: "K09", label: "Response to treatment: improved",
            rule: "A10-IMPROVING"),
        Course(
            example: "d19-day-42-not-reassessed", card: "K09", label: "Response to treatment: not improved",
            rule: "A10-ASK-CAND"),
        Course(
            example: "d19-day-42-not-reassessed", card: "K09", label: "Response to treatment: worse",
            rule: "A10-ASK-CAND"),
        Course(
            example: "d16-candidate-unknown", card: "K11", label: "Yes, surgery or injection is an option",
            rule: "A10-INDICATED"),
        Course(
            example: "d16-candidate-unknown", card: "K11", label: "No, neither is an option", rule: "A10-NOTCAND"),
        Course(
            example: "d13-onset-2025", card: "K12", label: "The symptoms began at least 6 weeks ago",
            rule: "A10-ASK-TRIAL"),
        Course(
            example: "d13-onset-2025", card: "K12", label: "The symptoms began less than 6 weeks ago",
            rule: "A10-EARLY"),
        Course(
            example: "d23-mri-18-months-ago", card: "K17",
            label: "Yes: New deficit, level or side since the last lumbar MRI", rule: "A10-EARLY"),
    ]

    @Test("The question of a course card is answered with one click", arguments: courses)
    func course(_ row: Course) throws {
        var visit = try Visit(row.example)
        let first = try visit.fire()
        #expect(try first.card == row.card)
        let expected = Self.courses.filter { $0.example == row.example }.map(\.label)
        #expect(first.labels.prefix(expected.count) == expected[...])
        if row.card != "K17" {
            #expect(first.labels.count == expected.count)
            #expect(first.cards.first?["selectionBehavior"] as? String == "at-most-one")
        }
        visit.accept(try first.suggestion(row.label))
        #expect(try visit.fire().rule == row.rule)
    }

    @Test("Beside care that was found, none delivered is no answer")
    func partialCare() throws {
        var visit = try Visit("d14-referral-never-attended")
        visit.answer("conservative-care-completed", ["start": "2025-05-20", "end": "2025-06-10"], type: "valuePeriod")
        let fired = try visit.fire()
        #expect(try fired.card == "K07")
        #expect(
            fired.labels == [
                "Yes, at least 42 days of conservative care were delivered", "Conservative care was declined",
            ])
    }

    @Test("A hint is taken back by its own question, and confirmed by the suspicion")
    func hint() throws {
        var visit = try Visit("d02-nothing-asked")
        visit.answer("bilateral-sciatica", true, on: "2025-06-12")
        let asked = try visit.fire()
        #expect(try asked.card == "K32")
        var denied = visit
        denied.accept(try asked.suggestion("No: Sciatica in both legs"))
        #expect(try denied.fire().card == "K05")
        visit.accept(try asked.suggestion("Yes: Cauda equina syndrome suspected by the clinician"))
        #expect(try visit.fire().card == "K01")
    }

    @Test(
        "A settled or silent card asks nothing",
        arguments: ["d03-saddle-numbness-retention", "d20-ct-myelography-ordered"])
    func asksNothing(_ example: String) throws {
        let fired = try Visit(example).fire()
        #expect(!fired.cards.isEmpty)
        #expect(fired.suggestions.flatMap(Fired.answers).isEmpty)
    }

    @Test(
        "Every answer that is offered changes a criterion",
        arguments: [
            "d02-nothing-asked", "d13-onset-2025", "d14-referral-never-attended", "d16-candidate-unknown",
            "d19-day-42-not-reassessed",
        ])
    func effect(_ example: String) throws {
        let visit = try Visit(example)
        let first = try visit.fire()
        let before = try first.decision.criteria.map(\.result)
        for suggestion in first.suggestions where !Fired.answers(of: suggestion).isEmpty {
            var answered = visit
            answered.accept(suggestion)
            let after = try answered.fire().decision.criteria.map(\.result)
            #expect(after != before, "\(suggestion["label"] ?? "")")
        }
    }
}
