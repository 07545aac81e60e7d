public import ClinicalModel

extension LumbosacralRadiculopathy {
    /// Why a patient who has died gets no decision (ruling R55), in words.
    public static let deceased = "the patient is recorded as deceased"

    /// Reads a record into the criteria and lets the tables decide, for one imaging order or, without one, for the patient.
    ///
    /// - Parameters:
    ///   - order: The order under review, one whose ``LumbarImaging/scope(of:)`` is lumbar imaging; nil for a patient view.
    ///   - record: Everything known of the patient, the order included.
    ///   - asOf: The day that everything is counted against (ruling R5).
    public func review(_ order: ServiceRequest?, in record: ClinicalRecord, asOf: Day) -> Decision {
        if record.isDeceased {
            return notEvaluated(order, in: record, asOf: asOf, because: Self.deceased)
        }
        var tableOrder: GuidelineState.Order?
        if let order {
            switch LumbarImaging.scope(of: order) {
            case .lumbar(let modality):
                tableOrder = GuidelineState.Order(modality: modality, priority: order.priority ?? .routine)
            case .notEvaluated(let because):
                return notEvaluated(order, in: record, asOf: asOf, because: because)
            case .otherService:
                return notEvaluated(order, in: record, asOf: asOf, because: "the order is not for imaging")
            }
        }
        let reading = Reading(record, order: order, asOf: asOf, thresholds: thresholds)
        var assessment = Assessment(reading, order: tableOrder)
        if order == nil { assessment.readActiveOrders(reading) }
        let outcome = decide(assessment.state)
        let rule = rule(for: assessment.state)
        return Decision(
            guideline: Self.id, guidelineVersion: Self.version, asOf: asOf, subject: record.subject,
            order: order.map { OrderUnderReview($0) }, outcome: outcome,
            because: outcome.rating == .notEvaluated ? assessment.whyNotEvaluated(rule) : nil,
            presentingFlags: CriterionID.presentingFamilies.filter { assessment.state.isPresenting($0) },
            criteria: assessment.criteria, statements: rule.statements, configuration: configuration,
            cardFacts: CardFacts(reading, assessment))
    }

    /// The decision on an order that cannot be evaluated (ruling R15): no rule, no card, the reason in words.
    public func notEvaluated(_ order: ServiceRequest?, in record: ClinicalRecord, asOf: Day, because: String)
        -> Decision
    {
        Decision(
            guideline: Self.id, guidelineVersion: Self.version, asOf: asOf, subject: record.subject,
            order: order.map { OrderUnderReview($0) },
            outcome: Outcome(
                rule: nil, rating: .notEvaluated, contextClass: .undetermined, fit: nil, provisional: false, card: nil,
                indicator: nil, removeSuggestionAllowed: false),
            because: because, configuration: configuration)
    }
}

extension OrderUnderReview {
    /// What decisions say of an order.
    public init(_ order: ServiceRequest) { self.init(order, orderClass: nil) }

    init(_ order: ServiceRequest, orderClass: OrderClass?) {
        var modality: Modality?
        if case .lumbar(let test) = LumbarImaging.scope(of: order) { modality = test }
        // A provenance that names only the type is no reference.
        let resource = order.provenance.resource
        let isReference = resource.contains("/") || resource.contains(":")
        self.init(
            reference: isReference ? resource : nil, at: order.provenance.at, modality: modality,
            orderClass: orderClass, priority: order.priority ?? .routine)
    }
}

/// Every criterion of one record, with the readings behind the red-flag families.
struct Assessment {
    private(set) var criteria: [Criterion]
    private(set) var state: GuidelineState
    /// The five families as they were read.
    let families: [CriterionID: FamilyReading]
    let care: ConservativeCare

