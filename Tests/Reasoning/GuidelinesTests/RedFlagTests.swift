import ClinicalModel
import Guidelines
import Testing

private let saddle = concept("cauda-equina-components", .caudaEquina, "saddle")
private let numbness = concept("cauda-equina-components", .caudaEquina, "saddle", .presenting, "finding", .needsSite)
private let retention = concept("cauda-equina-components", .caudaEquina, "bladder-bowel")
private let prostate = concept("other-cause-bladder-bowel", .caudaEquina, "bladder-bowel", .exclusion, "cause")
private let caudaEquina = concept("cauda-equina-syndrome", .caudaEquina, "diagnosis")
private let hesitancy = concept("hints", .caudaEquina, "hint", .hint, "hint", .needsNew)
private let footDrop = concept(
    "neurologic-deficit", .progressiveDeficit, "worsening", .presenting, "finding", .needsNew)

private func sciatica(_ side: CodeUse.Qualifier) -> Concept {
    concept("hints", .caudaEquina, "hint", .hint, "hint", .no, qualifiers: [.bothSides, side])
}
private let left = sciatica(.left)
private let right = sciatica(.right)

/// An answer by a code of HL7 v2 table 0136.
private func coded(
    _ question: String, _ code: String, system: String = "http://terminology.hl7.org/CodeSystem/v2-0136"
) -> Observation {
    answer(question, .concepts([Concept(Code(system: system, code: code))]))
}

/// An adult without a complaint on record.
private func painless(_ change: (inout ClinicalRecord) -> Void) -> ClinicalRecord {
    record {
        $0.conditions = []
        change(&$0)
    }
}

private func yes(_ code: String, _ date: PartialDate? = daysAgo(0)) -> Observation {
    answer(code, .boolean(true), date)
}
private func no(_ code: String, _ date: PartialDate? = daysAgo(0)) -> Observation {
    answer(code, .boolean(false), date)
}
private func with(_ observations: [Observation], onset: PartialDate? = daysAgo(20)) -> ClinicalRecord {
    record(onset: onset) { $0.observations = observations }
}
private func with(_ conditions: Condition..., observations: [Observation] = []) -> ClinicalRecord {
    record {
        $0.conditions += conditions
        $0.observations = observations
    }
}

