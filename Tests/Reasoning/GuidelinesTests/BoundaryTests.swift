import ClinicalModel
import Guidelines
import Testing

private let pain = concept("pain-and-function-scores", .trialFailed, nil, .presenting, "measurement", .no)
private let temperature = concept("vitals-labs", .infection, "fever", .presenting, "measurement", .no)
private let saddle = concept("cauda-equina-components", .caudaEquina, "saddle")
private let discitis = concept("spinal-infection", .infection, "diagnosis")
private let chills = concept("fever-systemic-infection", .infection, "fever")
private let therapy = concept("physical-therapy", .trialDocumented, nil, .treatment, "delivered-care")
private let referredTherapy = concept("physical-therapy", .trialDocumented, nil, .treatment, "referral")
private let steroid = Concept(
    Code(system: "urn:test", code: "prednisone"),
    uses: [
        CodeUse(
            set: "systemic-corticosteroids", criterion: CriterionID.fracture.rawValue, component: "steroids",
            part: .risk, role: "course", alone: .no)
    ], ingredients: [Ingredient(rxNorm: "8640", strengthMg: 10, prednisoneEquivalent: 5)])
private let neuritis = concept("lumbosacral-radiculopathy", .radiculopathy, nil, .presenting, "finding", .needsSite)

private func fracture(_ alone: CodeUse.Alone = .yes, encounter: Concept.Encounter? = nil) -> Concept {
    concept("vertebral-fracture", .fracture, "suspected", .presenting, "finding", alone, encounter: encounter)
}
private func hint(
    _ set: ValueSetName, _ component: String, role: CodeUse.Role = "hint", qualifiers: Set<CodeUse.Qualifier> = []
) -> Concept {
    concept(set, .fracture, component, .hint, role, .yes, qualifiers: qualifiers)
}
private func complaint(_ side: CodeUse.Qualifier) -> Concept {
    concept("lumbosacral-radiculopathy", .radiculopathy, qualifiers: [side])
}
private func having(_ conditions: Condition...) -> ClinicalRecord { record { $0.conditions += conditions } }
private func only(_ conditions: Condition...) -> ClinicalRecord { record { $0.conditions = conditions } }
private func measured(_ observations: Observation...) -> ClinicalRecord { record { $0.observations = observations } }
private func seen(_ concept: Concept, _ isPresent: Bool, _ ago: Int) -> Observation {
    Observation(
        provenance: place("Observation/\(isPresent)-\(ago)"), concepts: [concept], value: .boolean(isPresent),
        effective: daysAgo(ago))
}
private func session(_ from: Int, _ to: Int, _ concept: Concept = therapy) -> ClinicalModel.Procedure {
    ClinicalModel.Procedure(
        provenance: place("Procedure/\(from)"), concepts: [concept], state: .completed, start: daysAgo(from),
        end: daysAgo(to))
}
private func course(_ from: Int, _ to: Int, _ concept: Concept = steroid) -> MedicationUse {
    MedicationUse(
        provenance: place("MedicationStatement/\(from)"), kind: .statement, concepts: [concept], standing: .counts,
        isActive: false, route: .systemic, start: daysAgo(from), end: daysAgo(to))
}
private func examined(_ modality: Modality, _ ago: Int, _ region: ImagingTest.Region = .lumbar, side: BodySite? = nil)
    -> ImagingExamination
{
    ImagingExamination(
        provenance: place("ImagingStudy/\(ago)"), test: ImagingTest(modality: modality, region: region),
        bodySites: [side].compactMap { $0 }, date: daysAgo(ago))
}

private let laminectomy = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "study")
private let fused = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "finding")
private let perhapsFused = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "finding", .no)
private let injectingHint = concept("iv-drug-use", .infection, "iv-drug-use", .hint, "hint")
private let bacteraemia = concept("fever-systemic-infection", .infection, "bacteraemia")
private let culture = concept("vitals-labs", .infection, "bacteraemia", .presenting, "measurement", .no)
private let treated = concept("immunocompromised-state", .infection, "immunosuppression", .risk, "treatment")
private let inUse = concept(
    "immunocompromised-state", .infection, "immunosuppression", .risk, qualifiers: [.currentUse])