    init(_ reading: Reading, order: GuidelineState.Order?) {
        let families = reading.families()
        let care = reading.conservativeCare()
        let trial = reading.trialDocumented(care)
        let criteria =
            [reading.adult(), reading.radiculopathy()]
            + CriterionID.redFlags.map { reading.criterion($0, families[$0] ?? FamilyReading()) }
            + [
                reading.sixWeeks(trial: trial), trial, reading.trialFailed(care, trial: trial),
                reading.procedureCandidate(), reading.priorLumbarMRI(), reading.priorLumbarSurgery(),
                reading.ageOver70(), reading.pregnant(), reading.mriContraindicated(), reading.mrDevice(),
                reading.duplicate(), reading.urgentContext(), Criterion(.activeAdequate, .noneOnRecord),
                reading.recordComplete(),
            ]
        var state = GuidelineState(order: order)
        for criterion in criteria { state[criterion.id] = criterion.result }
        for family in CriterionID.presentingFamilies {
            if families[family]?.positives.contains(where: \.isPresenting) == true { state.setPresenting(family) }
        }
        state.screenIsRecent = families.values.allSatisfy(\.isRecent)
        self.criteria = criteria
        self.state = state
        self.families = families
        self.care = care
    }

    /// In a patient view: whether an order or examination already answers the finding.
    mutating func readActiveOrders(_ reading: Reading) {
        let met = criteria.filter { CriterionID.redFlags.contains($0.id) && $0.result == .met }
        guard !met.isEmpty else { return }
        let findings = met.flatMap { families[$0.id]?.positives.map(\.evidence) ?? [] }
        let criterion = reading.activeAdequate(state, rule: Indication(state).rule, findings: findings)
        state[.activeAdequate] = criterion.result
        criteria = criteria.map { $0.id == .activeAdequate ? criterion : $0 }
    }

    /// Why an order was not evaluated, in words.
    func whyNotEvaluated(_ rule: Rule) -> String {
        switch rule {
        case .underAge: "the patient is under the age of the adult guideline"
        default:
            criteria.first { $0.id == .radiculopathy }?.evidence.first?.because ?? "the order has another indication"
        }
    }
}

extension Reading {
    /// The five red-flag families.
    func families() -> [CriterionID: FamilyReading] {
        [
            .caudaEquina: caudaEquina(), .progressiveDeficit: progressiveDeficit(), .infection: infection(),
            .malignancy: malignancy(), .fracture: fracture(),
        ]
    }

    /// A family with its screen and the searches it depends on.
    func criterion(_ id: CriterionID, _ family: FamilyReading) -> Criterion {
        let drugs: [RecordPart] = [.medicationRequests, .medicationStatements, .medicationDispenses]
        let (screen, suspicion, parts): ([ScreenComponent], String, [RecordPart]) =
            switch id {
            case .caudaEquina: (Reading.caudaEquinaScreen, "cauda-equina-suspected", [])
            case .progressiveDeficit: (Reading.progressiveDeficitScreen, "leg-weakness-worsening", [])
            case .infection: (Reading.infectionScreen, "infection-suspected", drugs + [.procedures])
            case .malignancy: (Reading.malignancyScreen, "cancer-suspected", [])
            default: (Reading.fractureScreen, "fracture-suspected", drugs + [.encounters])
            }
        let needed = Set(parts + [.conditions, .observations])
        // A document that could not be read may have held anything.
        let isRead =
            record.notRetrieved.union(record.refused).isDisjoint(with: needed)
            && !record.refused.contains(.documentReferences)
        return family.criterion(
            id, screen: screen, suspicion: suspicion, isRetrieved: isRead, unread: unreadProblems)
    }

    /// What stands on record and may be a red flag, and was not read.
    private var unreadProblems: [DataGap] {
        var gaps: [DataGap] = []
        let parts = Set(record.unreadTexts.map(\.part))
        if parts.contains(.conditions) { gaps.append(DataGap("a problem that is not coded", .textNotRead)) }
        if parts.contains(.documentReferences) { gaps.append(DataGap("a document", .notRetrieved)) }
        return gaps
    }
}