@Suite("Cauda equina (G28, R34, R36, R38)")
struct CaudaEquinaTests {
    static let rows = [
        CriterionRow("nothing said", .caudaEquina, .unknown, record()),
        CriterionRow("saddle numbness today", .caudaEquina, .met, with([yes("saddle-sensory-loss")])),
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
            "perianal sensation reduced", .caudaEquina, .met, with([answer("perianal-sensation", choice("reduced"))])),
        CriterionRow("anal tone absent", .caudaEquina, .met, with([answer("anal-tone", choice("absent"))])),
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
        CriterionRow(
            "no answer is no denial", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [answer("saddle-sensory-loss", .absent)])),
        CriterionRow(
            "text is never read", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [answer("saddle-sensory-loss", .text("no"))])),
        CriterionRow(
            "a later no undoes a yes of three days ago", .caudaEquina, .notMet,
            with(screenDenied() + [yes("saddle-sensory-loss", daysAgo(3))])),
        CriterionRow(
            "a later no never undoes a yes of the last two days (R36)", .caudaEquina, .met,
            with(screenDenied() + [yes("saddle-sensory-loss", daysAgo(2))])),
        CriterionRow(
            "yes and no on one day: yes", .caudaEquina, .met, with(screenDenied() + [yes("saddle-sensory-loss")])),
        CriterionRow(
            "200 mL left after voiding", .caudaEquina, .met,
            with([measurement(finding("pvr-ml"), 200, "mL")])),
        CriterionRow(
            "199 mL neither sets nor denies", .caudaEquina, .unknown, with([measurement(finding("pvr-ml"), 199, "mL")])),
        CriterionRow(
            "saddle anaesthesia coded in the episode", .caudaEquina, .met, with(condition(saddle, onset: daysAgo(3)))),
        CriterionRow(
            "refuted", .caudaEquina, .unknown, with(condition(saddle, onset: daysAgo(3), certainty: .refuted))),
        CriterionRow(
            "suspected counts", .caudaEquina, .met, with(condition(saddle, onset: daysAgo(3), certainty: .suspected))),
        CriterionRow("numbness without a site", .caudaEquina, .unknown, with(condition(numbness, onset: daysAgo(3)))),
        CriterionRow(
            "numbness of the saddle", .caudaEquina, .met, with(condition(numbness, onset: daysAgo(3), sites: [.saddle]))
        ),
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
        CriterionRow("diagnosis on record", .caudaEquina, .met, with(condition(caudaEquina))),
        CriterionRow(
            "diagnosis resolved before the episode", .caudaEquina, .unknown,
            with(condition(caudaEquina, onset: daysAgo(900), abatement: daysAgo(800), status: .resolved))),
        CriterionRow(
            "diagnosis as the reason of the order (R13)", .caudaEquina, .met, record(),
            order: imagingOrder(reasons: [OrderReason(concepts: [caudaEquina], at: "$.r")])),
        CriterionRow(
            "a refuted reason is none", .caudaEquina, .unknown, record(),
            order: imagingOrder(reasons: [OrderReason(concepts: [caudaEquina], certainty: .refuted, at: "$.r")])),
        CriterionRow("new hesitancy hints", .caudaEquina, .suspected, with(condition(hesitancy, onset: daysAgo(3)))),
        CriterionRow(
            "a hint is never denied by the screen (R31)", .caudaEquina, .suspected,
            with(condition(hesitancy, onset: daysAgo(3)), observations: screenDenied())),
        CriterionRow("old hesitancy does not", .caudaEquina, .unknown, with(condition(hesitancy, onset: daysAgo(400)))),
        CriterionRow("sciatica in both legs hints", .caudaEquina, .suspected, with([yes("bilateral-sciatica")])),
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
            "yes and no on one day, whichever is delivered first: yes", .caudaEquina, .met,
            with([yes("saddle-sensory-loss")] + screenDenied())),
        CriterionRow(
            "anal tone absent and normal on one day: absent", .caudaEquina, .met,
            with([answer("anal-tone", choice("absent")), answer("anal-tone", choice("normal"))])),
        CriterionRow(
            "anal tone reduced and normal on one day: reduced", .caudaEquina, .met,
            with([answer("anal-tone", choice("reduced")), answer("anal-tone", choice("normal"))])),
        CriterionRow("answered yes by code", .caudaEquina, .met, with([coded("saddle-sensory-loss", "Y")])),
        CriterionRow(
            "answered no by code", .caudaEquina, .notMet,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [coded("saddle-sensory-loss", "N")])),
        CriterionRow(
            "another code is no answer", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [coded("saddle-sensory-loss", "U")])),
        CriterionRow(
            "a code of another system is no answer", .caudaEquina, .unknown,
            with(screenDenied(but: ["saddle-sensory-loss"]) + [coded("saddle-sensory-loss", "N", system: "urn:test")])),
        CriterionRow(
            "200 mL without a complaint of leg or back", .caudaEquina, .unknown,
            painless { $0.observations = [measurement(finding("pvr-ml"), 200, "mL")] }),
        CriterionRow(
            "200 mL with leg pain ruled out", .caudaEquina, .unknown,
            painless {
                $0.observations = [measurement(finding("pvr-ml"), 200, "mL")]
                $0.conditions = [condition(radiculopathy, certainty: .refuted)]
            }),
        CriterionRow(
            "200 mL with leg pain that is over", .caudaEquina, .unknown,
            painless {
                $0.observations = [measurement(finding("pvr-ml"), 200, "mL")]
                $0.conditions = [
                    condition(radiculopathy, onset: daysAgo(90), abatement: daysAgo(60), status: .resolved)
                ]
            }),
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
            "denied, but the problem list was not retrieved (R4)", .caudaEquina, .unknown,
            record {
                $0.observations = screenDenied(); $0.notRetrieved = [.conditions]
            }),
        CriterionRow(
            "an anticoagulant with a fresh onset (R42)", .caudaEquina, .suspected,
            record(onset: daysAgo(14)) { $0.medications = [anticoagulant] }),
        CriterionRow(
            "an anticoagulant on day 15", .caudaEquina, .unknown,
            record(onset: daysAgo(15)) { $0.medications = [anticoagulant] }),
    ]
    static let anticoagulant = MedicationUse(
        provenance: place("MedicationRequest/a"), kind: .request,
        concepts: [concept("anticoagulants", nil, nil, .presenting, "caution", .no)],
        standing: .counts, isActive: true, route: .systemic)

    @Test("family", arguments: rows)
    func family(_ row: CriterionRow) {
        let criterion = criterion(row.id, row.record, order: row.order)
        #expect(criterion.result == row.expected)
        if row.expected == .unknown {
            #expect(!criterion.missing.isEmpty, "every unknown names what would settle it (I9)")
        }
        if row.expected == .met || row.expected == .notMet { #expect(!criterion.evidence.isEmpty, "I9") }
    }

    @Test("weak legs are cited left before right")
    func bothLegs() {
        let weak = ["strength-leg-right", "strength-leg-left"].map { answer($0, .text("4/5")) }
        let evidence = criterion(.caudaEquina, with(weak)).evidence
        #expect(evidence.compactMap { $0.code?.code } == ["strength-leg-left", "strength-leg-right"])
    }

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
}

