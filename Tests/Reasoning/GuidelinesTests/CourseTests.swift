import ClinicalModel
import Guidelines
import Testing

private let therapy = concept("physical-therapy", .trialDocumented, nil, .treatment, "delivered-care")
private let nsaid = concept("nsaids", .trialDocumented, nil, .treatment, "course")
private let pain = concept(
    "pain-and-function-scores", .trialFailed, nil, .presenting, "measurement", .no, qualifiers: ["measure:pain"])
private let referral = concept("spine-surgery-referral", .procedureCandidate, nil, .treatment, "referral")
private let laminectomy = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "study")

private func session(_ from: Int, _ to: Int? = nil, state: ClinicalModel.Procedure.State = .completed)
    -> ClinicalModel.Procedure
{
    ClinicalModel.Procedure(
        provenance: place("Procedure/\(from)"), concepts: [therapy], state: state, start: daysAgo(from),
        end: daysAgo(to ?? from))
}
private func drug(
    _ from: Int?, _ to: Int?, kind: MedicationUse.Kind = .request, standing: MedicationUse.Standing = .counts,
    route: MedicationUse.Route = .systemic, supply: Int? = nil
) -> MedicationUse {
    MedicationUse(
        provenance: place("MedicationRequest/n"), kind: kind, concepts: [nsaid], standing: standing,
        isActive: to == nil,
        route: route, start: from.map(daysAgo), end: to.map(daysAgo), supplyDays: supply)
}
private func score(_ value: Double, _ ago: Int) -> Observation { measurement(pain, value, "{score}", daysAgo(ago)) }
private func request(_ concept: Concept, status: ServiceRequest.Status = .active, ago: Int = 4) -> ServiceRequest {
    ServiceRequest(provenance: place("ServiceRequest/r"), concepts: [concept], status: status, authored: daysAgo(ago))
}
/// Ten weeks of pain, eight weeks of sessions up to a week ago.
private func treated(_ change: (inout ClinicalRecord) -> Void = { _ in }) -> ClinicalRecord {
    record(onset: daysAgo(70)) {
        $0.procedures = [session(66, 10)]
        change(&$0)
    }
}

@Suite("Six weeks since onset (R11, R26)")
struct SixWeeksTests {
    static let rows = [
        CriterionRow("42 days, the limit itself", .sixWeeks, .met, record(onset: daysAgo(42))),
        CriterionRow("41 days", .sixWeeks, .notMet, record(onset: daysAgo(41))),
        CriterionRow("this year: before or after", .sixWeeks, .unknown, record(onset: PartialDate("2025"))),
        CriterionRow("April: 47 to 76 days", .sixWeeks, .met, record(onset: PartialDate("2025-04"))),
        CriterionRow("May: 16 to 46 days", .sixWeeks, .unknown, record(onset: PartialDate("2025-05"))),
        CriterionRow("June, clipped to today", .sixWeeks, .notMet, record(onset: PartialDate("2025-06"))),
        CriterionRow("nothing to count from", .sixWeeks, .unknown, record(onset: nil)),
        CriterionRow(
            "written down 42 days ago: it began no later", .sixWeeks, .met,
            record(onset: nil) { $0.conditions[0].recorded = daysAgo(42) }),
        CriterionRow(
            "written down 41 days ago says nothing", .sixWeeks, .unknown,
            record(onset: nil) { $0.conditions[0].recorded = daysAgo(41) }),
        CriterionRow(
            "a documented trial settles an unknown onset (R11)", .sixWeeks, .met,
            record(onset: nil) { $0.procedures = [session(60, 10)] }),
        CriterionRow(
            "a recurrence counts from its own onset", .sixWeeks, .notMet,
            record(onset: daysAgo(500)) {
                $0.conditions[0].status = .resolved
                $0.conditions.append(condition(radiculopathy, onset: daysAgo(10), status: .recurrence))
            }),
        CriterionRow(
            "listed twice, it is one complaint from the earlier day", .sixWeeks, .met,
            record(onset: daysAgo(50)) { $0.conditions.append(condition(radiculopathy, onset: daysAgo(10))) }),
    ]

