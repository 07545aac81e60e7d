import ClinicalModel
import Guidelines
import Testing

private let nsaids = concept("nsaids", .trialDocumented, nil, .treatment, "course")
private let referredTherapy = concept("physical-therapy", .trialDocumented, nil, .treatment, "referral")

private func nsaid(
    _ from: Int?, _ to: Int?, kind: MedicationUse.Kind = .request, standing: MedicationUse.Standing = .counts,
    route: MedicationUse.Route = .systemic, supply: Int? = nil
) -> MedicationUse {
    drug(nsaids, from, to, kind: kind, standing: standing, route: route, supply: supply)
}
private func courses(
    _ medications: [MedicationUse] = [], _ procedures: [ClinicalModel.Procedure] = [],
    _ observations: [Observation] = []
) -> ClinicalRecord {
    record(onset: daysAgo(70)) {
        $0.medications = medications
        $0.procedures = procedures
        $0.observations = observations
    }
}

@Suite("Conservative trial (R46)")
struct TrialTests {
    static let days = [
        CriterionRow("42 days, both ends counted", .trialDocumented, .met, courses([nsaid(51, 10)])),
        CriterionRow("41 days", .trialDocumented, .unknown, courses([nsaid(50, 10)])),
        CriterionRow(
            "a gap of 14 days is bridged and counted", .trialDocumented, .met, courses([nsaid(60, 46), nsaid(31, 19)])),
        CriterionRow("a gap of 15 days is not", .trialDocumented, .unknown, courses([nsaid(60, 46), nsaid(30, 19)])),
        CriterionRow(
            "sessions and drugs together", .trialDocumented, .met, courses([nsaid(60, 40)], [session(30), session(19)])),
        CriterionRow("care before the episode does not count", .trialDocumented, .unknown, courses([nsaid(300, 250)])),
        CriterionRow(
            "a prescription without end covers 30 days", .trialDocumented, .unknown, courses([nsaid(60, nil)])),
        CriterionRow("a supply of 42 days", .trialDocumented, .met, courses([nsaid(60, nil, supply: 42)])),
        CriterionRow("a supply of 41 days", .trialDocumented, .unknown, courses([nsaid(60, nil, supply: 41)])),
        CriterionRow("no dates at all", .trialDocumented, .unknown, courses([nsaid(nil, nil, kind: .statement)])),
    ]

    static let otherCare = [
        CriterionRow("on hold", .trialDocumented, .unknown, courses([nsaid(60, 10, standing: .unclear)])),
        CriterionRow("a cream is no course", .trialDocumented, .unknown, courses([nsaid(60, 10, route: .topical)])),
        CriterionRow(
            "a referral is no treatment", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.serviceRequests = [request(.therapy, ago: 60)] }),
        CriterionRow("planned sessions", .trialDocumented, .unknown, courses([], [session(60, 10, state: .planned)])),
        CriterionRow("not done", .trialDocumented, .notMet, courses([], [session(20, state: .notDone)])),
        CriterionRow(
            "a referral is no care", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.procedures = [procedure(referredTherapy, 66, 10)] }),
        CriterionRow(
            "steroids are no trial", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.medications = [drug(.glucocorticoid(), 66, 10)] }),
        CriterionRow(
            "one missed session beside 30 days of care", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.procedures = [session(50, 20), procedure(.therapy, 15, state: .notDone)] }),
        CriterionRow(
            "care not done at an unknown time", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.procedures = [procedure(.therapy, nil, state: .notDone)] }),
    ]

    static let answers = [
        CriterionRow("declined", .trialDocumented, .notMet, courses([], [], [yes("conservative-care-declined")])),
        CriterionRow(
            "declined later, but delivered in full", .trialDocumented, .met,
            courses([nsaid(60, 10)], [], [yes("conservative-care-declined")])),
        CriterionRow(
            "not declined settles nothing", .trialDocumented, .unknown,
            courses([], [], [no("conservative-care-declined")])),
        CriterionRow(
            "completed, stated", .trialDocumented, .met,
            courses([], [], [yes("conservative-care-completed")])),
        CriterionRow("none, stated", .trialDocumented, .notMet, courses([], [], [no("conservative-care-completed")])),
        CriterionRow(
            "dates of care, stated", .trialDocumented, .met,
            courses([], [], [answer("conservative-care-completed", .period(start: daysAgo(51), end: daysAgo(10)))])),
    ]

    static let rows = days + otherCare + answers

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("a trial that ended 181 days ago no longer counts")
    func ended() {
        let long = { (days: Int) in record(onset: daysAgo(400)) { $0.medications = [nsaid(days + 60, days)] } }
        #expect(result(.trialDocumented, long(180)) == .met)
        #expect(result(.trialDocumented, long(181)) == .unknown)
    }

    @Test("no care is no trial, whatever a site wants")
    func noTrialDays() {
        var thresholds = Thresholds()
        thresholds.trialMinDays = 0
        #expect(result(.trialDocumented, record(), thresholds: thresholds) == .unknown)
    }

    @Test("a trial names the care that it rests on, and only that")
    func evidence() {
        let treated = record(onset: daysAgo(300)) { $0.procedures = [session(290, 280), session(66, 10)] }
        let resources = criterion(.trialDocumented, treated).evidence.compactMap(\.resource)
        #expect(resources == ["Procedure/66"])
    }

    static let care =
        [
            ("nothing", record(), 0),
            ("a session of one day", record { $0.procedures = [session(3)] }, 1),
            ("a drug begun today", record { $0.medications = [nsaid(0, 0)] }, 1),
            ("a drug of one day", record { $0.medications = [nsaid(5, 5)] }, 1),
            (
                "a period of one day, stated",
                record {
                    $0.observations = [
                        answer("conservative-care-completed", .period(start: daysAgo(4), end: daysAgo(4)))
                    ]
                }, 1
            ),
            (
                "a period that goes on, stated",
                record {
                    $0.observations = [answer("conservative-care-completed", .period(start: daysAgo(4), end: nil))]
                }, 5
            ),
            (
                "a prescription without an end covers 30 days",
                record(onset: daysAgo(70)) { $0.medications = [nsaid(60, nil)] }, 30
            ),
        ] as [(String, ClinicalRecord, Int)]

    @Test("days of care", arguments: care)
    func careDays(_ because: String, _ record: ClinicalRecord, _ days: Int) {
        #expect(guidelineUnderTest.review(imagingOrder(), in: record, asOf: today).cardFacts.trialDays == days)
    }
}