@Suite("Progressive deficit (G32, R8, R37)")
struct ProgressiveDeficitTests {
    static func grades(_ grades: (String, Int)..., onset: PartialDate? = daysAgo(20), also: [Observation] = [])
        -> ClinicalRecord
    {
        with(
            grades.map { answer("strength-ankle-dorsiflexion-right", .text($0.0), daysAgo($0.1)) } + also, onset: onset)
    }
    static let rows = [
        CriterionRow("worsening attested", .progressiveDeficit, .met, with([yes("leg-weakness-worsening")])),
        CriterionRow("worsening denied", .progressiveDeficit, .notMet, with([no("leg-weakness-worsening")])),
        CriterionRow(
            "denied two days ago", .progressiveDeficit, .unknown, with([no("leg-weakness-worsening", daysAgo(2))])),
        CriterionRow("one grade lost", .progressiveDeficit, .met, grades(("5/5", 5), ("4/5", 1))),
        CriterionRow(
            "within a grade nothing is lost (R8)", .progressiveDeficit, .unknown, grades(("4+/5", 5), ("4-/5", 1))),
        CriterionRow(
            "lost and made up again", .progressiveDeficit, .unknown, grades(("5/5", 15), ("4/5", 10), ("5/5", 5))),
        CriterionRow(
            "a loss seen two days ago is not undone (R36)", .progressiveDeficit, .met,
            grades(("5/5", 15), ("4/5", 2), ("5/5", 0))),
        CriterionRow("improving", .progressiveDeficit, .unknown, grades(("4/5", 5), ("5/5", 1))),
        CriterionRow("3/5 first seen in a dated episode", .progressiveDeficit, .met, grades(("3/5", 1))),
        CriterionRow("3+/5 is more than 3", .progressiveDeficit, .unknown, grades(("3+/5", 1))),
        CriterionRow(
            "3/5, improving, is still severe (R37)", .progressiveDeficit, .met, grades(("2/5", 5), ("3/5", 1))),
        CriterionRow(
            "3/5 without an onset is not known to be new", .progressiveDeficit, .suspected,
            grades(("3/5", 1), onset: nil)),
        CriterionRow(
            "3/5 as before the episode is old", .progressiveDeficit, .unknown, grades(("3/5", 300), ("3/5", 1))),
        CriterionRow(
            "old 3/5 forbids a denial (R37)", .progressiveDeficit, .unknown,
            grades(("3/5", 300), ("3/5", 1), also: [no("leg-weakness-worsening")])),
        CriterionRow(
            "full strength on both sides denies", .progressiveDeficit, .notMet,
            with([answer("strength-leg-left", .text("5/5")), answer("strength-leg-right", .text("5/5"))])),
        CriterionRow(
            "4 on one side does not", .progressiveDeficit, .unknown,
            with([answer("strength-leg-left", .text("4/5")), answer("strength-leg-right", .text("5/5"))])),
        CriterionRow(
            "a grade as a quantity", .progressiveDeficit, .met,
            with([measurement(finding("strength-leg-left"), 2, "{score}")])),
        CriterionRow(
            "foot drop in the episode", .progressiveDeficit, .met, with(condition(footDrop, onset: daysAgo(3)))),
        CriterionRow("foot drop without a date (R37)", .progressiveDeficit, .suspected, with(condition(footDrop))),
        CriterionRow("foot drop of old", .progressiveDeficit, .unknown, with(condition(footDrop, onset: daysAgo(400)))),
        CriterionRow(
            "foot drop as the reason (R37)", .progressiveDeficit, .met, record(),
            order: imagingOrder(reasons: [OrderReason(concepts: [footDrop], at: "$.r")])),
    ]

