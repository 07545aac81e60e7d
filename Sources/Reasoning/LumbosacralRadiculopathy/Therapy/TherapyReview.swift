public import ClinicalModel

extension LumbosacralRadiculopathy {
    /// Decides on an order of a drug, of rest or of a procedure.
    ///
    /// Of an order of several classes, such as a combination of an opioid and an NSAID, the decision is that of the class
    /// whose card speaks loudest, of several the first; what is on record against the others is shown beside it.
    ///
    /// - Parameters:
    ///   - order: The order under review.
    ///   - others: All drugs that are signed together with it, of whatever class: they count as overlapping (ruling R23).
    ///   - record: Everything known of the patient.
    ///   - asOf: The day that everything is counted against (ruling R5).
    public func review(
        _ order: TherapyOrder, beside others: [MedicationUse] = [], in record: ClinicalRecord, asOf: Day
    ) -> Decision {
        var decision = decide(order, beside: others, in: record, asOf: asOf)
        let further = order.otherClasses.map { decide($0, beside: others, in: record, asOf: asOf) }
        let all = [decision] + further
        for other in further where loudness(of: other) > loudness(of: decision) { decision = other }
        let own = Set(decision.criteria.map(\.id))
        decision.cardFacts.shownOnly += all.filter { $0.outcome.card != nil }.flatMap(\.criteria)
            .filter { $0.result == .met && !own.contains($0.id) }.flatMap(\.evidence)
        return decision
    }

    /// How loudly the card of a decision speaks; 0 for silence, and where the site does not show it.
    private func loudness(of decision: Decision) -> Int {
        let outcome = decision.outcome
        return switch outcome.card == nil || suppresses(outcome) ? nil : outcome.indicator {
        case nil: 0
        case .info: 1
        case .warning: 2
        case .critical: 3
        }
    }

    private func decide(
        _ order: TherapyOrder, beside others: [MedicationUse], in record: ClinicalRecord, asOf: Day
    ) -> Decision {
        if record.isDeceased {
            return therapyDecision(
                order, record, asOf, nil, [], because: "the patient is recorded as deceased")
        }
        let reading = TherapyReading(order, beside: others, in: record, asOf: asOf, thresholds: thresholds)
        let criteria = reading.criteria()
        var state = GuidelineState()
        for criterion in criteria { state[criterion.id] = criterion.result }
        for family in reading.presentingFlags { state.setPresenting(family) }
        let rule = rule(for: order.orderClass, state)
        var decision = therapyDecision(order, record, asOf, rule, criteria)
        decision.presentingFlags = reading.presentingFlags
        decision.cardFacts = reading.cardFacts
        return decision
    }

    private func therapyDecision(
        _ order: TherapyOrder, _ record: ClinicalRecord, _ asOf: Day, _ rule: TherapyRule?, _ criteria: [Criterion],
        because: String? = nil
    ) -> Decision {
        Decision(
            guideline: Self.id, guidelineVersion: Self.version, asOf: asOf, subject: record.subject,
            order: OrderUnderReview(order), slot: order.orderClass.slot, outcome: Outcome(rule), because: because,
            criteria: criteria, statements: rule?.statements ?? [], configuration: configuration)
    }
}

/// Everything that the rules and the card of one order read, each part read once.
struct TherapyReading {
    let order: TherapyOrder
    private let reading: Reading
    private let overlapping: OverlappingDrugs
    /// The five red-flag families; empty where the rules read none.
    private let families: [CriterionID: FamilyReading]
    /// Conservative care of the episode; nil where the rules do not ask for it.
    private let care: ConservativeCare?
    /// What speaks against an NSAID; nil for orders of anything else.
    private let nsaid: NSAIDReading?

