import ClinicalModel
import Guidelines
import Testing

private func indication(_ classes: Set<String>) -> Concept {
    let use = CodeUse(
        set: "neuropathic-other-indication", criterion: CriterionID.otherIndication.rawValue, component: nil,
        part: .presenting, role: "finding", alone: .yes, applies: classes)
    return Concept(Code(system: "urn:test", code: "indication", display: "another indication"), uses: [use])
}
private let neuropathy = indication(["gabapentinoid", "tricyclic"])
private let depression = indication(["tricyclic"])
private let diabetes = concept("diabetes", .otherIndication, nil, .exclusion, "context", .no)

private func taking(_ drugs: MedicationUse...) -> ClinicalRecord { record { $0.medications = drugs } }

private func measure(_ name: String, _ criterion: CriterionID?) -> Concept {
    let use = CodeUse(
        set: "vitals-labs", criterion: criterion?.rawValue, component: nil, part: .presenting, role: "measurement",
        alone: .no, qualifiers: [CodeUse.Qualifier(rawValue: "measure:\(name)")])
    return Concept(Code(system: "urn:test", code: name, display: name), uses: [use])
}
private func egfr(_ value: Double, _ ago: Int = 0, comparator: Quantity.Comparator? = nil) -> Observation {
    measurement(measure("egfr", nil), value, "mL/min/{1.73_m2}", daysAgo(ago), comparator: comparator)
}

private let pregnant = condition(concept("pregnancy", .pregnant), onset: daysAgo(30))
private func dated(_ name: String, _ day: PartialDate?) -> Observation {
    Observation(
        provenance: place("Observation/\(name)"), concepts: [measure(name, .pregnant)],
        value: day.map(Observation.Value.date) ?? .absent, effective: daysAgo(30))
}
private func expecting(_ observations: Observation...) -> ClinicalRecord {
    record {
        $0.conditions.append(pregnant)
        $0.observations = observations
    }
}

private let bleed = concept("gi-bleed-ulcer", .nsaidContraindicated)
private let hypersensitivity = concept("nsaid-allergy", .nsaidContraindicated)
private let bypass = concept("cabg", .nsaidContraindicated)
private let pastBypass = concept("cabg", .nsaidContraindicated, nil, .history, "finding", .no)
private let kidneyDisease = concept("ckd", .nsaidContraindicated, nil, .presenting, "finding", .review)
private let heartFailure = concept("heart-failure", .nsaidContraindicated, nil, .presenting, "caution", .no)

private func allergy(_ concept: Concept, isActive: Bool = true, certainty: Certainty = .confirmed) -> ClinicalRecord {
    record {
        $0.statements = [
            CodedStatement(
                provenance: place("AllergyIntolerance/a"), kind: .allergy, concepts: [concept], isActive: isActive,
                certainty: certainty, recorded: daysAgo(900))
        ]
    }
}
private func allergen(_ name: String) -> Concept {
    Concept(Code(system: "urn:test", code: name, display: name), uses: hypersensitivity.uses)
}
private func operated(_ ago: Int, _ state: ClinicalModel.Procedure.State = .completed) -> ClinicalRecord {
    record {
        $0.procedures = [
            ClinicalModel.Procedure(
                provenance: place("Procedure/b"), concepts: [bypass], state: state, start: daysAgo(ago),
                end: daysAgo(ago))
        ]
    }
}
private func ordered(_ ago: Int, _ status: ServiceRequest.Status = .active) -> ClinicalRecord {
    record {
        $0.serviceRequests = [
            ServiceRequest(
                provenance: place("ServiceRequest/b"), concepts: [bypass], status: status, occurrence: daysAgo(ago))
        ]
    }
}

