import ClinicalModel
import Guidelines
import Testing

private func only(_ conditions: Condition...) -> ClinicalRecord { record { $0.conditions = conditions } }
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

/// The onset on record, and the clinician's statement when the symptoms began.
@Suite("Six weeks since onset (R11, R26)")
struct SixWeeksTests {
    static let limits = [
        CriterionRow("42 days, the limit itself", .sixWeeks, .met, record(onset: daysAgo(42))),
        CriterionRow("41 days", .sixWeeks, .notMet, record(onset: daysAgo(41))),
        CriterionRow("this year: before or after", .sixWeeks, .unknown, record(onset: PartialDate("2025"))),
        CriterionRow("April: 47 to 76 days", .sixWeeks, .met, record(onset: PartialDate("2025-04"))),
        CriterionRow("May: 16 to 46 days", .sixWeeks, .unknown, record(onset: PartialDate("2025-05"))),
        CriterionRow("June, clipped to today", .sixWeeks, .notMet, record(onset: PartialDate("2025-06"))),
        CriterionRow("nothing to count from", .sixWeeks, .unknown, record(onset: nil)),
    ]

    static let recorded = [
        CriterionRow(
            "written down 42 days ago: it began no later", .sixWeeks, .met,
            record(onset: nil) { $0.conditions[0].recorded = daysAgo(42) }),
        CriterionRow(
            "written down 41 days ago says nothing", .sixWeeks, .unknown,
            record(onset: nil) { $0.conditions[0].recorded = daysAgo(41) }),
        CriterionRow(
            "a documented trial settles an unknown onset (R11)", .sixWeeks, .met,
            record(onset: nil) { $0.procedures = [session(60, 10)] }),
    ]

    static let recurrences = [
        CriterionRow(
            "a recurrence counts from its own onset", .sixWeeks, .notMet,
            record(onset: daysAgo(500)) {
                $0.conditions[0].status = .resolved
                $0.conditions.append(condition(radiculopathy, onset: daysAgo(10), status: .recurrence))
            }),
        CriterionRow(
            "listed twice, it is one complaint from the earlier day", .sixWeeks, .met,
            record(onset: daysAgo(50)) { $0.conditions.append(condition(radiculopathy, onset: daysAgo(10))) }),
        CriterionRow(
            "two entries, the older one only written down", .sixWeeks, .met,
            record(onset: daysAgo(10)) { $0.conditions.append(condition(radiculopathy, recorded: daysAgo(300))) }),
        CriterionRow(
            "active, with an end on record", .sixWeeks, .met,
            only(condition(radiculopathy, onset: daysAgo(50), abatement: daysAgo(10)))),
        CriterionRow(
            "ended, of no stated status", .sixWeeks, .unknown,
            only(condition(radiculopathy, onset: daysAgo(50), abatement: daysAgo(10), status: .notStated))),
        CriterionRow(
            "a recurrence beside the old complaint", .sixWeeks, .notMet,
            only(
                condition(radiculopathy, onset: daysAgo(500)),
                condition(radiculopathy, onset: daysAgo(10), status: .recurrence))),
        CriterionRow(
            "a relapse beside the old complaint", .sixWeeks, .notMet,
            only(
                condition(radiculopathy, onset: daysAgo(500)),
                condition(radiculopathy, onset: daysAgo(10), status: .relapse))),
    ]

    static let stated = [
        CriterionRow("stated as 42 days ago", .sixWeeks, .met, course(began(42))),
        CriterionRow("stated as 41 days ago", .sixWeeks, .notMet, course(onset: nil, began(41))),
        CriterionRow("stated, the complaint undated", .sixWeeks, .met, course(onset: nil, began(42))),
        CriterionRow("stated before this episode", .sixWeeks, .notMet, course(began(60, said: daysAgo(35)))),
        CriterionRow("stated on its first day", .sixWeeks, .met, course(began(60, said: daysAgo(34)))),
        CriterionRow("stated on no known day", .sixWeeks, .unknown, course(onset: nil, began(60, said: nil))),
        CriterionRow("the newest statement counts", .sixWeeks, .notMet, course(began(60, said: daysAgo(1)), began(10))),
        CriterionRow("as today", .sixWeeks, .notMet, course(onset: nil, began(0))),
        CriterionRow("as tomorrow says nothing", .sixWeeks, .unknown, course(onset: nil, began(-1))),
    ]

    static let periods = [
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
    ]

    static let statedBesideOnset = [
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

    static let rows = limits + recorded + recurrences + stated + periods + statedBesideOnset

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("a trial longer than the complaint is a contradiction (R26)")
    func contradiction() {
        let record = record(onset: daysAgo(35)) {
            $0.observations = [yes("conservative-care-completed")]
        }
        let decision = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)
        #expect(decision.outcome.rule == "A10-ASK-ONSET")
        #expect(decision.criterion(.sixWeeks).result == .notMet)
        #expect(decision.criterion(.trialDocumented).result == .met)
    }

    @Test("an onset too recent is the only evidence, unless a trial contradicts it (R26)")
    func onsetEvidence() {
        #expect(criterion(.sixWeeks, record()).evidence.count == 1)
        let contradicted = record { $0.observations = [yes("conservative-care-completed")] }
        #expect(criterion(.sixWeeks, contradicted).evidence.count == 2)
    }

    static let cited = [
        ("beside an onset on record", course(began(60)), ["Observation", "Condition"]),
        (
            "beside a complaint that was written down", course(onset: nil, recorded: daysAgo(2), began(60)),
            ["Observation"]
        ),
        ("where the complaint wins", course(recorded: daysAgo(0), began(60, said: daysAgo(1))), ["Condition"]),
    ]

    @Test("a stated onset is cited, and the onset that it wins over", arguments: cited)
    func statedEvidence(_ because: String, _ record: ClinicalRecord, _ resources: [String]) {
        let evidence = criterion(.sixWeeks, record).evidence
        #expect(evidence.compactMap { $0.resource?.split(separator: "/").first.map(String.init) } == resources)
    }
}