    @Test("family", arguments: rows)
    func family(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }
}

@Suite("Infection (G30, R39)")
struct InfectionTests {
    static let temperature = concept("vitals-labs", .infection, "fever", .presenting, "measurement", .no)
    static let crp = concept(
        "vitals-labs", .infection, "crp-esr", .hint, "measurement", .no, qualifiers: ["measure:crp"])
    static let esr = concept(
        "vitals-labs", .infection, "crp-esr", .hint, "measurement", .no, qualifiers: ["measure:esr"])
    static let cd4 = concept("vitals-labs", .infection, "immunosuppression", .risk, "measurement", .no)
    static let hiv = concept("immunocompromised-state", .infection, "immunosuppression", .risk)
    static let discitis = concept("spinal-infection", .infection, "diagnosis")
    static let sepsis = concept("fever-systemic-infection", .infection, "bacteraemia")
    static let injecting = concept("iv-drug-use", .infection, "iv-drug-use", .risk)
    static let diabetes = concept("diabetes", .infection, "immunosuppression", .exclusion, "context", .no)
    static let laminectomy = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "study")
    static let woundInfection = concept(
        "hints", .infection, "hint", .hint, "hint", .review, qualifiers: [.withSpineSurgery])
    static func surgery(_ days: Int) -> ClinicalModel.Procedure {
        ClinicalModel.Procedure(
            provenance: place("Procedure/s"), concepts: [laminectomy], state: .completed, start: daysAgo(days))
    }
    static func steroid(_ mg: Double, _ from: Int, _ to: Int) -> MedicationUse {
        let drug = concept(
            "systemic-corticosteroids", .fracture, "steroids", .risk, "course", .no,
            ingredients: [Ingredient(rxNorm: "8640", strengthMg: 10, prednisoneEquivalent: 5)])
        return MedicationUse(
            provenance: place("MedicationRequest/s"), kind: .request, concepts: [drug], standing: .counts,
            isActive: false,
            route: .systemic, start: daysAgo(from), end: daysAgo(to),
            dailyDose: Quantity(literal: "\(mg)", value: mg, unit: "mg"))
    }
    static let rows = [
        CriterionRow("38.0 Cel", .infection, .met, with([measurement(temperature, 38.0, "Cel")])),
        CriterionRow("37.9 Cel", .infection, .unknown, with([measurement(temperature, 37.9, "Cel")])),
        CriterionRow("100.4 [degF] is 38.0 Cel", .infection, .met, with([measurement(temperature, 100.4, "[degF]")])),
        CriterionRow("100.3 [degF] is not", .infection, .unknown, with([measurement(temperature, 100.3, "[degF]")])),
        CriterionRow(
            "38.5 without a unit may be a fever", .infection, .suspected, with([measurement(temperature, 38.5, nil)])),
        CriterionRow("fever 14 days ago", .infection, .met, with([measurement(temperature, 38.5, "Cel", daysAgo(14))])),
        CriterionRow(
            "fever 15 days ago", .infection, .unknown, with([measurement(temperature, 38.5, "Cel", daysAgo(15))])),
        CriterionRow(
            "a fever stays, whatever was measured later (R36)", .infection, .met,
            with(
                [measurement(temperature, 38.5, "Cel", daysAgo(3)), measurement(temperature, 36.8, "Cel")]
                    + screenDenied())),
        CriterionRow("screen denied", .infection, .notMet, with(screenDenied())),
        CriterionRow("fever denied 14 days ago", .infection, .notMet, with(screenDenied(daysAgo(14)))),
        CriterionRow("fever denied 15 days ago", .infection, .unknown, with(screenDenied(daysAgo(15)))),
        CriterionRow(
            "injected drugs denied a year ago", .infection, .notMet,
            with(screenDenied(but: ["iv-drug-use"]) + [no("iv-drug-use", daysAgo(365))])),
        CriterionRow(
            "injected drugs denied 366 days ago", .infection, .unknown,
            with(screenDenied(but: ["iv-drug-use"]) + [no("iv-drug-use", daysAgo(366))])),
        CriterionRow("CRP 10 mg/L is no hint", .infection, .unknown, with([measurement(crp, 10, "mg/L")])),
        CriterionRow("CRP 11 mg/L hints", .infection, .suspected, with([measurement(crp, 11, "mg/L")])),
        CriterionRow("CRP 5 mg/dL is 50 mg/L", .infection, .met, with([measurement(crp, 5, "mg/dL")])),
        CriterionRow("ESR 31 mm/h hints", .infection, .suspected, with([measurement(esr, 31, "mm/h")])),
        CriterionRow("ESR 50 mm/h", .infection, .met, with([measurement(esr, 50, "mm/h")])),
        CriterionRow("CRP 31 days old", .infection, .unknown, with([measurement(crp, 80, "mg/L", daysAgo(31))])),
        CriterionRow(
            "a bounded value is no value", .infection, .unknown, with([measurement(crp, 10, "mg/L", comparator: .less)])
        ),
        CriterionRow("HIV at any time", .infection, .met, with(condition(hiv, onset: daysAgo(9000)))),
        CriterionRow(
            "diabetes never counts", .infection, .notMet, with(condition(diabetes), observations: screenDenied())),
        CriterionRow("CD4 199", .infection, .met, with([measurement(cd4, 199, "/uL")])),
        CriterionRow("CD4 200", .infection, .unknown, with([measurement(cd4, 200, "/uL")])),
        CriterionRow("discitis now", .infection, .met, with(condition(discitis))),
        CriterionRow(
            "discitis 13 months ago hints (R39)", .infection, .suspected,
            with(condition(discitis, onset: daysAgo(500), abatement: daysAgo(400), status: .resolved))),
        CriterionRow(
            "bacteraemia 90 days ago", .infection, .met,
            with(condition(sepsis, onset: daysAgo(90), abatement: daysAgo(90), status: .resolved))),
        CriterionRow(
            "bacteraemia 91 days ago", .infection, .unknown,
            with(condition(sepsis, onset: daysAgo(91), abatement: daysAgo(91), status: .resolved))),
        CriterionRow(
            "injected 12 months ago", .infection, .met,
            with(condition(injecting, onset: PartialDate("2024-06-16")))),
        CriterionRow(
            "injected a day longer ago hints (R39)", .infection, .suspected,
            with(condition(injecting, onset: PartialDate("2024-06-15")))),
        CriterionRow(
            "spine surgery 90 days ago hints", .infection, .suspected, record { $0.procedures = [surgery(90)] }),
        CriterionRow("spine surgery 91 days ago", .infection, .unknown, record { $0.procedures = [surgery(91)] }),
        CriterionRow(
            "wound infection within a year of spine surgery (R39)", .infection, .met,
            record {
                $0.procedures = [surgery(365)]; $0.conditions.append(condition(woundInfection))
            }),
        CriterionRow("wound infection without", .infection, .suspected, with(condition(woundInfection))),
        CriterionRow(
            "20 mg prednisone for 14 days", .infection, .met, record { $0.medications = [steroid(20, 20, 7)] }),
        CriterionRow("13 days", .infection, .unknown, record { $0.medications = [steroid(20, 20, 8)] }),
        CriterionRow("19 mg", .infection, .unknown, record { $0.medications = [steroid(19, 20, 7)] }),
        CriterionRow("suspected by the clinician", .infection, .met, with([yes("infection-suspected", daysAgo(14))])),
    ]

    @Test("family", arguments: rows)
    func family(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test("fever is presenting, HIV a risk factor (R24)")
    func presenting() {
        let fever = guidelineUnderTest.review(
            imagingOrder(), in: with([measurement(Self.temperature, 39, "Cel")]), asOf: today)
        #expect(fever.presentingFlags == [.infection])
        #expect(fever.outcome.card == .k03)
        let hiv = guidelineUnderTest.review(imagingOrder(), in: with(condition(Self.hiv)), asOf: today)
        #expect(hiv.presentingFlags == [])
        #expect(hiv.outcome.card == nil)
    }
}