/// Orders of gabapentinoids, tricyclics, NSAIDs and muscle relaxants (rules D-NP, D-NS, D-MR), both sides of every limit.
@Suite("Orders of other drugs")
struct TherapyDrugTests {
    static let neuropathic = [
        TherapyRow("gabapentin", "D-NP2", (.otherIndication, .noneOnRecord), draft(gabapentin)),
        TherapyRow("a tricyclic", "D-NP2", (.otherIndication, .noneOnRecord), draft(amitriptyline)),
        TherapyRow(
            "diabetes alone (D29)", "D-NP2", (.otherIndication, .noneOnRecord), draft(gabapentin),
            with(condition(diabetes))),
        TherapyRow(
            "another indication on record", "D-NP0", (.otherIndication, .met), draft(gabapentin),
            with(condition(neuropathy))),
        TherapyRow(
            "another indication of a tricyclic", "D-NP0", (.otherIndication, .met), draft(amitriptyline),
            with(condition(neuropathy))),
        TherapyRow(
            "depression excuses a tricyclic", "D-NP0", (.otherIndication, .met), draft(amitriptyline),
            with(condition(depression))),
        TherapyRow(
            "depression does not excuse gabapentin", "D-NP2", (.otherIndication, .noneOnRecord), draft(gabapentin),
            with(condition(depression))),
        TherapyRow(
            "another indication of no stated status", "D-NP0", (.otherIndication, .met), draft(gabapentin),
            with(condition(neuropathy, status: .notStated))),
        TherapyRow(
            "of no stated status, with an end", "D-NP2", (.otherIndication, .noneOnRecord), draft(gabapentin),
            with(condition(neuropathy, abatement: daysAgo(30), status: .notStated))),
        TherapyRow(
            "active, with an end on record", "D-NP0", (.otherIndication, .met), draft(gabapentin),
            with(condition(neuropathy, abatement: daysAgo(30)))),
        TherapyRow(
            "another indication, resolved", "D-NP2", (.otherIndication, .noneOnRecord), draft(gabapentin),
            with(condition(neuropathy, status: .resolved))),
        TherapyRow(
            "another indication, refuted", "D-NP2", (.otherIndication, .noneOnRecord), draft(gabapentin),
            with(condition(neuropathy, certainty: .refuted))),
        TherapyRow(
            "another coded reason", "D-NP0", (.otherIndication, .met),
            draft(gabapentin, reasons: [orderReason(someDisease)])),
        TherapyRow(
            "the radiculopathy as the reason", "D-NP2", (.otherIndication, .noneOnRecord),
            draft(gabapentin, reasons: [orderReason(radiculopathy)])),
        TherapyRow(
            "a reason in words", "D-NP2", (.otherIndication, .noneOnRecord), draft(gabapentin, hasReasonText: true)),
        TherapyRow(
            "conditions not retrieved", "D-NP2", (.otherIndication, .unknown),
            draft(gabapentin, reasons: [orderReason(radiculopathy)]), record { $0.notRetrieved = [.conditions] }),
        TherapyRow("beside an opioid", "D-NP1", (.overlappingOpioid, .met), draft(gabapentin), taking(taken(opioid()))),
        TherapyRow(
            "signed together with an opioid", "D-NP1", (.overlappingOpioid, .met), draft(gabapentin),
            beside: [draft(opioid(), id: "other")]),
        TherapyRow(
            "beside a benzodiazepine", "D-NP2", (.overlappingOpioid, .noneOnRecord), draft(gabapentin),
            taking(taken(alprazolam))),
        TherapyRow(
            "an opioid on hold", "D-NP2", (.overlappingOpioid, .unknown), draft(gabapentin),
            taking(taken(opioid(), standing: .unclear, isActive: false))),
        TherapyRow("a tricyclic beside an opioid", "D-NP2", nil, draft(amitriptyline), taking(taken(opioid()))),
        TherapyRow("under 18", "D-NP0", (.adult, .notMet), draft(gabapentin), record(birth: "2007-06-17")),
        TherapyRow(
            "no radiculopathy", "D-NP0", (.radiculopathy, .unknown), draft(gabapentin), record { $0.conditions = [] }),
    ]

