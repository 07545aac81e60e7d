import ClinicalModel
import Guidelines
import Testing

private let numbness = concept("cauda-equina-components", .caudaEquina, "saddle", .presenting, "finding", .needsSite)
private let retention = concept("cauda-equina-components", .caudaEquina, "bladder-bowel")
private let prostate = concept("other-cause-bladder-bowel", .caudaEquina, "bladder-bowel", .exclusion, "cause")
private let hesitancy = concept("hints", .caudaEquina, "hint", .hint, "hint", .needsNew)
private let anticoagulant = concept("anticoagulants", nil, nil, .presenting, "caution", .no)

private func sciatica(_ side: CodeUse.Qualifier) -> Concept {
    concept("hints", .caudaEquina, "hint", .hint, "hint", .no, qualifiers: [.bothSides, side])
}
private let left = sciatica(.left)
private let right = sciatica(.right)

/// An anticoagulant dispensed for 30 days.
private func dispensed(_ ago: Int) -> MedicationUse {
    drug(anticoagulant, nil, kind: .dispense, isActive: false, authored: ago, supply: 30)
}

@Suite("Cauda equina: what was found (G28, R13, R31, R36, R38, R42)")
struct CaudaEquinaFindingTests {
    static let codes = [
        CriterionRow(
            "saddle anaesthesia coded in the episode", .caudaEquina, .met, with(condition(.saddle, onset: daysAgo(3)))),
        CriterionRow(
            "refuted", .caudaEquina, .unknown, with(condition(.saddle, onset: daysAgo(3), certainty: .refuted))),
        CriterionRow(
            "suspected counts", .caudaEquina, .met, with(condition(.saddle, onset: daysAgo(3), certainty: .suspected))),
        CriterionRow("numbness without a site", .caudaEquina, .unknown, with(condition(numbness, onset: daysAgo(3)))),
        CriterionRow(
            "numbness of the saddle", .caudaEquina, .met, with(condition(numbness, onset: daysAgo(3), sites: [.saddle]))
        ),
        CriterionRow(
            "coded for tomorrow still counts (R5)", .caudaEquina, .met, with(condition(.saddle, onset: daysAgo(-1)))),
        CriterionRow(
            "coded for the day after is a data problem", .caudaEquina, .unknown,
            with(condition(.saddle, onset: daysAgo(-2)))),
        CriterionRow(
            "a refutation dated in the future", .caudaEquina, .met,
            deniedBeside(
                condition(.saddle, onset: daysAgo(5)), condition(.saddle, recorded: daysAgo(-30), certainty: .refuted))),
        CriterionRow(
            "an emergency finding of two days ago stands", .caudaEquina, .met,
            with([observed(.saddle, true, 2), observed(.saddle, false, 0)])),
        CriterionRow(
            "one of three days ago does not", .caudaEquina, .unknown,
            with([observed(.saddle, true, 3), observed(.saddle, false, 0)])),
    ]

    static let diagnoses = [
        CriterionRow("diagnosis on record", .caudaEquina, .met, with(condition(.caudaEquinaSyndrome))),
        CriterionRow(
            "diagnosis resolved before the episode", .caudaEquina, .unknown,
            with(condition(.caudaEquinaSyndrome, onset: daysAgo(900), abatement: daysAgo(800), status: .resolved))),
        CriterionRow(
            "diagnosis as the reason of the order (R13)", .caudaEquina, .met, record(),
            order: imagingOrder(reasons: [orderReason(.caudaEquinaSyndrome)])),
        CriterionRow(
            "a refuted reason is none", .caudaEquina, .unknown, record(),
            order: imagingOrder(reasons: [orderReason(.caudaEquinaSyndrome, certainty: .refuted)])),
    ]

