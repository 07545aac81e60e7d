import ClinicalModel
import Guidelines
import Testing

private func severe(_ change: (inout ClinicalRecord) -> Void = { _ in }) -> ClinicalRecord {
    record {
        $0.observations = [painScore(9)]
        change(&$0)
    }
}
private func taking(_ drugs: MedicationUse...) -> ClinicalRecord { severe { $0.medications = drugs } }
private func excluded(
    _ role: CodeUse.Role = "finding", _ alone: CodeUse.Alone = .yes, set: ValueSetName = "opioid-excluded-population"
) -> Concept { concept(set, .excludedPopulation, nil, .presenting, role, alone) }
private func having(_ conditions: Condition...) -> ClinicalRecord { severe { $0.conditions += conditions } }
private let disorder = excluded("finding", .no, set: .opioidUseDisorder)
private func hospice(_ status: ServiceRequest.Status, _ code: Concept = excluded()) -> ServiceRequest {
    ServiceRequest(provenance: place("ServiceRequest/h"), concepts: [code], status: status)
}
private let elixir = opioid(
    "elixir", strength: Strength(value: 0.5, unit: "mg/mL"), form: DrugForm(route: .oral, isCombination: true))
private let patch = opioid(
    "patch", strength: Strength(value: 0.025, unit: "mg/h"), factor: 2.4, form: DrugForm(route: .transdermal),
    table: "transdermal")
private let combination = opioid("combination", form: DrugForm(route: .oral, isCombination: true))
private let acetaminophen = drugCode("acetaminophen", "acetaminophen", ingredients: [Ingredient(rxNorm: "a")])

/// Orders of opioids (rules D-OP0 to D-OP5), both sides of every limit.
@Suite("Opioid orders")
struct TherapyOpioidTests {
    static let limits = [
        TherapyRow("7 days", "D-OP5", (.supply, .notMet), draft(opioid(), days: 7...7), severe()),
        TherapyRow("7.05 days", "D-OP2", (.supply, .met), draft(opioid(), days: 7.05...7.05), severe()),
        TherapyRow("7.5 days", "D-OP2", (.supply, .met), draft(opioid(), days: 7.5...7.5), severe()),
        TherapyRow("8 days", "D-OP2", (.supply, .met), draft(opioid(), days: 8...8), severe()),
        TherapyRow(
            "a range of doses over the limit", "D-OP2", (.supply, .met), draft(opioid(), days: 8...16), severe()),
        TherapyRow(
            "a range of doses within the limit", "D-OP5", (.supply, .notMet), draft(opioid(), days: 4...7), severe()),
        TherapyRow(
            "a range of doses across the limit", "D-OP4", (.supply, .unknown), draft(opioid(), days: 7...14), severe()),
        TherapyRow("no supply", "D-OP4", (.supply, .unknown), draft(opioid(), days: nil), severe()),
        TherapyRow(
            "at least 7 days, refills that cannot be read", "D-OP4", (.supply, .unknown), draft(opioid(), atLeast: 7),
            severe()),
        TherapyRow(
            "at least 7.5 days, refills that cannot be read", "D-OP2", (.supply, .met), draft(opioid(), atLeast: 7.5),
            severe()),
        TherapyRow("49.9 MME", "D-OP5", (.dose, .notMet), draft(opioid(), dose: milligrams(49.9)), severe()),
        TherapyRow("50 MME", "D-OP2", (.dose, .met), draft(opioid(), dose: milligrams(50)), severe()),
        TherapyRow("no dose", "D-OP4", (.dose, .unknown), draft(opioid(), dose: nil), severe()),
        TherapyRow("a dose of nothing", "D-OP4", (.dose, .unknown), draft(opioid(), dose: milligrams(0)), severe()),
        TherapyRow("4 tablets of 10 mg", "D-OP5", (.dose, .notMet), draft(opioid(), dose: tablets(4)), severe()),
        TherapyRow("5 tablets of 10 mg", "D-OP2", (.dose, .met), draft(opioid(), dose: tablets(5)), severe()),
        TherapyRow(
            "by the factor", "D-OP2", (.dose, .met), draft(opioid(factor: 1.5), dose: milligrams(33.4)), severe()),
        TherapyRow(
            "tablets without a strength", "D-OP4", (.dose, .unknown),
            draft(opioid(strength: nil, form: nil), dose: tablets(9)), severe()),
        TherapyRow(
            "milligrams of the bare ingredient", "D-OP2", (.dose, .met),
            draft(opioid(strength: nil, form: nil), dose: milligrams(50)), severe()),
        TherapyRow(
            "a bare ingredient by another route", "D-OP4", (.dose, .unknown),
            draft(opioid(strength: nil, form: nil), dose: milligrams(50), route: .localInjection), severe()),
        TherapyRow(
            "an injection", "D-OP4", (.dose, .unknown), draft(opioid(form: DrugForm(route: .injected))), severe()),
        TherapyRow(
            "no factor", "D-OP4", (.dose, .unknown), draft(opioid(factor: nil), dose: milligrams(300)), severe()),
        TherapyRow(
            "tablets of a combination", "D-OP2", (.dose, .met), draft(combination, dose: tablets(5)), severe()),
        TherapyRow(
            "milligrams of a combination may be either", "D-OP4", (.dose, .unknown),
            draft(combination, dose: milligrams(30)), severe()),
        TherapyRow(
            "milligrams of ingredients coded apart", "D-OP4", (.dose, .unknown),
            draft(acetaminophen, opioid(strength: nil, form: nil), dose: milligrams(30)), severe()),
        TherapyRow(
            "99 mL of half a milligram", "D-OP5", (.dose, .notMet),
            draft(elixir, dose: Quantity(literal: "99", value: 99, unit: "mL")), severe()),
        TherapyRow(
            "100 mL of half a milligram", "D-OP2", (.dose, .met),
            draft(elixir, dose: Quantity(literal: "100", value: 100, unit: "mL")), severe()),
        TherapyRow(
            "the code of the product wins over that of the ingredient", "D-OP2", (.dose, .met),
            draft(opioid("ingredient", strength: nil, form: nil), opioid(), dose: tablets(5)), severe()),
        TherapyRow(
            "a dose that nobody can take", "D-OP2", (.dose, .met), draft(opioid(), dose: milligrams(1e30)), severe()),
    ]