    static let kidney = [
        TherapyRow("nothing on record", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen)),
        TherapyRow("eGFR 29", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen), with([egfr(29)])),
        TherapyRow("eGFR 29.96", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen), with([egfr(29.96)])),
        TherapyRow("eGFR 30", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen), with([egfr(30)])),
        TherapyRow(
            "eGFR below 30", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with([egfr(30, comparator: .less)])),
        TherapyRow(
            "eGFR over 60", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with([egfr(60, comparator: .greater)])),
        TherapyRow("365 days old", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen), with([egfr(20, 365)])),
        TherapyRow(
            "366 days old", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen), with([egfr(20, 366)])),
        TherapyRow(
            "the newest decides", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with([egfr(20, 30), egfr(45, 3)])),
        TherapyRow(
            "of one day the lower", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with([egfr(20), egfr(45)])),
        TherapyRow(
            "a newer one without a number hides nothing", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with([
                egfr(20, 30),
                Observation(
                    provenance: place("Observation/e"), concepts: [measure("egfr", nil)], value: .absent,
                    effective: daysAgo(3)),
            ])),
        TherapyRow(
            "kidney disease without a rate asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            with(condition(kidneyDisease))),
        TherapyRow(
            "kidney disease with a rate", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            record {
                $0.conditions.append(condition(kidneyDisease))
                $0.observations = [egfr(45)]
            }),
        TherapyRow(
            "kidney disease of an early stage", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with(condition(concept("ckd", .nsaidContraindicated, nil, .presenting, "caution", .no)))),
        TherapyRow(
            "kidney disease ruled out", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with(condition(kidneyDisease, certainty: .refuted))),
        TherapyRow(
            "a rate that cannot be is no reason to stay silent", "D-NS1", (.nsaidContraindicated, .met),
            draft(ibuprofen), with([egfr(-5)])),
        TherapyRow("a rate of 0", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen), with([egfr(0)])),
        TherapyRow(
            "a caution does not trigger", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with(condition(heartFailure))),
        TherapyRow(
            "not retrieved", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            record { $0.notRetrieved = [.allergyIntolerances] }),
    ]

    /// Due on the day 280 after the first day of the last menstrual period: 20 weeks are 140 days before it.
    static let pregnancy = [
        TherapyRow(
            "19+6 by the due date", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            expecting(dated("due-date", daysAgo(-141)))),
        TherapyRow(
            "20+0 by the due date", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            expecting(dated("due-date", daysAgo(-140)))),
        TherapyRow(
            "19+6 by the last period", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            expecting(dated("last-menstrual-period", daysAgo(139)))),
        TherapyRow(
            "20+0 by the last period", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            expecting(dated("last-menstrual-period", daysAgo(140)))),
        TherapyRow(
            "the due date wins over the last period", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            expecting(dated("last-menstrual-period", daysAgo(140)), dated("due-date", daysAgo(-141)))),
        TherapyRow(
            "a week over term", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            expecting(dated("due-date", daysAgo(7)))),
        TherapyRow(
            "a due date of an earlier pregnancy", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            expecting(dated("due-date", daysAgo(400)))),
        TherapyRow("no date asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen), expecting()),
        TherapyRow(
            "a due date known to the month asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            expecting(dated("due-date", PartialDate("2025-08")))),
        TherapyRow(
            "a last period today is no pregnancy", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with([dated("last-menstrual-period", daysAgo(0))])),
        TherapyRow(
            "a due date alone tells both", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with([dated("due-date", daysAgo(-30))])),
        TherapyRow(
            "a last period 20 weeks ago without a pregnancy", "D-NS2", (.nsaidContraindicated, .noneOnRecord),
            draft(ibuprofen), with([dated("last-menstrual-period", daysAgo(140))])),
    ]

    private static func coded(_ weeks: Int, _ recorded: PartialDate?, status: ClinicalStatus = .active) -> Condition {
        let code = concept("pregnancy", .pregnant, qualifiers: [CodeUse.Qualifier(rawValue: "weeks:\(weeks)")])
        return condition(code, recorded: recorded, status: status)
    }
    private static func pregnant(_ conditions: Condition..., dates: [Observation] = []) -> ClinicalRecord {
        record {
            $0.conditions.append(GuidelinesTests.pregnant)
            $0.conditions += conditions
            $0.observations = dates
        }
    }

    static let codedWeeks = [
        TherapyRow(
            "20 weeks by the code of today", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            pregnant(coded(20, daysAgo(0)))),
        TherapyRow(
            "19 weeks by the code of today", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            pregnant(coded(19, daysAgo(0)))),
        TherapyRow(
            "19 weeks by the code of 6 days ago", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            pregnant(coded(19, daysAgo(6)))),
        TherapyRow(
            "19 weeks by the code of 7 days ago", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            pregnant(coded(19, daysAgo(7)))),
        TherapyRow(
            "a code without a date asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            pregnant(coded(30, nil))),
        TherapyRow(
            "a code of an earlier pregnancy asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            pregnant(coded(30, daysAgo(400)))),
        TherapyRow(
            "42 weeks a week ago", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            pregnant(coded(42, daysAgo(7)))),
        TherapyRow(
            "42 weeks 8 days ago asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            pregnant(coded(42, daysAgo(8)))),
        TherapyRow(
            "a code that is over asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            pregnant(coded(30, daysAgo(3), status: .resolved))),
        TherapyRow(
            "the newest code counts", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            pregnant(coded(30, daysAgo(20)), coded(12, daysAgo(0)))),
        TherapyRow(
            "of one day the later week", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            pregnant(coded(12, daysAgo(0)), coded(30, daysAgo(0)))),
        TherapyRow(
            "the due date wins over the code", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            pregnant(coded(30, daysAgo(0)), dates: [dated("due-date", daysAgo(-141))])),
    ]

    static let bleeding = [
        TherapyRow(
            "active, with an end on record", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with(condition(bleed, abatement: daysAgo(900)))),
        TherapyRow(
            "hypersensitivity among the problems, active with an end", "D-NS1", (.nsaidContraindicated, .met),
            draft(ibuprofen), with(condition(hypersensitivity, abatement: daysAgo(900)))),
        TherapyRow(
            "hypersensitivity among the problems, over", "D-NS2", (.nsaidContraindicated, .noneOnRecord),
            draft(ibuprofen),
            with(condition(hypersensitivity, abatement: daysAgo(900), status: .notStated))),
        TherapyRow(
            "active, however old", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with(condition(bleed, onset: daysAgo(900)))),
        TherapyRow(
            "resolved 90 days ago", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with(condition(bleed, abatement: daysAgo(90), status: .resolved))),
        TherapyRow(
            "resolved 91 days ago", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with(condition(bleed, abatement: daysAgo(91), status: .resolved))),
        TherapyRow(
            "resolved long ago, written down again today", "D-NS2", (.nsaidContraindicated, .noneOnRecord),
            draft(ibuprofen),
            with(condition(bleed, abatement: daysAgo(900), recorded: daysAgo(0), status: .resolved))),
        TherapyRow(
            "without a status, 90 days ago", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            with(condition(bleed, onset: daysAgo(90), status: .notStated))),
        TherapyRow(
            "without a status, 91 days ago", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with(condition(bleed, onset: daysAgo(91), status: .notStated))),
        TherapyRow(
            "refuted", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with(condition(bleed, certainty: .refuted))),
    ]

    static let hypersensitivities = [
        TherapyRow(
            "hypersensitivity to NSAIDs", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            allergy(hypersensitivity)),
        TherapyRow(
            "an allergy that names an NSAID", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen),
            allergy(drugCode(.nsaids, "etodolac"))),
        TherapyRow(
            "an allergy that is not coded asks", "D-NS2", (.nsaidContraindicated, .unknown), draft(ibuprofen),
            record { $0.unreadTexts = [UnreadText(provenance: place("a"), part: .allergyIntolerances)] }),
        TherapyRow(
            "a problem that is not coded is no allergy", "D-NS2", (.nsaidContraindicated, .noneOnRecord),
            draft(ibuprofen), record { $0.unreadTexts = [UnreadText(provenance: place("a"), part: .conditions)] }),
        TherapyRow(
            "an allergy to another drug", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            allergy(alprazolam)),
        TherapyRow(
            "an inactive allergy", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            allergy(hypersensitivity, isActive: false)),
        TherapyRow(
            "a refuted allergy", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            allergy(drugCode(.nsaids, "etodolac"), certainty: .refuted)),
    ]

    static let combinations = [
        TherapyRow("an opioid with an NSAID", "D-OP5", nil, draft(both), severe),
        TherapyRow(
            "an opioid with an NSAID against which the kidneys speak", "D-NS1", (.nsaidContraindicated, .met),
            draft(both), record { $0.observations = [painScore(9), egfr(20)] }),
        TherapyRow(
            "that asks for the pain, and the kidneys speak against it", "D-NS1", (.nsaidContraindicated, .met),
            draft(both), with([egfr(20)])),
        TherapyRow(
            "over the limit, and the kidneys speak against it", "D-OP2", (.supply, .met), draft(both, days: 8...8),
            record { $0.observations = [painScore(9), egfr(20)] }),
    ]
    private static let severe = record { $0.observations = [painScore(9)] }
    private static let both = Concept(
        opioid().code, uses: opioid().uses + ibuprofen.uses, ingredients: opioid().ingredients,
        form: DrugForm(route: .oral, isCombination: false))

    @Test("what speaks against the other class of a combination is shown beside a decision that speaks as loudly")
    func shownBeside() throws {
        let order = try #require(TherapyOrder(draft(Self.both, days: 8...8)))
        let record = record { $0.observations = [painScore(9), egfr(20)] }
        let decision = guidelineUnderTest.review(order, in: record, asOf: today)
        #expect(decision.cardFacts.shownOnly.map(\.because) == ["kidney function, limit 30"])
        let alone = guidelineUnderTest.review(order, in: Self.severe, asOf: today)
        #expect(alone.cardFacts.shownOnly.isEmpty)
    }

    @Test("a card that the site does not show keeps none of another class back")
    func suppressed() throws {
        let order = try #require(TherapyOrder(draft(Self.both, days: 8...8)))
        let record = record { $0.observations = [painScore(9), egfr(20)] }
        for (suppressed, rule) in [([], "D-OP2"), ([.k27], "D-NS1")] as [(Set<CardID>, String)] {
            let site = LumbosacralRadiculopathy(configuration: "test", suppressedCards: suppressed)
            #expect(site.review(order, in: record, asOf: today).outcome.rule == rule)
        }
    }

    static let bypasses = [
        TherapyRow("14 days after", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen), operated(14)),
        TherapyRow("15 days after", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen), operated(15)),
        TherapyRow(
            "planned in 14 days", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen), operated(-14, .planned)),
        TherapyRow(
            "planned in 15 days", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            operated(-15, .planned)),
        TherapyRow("ordered for in 14 days", "D-NS1", (.nsaidContraindicated, .met), draft(ibuprofen), ordered(-14)),
        TherapyRow(
            "ordered for in 15 days", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen), ordered(-15)),
        TherapyRow(
            "an order that is no longer active", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            ordered(-14, .onHold)),
        TherapyRow(
            "not done", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen), operated(3, .notDone)),
        TherapyRow(
            "a history without a date", "D-NS2", (.nsaidContraindicated, .noneOnRecord), draft(ibuprofen),
            with(condition(pastBypass))),
    ]

    static let others = [
        TherapyRow(
            "an NSAID for something else", "D-NS0", (.nsaidContraindicated, .met),
            draft(ibuprofen, reasons: [orderReason(someDisease)]), with([egfr(20)])),
        TherapyRow(
            "an NSAID under 18", "D-NS0", (.nsaidContraindicated, .met), draft(ibuprofen),
            record(birth: "2007-06-17") { $0.observations = [egfr(20)] }),
        TherapyRow("a relaxant at 64", "D-MR2", (.olderAdult, .notMet), draft(relaxant), record(birth: "1960-06-17")),
        TherapyRow("a relaxant at 65", "D-MR1", (.olderAdult, .met), draft(relaxant), record(birth: "1960-06-16")),
        TherapyRow("a relaxant at 64 or 65", "D-MR2", (.olderAdult, .unknown), draft(relaxant), record(birth: "1960")),
        TherapyRow(
            "a relaxant for something else", "D-MR0", (.otherIndication, .met),
            draft(relaxant, reasons: [orderReason(someDisease)]), record(birth: "1940-01-01")),
        TherapyRow(
            "a complaint of no stated region is none of a drug", "D-MR0", (.radiculopathy, .unknown), draft(relaxant),
            record(birth: "1940-01-01") { $0.conditions = [condition(radiculitisOfNoRegion, onset: daysAgo(20))] }),
        TherapyRow(
            "a relaxant without a radiculopathy", "D-MR0", (.radiculopathy, .unknown), draft(relaxant),
            record(birth: "1940-01-01") { $0.conditions = [] }),
    ]

    @Test(
        "each falls under its rule",
        arguments: [
            neuropathic, kidney, pregnancy, codedWeeks, bleeding, hypersensitivities, bypasses, combinations, others,
        ].flatMap { $0 })
    func rule(_ row: TherapyRow) throws { try row.check() }

    @Test("of a combination or of several codes the graver class decides, whatever stands first")
    func combination() {
        #expect(TherapyOrder(draft(ibuprofen, opioid()))?.orderClass == .opioid)
        #expect(TherapyOrder(draft(relaxant, ibuprofen))?.orderClass == .nsaid)
        #expect(TherapyOrder(draft(amitriptyline, gabapentin))?.orderClass == .gabapentinoid)
        #expect(TherapyOrder(draft(alprazolam)) == nil)
        #expect(TherapyOrder(draft(drugCode(.nsaids, "drops", form: DrugForm(route: .eyeOrEar)))) == nil)
        #expect(TherapyOrder(draft(drugCode(.nsaids, "gel", form: DrugForm(route: .topical))))?.orderClass == .nsaid)
    }

    @Test("what speaks against an NSAID is named with its value")
    func names() throws {
        func names(_ record: ClinicalRecord) -> [String]? {
            TherapyOrder(draft(ibuprofen)).map {
                guidelineUnderTest.review($0, in: record, asOf: today).cardFacts.nsaidContraindications
            }
        }
        #expect(names(with([egfr(29.96)])) == ["eGFR 29.96"])
        #expect(names(expecting(dated("due-date", daysAgo(-137)))) == ["pregnancy of 20 weeks"])
        #expect(names(with([egfr(30, comparator: .less)])) == ["eGFR below 30"])
        #expect(names(allergy(drugCode(.nsaids, "etodolac"))) == ["allergy to etodolac"])
        #expect(names(allergy(allergen("Ibuprofen"))) == ["allergy to Ibuprofen"])
        #expect(names(with(condition(allergen("Ibuprofen")))) == ["Ibuprofen"])
        #expect(names(allergy(allergen("Allergy to ibuprofen"))) == ["Allergy to ibuprofen"])
        #expect(names(record()) == [])
    }

    @Test("an eGFR is cited by its own code, whatever stands beside it")
    func egfrCode() throws {
        let coded = [measure("creatinine", nil), measure("egfr", nil)]
        let low = Observation(
            provenance: place("Observation/e"), concepts: coded,
            value: .quantity(Quantity(literal: "20", value: 20, unit: "mL/min/{1.73_m2}")), effective: daysAgo(3))
        let order = try #require(TherapyOrder(draft(ibuprofen)))
        let decision = guidelineUnderTest.review(order, in: with([low]), asOf: today)
        #expect(decision.criterion(.nsaidContraindicated).evidence.map { $0.code?.code } == ["egfr"])
    }
}