    static let retentions = [
        CriterionRow("retention without a date, under an order (R38)", .caudaEquina, .met, with(condition(retention))),
        CriterionRow(
            "retention without a date, at patient view (R38)", .caudaEquina, .suspected, with(condition(retention)),
            order: nil),
        CriterionRow(
            "retention before the episode", .caudaEquina, .unknown, with(condition(retention, onset: daysAgo(400)))),
        CriterionRow(
            "old retention with the questions denied (R38)", .caudaEquina, .notMet,
            with(condition(retention, onset: daysAgo(400)), condition(prostate), observations: screenDenied())),
        CriterionRow(
            "new retention whatever the prostate", .caudaEquina, .met,
            with(condition(retention, onset: daysAgo(3)), condition(prostate))),
        CriterionRow(
            "undated retention beside another cause asks", .caudaEquina, .suspected,
            with(condition(retention), condition(prostate))),
        CriterionRow(
            "ended before the episode", .caudaEquina, .unknown,
            with(condition(retention, onset: daysAgo(400), abatement: daysAgo(300), status: .resolved))),
        CriterionRow(
            "inactive, began five days ago, no end date", .caudaEquina, .met,
            deniedBeside(condition(retention, onset: daysAgo(5), status: .inactive))),
        CriterionRow(
            "inactive, began long ago, no end date", .caudaEquina, .notMet,
            deniedBeside(condition(retention, onset: daysAgo(500), status: .inactive))),
        CriterionRow(
            "older, no cause documented: unknown whatever was answered (R38)", .caudaEquina, .unknown,
            deniedBeside(condition(retention, onset: daysAgo(400)))),
    ]

    static let residualVolume = [
        CriterionRow(
            "200 mL left after voiding", .caudaEquina, .met,
            with([measurement(finding("pvr-ml"), 200, "mL")])),
        CriterionRow(
            "199 mL neither sets nor denies", .caudaEquina, .unknown, with([measurement(finding("pvr-ml"), 199, "mL")])),
        CriterionRow("199.95 mL", .caudaEquina, .unknown, with([measurement(finding("pvr-ml"), 199.95, "mL")])),
        CriterionRow(
            "200 mL without a complaint of leg or back", .caudaEquina, .unknown,
            noComplaint { $0.observations = [measurement(finding("pvr-ml"), 200, "mL")] }),
        CriterionRow(
            "200 mL with leg pain ruled out", .caudaEquina, .unknown,
            noComplaint {
                $0.observations = [measurement(finding("pvr-ml"), 200, "mL")]
                $0.conditions = [condition(radiculopathy, certainty: .refuted)]
            }),
        CriterionRow(
            "200 mL with leg pain that is over", .caudaEquina, .unknown,
            noComplaint {
                $0.observations = [measurement(finding("pvr-ml"), 200, "mL")]
                $0.conditions = [
                    condition(radiculopathy, onset: daysAgo(90), abatement: daysAgo(60), status: .resolved)
                ]
            }),
        CriterionRow(
            "250 mL yesterday, 50 mL today", .caudaEquina, .met,
            deniedBeside(
                measurement(finding("pvr-ml"), 250, "mL", daysAgo(1)), measurement(finding("pvr-ml"), 50, "mL"))),
        CriterionRow(
            "below 200 mL as a bound", .caudaEquina, .notMet,
            deniedBeside(measurement(finding("pvr-ml"), 200, "mL", comparator: .less))),
        CriterionRow(
            "below 999 mL may be retention", .caudaEquina, .unknown,
            deniedBeside(measurement(finding("pvr-ml"), 999, "mL", comparator: .less))),
        CriterionRow("0.4 L is 400 mL", .caudaEquina, .met, deniedBeside(measurement(finding("pvr-ml"), 0.4, "L"))),
        CriterionRow(
            "400 without a unit", .caudaEquina, .unknown, deniedBeside(measurement(finding("pvr-ml"), 400, nil))),
    ]

