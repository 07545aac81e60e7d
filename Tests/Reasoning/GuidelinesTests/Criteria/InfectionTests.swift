import ClinicalModel
import Guidelines
import Testing

private let chills = concept("fever-systemic-infection", .infection, "fever")
private let sepsis = concept("fever-systemic-infection", .infection, "bacteraemia")
private let injecting = concept("iv-drug-use", .infection, "iv-drug-use", .risk)
private let injectingHint = concept("iv-drug-use", .infection, "iv-drug-use", .hint, "hint")
private let drugUse = concept("substance-use-proxy", .infection, "iv-drug-use", .hint, "hint", .review)
private let diabetes = concept("diabetes", .infection, "immunosuppression", .exclusion, "context", .no)
private let treated = concept("immunocompromised-state", .infection, "immunosuppression", .risk, "treatment")
private let inUse = concept(
    "immunocompromised-state", .infection, "immunosuppression", .risk, qualifiers: [.currentUse])
private let suppressant = concept("immunosuppressant-medications", .infection, "immunosuppression", .risk, "medication")
private let injection = concept("spinal-procedure", .infection, "procedure", .hint, "hint", .no)
private let wound = concept("hints", .infection, "hint", .hint, "hint", .review, qualifiers: [.withSpineSurgery])

private func suppressantHint(_ role: CodeUse.Role, _ part: CodeUse.Part) -> Concept {
    concept("hints", .infection, "immunosuppression", part, role)
}
/// Some time in the last six days.
private let lastSixDays = PartialDate(literal: "June", earliest: daysAgo(6).earliest, latest: today)

@Suite("Infection: history, codes and drugs (G30, R39)")
struct InfectionTests {
    static let answers = [
        CriterionRow("screen denied", .infection, .notMet, with(screenDenied())),
        CriterionRow("fever denied 14 days ago", .infection, .notMet, with(screenDenied(daysAgo(14)))),
        CriterionRow("fever denied 15 days ago", .infection, .unknown, with(screenDenied(daysAgo(15)))),
        CriterionRow("suspected by the clinician", .infection, .met, with([yes("infection-suspected", daysAgo(14))])),
    ]

    static let injectedDrugs = [
        CriterionRow(
            "injected drugs denied a year ago", .infection, .notMet,
            with(screenDenied(but: ["iv-drug-use"]) + [no("iv-drug-use", daysAgo(365))])),
        CriterionRow(
            "injected drugs denied 366 days ago", .infection, .unknown,
            with(screenDenied(but: ["iv-drug-use"]) + [no("iv-drug-use", daysAgo(366))])),
        CriterionRow(
            "injected 12 months ago", .infection, .met,
            with(condition(injecting, onset: PartialDate("2024-06-16")))),
        CriterionRow(
            "injected a day longer ago hints (R39)", .infection, .suspected,
            with(condition(injecting, onset: PartialDate("2024-06-15")))),
        CriterionRow(
            "no injected drugs, perhaps on the day of the yes", .infection, .unknown,
            with(
                screenDenied(but: ["iv-drug-use"])
                    + [
                        yes("iv-drug-use", daysAgo(6)),
                        no("iv-drug-use", lastSixDays),
                    ])),
        CriterionRow(
            "a hint at injecting, within 12 months", .infection, .met,
            with(condition(injectingHint, recorded: PartialDate("2024-06-16")))),
        CriterionRow(
            "longer ago", .infection, .suspected, with(condition(injectingHint, recorded: PartialDate("2024-06-15")))),
        CriterionRow(
            "a hint at another part of the family", .infection, .suspected,
            with(condition(concept("iv-drug-use", .infection, "hint", .hint, "hint"), recorded: daysAgo(5)))),
        CriterionRow(
            "as the reason of the order it is a hint", .infection, .suspected, record(),
            order: imagingOrder(reasons: [OrderReason(concepts: [injectingHint], onset: daysAgo(5), at: "$.r")])),
        CriterionRow(
            "drug use resolved is a hint, never a no (R39)", .infection, .suspected,
            deniedBeside(condition(drugUse, onset: daysAgo(900), status: .resolved))),
        CriterionRow("injected 400 days ago", .infection, .suspected, with([yes("iv-drug-use", daysAgo(400))])),
        CriterionRow(
            "injected 400 days ago, not since", .infection, .suspected, deniedBeside(yes("iv-drug-use", daysAgo(400)))),
    ]