    @Test("criterion", arguments: rows)
    func onset(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test("a trial longer than the complaint is a contradiction (R26)")
    func contradiction() {
        let record = record(onset: daysAgo(35)) {
            $0.observations = [answer("conservative-care-completed", .boolean(true))]
        }
        let decision = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)
        #expect(decision.outcome.rule == "A10-ASK-ONSET")
        #expect(decision.criterion(.sixWeeks).result == .notMet)
        #expect(decision.criterion(.trialDocumented).result == .met)
    }
}

@Suite("Conservative trial (R46)")
struct TrialTests {
    static func courses(
        _ medications: [MedicationUse] = [], _ procedures: [ClinicalModel.Procedure] = [],
        _ observations: [Observation] = []
    ) -> ClinicalRecord {
        record(onset: daysAgo(70)) {
            $0.medications = medications
            $0.procedures = procedures
            $0.observations = observations
        }
    }
    static let rows = [
        CriterionRow("42 days, both ends counted", .trialDocumented, .met, courses([drug(51, 10)])),
        CriterionRow("41 days", .trialDocumented, .unknown, courses([drug(50, 10)])),
        CriterionRow(
            "a gap of 14 days is bridged and counted", .trialDocumented, .met, courses([drug(60, 46), drug(31, 19)])),
        CriterionRow("a gap of 15 days is not", .trialDocumented, .unknown, courses([drug(60, 46), drug(30, 19)])),
        CriterionRow(
            "sessions and drugs together", .trialDocumented, .met, courses([drug(60, 40)], [session(30), session(19)])),
        CriterionRow("care before the episode does not count", .trialDocumented, .unknown, courses([drug(300, 250)])),
        CriterionRow("a prescription without end covers 30 days", .trialDocumented, .unknown, courses([drug(60, nil)])),
        CriterionRow("a supply of 42 days", .trialDocumented, .met, courses([drug(60, nil, supply: 42)])),
        CriterionRow("a supply of 41 days", .trialDocumented, .unknown, courses([drug(60, nil, supply: 41)])),
        CriterionRow("no dates at all", .trialDocumented, .unknown, courses([drug(nil, nil, kind: .statement)])),
        CriterionRow("on hold", .trialDocumented, .unknown, courses([drug(60, 10, standing: .unclear)])),
        CriterionRow("a cream is no course", .trialDocumented, .unknown, courses([drug(60, 10, route: .topical)])),
        CriterionRow(
            "a referral is no treatment", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.serviceRequests = [request(therapy, ago: 60)] }),
        CriterionRow("planned sessions", .trialDocumented, .unknown, courses([], [session(60, 10, state: .planned)])),
        CriterionRow("not done", .trialDocumented, .notMet, courses([], [session(20, state: .notDone)])),
        CriterionRow(
            "declined", .trialDocumented, .notMet,
            courses([], [], [answer("conservative-care-declined", .boolean(true))])),
        CriterionRow(
            "declined later, but delivered in full", .trialDocumented, .met,
            courses([drug(60, 10)], [], [answer("conservative-care-declined", .boolean(true))])),
        CriterionRow(
            "not declined settles nothing", .trialDocumented, .unknown,
            courses([], [], [answer("conservative-care-declined", .boolean(false))])),
        CriterionRow(
            "completed, stated", .trialDocumented, .met,
            courses([], [], [answer("conservative-care-completed", .boolean(true))])),
        CriterionRow(
            "none, stated", .trialDocumented, .notMet,
            courses([], [], [answer("conservative-care-completed", .boolean(false))])),
        CriterionRow(
            "dates of care, stated", .trialDocumented, .met,
            courses([], [], [answer("conservative-care-completed", .period(start: daysAgo(51), end: daysAgo(10)))])),
    ]

    @Test("criterion", arguments: rows)
    func trial(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test("a trial that ended 181 days ago no longer counts")
    func ended() {
        let long = { (days: Int) in record(onset: daysAgo(400)) { $0.medications = [drug(days + 60, days)] } }
        #expect(result(.trialDocumented, long(180)) == .met)
        #expect(result(.trialDocumented, long(181)) == .unknown)
    }
}