    static let weakness = [
        CriterionRow(
            "strength 4/5 on both sides, new", .caudaEquina, .met,
            with([answer("strength-leg-left", .text("4/5")), answer("strength-leg-right", .text("4/5"))])),
        CriterionRow(
            "4+ on both sides asks", .caudaEquina, .unknown,
            with([answer("strength-leg-left", .text("4+/5")), answer("strength-leg-right", .text("4+/5"))])),
        CriterionRow("one side is not both", .caudaEquina, .unknown, with([answer("strength-leg-left", .text("4/5"))])),
        CriterionRow(
            "one side and full strength of the other is not both", .caudaEquina, .notMet,
            with(
                screenDenied() + [
                    answer("strength-leg-left", .text("4/5")), answer("strength-leg-right", .text("5/5")),
                ])),
        CriterionRow(
            "two muscles of one side are not both", .caudaEquina, .notMet,
            with(
                screenDenied() + [
                    answer("strength-leg-left", .text("4/5")), answer("strength-ankle-dorsiflexion-left", .text("4/5")),
                ])),
        CriterionRow(
            "both sides, the right one dated before the episode only", .caudaEquina, .notMet,
            with(
                screenDenied() + [
                    answer("strength-leg-left", .text("4/5")), answer("strength-leg-right", .text("4/5"), daysAgo(100)),
                ])),
        CriterionRow(
            "both sides, one of them undated", .caudaEquina, .suspected,
            with([answer("strength-leg-left", .text("4/5")), answer("strength-leg-right", .text("4/5"), nil)])),
        CriterionRow(
            "2/5 on both sides without a date", .caudaEquina, .suspected,
            deniedBeside(
                answer("strength-leg-left", .text("2/5"), nil), answer("strength-leg-right", .text("2/5"), nil))),
        CriterionRow(
            "4+ on both sides asks (R37)", .caudaEquina, .unknown,
            deniedBeside(answer("strength-leg-left", .text("4+/5")), answer("strength-leg-right", .text("4+/5")))),
    ]

    static let hints = [
        CriterionRow("new hesitancy hints", .caudaEquina, .suspected, with(condition(hesitancy, onset: daysAgo(3)))),
        CriterionRow(
            "a hint is never denied by the screen (R31)", .caudaEquina, .suspected,
            with(condition(hesitancy, onset: daysAgo(3)), observations: screenDenied())),
        CriterionRow("old hesitancy does not", .caudaEquina, .unknown, with(condition(hesitancy, onset: daysAgo(400)))),
        CriterionRow("sciatica in both legs hints", .caudaEquina, .suspected, with([yes("bilateral-sciatica")])),
        CriterionRow(
            "inactive hint of this episode", .caudaEquina, .suspected,
            deniedBeside(condition(hesitancy, onset: daysAgo(3), status: .inactive))),
    ]

    static let bothSides = [
        CriterionRow(
            "sciatica coded on both sides hints", .caudaEquina, .suspected, with(condition(left), condition(right))),
        CriterionRow(
            "sciatica on one side and ruled out on the other", .caudaEquina, .unknown,
            with(condition(left), condition(right, certainty: .refuted))),
        CriterionRow(
            "sciatica on one side and over on the other", .caudaEquina, .unknown,
            with(
                condition(left),
                condition(right, onset: daysAgo(90), abatement: daysAgo(60), status: .resolved))),
        CriterionRow(
            "sciatica on both sides, denied today", .caudaEquina, .notMet,
            with(condition(left), condition(right), observations: screenDenied() + [no("bilateral-sciatica")])),
        CriterionRow(
            "sciatica on both sides, denied the day before yesterday", .caudaEquina, .suspected,
            with(condition(left), condition(right), observations: [no("bilateral-sciatica", daysAgo(2))])),
        CriterionRow(
            "both sides coded, denied long ago", .caudaEquina, .suspected,
            with(
                condition(left), condition(right),
                observations: screenDenied() + [no("bilateral-sciatica", daysAgo(300))])),
    ]

