import ClinicalModel
import Guidelines
import Testing

/// A drug code as the knowledge would resolve it.
func drugCode(
    _ set: ValueSetName, _ name: String, applies: Set<String> = [], ingredients: [Ingredient] = [],
    form: DrugForm? = nil
) -> Concept {
    let use = CodeUse(
        set: set, criterion: nil, component: nil, part: .order, role: "order", alone: .yes, applies: applies)
    return Concept(
        Code(system: CodeSystem.rxNorm, code: name, display: name), uses: [use], ingredients: ingredients, form: form)
}

/// An opioid with a factor of 1 for each milligram.
func opioid(
    _ name: String = "opioid 10 MG Oral Tablet", strength: Strength? = Strength(value: 10, unit: "mg"),
    factor: Double? = 1, form: DrugForm? = DrugForm(route: .oral), table: String = "oral"
) -> Concept {
    let factor = MorphineFactor(ingredient: "o", factor: factor, unit: "mg/day", route: table)
    return drugCode(
        .opioidsOutpatient, name, ingredients: [Ingredient(rxNorm: "o", strength: strength, morphineFactor: factor)],
        form: form)
}

let gabapentin = drugCode(
    .neuropathicAgents, "gabapentin", applies: ["gabapentinoid"], ingredients: [Ingredient(rxNorm: "g")])
let amitriptyline = drugCode(.neuropathicAgents, "amitriptyline", applies: ["tricyclic"])
let ibuprofen = drugCode(.nsaids, "ibuprofen", ingredients: [Ingredient(rxNorm: "i")])
let relaxant = drugCode(.skeletalMuscleRelaxants, "relaxant")
let alprazolam = drugCode(.benzodiazepines, "alprazolam")

func milligrams(_ value: Double) -> Quantity { Quantity(literal: "\(value)", value: value, unit: "mg") }
func tablets(_ value: Double) -> Quantity { Quantity(literal: "\(value)", value: value, unit: nil) }

/// A drug that is being ordered.
func draft(
    _ codes: Concept..., dose: Quantity? = milligrams(30), days: ClosedRange<Double>? = 5...5,
    route: MedicationUse.Route = .notStated, reasons: [OrderReason] = [], hasReasonText: Bool = false,
    id: String = "draft"
) -> MedicationUse {
    var drug = MedicationUse(
        provenance: place("MedicationRequest/\(id)"), kind: .request, concepts: codes, standing: .counts,
        isActive: false, route: route, authored: PartialDate(today), dailyDose: dose)
    drug.shortestSupply = days?.lowerBound
    drug.longestSupply = days?.upperBound
    drug.reasons = reasons
    drug.hasReasonText = hasReasonText
    return drug
}

/// A drug that is being ordered for at least some days; the order says more that cannot be read.
func draft(_ code: Concept, atLeast days: Double) -> MedicationUse {
    var drug = draft(code, days: days...days)
    drug.longestSupply = nil
    return drug
}

/// A drug on record.
func taken(
    _ code: Concept, kind: MedicationUse.Kind = .request, standing: MedicationUse.Standing = .counts,
    isActive: Bool = true, start: PartialDate? = daysAgo(10), end: PartialDate? = nil, supply: Int? = nil
) -> MedicationUse {
    MedicationUse(
        provenance: place("Medication/taken"), kind: kind, concepts: [code], standing: standing, isActive: isActive,
        route: .systemic, authored: start, start: start, end: end, supplyDays: supply)
}

/// A code that means the lumbar region only beside an order for it.
let radiculitisOfNoRegion = concept(
    "lumbosacral-radiculopathy", .radiculopathy, nil, .presenting, "finding", .review)

/// A code of a disease that no list holds.
let someDisease = Concept(Code(system: "urn:test", code: "other", display: "some disease"))

let painScale = concept("pain-and-function-scores", .severePain, nil, .presenting, "measurement", .no)

func painScore(_ value: Double, _ ago: Int = 0) -> Observation {
    measurement(painScale, value, "{score}", daysAgo(ago))
}

func service(
    _ set: ValueSetName, sites: [BodySite] = [], reasons: [OrderReason] = [], hasReasonText: Bool = false
) -> ServiceRequest {
    ServiceRequest(
        provenance: place("ServiceRequest/draft"), concepts: [concept(set, nil, nil, .order, "order")],
        bodySites: sites, status: .draft, authored: PartialDate(today), reasons: reasons, hasReasonText: hasReasonText)
}

/// One order and the rule that it falls under, printed with its reason.
struct TherapyRow: CustomTestStringConvertible {
    let because: String
    let rule: String?
    /// A criterion that the row is about.
    let criterion: (id: CriterionID, result: CriterionResult)?
    let decision: Decision?
    var testDescription: String { "\(rule ?? "none"): \(because)" }

    init(
        _ because: String, _ rule: String?, _ criterion: (CriterionID, CriterionResult)? = nil,
        _ drug: MedicationUse, beside: [MedicationUse] = [], _ record: ClinicalRecord = record()
    ) {
        self.because = because
        self.rule = rule
        self.criterion = criterion
        // The drug under review is among those that are signed.
        decision = TherapyOrder(drug).map {
            guidelineUnderTest.review($0, beside: beside + [drug], in: record, asOf: today)
        }
    }

    init(
        _ because: String, _ rule: String?, _ criterion: (CriterionID, CriterionResult)? = nil,
        _ order: ServiceRequest, _ record: ClinicalRecord = record()
    ) {
        self.because = because
        self.rule = rule
        self.criterion = criterion
        decision = TherapyOrder(order).map { guidelineUnderTest.review($0, in: record, asOf: today) }
    }

    /// Holds rule and criterion, and what holds of every such decision (ruling R22).
    func check() throws {
        let decision = try #require(decision)
        #expect(decision.outcome.rule == rule)
        if let criterion { #expect(decision.criterion(criterion.id).result == criterion.result) }
        #expect(decision.outcome.rating == nil && decision.outcome.fit == nil)
        #expect(!decision.outcome.provisional && !decision.outcome.removeSuggestionAllowed)
        for criterion in decision.criteria where criterion.result == .met || criterion.result == .notMet {
            #expect(!criterion.evidence.isEmpty, "\(criterion.id) rests on something (I9)")
        }
        for criterion in decision.criteria where criterion.result == .unknown {
            #expect(!criterion.missing.isEmpty, "\(criterion.id) says what would settle it (I9)")
        }
    }
}