@Suite("Malignancy (G29, R41)")
struct MalignancyTests {
    static let cancer = concept("malignancy", .malignancy, "personal-cancer", .risk)
    static let history = concept("malignancy", .malignancy, "personal-cancer", .risk, "history")
    static let skin = concept("nonmelanoma-skin-cancer", .malignancy, "personal-cancer", .exclusion, "denies", .no)
    static let weight = concept("vitals-labs", .malignancy, "weight-loss", .presenting, "measurement", .no)
    static let loss = concept("unexplained-weight-loss", .malignancy, "weight-loss")
    static let diet = concept("weight-loss-explained", .malignancy, "weight-loss", .exclusion, "cause")
    static func weights(_ from: Double, _ to: Double, apart: Int = 60, unit: String = "kg") -> [Observation] {
        [measurement(weight, from, unit, daysAgo(apart)), measurement(weight, to, unit, daysAgo(0))]
    }
    static let rows = [
        CriterionRow(
            "cancer long ago", .malignancy, .met,
            with(condition(cancer, onset: daysAgo(9000), abatement: daysAgo(8000), status: .resolved))),
        CriterionRow("cancer ruled out", .malignancy, .unknown, with(condition(cancer, certainty: .refuted))),
        CriterionRow("skin cancer of the excluded kinds", .malignancy, .unknown, with(condition(skin))),
        CriterionRow("screen denied", .malignancy, .notMet, with(screenDenied())),
        CriterionRow(
            "cancer on record whatever was answered (R36)", .malignancy, .met,
            with(condition(cancer, status: .resolved), observations: screenDenied())),
        CriterionRow("5% lost", .malignancy, .met, with(weights(80, 76))),
        CriterionRow("4.9% and 3.9 kg lost", .malignancy, .unknown, with(weights(80, 76.1))),
        CriterionRow("4.5 kg lost of 120", .malignancy, .met, with(weights(120, 115.5))),
        CriterionRow("4.4 kg lost of 120", .malignancy, .unknown, with(weights(120, 115.6))),
        CriterionRow("29 days apart", .malignancy, .unknown, with(weights(80, 70, apart: 29))),
        CriterionRow("30 days apart", .malignancy, .met, with(weights(80, 70, apart: 30))),
        CriterionRow("366 days apart", .malignancy, .unknown, with(weights(80, 70, apart: 366))),
        CriterionRow("pounds are converted", .malignancy, .met, with(weights(176.4, 160, unit: "[lb_av]"))),
        CriterionRow(
            "a cause between the weights explains it (R41)", .malignancy, .unknown,
            record {
                $0.observations = weights(80, 70); $0.conditions.append(condition(diet, onset: daysAgo(30)))
            }),
        CriterionRow(
            "a cause before them does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 70); $0.conditions.append(condition(diet, onset: daysAgo(90)))
            }),
        CriterionRow("coded loss a year ago", .malignancy, .met, with(condition(loss, onset: daysAgo(365)))),
        CriterionRow("coded loss 366 days ago", .malignancy, .unknown, with(condition(loss, onset: daysAgo(366)))),
    ]

    @Test("family", arguments: rows)
    func family(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test(
        "active or suspected cancer is presenting, a cured one is not (R24)",
        arguments: [
            (condition(cancer, status: .active), true), (condition(cancer, status: .resolved), false),
            (condition(history, status: .active), false),
            (condition(cancer, status: .notStated, certainty: .suspected), true),
        ])
    func presenting(_ condition: Condition, _ expected: Bool) {
        let decision = guidelineUnderTest.review(imagingOrder(), in: with(condition), asOf: today)
        #expect(decision.presentingFlags.contains(.malignancy) == expected)
    }

    @Test("look-back and skin are configurable")
    func thresholds() {
        var site = Thresholds()
        site.malignancyLookbackYears = 10
        let old = with(condition(Self.cancer, onset: daysAgo(5000), abatement: daysAgo(4500), status: .resolved))
        #expect(result(.malignancy, old, thresholds: site) == .unknown)
        site.excludeSkinCancer = false
        #expect(result(.malignancy, with(condition(Self.skin)), thresholds: site) == .met)
    }
}

