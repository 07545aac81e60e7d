import ClinicalModel
import Guidelines
import Testing

private let history = concept("malignancy", .malignancy, "personal-cancer", .risk, "history")
private let skin = concept("nonmelanoma-skin-cancer", .malignancy, "personal-cancer", .exclusion, "denies", .no)
private let weight = concept("vitals-labs", .malignancy, "weight-loss", .presenting, "measurement", .no)
private let weightLoss = concept("vitals-labs", .malignancy, "weight-loss", .presenting, "finding", .no)
private let loss = concept("unexplained-weight-loss", .malignancy, "weight-loss")
private let diet = concept("weight-loss-explained", .malignancy, "weight-loss", .exclusion, "cause")

private func weights(_ from: Double, _ to: Double, apart: Int = 60, unit: String = "kg") -> [Observation] {
    [measurement(weight, from, unit, daysAgo(apart)), measurement(weight, to, unit)]
}

@Suite("Malignancy (G29, R36, R41)")
struct MalignancyTests {
    static let cancers = [
        CriterionRow(
            "cancer long ago", .malignancy, .met,
            with(condition(.cancer, onset: daysAgo(9000), abatement: daysAgo(8000), status: .resolved))),
        CriterionRow("cancer ruled out", .malignancy, .unknown, with(condition(.cancer, certainty: .refuted))),
        CriterionRow("skin cancer of the excluded kinds", .malignancy, .unknown, with(condition(skin))),
        CriterionRow("screen denied", .malignancy, .notMet, with(screenDenied())),
        CriterionRow(
            "cancer on record whatever was answered (R36)", .malignancy, .met,
            with(condition(.cancer, status: .resolved), observations: screenDenied())),
        CriterionRow(
            "a tumour that presents", .malignancy, .met,
            with(condition(concept("malignancy", .malignancy, "personal-cancer", .presenting)))),
        CriterionRow(
            "a tumour in a part that decides nothing", .malignancy, .unknown,
            with(condition(concept("malignancy", .malignancy, "personal-cancer", .treatment)))),
        CriterionRow(
            "cancer answered yes, not dated: any time counts", .malignancy, .met,
            with([yes("personal-cancer", nil)])),
    ]

    static let refutations = [
        CriterionRow(
            "ruled out later", .malignancy, .unknown,
            with(
                condition(.cancer, recorded: daysAgo(50)),
                condition(.cancer, recorded: daysAgo(10), certainty: .refuted))
        ),
        CriterionRow(
            "ruled out earlier, found later", .malignancy, .met,
            with(
                condition(.cancer, recorded: daysAgo(5)), condition(.cancer, recorded: daysAgo(10), certainty: .refuted)
            )
        ),
        CriterionRow(
            "both on one day", .malignancy, .met,
            with(
                condition(.cancer, recorded: daysAgo(5)), condition(.cancer, recorded: daysAgo(5), certainty: .refuted))
        ),
        CriterionRow(
            "a denial without a date overtakes nothing", .malignancy, .met,
            with(condition(.cancer, recorded: daysAgo(5)), condition(.cancer, certainty: .refuted))),
        CriterionRow(
            "another code denied", .malignancy, .met,
            with(
                condition(.cancer, recorded: daysAgo(50)),
                condition(.saddle, recorded: daysAgo(10), certainty: .refuted))),
        CriterionRow(
            "a finding written down in the future", .malignancy, .notMet,
            deniedBeside(condition(.cancer, recorded: daysAgo(-30)))),
    ]

    static let weighings = [
        CriterionRow("5% lost", .malignancy, .met, with(weights(80, 76))),
        CriterionRow("4.9% and 3.9 kg lost", .malignancy, .unknown, with(weights(80, 76.1))),
        CriterionRow("4.5 kg lost of 120", .malignancy, .met, with(weights(120, 115.5))),
        CriterionRow("4.4 kg lost of 120", .malignancy, .unknown, with(weights(120, 115.6))),
        CriterionRow("29 days apart", .malignancy, .unknown, with(weights(80, 70, apart: 29))),
        CriterionRow("30 days apart", .malignancy, .met, with(weights(80, 70, apart: 30))),
        CriterionRow("366 days apart", .malignancy, .unknown, with(weights(80, 70, apart: 366))),
        CriterionRow("pounds are converted", .malignancy, .met, with(weights(176.4, 160, unit: "[lb_av]"))),
        CriterionRow("80 to 76.07 kg: 4.9%", .malignancy, .unknown, with(weights(80, 76.07))),
        CriterionRow("80 to 76 kg, 365 days apart", .malignancy, .met, with(weights(80, 76, apart: 365))),
        CriterionRow("the same weight", .malignancy, .unknown, with(weights(76, 76))),
        CriterionRow("a weight of nothing is none", .malignancy, .unknown, with(weights(80, 0))),
        CriterionRow(
            "kilograms of something else", .malignancy, .unknown,
            with([measurement(.temperature, 80, "kg", daysAgo(60)), measurement(.temperature, 60, "kg")])),
        CriterionRow(
            "weights that are no measurements", .malignancy, .unknown,
            with([measurement(weightLoss, 80, "kg", daysAgo(60)), measurement(weightLoss, 60, "kg")])),
        CriterionRow(
            "80 kg in December, 70 kg today", .malignancy, .met,
            deniedBeside(
                measurement(weight, 80, "kg", PartialDate("2024-12")),
                measurement(weight, 70, "kg"))),
        CriterionRow(
            "a weight without a unit", .malignancy, .unknown,
            deniedBeside(measurement(weight, 70, nil, daysAgo(30)))),
    ]

