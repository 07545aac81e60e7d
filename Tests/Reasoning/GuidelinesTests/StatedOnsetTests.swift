import ClinicalModel
import Guidelines
import Testing

private func said(_ value: Observation.Value, _ date: PartialDate? = daysAgo(0)) -> Observation {
    answer("symptom-onset", value, date)
}
private func began(_ ago: Int, said date: PartialDate? = daysAgo(0)) -> Observation { said(.date(daysAgo(ago)), date) }

/// A complaint that began 20 days ago, or on no known day, written down when a row says so.
private func course(onset: PartialDate? = daysAgo(20), recorded: PartialDate? = nil, _ statements: Observation...)
    -> ClinicalRecord
{
    record(onset: onset) {
        $0.conditions[0].recorded = recorded
        $0.observations = statements
    }
}

/// The clinician's statement when the symptoms began, beside the onset of the complaint.
@Suite("Stated onset")
struct StatedOnsetTests {
    static let rows = [
        CriterionRow("stated as 42 days ago", .sixWeeks, .met, course(began(42))),
        CriterionRow("stated as 41 days ago", .sixWeeks, .notMet, course(onset: nil, began(41))),
        CriterionRow("stated, the complaint undated", .sixWeeks, .met, course(onset: nil, began(42))),
        CriterionRow("stated before this episode", .sixWeeks, .notMet, course(began(60, said: daysAgo(35)))),
        CriterionRow("stated on its first day", .sixWeeks, .met, course(began(60, said: daysAgo(34)))),
        CriterionRow("stated on no known day", .sixWeeks, .unknown, course(onset: nil, began(60, said: nil))),
        CriterionRow(
            "the newest statement counts", .sixWeeks, .notMet, course(began(60, said: daysAgo(1)), began(10))),
        CriterionRow("as today", .sixWeeks, .notMet, course(onset: nil, began(0))),
        CriterionRow("as tomorrow says nothing", .sixWeeks, .unknown, course(onset: nil, began(-1))),
        CriterionRow(
            "a period that ended 42 days ago", .sixWeeks, .met,
            course(said(.period(start: daysAgo(60), end: daysAgo(42))))),
        CriterionRow(
            "a period up to 41 days ago", .sixWeeks, .unknown,
            course(onset: nil, said(.period(start: daysAgo(60), end: daysAgo(41))))),
        CriterionRow(
            "not after 42 days ago", .sixWeeks, .met, course(onset: nil, said(.period(start: nil, end: daysAgo(42))))),
        CriterionRow(
            "not before 41 days ago", .sixWeeks, .notMet,
            course(onset: nil, said(.period(start: daysAgo(41), end: nil)))),
        CriterionRow(
            "not before 42 days ago", .sixWeeks, .unknown,
            course(onset: nil, said(.period(start: daysAgo(42), end: nil)))),
        CriterionRow(
            "a period without bounds hides no earlier statement", .sixWeeks, .met,
            course(onset: nil, began(60, said: daysAgo(1)), said(.period(start: nil, end: nil)))),
        CriterionRow(
            "words hide no earlier statement", .sixWeeks, .met,
            course(onset: nil, began(60, said: daysAgo(1)), said(.text("last week")))),
        CriterionRow(
            "the complaint written down later wins", .sixWeeks, .notMet,
            course(recorded: daysAgo(0), began(60, said: daysAgo(1)))),
        CriterionRow(
            "written down on the same day, the statement wins", .sixWeeks, .met,
            course(recorded: daysAgo(1), began(60, said: daysAgo(1)))),
        CriterionRow(
            "written down earlier, the statement wins", .sixWeeks, .met,
            course(recorded: daysAgo(2), began(60, said: daysAgo(1)))),
        CriterionRow(
            "written down later without an onset, the statement wins", .sixWeeks, .met,
            course(onset: nil, recorded: daysAgo(0), began(60, said: daysAgo(1)))),
    ]

    @Test("criterion", arguments: rows)
    func onset(_ row: CriterionRow) { #expect(result(row.id, row.record, order: row.order) == row.expected) }

    static let cited = [
        ("beside an onset on record", course(began(60)), ["Observation", "Condition"]),
        (
            "beside a complaint that was written down", course(onset: nil, recorded: daysAgo(2), began(60)),
            ["Observation"]
        ),
        ("where the complaint wins", course(recorded: daysAgo(0), began(60, said: daysAgo(1))), ["Condition"]),
    ]

    @Test("what it rests on is cited, and the onset that it wins over", arguments: cited)
    func evidence(_ because: String, _ record: ClinicalRecord, _ resources: [String]) {
        let evidence = criterion(.sixWeeks, record).evidence
        #expect(evidence.compactMap { $0.resource?.split(separator: "/").first.map(String.init) } == resources)
    }
}

/// Answers to one question on one day.
@Suite("Answers of one day")
struct SameDayAnswerTests {
    static let orders = [false, true]

    private func twice(_ code: String, _ values: [Observation.Value], _ ago: Int, isReversed: Bool) -> ClinicalRecord {
        let answers = values.map { answer(code, $0, daysAgo(ago)) }
        return record { $0.observations = isReversed ? answers.reversed() : answers }
    }

    @Test("yes wins over no, in either order", arguments: orders)
    func yes(_ isReversed: Bool) {
        let record = twice("procedure-candidate", [.boolean(true), .boolean(false)], 0, isReversed: isReversed)
        #expect(result(.procedureCandidate, record) == .met)
    }

    @Test("the graver finding is the one that is named, in either order", arguments: orders)
    func absent(_ isReversed: Bool) {
        let record = twice("perianal-sensation", [choice("absent"), choice("reduced")], 0, isReversed: isReversed)
        let decision = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)
        #expect(decision.cardFacts.findings[.caudaEquina] == ["perianal sensation absent"])
    }

    @Test("reduced wins over normal, in either order", arguments: orders)
    func reduced(_ isReversed: Bool) {
        let record = twice("perianal-sensation", [choice("reduced"), choice("normal")], 10, isReversed: isReversed)
        #expect(result(.caudaEquina, record) == .met)
    }
}
