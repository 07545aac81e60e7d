import ClinicalModel
import Guidelines
import Testing

private func referral(_ alone: CodeUse.Alone = .yes) -> Concept {
    concept("spine-surgery-referral", .procedureCandidate, nil, .treatment, "referral", alone)
}
private func asking(_ concept: Concept, isOrder: Bool = true, status: ServiceRequest.Status = .active)
    -> ClinicalRecord
{
    record { $0.serviceRequests = [request(concept, status: status, isOrder: isOrder)] }
}
/// Ten weeks of pain, eight weeks of sessions up to a week ago.
private func treated(_ change: (inout ClinicalRecord) -> Void = { _ in }) -> ClinicalRecord {
    record(onset: daysAgo(70)) {
        $0.procedures = [session(66, 10)]
        change(&$0)
    }
}

@Suite("Procedure candidate (R14)")
struct ProcedureCandidateTests {
    static let requests = [
        CriterionRow("nobody says", .procedureCandidate, .unknown, treated()),
        CriterionRow(
            "referral to surgery", .procedureCandidate, .met, treated { $0.serviceRequests = [request(referral())] }),
        CriterionRow(
            "planned surgery", .procedureCandidate, .met, treated { $0.serviceRequests = [request(.laminectomy)] }),
        CriterionRow(
            "referral before the episode", .procedureCandidate, .unknown,
            treated { $0.serviceRequests = [request(referral(), ago: 400)] }),
        CriterionRow("a referral", .procedureCandidate, .met, asking(referral())),
        CriterionRow("a referral that is never enough", .procedureCandidate, .unknown, asking(referral(.no))),
        CriterionRow("a proposal", .procedureCandidate, .unknown, asking(referral(), isOrder: false)),
        CriterionRow("a draft", .procedureCandidate, .met, asking(referral(), isOrder: false, status: .draft)),
        CriterionRow("an order of physiotherapy", .procedureCandidate, .unknown, asking(.therapy)),
        CriterionRow(
            "another code of spine surgery", .procedureCandidate, .unknown,
            asking(concept("spine-surgery", .infection, nil, .hint, "hint"))),
        CriterionRow(
            "another set of earlier surgery", .procedureCandidate, .unknown,
            asking(concept("other-surgery", .priorLumbarSurgery, nil, .history, "study"))),
    ]

    static let operations = [
        CriterionRow(
            "an operation planned", .procedureCandidate, .met,
            record { $0.procedures = [operated(-10, state: .planned)] }),
        CriterionRow("an operation done", .procedureCandidate, .unknown, record { $0.procedures = [operated(10)] }),
    ]

    static let answers = [
        CriterionRow("attested", .procedureCandidate, .met, treated { $0.observations = [yes("procedure-candidate")] }),
        CriterionRow("denied", .procedureCandidate, .notMet, treated { $0.observations = [no("procedure-candidate")] }),
        CriterionRow(
            "both declined", .procedureCandidate, .notMet,
            treated { $0.observations = [yes("procedure-declined")] }),
        CriterionRow(
            "not declined settles nothing", .procedureCandidate, .unknown,
            treated { $0.observations = [no("procedure-declined")] }),
        CriterionRow(
            "declined after the referral", .procedureCandidate, .notMet,
            treated {
                $0.serviceRequests = [request(referral(), ago: 10)]
                $0.observations = [yes("procedure-declined", daysAgo(3))]
            }),
        CriterionRow(
            "referred after declining", .procedureCandidate, .met,
            treated {
                $0.serviceRequests = [request(referral(), ago: 2)]
                $0.observations = [yes("procedure-declined", daysAgo(3))]
            }),
    ]

    static let rows = requests + operations + answers

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("what was said before is shown behind the newest statement")
    func evidence() {
        var record = asking(referral())
        record.observations = [no("procedure-candidate")]
        let evidence = criterion(.procedureCandidate, record).evidence
        #expect(
            evidence.map(\.resource) == ["Observation/procedure-candidate-\(daysAgo(0).literal)", "ServiceRequest/r"])
    }

    @Test("of one day yes wins over no, in either order", arguments: [false, true])
    func sameDay(_ isReversed: Bool) {
        let answers = [yes("procedure-candidate"), no("procedure-candidate")]
        #expect(result(.procedureCandidate, with(isReversed ? answers.reversed() : answers)) == .met)
    }
}