    static let formulations = [
        TherapyRow(
            "extended release, whatever the dose", "D-OP2", (.extendedRelease, .met),
            draft(opioid(form: DrugForm(route: .oral, isExtendedRelease: true)), dose: milligrams(10)), severe()),
        TherapyRow("immediate release", "D-OP5", (.extendedRelease, .notMet), draft(opioid()), severe()),
        TherapyRow(
            "not known by the bare ingredient", "D-OP5", (.extendedRelease, .unknown),
            draft(opioid(strength: nil, form: nil)), severe()),
        TherapyRow(
            "a patch is no immediate release", "D-OP2", (.extendedRelease, .met),
            draft(patch, dose: tablets(1.0 / 3)), severe()),
        TherapyRow(
            "60 MME of a patch of 25 ug/h every three days", "D-OP2", (.dose, .met),
            draft(patch, dose: tablets(1.0 / 3)), severe()),
        TherapyRow(
            "a patch every two days", "D-OP2", (.dose, .met), draft(patch, dose: tablets(0.5)), severe()),
        TherapyRow(
            "two patches in less than that may be worn at once", "D-OP2", (.dose, .unknown),
            draft(patch, dose: tablets(0.51)), severe()),
        TherapyRow(
            "several patches at once are not counted", "D-OP2", (.dose, .unknown),
            draft(patch, dose: tablets(1)), severe()),
    ]