@Suite("Fracture (G31, R18, R40, R46)")
struct FractureTests {
    static let trauma = concept("trauma-significant", .fracture, "trauma", encounter: .initial)
    static let sequela = concept("trauma-significant", .fracture, "trauma", encounter: .sequela)
    static let fall = concept("trauma-minor", .fracture, "trauma", .presenting, "with-osteoporosis-or-age", .no)
    static let osteoporosis = concept("osteoporosis-fragility-fracture", .fracture, "osteoporosis", .risk)
    static let collapse = concept("osteoporosis-fragility-fracture", .fracture, "suspected", encounter: .initial)
    static let tScore = concept("vitals-labs", .fracture, "osteoporosis", .risk, "measurement", .no)
    static let prednisone = concept("systemic-corticosteroids", .fracture, "steroids", .risk, "course", .no)
    static let budesonide = concept("inhaled-corticosteroids", .fracture, "steroids", .exclusion, "route", .no)
    static func steroid(
        _ from: Int?, _ to: Int?, active: Bool = false, route: MedicationUse.Route = .systemic,
        code: Concept = prednisone
    ) -> MedicationUse {
        MedicationUse(
            provenance: place("MedicationRequest/s"), kind: .request, concepts: [code], standing: .counts,
            isActive: active,
            route: route, start: from.map(daysAgo), end: to.map(daysAgo))
    }
    static let rows = [
        CriterionRow("trauma 90 days ago", .fracture, .met, with(condition(trauma, onset: daysAgo(90)))),
        CriterionRow("trauma 91 days ago", .fracture, .unknown, with(condition(trauma, onset: daysAgo(91)))),
        CriterionRow(
            "trauma without a date forbids a denial", .fracture, .unknown,
            with(condition(trauma), observations: screenDenied())),
        CriterionRow(
            "a late effect is no new trauma", .fracture, .notMet,
            with(condition(sequela, onset: daysAgo(3)), observations: screenDenied())),
        CriterionRow("a fall at 45 with sound bone", .fracture, .unknown, with(condition(fall, onset: daysAgo(3)))),
        CriterionRow(
            "a fall at 66", .fracture, .met,
            record(birth: "1959-01-01") { $0.conditions.append(condition(fall, onset: daysAgo(3))) }),
        CriterionRow(
            "a fall on the 65th year's last day", .fracture, .unknown,
            record(birth: "1959-06-17") { $0.conditions.append(condition(fall, onset: daysAgo(3))) }),
        CriterionRow("osteoporosis at any time", .fracture, .met, with(condition(osteoporosis, onset: daysAgo(9000)))),
        CriterionRow("T-score -2.5", .fracture, .met, with([measurement(tScore, -2.5, "{score}")])),
        CriterionRow("T-score -2.4", .fracture, .unknown, with([measurement(tScore, -2.4, "{score}")])),
        CriterionRow("90 steroid days", .fracture, .met, record { $0.medications = [steroid(100, 11)] }),
        CriterionRow(
            "89 steroid days leave a question (R18)", .fracture, .unknown,
            record { $0.medications = [steroid(100, 12)] }),
        CriterionRow(
            "two courses add up, overlap once", .fracture, .met,
            record { $0.medications = [steroid(200, 151), steroid(160, 111)] }),
        CriterionRow(
            "overlap counted once", .fracture, .unknown,
            record { $0.medications = [steroid(200, 141), steroid(170, 112)] }),
        CriterionRow(
            "days before the year do not count", .fracture, .unknown, record { $0.medications = [steroid(500, 300)] }),
        CriterionRow(
            "inhaled never counts", .fracture, .unknown,
            record { $0.medications = [steroid(300, 0, route: .inhaledOrNasal)] }),
        CriterionRow(
            "injected into a joint never counts", .fracture, .unknown,
            record { $0.medications = [steroid(300, 0, route: .localInjection)] }),
        CriterionRow(
            "an inhaled drug's code excludes it", .fracture, .unknown,
            record { $0.medications = [steroid(300, 0, code: budesonide)] }),
        CriterionRow(
            "active without dates hints (R40)", .fracture, .suspected,
            record { $0.medications = [steroid(nil, nil, active: true)] }),
        CriterionRow(
            "open since 89 days, that is 90 days", .fracture, .met,
            record { $0.medications = [steroid(89, nil, active: true)] }),
        CriterionRow(
            "open since 88 days", .fracture, .unknown, record { $0.medications = [steroid(88, nil, active: true)] }),
        CriterionRow("vertebral fracture now", .fracture, .met, with(condition(collapse))),
        CriterionRow("screen denied", .fracture, .notMet, with(screenDenied())),
    ]