    static let anticoagulants = [
        CriterionRow(
            "an anticoagulant with a fresh onset (R42)", .caudaEquina, .suspected,
            record(onset: daysAgo(14)) { $0.medications = [drug(anticoagulant, nil, kind: .request)] }),
        CriterionRow(
            "an anticoagulant on day 15", .caudaEquina, .unknown,
            record(onset: daysAgo(15)) { $0.medications = [drug(anticoagulant, nil, kind: .request)] }),
        CriterionRow(
            "an anticoagulant known by its dispense (R42)", .caudaEquina, .suspected,
            record(onset: daysAgo(10)) {
                $0.observations = screenDenied()
                $0.medications = [dispensed(5)]
            }),
        CriterionRow(
            "a dispense that has run out", .caudaEquina, .notMet,
            record(onset: daysAgo(10)) {
                $0.observations = screenDenied()
                $0.medications = [dispensed(40)]
            }),
        CriterionRow(
            "an anticoagulant, a spinal procedure 30 days ago", .caudaEquina, .suspected,
            record(onset: daysAgo(70)) {
                $0.medications = [drug(anticoagulant, 60, nil)]; $0.procedures = [operated(30)]
            }),
        CriterionRow(
            "31 days ago", .caudaEquina, .unknown,
            record(onset: daysAgo(70)) {
                $0.medications = [drug(anticoagulant, 60, nil)]; $0.procedures = [operated(31)]
            }),
    ]

    static let dangers = [
        (
            record(onset: daysAgo(14)) { $0.medications = [drug(anticoagulant, nil, kind: .request)] },
            "anticoagulant with an onset in the last days"
        ),
        (
            record(onset: daysAgo(70)) {
                $0.medications = [drug(anticoagulant, 60, nil)]
                $0.procedures = [operated(30)]
            }, "anticoagulant after a spinal procedure"
        ),
    ]

    @Test("a possible haematoma says what makes it possible", arguments: dangers)
    func haematoma(_ record: ClinicalRecord, _ because: String) {
        #expect(criterion(.caudaEquina, record).evidence.first?.because == because)
    }

    static let rows = codes + diagnoses + retentions + residualVolume + weakness + hints + bothSides + anticoagulants

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("an old retention without a cause asks for the bladder alone")
    func gapOfOldRetention() {
        let old = with(condition(retention, onset: daysAgo(400)), observations: screenDenied())
        #expect(criterion(.caudaEquina, old).missing.map(\.what) == ["bladder and bowel function"])
    }

    @Test("weak legs are cited left before right")
    func bothLegs() {
        let weak = ["strength-leg-right", "strength-leg-left"].map { answer($0, .text("4/5")) }
        let evidence = criterion(.caudaEquina, with(weak)).evidence
        #expect(evidence.compactMap { $0.code?.code } == ["strength-leg-left", "strength-leg-right"])
    }

    @Test("a suspected finding says so")
    func suspicion() {
        for (certainty, words) in [(Certainty.suspected, " (suspected)"), (.confirmed, "")] {
            let record = with(condition(.saddle, onset: daysAgo(3), certainty: certainty))
            let decision = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)
            #expect(decision.cardFacts.findings[.caudaEquina] == ["cauda-equina-components code\(words)"])
            let because = decision.criterion(.caudaEquina).evidence.first?.because ?? ""
            #expect(because.hasSuffix(", suspected") == !words.isEmpty)
        }
    }

    static let taken = [
        ("from tomorrow, as the record has it", drug(anticoagulant, -1), true),
        ("from the day after", drug(anticoagulant, -2), false),
        ("until today", drug(anticoagulant, 20, 0), true),
        ("until yesterday", drug(anticoagulant, 20, 1), false),
    ]

    @Test("an anticoagulant is being taken", arguments: taken)
    func isTaken(_ because: String, _ drug: MedicationUse, _ expected: Bool) {
        let record = record { $0.medications = [drug] }
        let decision = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)
        #expect((decision.cardFacts.anticoagulant != nil) == expected)
    }
}