    static let spinalInfections = [
        CriterionRow("discitis now", .infection, .met, with(condition(.discitis))),
        CriterionRow(
            "discitis 13 months ago hints (R39)", .infection, .suspected,
            with(condition(.discitis, onset: daysAgo(500), abatement: daysAgo(400), status: .resolved))),
        CriterionRow(
            "discitis over for 12 months", .infection, .met,
            with(condition(.discitis, onset: daysAgo(500), abatement: PartialDate("2024-06-16"), status: .resolved))),
        CriterionRow(
            "discitis over for a day longer", .infection, .suspected,
            with(condition(.discitis, onset: daysAgo(500), abatement: PartialDate("2024-06-15"), status: .resolved))),
        CriterionRow(
            "seen yesterday, ruled out today", .infection, .unknown,
            with([observed(.discitis, true, 1), observed(.discitis, false, 0)])),
        CriterionRow(
            "discitis of 2 years ago, of no stated status", .infection, .suspected,
            with(condition(.discitis, onset: daysAgo(900), abatement: daysAgo(700), status: .notStated))),
        CriterionRow(
            "discitis of 2 years ago, resolved without a date", .infection, .suspected,
            with(condition(.discitis, onset: daysAgo(900), status: .resolved))),
    ]

    static let systemicInfections = [
        CriterionRow(
            "bacteraemia 90 days ago", .infection, .met,
            with(condition(sepsis, onset: daysAgo(90), abatement: daysAgo(90), status: .resolved))),
        CriterionRow(
            "bacteraemia 91 days ago", .infection, .unknown,
            with(condition(sepsis, onset: daysAgo(91), abatement: daysAgo(91), status: .resolved))),
        CriterionRow(
            "a fever of 14 days ago is not undone (R36)", .infection, .met,
            with([observed(chills, true, 14), observed(chills, false, 0)])),
    ]

    static let immunosuppression = [
        CriterionRow("HIV at any time", .infection, .met, with(condition(.hiv, onset: daysAgo(9000)))),
        CriterionRow(
            "diabetes never counts", .infection, .notMet, with(condition(diabetes), observations: screenDenied())),
        CriterionRow("on treatment 90 days ago", .infection, .met, with(condition(treated, recorded: daysAgo(90)))),
        CriterionRow(
            "on treatment 91 days ago", .infection, .suspected, with(condition(treated, recorded: daysAgo(91)))),
        CriterionRow("in use 91 days ago", .infection, .suspected, with(condition(inUse, recorded: daysAgo(91)))),
    ]

    static let immunosuppressants = [
        CriterionRow(
            "an immunosuppressant until 90 days ago", .infection, .met,
            record { $0.medications = [drug(suppressant, 200, 90)] }),
        CriterionRow(
            "until 91 days ago", .infection, .unknown, record { $0.medications = [drug(suppressant, 200, 91)] }),
        CriterionRow("an immunosuppressant", .infection, .met, record { $0.medications = [drug(suppressant, 20)] }),
        CriterionRow("from tomorrow", .infection, .met, record { $0.medications = [drug(suppressant, -1)] }),
        CriterionRow("from the day after", .infection, .unknown, record { $0.medications = [drug(suppressant, -2)] }),
        CriterionRow(
            "of unclear standing", .infection, .suspected,
            record { $0.medications = [drug(suppressant, 20, standing: .unclear)] }),
        CriterionRow(
            "a drug that only hints", .infection, .suspected,
            record { $0.medications = [drug(suppressantHint("hint", .hint), 20)] }),
        CriterionRow(
            "a drug in no such role", .infection, .unknown,
            record { $0.medications = [drug(suppressantHint("caution", .hint), 20)] }),
        CriterionRow(
            "a drug in the role of a hint that is none", .infection, .unknown,
            record { $0.medications = [drug(suppressantHint("hint", .risk), 20)] }),
        CriterionRow(
            "a drug for another part of the family", .infection, .unknown,
            record { $0.medications = [drug(concept("opioids", .infection, "fever", .risk, "medication"), 20)] }),
        CriterionRow(
            "a drug for another family", .infection, .unknown,
            record {
                $0.medications = [drug(concept("opioids", .fracture, "immunosuppression", .risk, "medication"), 20)]
            }),
        CriterionRow(
            "an immunosuppressant on hold", .infection, .suspected,
            deniedBeside {
                $0.medications = [
                    drug(suppressant, nil, kind: .request, standing: .unclear, isActive: false, authored: 5)
                ]
            }),
        CriterionRow(
            "an immunosuppressant ordered for the future", .infection, .notMet,
            deniedBeside { $0.medications = [drug(suppressant, nil, kind: .request, authored: -30)] }),
    ]

