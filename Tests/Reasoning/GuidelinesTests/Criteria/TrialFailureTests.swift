import ClinicalModel
import Guidelines
import Testing

/// Ten weeks of pain, sessions from so many days ago to so many days ago, and what was observed.
private func treated(_ from: Int, _ to: Int, _ observations: Observation...) -> ClinicalRecord {
    record(onset: daysAgo(70)) {
        $0.procedures = [session(from, to)]
        $0.observations = observations
    }
}

@Suite("Failure of the trial (R18, R45)")
struct TrialFailureTests {
    static let improvement = [
        CriterionRow("8 then 7", .trialFailed, .met, treated(66, 10, score(8, 66), score(7, 0))),
        CriterionRow("8 then 4: half better", .trialFailed, .notMet, treated(66, 10, score(8, 66), score(4, 0))),
        CriterionRow("9 then 5: 44% better", .trialFailed, .met, treated(66, 10, score(9, 66), score(5, 0))),
        CriterionRow("5 then 3: at most 3", .trialFailed, .notMet, treated(66, 10, score(5, 66), score(3, 0))),
        CriterionRow(
            "3 and 7 on one day: the higher counts", .trialFailed, .met,
            treated(66, 10, score(8, 66), score(3, 0), score(7, 0))),
        CriterionRow("6 then 4", .trialFailed, .met, treated(66, 10, score(6, 66), score(4, 0))),
        CriterionRow("6 then 3.95", .trialFailed, .unknown, treated(66, 10, score(6, 66), score(3.95, 0))),
        CriterionRow("5 then 3.05", .trialFailed, .unknown, treated(66, 10, score(5, 66), score(3.05, 0))),
        CriterionRow("8 then 4.004: 49.95% better", .trialFailed, .met, treated(66, 10, score(8, 66), score(4.004, 0))),
        CriterionRow(
            "pain from 0 to 7 has not improved", .trialFailed, .met, treated(66, 5, score(0, 66), score(7, 0))),
    ]

    static let missingScores = [
        CriterionRow("3 without a first score", .trialFailed, .notMet, treated(66, 10, score(3, 0))),
        CriterionRow("7 without a first score (R18)", .trialFailed, .unknown, treated(66, 10, score(7, 0))),
        CriterionRow("no score", .trialFailed, .unknown, treated(66, 10)),
        CriterionRow(
            "without a trial nothing has failed", .trialFailed, .unknown,
            record(onset: daysAgo(70)) { $0.observations = [score(8, 66), score(7, 0)] }),
        CriterionRow(
            "a score in millimetres is none", .trialFailed, .unknown,
            treated(66, 10, score(8, 66, "mm"), score(7, 0, "mm"))),
        CriterionRow(
            "a score with the unit 1", .trialFailed, .met, treated(66, 10, score(8, 66, "1"), score(7, 0, "1"))),
    ]

    static let days = [
        CriterionRow(
            "scored too early in the treatment", .trialFailed, .unknown,
            treated(66, 10, score(8, 66), score(7, 40))),
        CriterionRow(
            "42 days of care, scored on the last", .trialFailed, .met, treated(60, 19, score(8, 60), score(7, 19))),
        CriterionRow(
            "care that goes on, scored before six weeks", .trialFailed, .unknown,
            treated(45, 0, score(8, 45), score(7, 10))),
        CriterionRow(
            "care that has ended, scored of late", .trialFailed, .met, treated(45, 4, score(8, 45), score(7, 10))),
        CriterionRow("scored 14 days ago", .trialFailed, .met, treated(50, 9, score(8, 50), score(7, 14))),
        CriterionRow("scored 15 days ago", .trialFailed, .unknown, treated(50, 9, score(8, 50), score(7, 15))),
        CriterionRow(
            "scored tomorrow, as the record has it", .trialFailed, .met, treated(66, 10, score(8, 66), score(7, -1))),
    ]

    static let answers = [
        CriterionRow(
            "not improved, stated", .trialFailed, .met,
            treated(66, 10, answer("response-to-care", choice("not-improved")))),
        CriterionRow("worse, stated", .trialFailed, .met, treated(66, 10, answer("response-to-care", choice("worse")))),
        CriterionRow(
            "improved, stated", .trialFailed, .notMet,
            treated(66, 10, answer("response-to-care", choice("improved")))),
    ]

    static let rows = improvement + missingScores + days + answers

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("a score is cited once, with how much better it is")
    func scoreEvidence() {
        let evidence = criterion(.trialFailed, treated(66, 10, score(8, 66), score(7, 0))).evidence
        #expect(evidence.map(\.value) == ["7.0/10", "8.0/10"])
        let fromNothing = criterion(.trialFailed, treated(66, 10, score(0, 66), score(7, 0))).evidence
        #expect(fromNothing.last?.because == "first pain score of the episode, improved by 0%")
    }
}