    static let severity = [
        TherapyRow(
            "pain 7", "D-OP5", (.severePain, .met), draft(opioid()), record { $0.observations = [painScore(7)] }),
        TherapyRow(
            "pain 6.95", "D-OP3", (.severePain, .notMet), draft(opioid()),
            record { $0.observations = [painScore(6.95)] }),
        TherapyRow(
            "pain 6", "D-OP3", (.severePain, .notMet), draft(opioid()), record { $0.observations = [painScore(6)] }),
        TherapyRow(
            "on day 7", "D-OP5", (.severePain, .met), draft(opioid()), record { $0.observations = [painScore(9, 7)] }),
        TherapyRow(
            "on day 8", "D-OP4", (.severePain, .noneOnRecord), draft(opioid()),
            record { $0.observations = [painScore(9, 8)] }),
        TherapyRow("no score", "D-OP4", (.severePain, .noneOnRecord), draft(opioid())),
        TherapyRow(
            "not retrieved", "D-OP4", (.severePain, .unknown), draft(opioid()),
            record { $0.notRetrieved = [.observations] }),
        TherapyRow(
            "the newest score", "D-OP3", (.severePain, .notMet), draft(opioid()),
            record { $0.observations = [painScore(9, 3), painScore(4, 1)] }),
        TherapyRow(
            "of one day the highest", "D-OP5", (.severePain, .met), draft(opioid()),
            record { $0.observations = [painScore(8), painScore(4)] }),
        TherapyRow(
            "limits come before severity", "D-OP2", (.severePain, .notMet), draft(opioid(), days: 8...8),
            record { $0.observations = [painScore(2)] }),
        TherapyRow(
            "low pain comes before what is not known", "D-OP3", (.dose, .unknown), draft(opioid(), dose: nil),
            record { $0.observations = [painScore(2)] }),
    ]

