import ClinicalModel
import Guidelines
import Testing

/// An answer by a code of HL7 v2 table 0136.
private func coded(
    _ question: String, _ code: String, system: String = "http://terminology.hl7.org/CodeSystem/v2-0136"
) -> Observation {
    answer(question, .concepts([Concept(Code(system: system, code: code))]))
}

@Suite("Cauda equina: what was asked and answered (G28, R4, R34, R36)")
struct CaudaEquinaTests {
    static let answers = [
        CriterionRow("nothing said", .caudaEquina, .unknown, record()),
        CriterionRow("saddle numbness today", .caudaEquina, .met, with([yes("saddle-sensory-loss")])),
        CriterionRow(
            "perianal sensation reduced", .caudaEquina, .met, with([answer("perianal-sensation", choice("reduced"))])),
        CriterionRow("anal tone absent", .caudaEquina, .met, with([answer("anal-tone", choice("absent"))])),
        CriterionRow("answered yes by code", .caudaEquina, .met, with([coded("saddle-sensory-loss", "Y")])),
        CriterionRow(
            "answered no by code", .caudaEquina, .notMet,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [coded("saddle-sensory-loss", "N")])),
    ]

    static let days = [
        CriterionRow(
            "saddle numbness on the first day of the episode", .caudaEquina, .met,
            with([yes("saddle-sensory-loss", daysAgo(34))])),
        CriterionRow(
            "saddle numbness the day before the episode", .caudaEquina, .unknown,
            with([yes("saddle-sensory-loss", daysAgo(35))])),
        CriterionRow(
            "saddle numbness dated the day after still counts (R5)", .caudaEquina, .met,
            with([yes("saddle-sensory-loss", daysAgo(-1))])),
        CriterionRow(
            "a date two days ahead is a data problem", .caudaEquina, .unknown,
            with([yes("saddle-sensory-loss", daysAgo(-2))])),
        CriterionRow(
            "saddle numbness 90 days ago, no onset known", .caudaEquina, .met,
            with([yes("saddle-sensory-loss", daysAgo(90))], onset: nil)),
        CriterionRow(
            "91 days ago", .caudaEquina, .unknown,
            with([yes("saddle-sensory-loss", daysAgo(91))], onset: nil)),
        CriterionRow(
            "a yes without a date against a no of today", .caudaEquina, .unknown,
            deniedBeside(yes("saddle-sensory-loss", nil))),
        CriterionRow(
            "a yes of this month beside a no of today", .caudaEquina, .met,
            deniedBeside(yes("saddle-sensory-loss", PartialDate("2025-06")))),
    ]

    static let denials = [
        CriterionRow("the whole screen denied today", .caudaEquina, .notMet, with(screenDenied())),
        CriterionRow("denied yesterday", .caudaEquina, .notMet, with(screenDenied(daysAgo(1)))),
        CriterionRow(
            "denied the day before yesterday is too old (R34)", .caudaEquina, .unknown, with(screenDenied(daysAgo(2)))),
        CriterionRow("bowel not asked", .caudaEquina, .unknown, with(screenDenied(but: ["bowel-dysfunction-new"]))),
        CriterionRow(
            "normal perianal sensation answers for the saddle", .caudaEquina, .notMet,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [answer("perianal-sensation", choice("normal"))])),
        CriterionRow(
            "normal anal tone answers for nothing", .caudaEquina, .unknown,
            with(screenDenied(but: ["bladder-dysfunction-new"]) + [answer("anal-tone", choice("normal"))])),
    ]

    static let contradictions = [
        CriterionRow(
            "a later no undoes a yes of three days ago", .caudaEquina, .notMet,
            with(screenDenied() + [yes("saddle-sensory-loss", daysAgo(3))])),
        CriterionRow(
            "a later no never undoes a yes of the last two days (R36)", .caudaEquina, .met,
            with(screenDenied() + [yes("saddle-sensory-loss", daysAgo(2))])),
        CriterionRow(
            "yes and no on one day: yes", .caudaEquina, .met, with(screenDenied() + [yes("saddle-sensory-loss")])),
        CriterionRow(
            "yes and no on one day, whichever is delivered first: yes", .caudaEquina, .met,
            with([yes("saddle-sensory-loss")] + screenDenied())),
        CriterionRow(
            "anal tone absent and normal on one day: absent", .caudaEquina, .met,
            with([answer("anal-tone", choice("absent")), answer("anal-tone", choice("normal"))])),
        CriterionRow(
            "anal tone reduced and normal on one day: reduced", .caudaEquina, .met,
            with([answer("anal-tone", choice("reduced")), answer("anal-tone", choice("normal"))])),
        CriterionRow(
            "anal tone absent, not dated, normal today", .caudaEquina, .unknown,
            deniedBeside(answer("anal-tone", choice("absent"), nil), answer("anal-tone", choice("normal")))),
    ]

    static let noAnswers = [
        CriterionRow(
            "no answer is no denial", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [answer("saddle-sensory-loss", .absent)])),
        CriterionRow(
            "text is never read", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [answer("saddle-sensory-loss", .text("no"))])),
        CriterionRow(
            "another code is no answer", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [coded("saddle-sensory-loss", "U")])),
        CriterionRow(
            "a code of another system is no answer", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [coded("saddle-sensory-loss", "N", system: "urn:test")])),
        CriterionRow(
            "an answer in an unknown code beside an older no", .caudaEquina, .unknown,
            deniedBeside(answer("saddle-sensory-loss", .concepts([Concept(Code(system: "urn:test", code: "J"))])))),
        CriterionRow(
            "an answer in words", .caudaEquina, .unknown, deniedBeside(answer("saddle-sensory-loss", .text("yes")))),
    ]

    static let unread = [
        CriterionRow(
            "denied, but the problem list was not retrieved (R4)", .caudaEquina, .unknown,
            record {
                $0.observations = screenDenied(); $0.notRetrieved = [.conditions]
            }),
        CriterionRow(
            "an Observation that could not be used", .caudaEquina, .unknown,
            deniedBeside { $0.refused = [.observations] }),
        CriterionRow(
            "a document that could not be read may hold a red flag", .caudaEquina, .unknown,
            deniedBeside { $0.refused = [.documentReferences] }),
    ]

    static let rows = answers + days + denials + contradictions + noAnswers + unread

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    static let open = [
        ("nothing said", record(), OpenQuestion.Answers.any),
        ("beside a hint", with([yes("sexual-dysfunction-new")]), .yesOnly),
        ("where a search was not answered", record { $0.notRetrieved = [.conditions] }, .yesOnly),
    ]

    @Test("a no is asked for where it would settle something", arguments: open)
    func asked(_ because: String, _ record: ClinicalRecord, _ answers: OpenQuestion.Answers) {
        let gap = criterion(.caudaEquina, record).missing.first { $0.what == "saddle sensation" }
        #expect(gap?.questions == [OpenQuestion("saddle-sensory-loss", answers)])
    }

    @Test("a no is offered against a yes of an earlier day only", arguments: [(1, true), (0, false)])
    func takenBack(_ ago: Int, _ isOffered: Bool) {
        let criterion = criterion(.caudaEquina, with([yes("bilateral-sciatica", daysAgo(ago))]))
        let questions = criterion.missing.flatMap(\.questions)
        #expect(questions.contains(OpenQuestion("bilateral-sciatica", .noOnly)) == isOffered)
    }

    @Test("what is missing is named once")
    func gaps() {
        let nothing = criterion(.caudaEquina, record()).missing
        #expect(nothing.map(\.what) == ["saddle sensation", "bladder and bowel function", "weakness of both legs"])
        let old = with(screenDenied(but: ["saddle-sensory-loss"]) + [no("saddle-sensory-loss", daysAgo(2))])
        let missing = criterion(.caudaEquina, old).missing
        #expect(missing.map(\.what) == ["saddle sensation"])
        #expect(missing.map(\.reason) == [.tooOld])
    }

    private func perianal(_ findings: [String], _ ago: Int, isReversed: Bool) -> ClinicalRecord {
        let answers = findings.map { answer("perianal-sensation", choice($0), daysAgo(ago)) }
        return with(isReversed ? answers.reversed() : answers)
    }

    @Test("of one day the graver finding is the one that is named, in either order", arguments: [false, true])
    func absent(_ isReversed: Bool) {
        let record = perianal(["absent", "reduced"], 0, isReversed: isReversed)
        let decision = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)
        #expect(decision.cardFacts.findings[.caudaEquina] == ["perianal sensation absent"])
    }

    @Test("of one day reduced wins over normal, in either order", arguments: [false, true])
    func reduced(_ isReversed: Bool) {
        #expect(result(.caudaEquina, perianal(["reduced", "normal"], 10, isReversed: isReversed)) == .met)
    }

    @Test("a shorter window is a site's choice")
    func window() {
        var site = Thresholds()
        site.cesWindowDays = 14
        let old = with([yes("saddle-sensory-loss", daysAgo(15))])
        #expect(result(.caudaEquina, old) == .met)
        #expect(result(.caudaEquina, old, thresholds: site) == .unknown)
    }
}