    init(
        _ order: TherapyOrder, beside others: [MedicationUse], in record: ClinicalRecord, asOf: Day,
        thresholds: Thresholds
    ) {
        let reading = Reading(
            record, order: order.request, asOf: asOf, thresholds: thresholds, namesLumbarRegion: order.drug == nil)
        self.order = order
        self.reading = reading
        overlapping = reading.overlapping(order, others)
        families = order.orderClass.criteria.contains(.caudaEquina) ? reading.families() : [:]
        care = order.orderClass.slot == .procedure ? reading.conservativeCare() : nil
        nsaid = order.orderClass == .nsaid ? reading.nsaidReading(isPregnant: reading.pregnant().result) : nil
    }

    /// Families met by a presenting feature; empty where the rules read no red flags.
    var presentingFlags: [CriterionID] {
        CriterionID.presentingFamilies.filter { families[$0]?.positives.contains(where: \.isPresenting) == true }
    }

    /// The criteria of the order's class, in the order in which decisions list them.
    func criteria() -> [Criterion] {
        let trial = care.map(reading.trialDocumented)
        return order.orderClass.criteria.map { id in
            if let family = families[id] { return reading.criterion(id, family) }
            switch (id, trial) {
            case (.sixWeeks, let trial?): return reading.sixWeeks(trial: trial)
            case (.procedureTrialDocumented, let trial?): return trial.beforeProcedure
            default: return criterion(id)
            }
        }
    }

    private func criterion(_ id: CriterionID) -> Criterion {
        switch id {
        case .adult: reading.adult()
        case .radiculopathy: reading.radiculopathy(for: order)
        case .otherIndication: reading.otherIndication(of: order)
        case .excludedPopulation: reading.excludedPopulation(order)
        case .overlappingOpioid, .overlappingSedative: overlapping.criterion(id, in: reading)
        case .extendedRelease: order.extendedRelease()
        case .dose: order.dose(limit: reading.thresholds.opioidMME)
        case .supply: order.supply(limit: reading.thresholds.opioidMaxDays)
        case .severePain: reading.severePain()
        case .nsaidContraindicated: nsaid?.criterion ?? Criterion(id, id.defaultResult)
        case .olderAdult: reading.olderAdult()
        case .activityOtherReason: reading.activityOtherReason()
        case .mriContraindicated: reading.mriContraindicated()
        case .mrDevice: reading.mrDevice()
        default: Criterion(id, id.defaultResult)
        }
    }

    /// What cards name.
    var cardFacts: CardFacts {
        var facts = CardFacts()
        facts.age = Age(reading.record.birthDate, on: reading.asOf)?.exact
        facts.onset = reading.episode.onset?.literal
        facts.daysSinceOnset = reading.episode.onset.flatMap(reading.daysSince)
        facts.read(families)
        facts.orderName = order.name
        facts.overlaps = overlapping.taken.map(\.shownName).uniqued()
        facts.dose = order.opioidDose.milligrams.map { "\($0.precise) MME a day" }
        facts.supply = order.supply
        facts.pain = reading.recentPain().map { "\($0.literal)/10" }
        facts.nsaidContraindications = nsaid?.contraindications.map(\.name) ?? []
        facts.orderHasReason = !order.request.reasons.isEmpty || order.request.hasReasonText
        facts.reasonTextUnread = order.request.hasReasonText
        facts.anticoagulant = reading.nameOfDrugTaken(in: .anticoagulants)
        facts.avoidLumbarPuncture = facts.anticoagulant != nil
        facts.shownOnly = reading.cautions(for: order)
        facts.trialDays = care.map { $0.run?.count ?? 0 }
        let unread = reading.record.notRetrieved.union(reading.record.refused)
        facts.unreadParts = RecordPart.allCases.filter(unread.contains).map(\.words)
        return facts
    }
}

extension Outcome {
    /// What a rule of section 3.7 comes to; nil for an order that was not evaluated.
    init(_ rule: TherapyRule?) {
        self.init(
            rule: rule?.rawValue, rating: nil, contextClass: .undetermined, fit: nil, provisional: false,
            card: rule?.card?.card, indicator: rule?.card?.indicator, removeSuggestionAllowed: false)
    }
}
