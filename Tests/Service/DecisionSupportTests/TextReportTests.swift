import ClinicalModel
import DecisionSupport
import Guidelines
import Testing

@Suite("Decisions for a terminal")
struct TextReportTests {
    static var early: Case {
        Case(
            card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate,
            results: [.sixWeeks: .notMet], facts: CardTableTests.facts { $0.daysSinceOnset = 11 })
    }

    @Test("names order, rating, advice, unknowns, findings and suggestions")
    func block() {
        let text = TextReport(Case.builder, isColoured: false).text(of: [Self.early.review()], source: "D02.json")
        for line in [
            "D02.json\n", "Order ServiceRequest/o1: MRI without contrast, routine, Patient/p1, as of 2025-06-16\n",
            "  Usually not appropriate, provisional (rule A10-EARLY). The ordered test is the preferred one\n",
            "  [warning K05] Week 2: 5 of 5 red-flag groups not recorded.", "  Not documented:\n    ? ",
            "    ? Cauda equina syndrome: answer on redflag.caudaEquina\n", "  On record:\n",
            "    - Six weeks since onset: no\n        recorded for course.sixWeeks (7, 2025-06-16, Observation/course.sixWeeks)\n",
            "  Suggested:\n    + Refer to rehabilitation\n",
        ] { #expect(text.contains(line), "\(line) in\n\(text)") }
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    }

    @Test("sums up the offers to answer with yes, and names every other one", arguments: [1, 2])
    func yesOffers(count: Int) {
        var decision = Self.early.decision
        let codes = ["saddle-sensory-loss", "bladder-dysfunction-new"].prefix(count)
        decision.criteria = [
            Criterion(
                .caudaEquina, .unknown, missing: codes.map { DataGap("an answer", settledBy: [OpenQuestion($0)]) })
        ]
        let text = TextReport(Case.builder, isColoured: false).text(of: [.init(decision)])
        #expect(text.contains("Yes to one of the 2 open questions") == (count == 2), "\(text)")
        #expect(text.contains("+ Yes: ") == (count == 1), "\(text)")
        #expect(text.contains("+ Refer to rehabilitation\n"))
    }

    @Test("colours only when told to, and then only adds colour")
    func colour() {
        let plain = TextReport(Case.builder, isColoured: false).text(of: [Self.early.review()])
        let coloured = TextReport(Case.builder, isColoured: true).text(of: [Self.early.review()])
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.contains("\u{1B}[33m[warning K05]\u{1B}[0m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test("says that it is silent, and why an order was not evaluated")
    func silence() {
        var decision = Self.early.decision
        decision.outcome = Outcome(
            rule: nil, rating: .notEvaluated, contextClass: .undetermined, fit: nil, provisional: false, card: nil,
            indicator: nil, removeSuggestionAllowed: false)
        decision.because = "another region"
        let text = TextReport(Case.builder, isColoured: false).text(of: [.init(decision)])
        #expect(text.contains("  Not evaluated: another region\n"))
        #expect(!text.contains("No card"), "not evaluated is no approval")
        decision.outcome = Outcome(
            rule: "A9", rating: .usuallyAppropriate, contextClass: .priorSurgery, fit: .preferred, provisional: false,
            card: nil, indicator: nil, removeSuggestionAllowed: false)
        #expect(
            TextReport(Case.builder, isColoured: false).text(of: [.init(decision)]).contains("No card: nothing to add.")
        )
        #expect(TextReport(Case.builder, isColoured: false).text(of: []).contains("no decision"))
        let passed = TextReport(Case.builder, isColoured: false).text(of: [], passedOver: ["not selected": 2, "b": 1])
        #expect(passed.hasSuffix("on the patient.\n\nDrafts without a decision: 1 b, 2 not selected\n"))
    }

    @Test("lets no control sequence of a record reach the terminal")
    func control() {
        var decision = Self.early.decision
        decision.criteria = [
            Criterion(
                .sixWeeks, .notMet, evidence: [Evidence(resource: nil, value: "\u{1B}[2J\u{7}x", because: "a\nb")])
        ]
        let text = TextReport(Case.builder, isColoured: false).text(of: [.init(decision)], source: "\u{1B}[31m.json")
        #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"))
        #expect(text.contains("a b ([2Jx)"))
    }
}