    static let explainedLosses = [
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
        CriterionRow(
            "a drug between the weights explains the loss", .malignancy, .unknown,
            record {
                $0.observations = weights(80, 60); $0.medications = [drug(diet, 30)]
            }),
        CriterionRow(
            "a drug of unclear standing does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60); $0.medications = [drug(diet, 30, standing: .unclear)]
            }),
        CriterionRow(
            "a drug begun before them does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60); $0.medications = [drug(diet, 90)]
            }),
        CriterionRow(
            "an operation between them explains it", .malignancy, .unknown,
            record {
                $0.observations = weights(80, 60); $0.procedures = [procedure(diet, 30, 30)]
            }),
        CriterionRow(
            "an operation not done does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60); $0.procedures = [procedure(diet, 30, 30, state: .notDone)]
            }),
        CriterionRow(
            "an operation before them does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60); $0.procedures = [procedure(diet, 90, 90)]
            }),
    ]

    static let codedLosses = [
        CriterionRow("coded loss a year ago", .malignancy, .met, with(condition(loss, onset: daysAgo(365)))),
        CriterionRow("coded loss 366 days ago", .malignancy, .unknown, with(condition(loss, onset: daysAgo(366)))),
    ]

    static let documents = [
        CriterionRow(
            "a document that was not sent may hold a red flag", .malignancy, .unknown,
            deniedBeside { $0.unreadTexts = [UnreadText(provenance: place("d"), part: .documentReferences)] }),
        CriterionRow(
            "documents that nobody searched for", .malignancy, .notMet,
            deniedBeside { $0.notRetrieved = [.documentReferences] }),
    ]

    static let rows = cancers + refutations + weighings + explainedLosses + codedLosses + documents

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test(
        "active or suspected cancer is presenting, a cured one is not (R24)",
        arguments: [
            (condition(.cancer, status: .active), true), (condition(.cancer, status: .resolved), false),
            (condition(history, status: .active), false),
            (condition(.cancer, status: .notStated, certainty: .suspected), true),
        ])
    func presenting(_ condition: Condition, _ expected: Bool) {
        let decision = guidelineUnderTest.review(imagingOrder(), in: with(condition), asOf: today)
        #expect(decision.presentingFlags.contains(.malignancy) == expected)
    }

    @Test("look-back and skin are configurable")
    func thresholds() {
        var site = Thresholds()
        site.malignancyLookbackYears = 10
        let old = with(condition(.cancer, onset: daysAgo(5000), abatement: daysAgo(4500), status: .resolved))
        #expect(result(.malignancy, old, thresholds: site) == .unknown)
        site.excludeSkinCancer = false
        #expect(result(.malignancy, with(condition(skin)), thresholds: site) == .met)
    }

    static let skins = [
        (condition(skin), true), (condition(skin, certainty: .refuted), false),
        (condition(concept("benign", .malignancy, "personal-cancer", .exclusion, "context", .no)), false),
    ]

    @Test("skin cancer that is left out is shown", arguments: skins)
    func skinIsShown(_ condition: Condition, _ isShown: Bool) {
        let family = criterion(.malignancy, with(condition))
        #expect(family.result == .unknown)
        #expect(family.evidence.contains { $0.because.contains("left out") } == isShown)
    }

    static let ages = [("1975-06-16", false), ("1974-06-16", true), ("1974-06-17", false)]

    @Test("age over 50 is shown, and does not count by itself", arguments: ages)
    func age(_ birth: String, _ isShown: Bool) {
        let family = criterion(.malignancy, record(birth: birth))
        #expect(family.result == .unknown)
        #expect(family.evidence.contains { $0.because.hasPrefix("age over 50") } == isShown)
    }

    @Test("the words of a weight loss have one decimal at most")
    func weightWords() {
        let decision = guidelineUnderTest.review(imagingOrder(), in: with(weights(80, 75.5)), asOf: today)
        #expect(decision.cardFacts.findings[.malignancy] == ["weight 80 to 75.5 kg (5.6%)"])
    }

    @Test("a weight that stayed is not shown as a loss")
    func sameWeight() {
        #expect(criterion(.malignancy, with(weights(76, 76))).evidence.isEmpty)
    }

    @Test("of one day the lower weight counts as the later, in either order")
    func weightsOfOneDay() {
        let weights = weights(80, 80) + [measurement(weight, 75, "kg")]
        #expect(result(.malignancy, with(weights)) == .met)
        #expect(result(.malignancy, with(weights.reversed())) == .met)
    }
}