@Suite("Failure of the trial (R18, R45)")
struct TrialFailedTests {
    static let rows = [
        CriterionRow("8 then 7", .trialFailed, .met, treated { $0.observations = [score(8, 66), score(7, 0)] }),
        CriterionRow(
            "8 then 4: half better", .trialFailed, .notMet, treated { $0.observations = [score(8, 66), score(4, 0)] }),
        CriterionRow(
            "9 then 5: 44% better", .trialFailed, .met, treated { $0.observations = [score(9, 66), score(5, 0)] }),
        CriterionRow(
            "5 then 3: at most 3", .trialFailed, .notMet, treated { $0.observations = [score(5, 66), score(3, 0)] }),
        CriterionRow("3 without a first score", .trialFailed, .notMet, treated { $0.observations = [score(3, 0)] }),
        CriterionRow(
            "7 without a first score (R18)", .trialFailed, .unknown, treated { $0.observations = [score(7, 0)] }),
        CriterionRow(
            "scored too early in the treatment", .trialFailed, .unknown,
            treated { $0.observations = [score(8, 66), score(7, 40)] }),
        CriterionRow("no score", .trialFailed, .unknown, treated()),
        CriterionRow(
            "not improved, stated", .trialFailed, .met,
            treated { $0.observations = [answer("response-to-care", choice("not-improved"))] }),
        CriterionRow(
            "worse, stated", .trialFailed, .met,
            treated { $0.observations = [answer("response-to-care", choice("worse"))] }),
        CriterionRow(
            "improved, stated", .trialFailed, .notMet,
            treated { $0.observations = [answer("response-to-care", choice("improved"))] }),
        CriterionRow(
            "without a trial nothing has failed", .trialFailed, .unknown,
            record(onset: daysAgo(70)) { $0.observations = [score(8, 66), score(7, 0)] }),
    ]

    @Test("criterion", arguments: rows)
    func failed(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }
}

@Suite("Procedure candidate (R14)")
struct CandidateTests {
    static let rows = [
        CriterionRow("nobody says", .procedureCandidate, .unknown, treated()),
        CriterionRow(
            "referral to surgery", .procedureCandidate, .met, treated { $0.serviceRequests = [request(referral)] }),
        CriterionRow(
            "planned surgery", .procedureCandidate, .met, treated { $0.serviceRequests = [request(laminectomy)] }),
        CriterionRow(
            "referral before the episode", .procedureCandidate, .unknown,
            treated { $0.serviceRequests = [request(referral, ago: 400)] }),
        CriterionRow(
            "attested", .procedureCandidate, .met,
            treated { $0.observations = [answer("procedure-candidate", .boolean(true))] }),
        CriterionRow(
            "denied", .procedureCandidate, .notMet,
            treated { $0.observations = [answer("procedure-candidate", .boolean(false))] }),
        CriterionRow(
            "both declined", .procedureCandidate, .notMet,
            treated { $0.observations = [answer("procedure-declined", .boolean(true))] }),
        CriterionRow(
            "not declined settles nothing", .procedureCandidate, .unknown,
            treated { $0.observations = [answer("procedure-declined", .boolean(false))] }),
        CriterionRow(
            "declined after the referral", .procedureCandidate, .notMet,
            treated {
                $0.serviceRequests = [request(referral, ago: 10)];
                $0.observations = [answer("procedure-declined", .boolean(true), daysAgo(3))]
            }),
        CriterionRow(
            "referred after declining", .procedureCandidate, .met,
            treated {
                $0.serviceRequests = [request(referral, ago: 2)];
                $0.observations = [answer("procedure-declined", .boolean(true), daysAgo(3))]
            }),
    ]

    @Test("criterion", arguments: rows)
    func candidate(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }
}