    @Test("family", arguments: rows)
    func family(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }
}

@Suite("Conflicts (section 2.1, R36)")
struct ConflictTests {
    static let cancer = MalignancyTests.cancer
    static let saddleFinding = concept("cauda-equina-components", .caudaEquina, "saddle")
    static func observed(_ concept: Concept, _ present: Bool, _ ago: Int) -> Observation {
        Observation(
            provenance: place("Observation/\(ago)"), concepts: [concept], value: .boolean(present),
            effective: daysAgo(ago))
    }
    static let rows = [
        CriterionRow(
            "ruled out later", .malignancy, .unknown,
            with(
                condition(cancer, recorded: daysAgo(50)), condition(cancer, recorded: daysAgo(10), certainty: .refuted))
        ),
        CriterionRow(
            "ruled out earlier, found later", .malignancy, .met,
            with(condition(cancer, recorded: daysAgo(5)), condition(cancer, recorded: daysAgo(10), certainty: .refuted))
        ),
        CriterionRow(
            "both on one day", .malignancy, .met,
            with(condition(cancer, recorded: daysAgo(5)), condition(cancer, recorded: daysAgo(5), certainty: .refuted))),
        CriterionRow(
            "a denial without a date overtakes nothing", .malignancy, .met,
            with(condition(cancer, recorded: daysAgo(5)), condition(cancer, certainty: .refuted))),
        CriterionRow(
            "another code denied", .malignancy, .met,
            with(
                condition(cancer, recorded: daysAgo(50)),
                condition(saddleFinding, recorded: daysAgo(10), certainty: .refuted))),
        CriterionRow(
            "an emergency finding of two days ago stands", .caudaEquina, .met,
            with([observed(saddleFinding, true, 2), observed(saddleFinding, false, 0)])),
        CriterionRow(
            "one of three days ago does not", .caudaEquina, .unknown,
            with([observed(saddleFinding, true, 3), observed(saddleFinding, false, 0)])),
    ]