    static let overlaps = [
        TherapyRow("active", "D-OP1", (.overlappingSedative, .met), draft(opioid()), taking(taken(alprazolam))),
        TherapyRow(
            "a gabapentinoid", "D-OP1", (.overlappingSedative, .met), draft(opioid()), taking(taken(gabapentin))),
        TherapyRow(
            "a tricyclic does not count", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(amitriptyline))),
        TherapyRow(
            "active, supply ended yesterday", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            taking(taken(alprazolam, start: daysAgo(30), supply: 30))),
        TherapyRow(
            "active, supply used up 30 days ago", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            taking(taken(alprazolam, start: daysAgo(59), supply: 30))),
        TherapyRow(
            "active, supply used up 31 days ago", "D-OP5", (.overlappingSedative, .unknown), draft(opioid()),
            taking(taken(alprazolam, start: daysAgo(60), supply: 30))),
        TherapyRow(
            "active, stated end yesterday", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(alprazolam, end: daysAgo(1)))),
        TherapyRow(
            "active, stated end today", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            taking(taken(alprazolam, end: daysAgo(0)))),
        TherapyRow(
            "dispensed, supply ends today", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            taking(taken(alprazolam, kind: .dispense, isActive: false, start: daysAgo(29), supply: 30))),
        TherapyRow(
            "dispensed, supply ended yesterday", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(alprazolam, kind: .dispense, isActive: false, start: daysAgo(30), supply: 30))),
        TherapyRow(
            "completed or stopped, supply still running", "D-OP5", (.overlappingSedative, .unknown), draft(opioid()),
            taking(taken(alprazolam, isActive: false, start: daysAgo(29), supply: 30))),
        TherapyRow(
            "completed or stopped, supply used up", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(alprazolam, isActive: false, start: daysAgo(30), supply: 30))),
        TherapyRow(
            "on hold", "D-OP5", (.overlappingSedative, .unknown), draft(opioid()),
            taking(taken(alprazolam, standing: .unclear, isActive: false))),
        TherapyRow(
            "on hold, supply used up", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(alprazolam, standing: .unclear, isActive: false, start: daysAgo(30), supply: 30))),
        TherapyRow(
            "on hold, supply ends today", "D-OP5", (.overlappingSedative, .unknown), draft(opioid()),
            taking(taken(alprazolam, standing: .unclear, isActive: false, start: daysAgo(29), supply: 30))),
        TherapyRow(
            "a drug that is not coded", "D-OP5", (.overlappingSedative, .unknown), draft(opioid()),
            severe {
                $0.unreadTexts = [UnreadText(provenance: place("MedicationRequest/t"), part: .medicationRequests)]
            }),
        TherapyRow(
            "a problem that is not coded is no drug", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            severe { $0.unreadTexts = [UnreadText(provenance: place("Condition/t"), part: .conditions)] }),
        TherapyRow(
            "begins tomorrow", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            taking(taken(alprazolam, start: daysAgo(-1)))),
        TherapyRow(
            "begins the day after", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(alprazolam, start: daysAgo(-2)))),
        TherapyRow(
            "begins next week", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(alprazolam, start: daysAgo(-7)))),
        TherapyRow(
            "a stale entry beside one that is taken", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            taking(taken(alprazolam, start: daysAgo(400), supply: 30), taken(gabapentin))),
        TherapyRow(
            "not retrieved", "D-OP5", (.overlappingSedative, .unknown), draft(opioid()),
            severe { $0.notRetrieved = [.medicationRequests] }),
        TherapyRow(
            "signed together with a benzodiazepine", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            beside: [draft(alprazolam, id: "other")], severe()),
        TherapyRow(
            "signed together with a gabapentinoid", "D-OP1", (.overlappingSedative, .met), draft(opioid()),
            beside: [draft(gabapentin, id: "other")], severe()),
        TherapyRow(
            "signed together with an NSAID", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            beside: [draft(ibuprofen, id: "other")], severe()),
        TherapyRow(
            "another opioid is no sedative", "D-OP5", (.overlappingSedative, .noneOnRecord), draft(opioid()),
            taking(taken(opioid()))),
        TherapyRow(
            "before the limits", "D-OP1", (.supply, .met), draft(opioid(), days: 30...30), taking(taken(alprazolam))),
    ]

    static let scope = [
        TherapyRow(
            "cancer pain or palliative care", "D-OP0", (.excludedPopulation, .met), draft(opioid(), days: 30...30),
            having(condition(excluded()))),
        TherapyRow(
            "refuted", "D-OP2", (.excludedPopulation, .noneOnRecord), draft(opioid(), days: 30...30),
            having(condition(excluded(), certainty: .refuted))),
        TherapyRow(
            "resolved", "D-OP2", (.excludedPopulation, .noneOnRecord), draft(opioid(), days: 30...30),
            having(condition(excluded(), status: .resolved))),
        TherapyRow(
            "opioid use disorder on record is a caution", "D-OP2", (.excludedPopulation, .noneOnRecord),
            draft(opioid(), days: 30...30), having(condition(disorder))),
        TherapyRow(
            "treatment of opioid use disorder", "D-OP0", (.excludedPopulation, .met),
            draft(opioid(), days: 30...30, reasons: [orderReason(disorder)]), severe()),
        TherapyRow(
            "an active hospice order", "D-OP0", (.excludedPopulation, .met), draft(opioid(), days: 30...30),
            severe { $0.serviceRequests = [hospice(.active)] }),
        TherapyRow(
            "an order that alone excludes nobody", "D-OP2", (.excludedPopulation, .noneOnRecord),
            draft(opioid(), days: 30...30),
            severe { $0.serviceRequests = [hospice(.active, excluded("finding", .no))] }),
        TherapyRow(
            "an order of something else", "D-OP2", (.excludedPopulation, .noneOnRecord),
            draft(opioid(), days: 30...30),
            severe { $0.serviceRequests = [hospice(.active, concept("physical-therapy", .trialDocumented))] }),
        TherapyRow(
            "a completed hospice order", "D-OP2", (.excludedPopulation, .noneOnRecord), draft(opioid(), days: 30...30),
            severe { $0.serviceRequests = [hospice(.completed)] }),
        TherapyRow(
            "another reason", "D-OP0", (.otherIndication, .met),
            draft(opioid(), days: 30...30, reasons: [orderReason(someDisease)]), severe()),
        TherapyRow(
            "another reason beside the radiculopathy", "D-OP2", (.otherIndication, .noneOnRecord),
            draft(opioid(), days: 30...30, reasons: [orderReason(someDisease), orderReason(radiculopathy)]), severe()),
        TherapyRow(
            "another reason, ruled out", "D-OP2", (.otherIndication, .noneOnRecord),
            draft(opioid(), days: 30...30, reasons: [orderReason(someDisease, certainty: .refuted)]), severe()),
        TherapyRow(
            "a reason in words alone", "D-OP2", (.otherIndication, .noneOnRecord),
            draft(opioid(), days: 30...30, hasReasonText: true), severe()),
        TherapyRow("under 18", "D-OP0", (.adult, .notMet), draft(opioid(), days: 30...30), record(birth: "2007-06-17")),
        TherapyRow("18 today", "D-OP2", (.adult, .met), draft(opioid(), days: 30...30), record(birth: "2007-06-16")),
        TherapyRow("no age", "D-OP0", (.adult, .unknown), draft(opioid(), days: 30...30), record(birth: nil)),
        TherapyRow(
            "no radiculopathy", "D-OP0", (.radiculopathy, .unknown), draft(opioid(), days: 30...30),
            record { $0.conditions = [] }),
        TherapyRow(
            "radiculopathy as the reason alone", "D-OP2", (.radiculopathy, .met),
            draft(opioid(), days: 30...30, reasons: [orderReason(radiculopathy)]), record { $0.conditions = [] }),
        TherapyRow(
            "a resolved radiculopathy", "D-OP0", (.radiculopathy, .unknown), draft(opioid(), days: 30...30),
            record { $0.conditions = [condition(radiculopathy, onset: daysAgo(20), status: .resolved)] }),
        TherapyRow(
            "a patient who died", nil, nil, draft(opioid(), days: 30...30), severe { $0.isDeceased = true }),
    ]

    @Test("each falls under its rule", arguments: limits + formulations + severity + overlaps + scope)
    func rule(_ row: TherapyRow) throws {
        try row.check()
        #expect(row.decision?.order?.orderClass == .opioid)
        #expect(row.decision?.slot == .drug)
    }

    @Test("the dose is told in MME, the supply as far as the order says it")
    func facts() throws {
        let order = try #require(TherapyOrder(draft(opioid(factor: 1.5), days: 7...14)))
        let facts = guidelineUnderTest.review(order, in: severe(), asOf: today).cardFacts
        #expect(facts.dose == "45 MME a day" && facts.supply == "7 to 14 days" && facts.pain == "9.0/10")
        let exact = try #require(TherapyOrder(draft(opioid(), days: 7...7)))
        #expect(guidelineUnderTest.review(exact, in: severe(), asOf: today).cardFacts.supply == "7 days")
        let open = try #require(TherapyOrder(draft(opioid(), atLeast: 7)))
        #expect(guidelineUnderTest.review(open, in: severe(), asOf: today).cardFacts.supply == "at least 7 days")
        let silent = try #require(TherapyOrder(draft(opioid(), dose: nil, days: nil)))
        let unknown = guidelineUnderTest.review(silent, in: record(), asOf: today).cardFacts
        #expect(unknown.dose == nil && unknown.supply == nil && unknown.pain == nil)
    }

    static let doubts = [
        ("on hold", taken(alprazolam, standing: .unclear, isActive: false), DataGap.Reason.notRecorded),
        ("used up long ago", taken(alprazolam, start: daysAgo(400), supply: 30), .tooOld),
    ]

    @Test("why it is not known whether a sedative is taken", arguments: doubts)
    func doubt(_ because: String, _ drug: MedicationUse, _ reason: DataGap.Reason) throws {
        let order = try #require(TherapyOrder(draft(opioid())))
        let decision = guidelineUnderTest.review(order, in: taking(drug), asOf: today)
        #expect(decision.criterion(.overlappingSedative).missing.map(\.reason) == [reason])
    }

    @Test("a decision on a patient who died says so, and reads nothing")
    func deceased() throws {
        let order = try #require(TherapyOrder(draft(opioid())))
        let decision = guidelineUnderTest.review(order, in: record { $0.isDeceased = true }, asOf: today)
        #expect(decision.because == "the patient is recorded as deceased")
        #expect(decision.outcome.card == nil && decision.criteria.isEmpty)
    }
}