private let suppressant = concept("immunosuppressant-medications", .infection, "immunosuppression", .risk, "medication")
private let wound = concept("hints", .infection, "hint", .hint, "hint", .review, qualifiers: [.withSpineSurgery])
private func suppressantHint(_ role: CodeUse.Role, _ part: CodeUse.Part) -> Concept {
    concept("hints", .infection, "immunosuppression", part, role)
}
private func operation(_ state: ClinicalModel.Procedure.State, _ ago: Int, _ concept: Concept = laminectomy)
    -> ClinicalModel.Procedure
{
    ClinicalModel.Procedure(
        provenance: place("Procedure/o"), concepts: [concept], state: state, start: daysAgo(ago), end: daysAgo(ago))
}
private func drug(_ concept: Concept, _ from: Int, standing: MedicationUse.Standing = .counts) -> MedicationUse {
    MedicationUse(
        provenance: place("MedicationStatement/d"), kind: .statement, concepts: [concept], standing: standing,
        isActive: true, route: .systemic, start: daysAgo(from))
}
private func dated(_ concept: Concept, _ ago: Int) -> Observation {
    Observation(
        provenance: place("Observation/d"), concepts: [concept], value: .date(daysAgo(ago)), effective: daysAgo(10))
}
private func due(_ ago: Int) -> Observation {
    dated(concept("pregnancy-status", .pregnant, nil, .presenting, "measurement", .no), ago)
}
private let weightLoss = concept("vitals-labs", .malignancy, "weight-loss", .presenting, "finding", .no)
private let bodyWeight = concept("vitals-labs", .malignancy, "weight-loss", .presenting, "measurement", .no)
private func weights(_ from: Double, _ ago: Int, _ to: Double) -> [Observation] {
    [measurement(bodyWeight, from, "kg", daysAgo(ago)), measurement(bodyWeight, to, "kg")]
}
private func status(_ part: CodeUse.Part, _ role: CodeUse.Role) -> Observation {
    Observation(
        provenance: place("Observation/s"),
        concepts: [concept("pregnancy-status", .pregnant, nil, .presenting, "measurement", .no)],
        value: .concepts([concept("pregnancy-status", .pregnant, nil, part, role)]), effective: daysAgo(10))
}
private func resulted(_ value: Concept) -> Observation {
    Observation(
        provenance: place("Observation/c"), concepts: [culture], value: .concepts([value]), effective: daysAgo(10))
}

/// What the mutation check found: a sign or limit turned, and no test noticed.
@Suite("Sides of limits and signs, row by row")
struct BoundaryTests {
    private static let noSince = PartialDate(literal: "June", earliest: daysAgo(6).earliest, latest: today)

    static let fractures = [
        CriterionRow(
            "T-score -2.5 as an input code", .fracture, .met, measured(measurement(finding("t-score"), -2.5, nil))),
        CriterionRow(
            "another input code below the limit", .fracture, .unknown, measured(measurement(finding("pvr-ml"), -3, nil))
        ),
        CriterionRow(
            "a measurement of something else below the limit", .fracture, .unknown,
            measured(measurement(temperature, -3, nil))),
        CriterionRow("a fracture now", .fracture, .met, having(condition(fracture(), onset: daysAgo(5)))),
        CriterionRow(
            "a fracture that is never enough alone", .fracture, .unknown,
            having(condition(fracture(.no), onset: daysAgo(5)))),
        CriterionRow(
            "a fracture to be reviewed", .fracture, .unknown, having(condition(fracture(.review), onset: daysAgo(5)))),
        CriterionRow(
            "a later visit for a fracture", .fracture, .unknown, having(condition(fracture(encounter: .subsequent)))),
        CriterionRow(
            "what a fracture left behind", .fracture, .unknown, having(condition(fracture(encounter: .sequela)))),
        CriterionRow(
            "a fracture that has healed", .fracture, .unknown, having(condition(fracture(), status: .resolved))),
        CriterionRow(
            "a fracture new in the episode", .fracture, .met, having(condition(fracture(.needsNew), onset: daysAgo(5)))),
        CriterionRow(
            "a fracture from before it", .fracture, .unknown,
            having(condition(fracture(.needsNew), onset: daysAgo(400)))),
        CriterionRow("a fracture of an unknown day", .fracture, .suspected, having(condition(fracture(.needsNew)))),
        CriterionRow(
            "a hint 90 days old", .fracture, .suspected, having(condition(hint("hints", "hint"), recorded: daysAgo(90)))
        ),
        CriterionRow(
            "a hint 91 days old", .fracture, .unknown, having(condition(hint("hints", "hint"), recorded: daysAgo(91)))),
        CriterionRow(
            "a hint at trauma 91 days old", .fracture, .unknown,
            having(condition(hint("major-trauma", "trauma"), recorded: daysAgo(91)))),
        CriterionRow(
            "a hint at fragile bone does not fade", .fracture, .suspected,
            having(condition(hint("osteopenia", "osteoporosis"), recorded: daysAgo(400)))),
        CriterionRow(
            "a hint over before the episode", .fracture, .unknown,
            having(
                condition(
                    hint("osteopenia", "osteoporosis"), onset: daysAgo(80), abatement: daysAgo(60), status: .resolved))),
        CriterionRow(
            "a history that is over still hints", .fracture, .suspected,
            having(
                condition(
                    hint("osteopenia", "osteoporosis", role: "history"), onset: daysAgo(80), abatement: daysAgo(60),
                    status: .resolved))),
        CriterionRow(
            "a hint only without a date, undated", .fracture, .suspected,
            having(condition(hint("hints", "hint", qualifiers: [.withoutDate])))),
        CriterionRow(
            "a hint only without a date, dated", .fracture, .unknown,
            having(condition(hint("hints", "hint", qualifiers: [.withoutDate]), onset: daysAgo(5)))),
    ]