    @Test("newest wins for the same question", arguments: rows)
    func conflict(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test("a shorter cauda equina window and diabetes are a site's choice")
    func configured() {
        var site = Thresholds()
        site.cesWindowDays = 14
        let old = with([yes("saddle-sensory-loss", daysAgo(15))])
        #expect(result(.caudaEquina, old) == .met)
        #expect(result(.caudaEquina, old, thresholds: site) == .unknown)
        site.diabetesCounts = true
        #expect(result(.infection, with(condition(InfectionTests.diabetes)), thresholds: site) == .met)
    }

    @Test("every key reads and writes its own value, and refuses what lies outside its bounds")
    func thresholdTable() {
        #expect(Set(Thresholds.table.map(\.key)).count == Thresholds.table.count)
        for key in Thresholds.table {
            var site = Thresholds()
            let before = key.read(site)
            let accepted = key.write(&site, before)
            #expect(accepted, "\(key.key) takes its default")
            guard let bounds = key.bounds else { continue }
            for bound in [bounds.lowerBound, bounds.upperBound] {
                let accepted = key.write(&site, bound == bound.rounded() ? String(Int(bound)) : String(bound))
                #expect(accepted, "\(key.key) takes its bound")
            }
            let changed = key.read(site)
            let isRefused =
                !key.write(&site, String(Int(bounds.upperBound) + 1))
                && !key.write(&site, String(Int(bounds.lowerBound) - 1))
            #expect(isRefused, "\(key.key) refuses beyond")
            #expect(key.read(site) == changed)
            let others = Thresholds.table.filter { $0.key != key.key }
            #expect(others.allSatisfy { $0.read(site) == $0.read(Thresholds()) }, "\(key.key) touches no other")
        }
    }
}