    static let steroids = [
        CriterionRow(
            "20 mg prednisone for 14 days", .infection, .met,
            record { $0.medications = [drug(.glucocorticoid(), 20, 7, kind: .request, dose: 20)] }),
        CriterionRow(
            "13 days", .infection, .unknown,
            record { $0.medications = [drug(.glucocorticoid(), 20, 8, kind: .request, dose: 20)] }),
        CriterionRow(
            "19 mg", .infection, .unknown,
            record { $0.medications = [drug(.glucocorticoid(), 20, 7, kind: .request, dose: 19)] }),
        CriterionRow(
            "19.95 mg prednisone for 14 days", .infection, .unknown,
            record { $0.medications = [drug(.glucocorticoid(), 20, 7, dose: 19.95)] }),
        CriterionRow(
            "20 mg on 14 of the last 30 days", .infection, .met,
            record { $0.medications = [drug(.glucocorticoid(), 60, 17, dose: 20)] }),
        CriterionRow(
            "20 mg on 13 of them", .infection, .unknown,
            record { $0.medications = [drug(.glucocorticoid(), 60, 18, dose: 20)] }),
        CriterionRow(
            "a steroid of no known strength", .infection, .unknown,
            record { $0.medications = [drug(.glucocorticoid(equivalent: 0), 20, 7, dose: 20)] }),
    ]

    static let procedures = [
        CriterionRow(
            "spine surgery 90 days ago hints", .infection, .suspected,
            record { $0.procedures = [procedure(.laminectomy, 90)] }),
        CriterionRow(
            "spine surgery 91 days ago", .infection, .unknown, record { $0.procedures = [procedure(.laminectomy, 91)] }),
        CriterionRow(
            "wound infection within a year of spine surgery (R39)", .infection, .met,
            record {
                $0.procedures = [procedure(.laminectomy, 365)]; $0.conditions.append(condition(wound))
            }),
        CriterionRow("wound infection without", .infection, .suspected, with(condition(wound))),
        CriterionRow(
            "a wound infection after an operation of the back that was not done", .infection, .suspected,
            record {
                $0.procedures = [operated(30, state: .notDone)]; $0.conditions.append(condition(wound))
            }),
        CriterionRow(
            "a wound infection after another operation", .infection, .suspected,
            record {
                $0.procedures = [procedure(concept("cabg", nil), 30, 30)]
                $0.conditions.append(condition(wound))
            }),
        CriterionRow(
            "a wound infection more than a year after", .infection, .suspected,
            record {
                $0.procedures = [operated(366)]; $0.conditions.append(condition(wound))
            }),
        CriterionRow(
            "spinal procedure of an unknown day", .infection, .unknown,
            deniedBeside { $0.procedures = [procedure(injection, nil)] }),
        CriterionRow(
            "a completed procedure in the future", .infection, .notMet,
            deniedBeside { $0.procedures = [procedure(injection, -30)] }),
    ]

    static let rows =
        answers + injectedDrugs + spinalInfections + systemicInfections + immunosuppression + immunosuppressants
        + steroids + procedures

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("fever is presenting, HIV a risk factor (R24)")
    func presenting() {
        let fever = guidelineUnderTest.review(
            imagingOrder(), in: with([measurement(.temperature, 39, "Cel")]), asOf: today)
        #expect(fever.presentingFlags == [.infection])
        #expect(fever.outcome.card == .k03)
        let hiv = guidelineUnderTest.review(imagingOrder(), in: with(condition(.hiv)), asOf: today)
        #expect(hiv.presentingFlags == [])
        #expect(hiv.outcome.card == nil)
    }

    @Test("a risk factor as the reason of the order is no presenting feature (R24)")
    func reasonOfRisk() {
        for (part, flags) in [(CodeUse.Part.risk, [CriterionID]()), (.presenting, [.infection])] {
            let coded = concept("immunocompromised-state", .infection, "immunosuppression", part)
            let order = imagingOrder(reasons: [orderReason(coded)])
            let decision = guidelineUnderTest.review(order, in: record(), asOf: today)
            #expect(decision.presentingFlags == flags)
            #expect(decision.criterion(.infection).result == .met)
        }
    }

    @Test("diabetes counts where a site wants that")
    func diabetesCounts() {
        var site = Thresholds()
        site.diabetesCounts = true
        #expect(result(.infection, with(condition(diabetes)), thresholds: site) == .met)
    }
}