    static let findings = [
        CriterionRow(
            "coded for tomorrow still counts (R5)", .caudaEquina, .met, having(condition(saddle, onset: daysAgo(-1)))),
        CriterionRow(
            "coded for the day after is a data problem", .caudaEquina, .unknown,
            having(condition(saddle, onset: daysAgo(-2)))),
        CriterionRow(
            "seen yesterday, ruled out today", .infection, .unknown,
            measured(seen(discitis, true, 1), seen(discitis, false, 0))),
        CriterionRow(
            "a fever of 14 days ago is not undone (R36)", .infection, .met,
            measured(seen(chills, true, 14), seen(chills, false, 0))),
        CriterionRow(
            "no injected drugs, perhaps on the day of the yes", .infection, .unknown,
            record {
                $0.observations =
                    screenDenied(but: ["iv-drug-use"])
                    + [
                        answer("iv-drug-use", .boolean(true), daysAgo(6)),
                        answer("iv-drug-use", .boolean(false), noSince),
                    ]
            }),
        CriterionRow(
            "a reason without a site takes that of the order", .radiculopathy, .met, only(),
            order: {
                var order = imagingOrder(reasons: [OrderReason(concepts: [neuritis], at: "$.r")])
                order.bodySites = [.lumbarOrSacral]
                return order
            }()),
    ]

    static let courses = [
        CriterionRow(
            "active, with an end on record", .sixWeeks, .met,
            only(condition(radiculopathy, onset: daysAgo(50), abatement: daysAgo(10)))),
        CriterionRow(
            "ended, of no stated status", .sixWeeks, .unknown,
            only(condition(radiculopathy, onset: daysAgo(50), abatement: daysAgo(10), status: .notStated))),
        CriterionRow(
            "a recurrence beside the old complaint", .sixWeeks, .notMet,
            only(
                condition(radiculopathy, onset: daysAgo(500)),
                condition(radiculopathy, onset: daysAgo(10), status: .recurrence))),
        CriterionRow(
            "a relapse beside the old complaint", .sixWeeks, .notMet,
            only(
                condition(radiculopathy, onset: daysAgo(500)),
                condition(radiculopathy, onset: daysAgo(10), status: .relapse))),
        CriterionRow(
            "a referral is no care", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.procedures = [session(66, 10, referredTherapy)] }),
        CriterionRow(
            "steroids are no trial", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) { $0.medications = [course(66, 10)] }),
    ]

    static let histories = [
        CriterionRow("an MRI of today", .priorLumbarMRI, .met, record { $0.examinations = [examined(.mriWithout, 0)] }),
        CriterionRow(
            "a new deficit on the day of the MRI", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [examined(.mriWithout, 10)]
                $0.observations = [answer("new-deficit-since-prior-imaging", .boolean(true), daysAgo(10))]
            }),
        CriterionRow(
            "a new deficit the day before", .priorLumbarMRI, .met,
            record {
                $0.examinations = [examined(.mriWithout, 10)]
                $0.observations = [answer("new-deficit-since-prior-imaging", .boolean(true), daysAgo(11))]
            }),
        CriterionRow(
            "an MRI of the other side (R44)", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.conditions = [condition(complaint(.left), onset: daysAgo(20))]
                $0.examinations = [examined(.mriWithout, 100, side: .right)]
            }),
        CriterionRow(
            "an MRI of the same side", .priorLumbarMRI, .met,
            record {
                $0.conditions = [condition(complaint(.left), onset: daysAgo(20))]
                $0.examinations = [examined(.mriWithout, 100, side: .left)]
            }),
    ]

    static let surgeries = [
        CriterionRow(
            "operated tomorrow, as the record has it", .priorLumbarSurgery, .met,
            record { $0.procedures = [session(-1, -1, laminectomy)] }),
        CriterionRow(
            "an operation of the day after", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [session(-2, -2, laminectomy)] }),
        CriterionRow("operated, as the problem list has it", .priorLumbarSurgery, .met, having(condition(fused))),
        CriterionRow(
            "an operation ruled out", .priorLumbarSurgery, .noneOnRecord, having(condition(fused, certainty: .refuted))),
        CriterionRow(
            "a code that is never enough alone", .priorLumbarSurgery, .noneOnRecord, having(condition(perhapsFused))),
        CriterionRow(
            "a procedure is read once, by its own role", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [session(400, 400, fused)] }),
    ]

    static let pregnancies = [
        CriterionRow("due in 300 days", .pregnant, .met, measured(due(-300))),
        CriterionRow("due in 301 days", .pregnant, .noneOnRecord, measured(due(-301))),
        CriterionRow("due today", .pregnant, .met, measured(due(0))),
        CriterionRow("another date is no due date", .pregnant, .noneOnRecord, measured(dated(temperature, -50))),
        CriterionRow(
            "never enough alone", .pregnant, .unknown,
            having(condition(concept("pregnancy", .pregnant, nil, .presenting, "finding", .no)))),
        CriterionRow("a status that excludes", .pregnant, .notMet, measured(status(.exclusion, "finding"))),
        CriterionRow("a status that is no finding", .pregnant, .notMet, measured(status(.presenting, "denies"))),
        CriterionRow("a status that is one", .pregnant, .met, measured(status(.presenting, "finding"))),
    ]

    static let infections = [
        CriterionRow(
            "a hint at injecting, within 12 months", .infection, .met,
            having(condition(injectingHint, recorded: PartialDate("2024-06-16")))),
        CriterionRow(
            "longer ago", .infection, .suspected, having(condition(injectingHint, recorded: PartialDate("2024-06-15")))),
        CriterionRow(
            "a hint at another part of the family", .infection, .suspected,
            having(condition(concept("iv-drug-use", .infection, "hint", .hint, "hint"), recorded: daysAgo(5)))),
        CriterionRow(
            "as the reason of the order it is a hint", .infection, .suspected, record(),
            order: imagingOrder(reasons: [OrderReason(concepts: [injectingHint], onset: daysAgo(5), at: "$.r")])),
        CriterionRow(
            "discitis of 2 years ago, of no stated status", .infection, .suspected,
            having(condition(discitis, onset: daysAgo(900), abatement: daysAgo(700), status: .notStated))),
        CriterionRow(
            "discitis of 2 years ago, resolved without a date", .infection, .suspected,
            having(condition(discitis, onset: daysAgo(900), status: .resolved))),
        CriterionRow("on treatment 90 days ago", .infection, .met, having(condition(treated, recorded: daysAgo(90)))),
        CriterionRow(
            "on treatment 91 days ago", .infection, .suspected, having(condition(treated, recorded: daysAgo(91)))),
        CriterionRow("in use 91 days ago", .infection, .suspected, having(condition(inUse, recorded: daysAgo(91)))),
        CriterionRow(
            "a wound infection after an operation of the back that was not done", .infection, .suspected,
            record {
                $0.procedures = [operation(.notDone, 30)]; $0.conditions.append(condition(wound))
            }),
        CriterionRow(
            "a wound infection after another operation", .infection, .suspected,
            record {
                $0.procedures = [operation(.completed, 30, concept("cabg", nil))];
                $0.conditions.append(condition(wound))
            }),
        CriterionRow(
            "a wound infection more than a year after", .infection, .suspected,
            record {
                $0.procedures = [operation(.completed, 366)]; $0.conditions.append(condition(wound))
            }),
        CriterionRow("a temperature by another name", .infection, .unknown, measured(measurement(chills, 39, "Cel"))),
        CriterionRow(
            "a pulse of 39", .infection, .unknown,
            measured(measurement(concept("vitals-labs", nil, "pulse", .presenting, "measurement", .no), 39, "Cel"))),
        CriterionRow(
            "an ESR by another name", .infection, .unknown,
            measured(
                measurement(
                    concept("vitals-labs", .infection, "pulse", .hint, "measurement", .no, qualifiers: ["measure:esr"]),
                    80, "mm/h"))),
        CriterionRow("a growth in a blood culture", .infection, .met, measured(seen(culture, true, 90))),
        CriterionRow("a growth of 91 days ago", .infection, .unknown, measured(seen(culture, true, 91))),
        CriterionRow("no growth", .infection, .unknown, measured(seen(culture, false, 5))),
        CriterionRow("bacteraemia as the result of a culture", .infection, .met, measured(resulted(bacteraemia))),
        CriterionRow("another result of a culture", .infection, .suspected, measured(resulted(pain))),
        CriterionRow(
            "a CD4 count by another name", .infection, .unknown,
            measured(measurement(concept("vitals-labs", .infection, "pulse", .risk, "measurement", .no), 100, "/uL"))),
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
    ]

    private static let explained = concept("weight-loss-explained", .malignancy, "weight-loss", .exclusion, "cause")

    static let malignancies = [
        CriterionRow(
            "80 to 76 kg, 365 days apart", .malignancy, .met, record { $0.observations = weights(80, 365, 76) }),
        CriterionRow("the same weight", .malignancy, .unknown, record { $0.observations = weights(76, 60, 76) }),
        CriterionRow(
            "a weight of nothing is none", .malignancy, .unknown, record { $0.observations = weights(80, 60, 0) }),
        CriterionRow(
            "kilograms of something else", .malignancy, .unknown,
            measured(measurement(temperature, 80, "kg", daysAgo(60)), measurement(temperature, 60, "kg"))),
        CriterionRow(
            "weights that are no measurements", .malignancy, .unknown,
            measured(measurement(weightLoss, 80, "kg", daysAgo(60)), measurement(weightLoss, 60, "kg"))),
        CriterionRow(
            "a drug between the weights explains the loss", .malignancy, .unknown,
            record {
                $0.observations = weights(80, 60, 60); $0.medications = [drug(explained, 30)]
            }),
        CriterionRow(
            "a drug of unclear standing does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60, 60); $0.medications = [drug(explained, 30, standing: .unclear)]
            }),
        CriterionRow(
            "a drug begun before them does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60, 60); $0.medications = [drug(explained, 90)]
            }),
        CriterionRow(
            "an operation between them explains it", .malignancy, .unknown,
            record {
                $0.observations = weights(80, 60, 60); $0.procedures = [operation(.completed, 30, explained)]
            }),
        CriterionRow(
            "an operation not done does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60, 60); $0.procedures = [operation(.notDone, 30, explained)]
            }),
        CriterionRow(
            "an operation before them does not", .malignancy, .met,
            record {
                $0.observations = weights(80, 60, 60); $0.procedures = [operation(.completed, 90, explained)]
            }),
        CriterionRow(
            "a tumour that presents", .malignancy, .met,
            having(condition(concept("malignancy", .malignancy, "personal-cancer", .presenting)))),
        CriterionRow(
            "a tumour in a part that decides nothing", .malignancy, .unknown,
            having(condition(concept("malignancy", .malignancy, "personal-cancer", .treatment)))),
    ]

    @Test("the words of a weight loss have one decimal at most")
    func weightWords() {
        let decision = guidelineUnderTest.review(
            imagingOrder(), in: record { $0.observations = weights(80, 60, 75.5) }, asOf: today)
        #expect(decision.cardFacts.findings[.malignancy] == ["weight 80 to 75.5 kg (5.6%)"])
    }

    static let ages = [("1975-06-16", false), ("1974-06-16", true), ("1974-06-17", false)]

    @Test("age over 50 is shown, and does not count by itself", arguments: ages)
    func age(_ birth: String, _ isShown: Bool) {
        let family = GuidelinesTests.criterion(.malignancy, record(birth: birth))
        #expect(family.result == .unknown)
        #expect(family.evidence.contains { $0.because.hasPrefix("age over 50") } == isShown)
    }

    static let skins = [
        (
            condition(concept("nonmelanoma-skin-cancer", .malignancy, "personal-cancer", .exclusion, "denies", .no)),
            true
        ),
        (
            condition(
                concept("nonmelanoma-skin-cancer", .malignancy, "personal-cancer", .exclusion, "denies", .no),
                certainty: .refuted), false
        ),
        (condition(concept("benign", .malignancy, "personal-cancer", .exclusion, "context", .no)), false),
    ]

    @Test("skin cancer that is left out is shown", arguments: skins)
    func skin(_ condition: Condition, _ isShown: Bool) {
        let family = GuidelinesTests.criterion(.malignancy, having(condition))
        #expect(family.result == .unknown)
        #expect(family.evidence.contains { $0.because.contains("left out") } == isShown)
    }

    private static let tScore = concept("vitals-labs", .fracture, "osteoporosis", .risk, "measurement", .no)
    private static let crp = concept(
        "vitals-labs", .infection, "crp-esr", .hint, "measurement", .no, qualifiers: ["measure:crp"])

    static let bounds = [
        CriterionRow(
            "CRP at least 50", .infection, .met, measured(measurement(crp, 50, "mg/L", comparator: .greaterOrEqual))),
        CriterionRow("CRP over 50", .infection, .met, measured(measurement(crp, 50, "mg/L", comparator: .greater))),
        CriterionRow(
            "CRP at least 10 may be more", .infection, .suspected,
            measured(measurement(crp, 10, "mg/L", comparator: .greaterOrEqual))),
        CriterionRow(
            "CRP over 10", .infection, .suspected, measured(measurement(crp, 10, "mg/L", comparator: .greater))),
        CriterionRow(
            "CRP at most 10", .infection, .unknown, measured(measurement(crp, 10, "mg/L", comparator: .lessOrEqual))),
        CriterionRow(
            "CRP under 11 may be 10.5", .infection, .suspected,
            measured(measurement(crp, 11, "mg/L", comparator: .less))),
        CriterionRow(
            "temperature at most 38.0 may be 38.0", .infection, .unknown,
            record {
                $0.observations = screenDenied() + [measurement(temperature, 38, "Cel", comparator: .lessOrEqual)]
            }),
        CriterionRow(
            "temperature under 38.0 is none", .infection, .notMet,
            record { $0.observations = screenDenied() + [measurement(temperature, 38, "Cel", comparator: .less)] }),
        CriterionRow(
            "T-score at most -2.5", .fracture, .met, measured(measurement(tScore, -2.5, nil, comparator: .lessOrEqual))),
        CriterionRow(
            "T-score over -2.5 is above it", .fracture, .unknown,
            measured(measurement(tScore, -2.5, nil, comparator: .greater))),
        CriterionRow(
            "T-score at least -2.5 may be -2.5", .fracture, .unknown,
            measured(measurement(tScore, -2.5, nil, comparator: .greaterOrEqual))),
    ]

    @Test("CRP over the lower limit is met where a site wants that, and only if it surely is")
    func crpMet() {
        var thresholds = Thresholds()
        thresholds.inflammation = .met
        for (comparator, expected) in [
            (nil, .unknown), (.greaterOrEqual, .suspected), (.greater, .met),
        ] as [(Quantity.Comparator?, CriterionResult)] {
            let record = measured(measurement(Self.crp, 10, "mg/L", comparator: comparator))
            #expect(result(.infection, record, thresholds: thresholds) == expected)
        }
    }

    private static func active(
        _ modality: Modality = .mriWithout, _ priority: Priority? = nil, status: ServiceRequest.Status = .active,
        isOrder: Bool = true
    ) -> ServiceRequest {
        var order = imagingOrder(modality, priority: priority)
        order.provenance = place("ServiceRequest/a")
        order.status = status
        order.isOrder = isOrder
        return order
    }
    private static func found(_ concept: Concept, _ orders: ServiceRequest...) -> ClinicalRecord {
        record {
            $0.conditions.append(condition(concept, onset: daysAgo(3)))
            $0.serviceRequests = orders
        }
    }

    static let silencing = [
        CriterionRow(
            "a completed order silences nothing", .activeAdequate, .noneOnRecord,
            found(saddle, active(.mriWithout, .stat, status: .completed)), order: nil),
        CriterionRow(
            "a proposal silences nothing", .activeAdequate, .noneOnRecord,
            found(saddle, active(.mriWithout, .stat, isOrder: false)), order: nil),
        CriterionRow(
            "presenting infection, urgent", .activeAdequate, .met,
            found(discitis, active(.mriWithoutAndWith, .urgent)), order: nil),
        CriterionRow(
            "presenting infection, routine", .activeAdequate, .noneOnRecord,
            found(discitis, active(.mriWithoutAndWith, .routine)), order: nil),
        CriterionRow(
            "presenting infection, no priority", .activeAdequate, .noneOnRecord,
            found(discitis, active(.mriWithoutAndWith)), order: nil),
        CriterionRow(
            "a risk factor, routine", .activeAdequate, .met, found(hivState, active(.mriWithoutAndWith)), order: nil),
        CriterionRow(
            "cauda equina beside presenting infection, stat", .activeAdequate, .met,
            both(active(.mriWithoutAndWith, .stat)), order: nil),
        CriterionRow("an MRI on the day of the finding", .activeAdequate, .noneOnRecord, imaged(3), order: nil),
        CriterionRow("an MRI the day after it", .activeAdequate, .met, imaged(2), order: nil),
    ]
    private static let hivState = concept("immunocompromised-state", .infection, "immunosuppression", .risk)
    private static func imaged(_ ago: Int) -> ClinicalRecord {
        var record = found(saddle)
        record.examinations = [examined(.mriWithout, ago)]
        return record
    }
    private static func both(_ order: ServiceRequest) -> ClinicalRecord {
        var record = found(saddle, order)
        record.conditions.append(condition(discitis, onset: daysAgo(3)))
        return record
    }

    @Test("malignancy, bounds of values, orders that silence", arguments: malignancies + bounds + silencing)
    func furthermore(_ row: CriterionRow) { #expect(result(row.id, row.record, order: row.order) == row.expected) }

    @Test("a risk factor as the reason of the order is no presenting feature (R24)")
    func reasonOfRisk() {
        for (part, flags) in [(CodeUse.Part.risk, [CriterionID]()), (.presenting, [.infection])] {
            let coded = concept("immunocompromised-state", .infection, "immunosuppression", part)
            let order = imagingOrder(reasons: [OrderReason(concepts: [coded], at: "$.r")])
            let decision = guidelineUnderTest.review(order, in: record(), asOf: today)
            #expect(decision.presentingFlags == flags)
            #expect(decision.criterion(.infection).result == .met)
        }
    }

    @Test("criterion", arguments: fractures + findings + courses + histories)
    func criterion(_ row: CriterionRow) { #expect(result(row.id, row.record, order: row.order) == row.expected) }

    @Test("surgery, pregnancy, infection", arguments: surgeries + pregnancies + infections)
    func further(_ row: CriterionRow) { #expect(result(row.id, row.record, order: row.order) == row.expected) }

    @Test("two steroid courses end to end are one run, in either order")
    func adjacentCourses() {
        var thresholds = Thresholds()
        thresholds.steroidDaysAreConsecutive = true
        for courses in [[course(100, 56), course(55, 11)], [course(55, 11), course(100, 56)]] {
            #expect(result(.fracture, record { $0.medications = courses }, thresholds: thresholds) == .met)
        }
        let apart = record { $0.medications = [course(100, 56), course(54, 10)] }
        #expect(result(.fracture, apart, thresholds: thresholds) == .unknown)
    }

    @Test("a day that two steroid courses share counts once, in either order", arguments: [89, 90])
    func sharedDay(_ days: Int) {
        for courses in [[course(120, 120), course(120, 121 - days)], [course(120, 121 - days), course(120, 120)]] {
            #expect(result(.fracture, record { $0.medications = courses }) == (days == 90 ? .met : .unknown))
        }
    }

    @Test("a course that ended long ago is not shown")
    func oldCourse() {
        let old = record { $0.medications = [course(800, 700)] }
        #expect(GuidelinesTests.criterion(.fracture, old).evidence.isEmpty)
    }

    @Test("no care is no trial, whatever a site wants")
    func noTrialDays() {
        var thresholds = Thresholds()
        thresholds.trialMinDays = 0
        #expect(result(.trialDocumented, record(), thresholds: thresholds) == .unknown)
    }

    @Test("a trial names the care that it rests on, and only that")
    func trialEvidence() {
        let treated = record(onset: daysAgo(300)) { $0.procedures = [session(290, 280), session(66, 10)] }
        let resources = GuidelinesTests.criterion(.trialDocumented, treated).evidence.compactMap(\.resource)
        #expect(resources == ["Procedure/66"])
    }

    @Test("an onset too recent is the only evidence, unless a trial contradicts it (R26)")
    func onsetEvidence() {
        #expect(GuidelinesTests.criterion(.sixWeeks, record()).evidence.count == 1)
        let contradicted = record { $0.observations = [answer("conservative-care-completed", .boolean(true))] }
        #expect(GuidelinesTests.criterion(.sixWeeks, contradicted).evidence.count == 2)
    }

    static let days =
        [
            ("nothing", record(), 0),
            ("a session of one day", record { $0.procedures = [session(3, 3)] }, 1),
            ("a drug begun today", record { $0.medications = [course(0, 0, Self.nsaid)] }, 1),
            ("a drug of one day", record { $0.medications = [course(5, 5, Self.nsaid)] }, 1),
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
        ] as [(String, ClinicalRecord, Int)]
    private static let nsaid = concept("nsaids", .trialDocumented, nil, .treatment, "course")

    @Test("days of care", arguments: days)
    func careDays(_ because: String, _ record: ClinicalRecord, _ days: Int) {
        #expect(guidelineUnderTest.review(imagingOrder(), in: record, asOf: today).cardFacts.trialDays == days)
    }

    @Test("what is missing of a family is named once")
    func gaps() {
        let nothing = GuidelinesTests.criterion(.caudaEquina, record()).missing
        #expect(nothing.map(\.what) == ["saddle sensation", "bladder and bowel function", "weakness of both legs"])
        let old = record {
            $0.observations =
                screenDenied(but: ["saddle-sensory-loss"]) + [
                    answer("saddle-sensory-loss", .boolean(false), daysAgo(2))
                ]
        }
        let missing = GuidelinesTests.criterion(.caudaEquina, old).missing
        #expect(missing.map(\.what) == ["saddle sensation"])
        #expect(missing.map(\.reason) == [.tooOld])
    }

    @Test("an old retention without a cause asks for the bladder alone")
    func gapOfOldRetention() {
        let retention = concept("cauda-equina-components", .caudaEquina, "bladder-bowel")
        let record = record {
            $0.conditions.append(condition(retention, onset: daysAgo(400)))
            $0.observations = screenDenied()
        }
        #expect(GuidelinesTests.criterion(.caudaEquina, record).missing.map(\.what) == ["bladder and bowel function"])
    }

    @Test("a weight that stayed is not shown as a loss")
    func sameWeight() {
        let same = record { $0.observations = weights(76, 60, 76) }
        #expect(GuidelinesTests.criterion(.malignancy, same).evidence.isEmpty)
    }

    @Test("a suspected finding says so")
    func suspicion() {
        for (certainty, words) in [(Certainty.suspected, " (suspected)"), (.confirmed, "")] {
            let record = having(condition(saddle, onset: daysAgo(3), certainty: certainty))
            let decision = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)
            #expect(decision.cardFacts.findings[.caudaEquina] == ["cauda-equina-components code\(words)"])
            let because = decision.criterion(.caudaEquina).evidence.first?.because ?? ""
            #expect(because.hasSuffix(", suspected") == !words.isEmpty)
        }
    }

    @Test("the earlier MRI that cards name is the newest of the lumbar spine")
    func namedMRI() {
        let record = record {
            $0.examinations = [
                examined(.mriWithout, 100), examined(.mriWithout, 50), examined(.ctWithout, 20),
                examined(.mriWithout, 10, .other), examined(.mriWithout, -3),
            ]
        }
        let facts = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today).cardFacts
        #expect(facts.priorMRIDate == daysAgo(50).literal)
    }
}
