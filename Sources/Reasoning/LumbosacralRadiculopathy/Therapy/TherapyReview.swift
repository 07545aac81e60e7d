public import ClinicalModel

extension LumbosacralRadiculopathy {
    /// Decides on an order of a drug, of rest or of a procedure.
    ///
    /// - Parameters:
    ///   - order: The order under review.
    ///   - others: All drugs that are signed together with it, of whatever class: they count as overlapping (ruling R23).
    ///   - record: Everything known of the patient.
    ///   - asOf: The day that everything is counted against (ruling R5).
    public func review(
        _ order: TherapyOrder, beside others: [MedicationUse] = [], in record: ClinicalRecord, asOf: Day
    ) -> Decision {
        if record.isDeceased {
            return therapyDecision(
                order, record, asOf, nil, [], because: "the patient is recorded as deceased")
        }
        let reading = TherapyReading(order, beside: others, in: record, asOf: asOf, thresholds: thresholds)
        var state = GuidelineState()
        for criterion in reading.criteria { state[criterion.id] = criterion.result }
        for family in reading.presentingFlags { state.setPresenting(family) }
        let rule = rule(for: order.orderClass, state)
        var decision = therapyDecision(order, record, asOf, rule, reading.criteria)
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

/// Everything that the rules of one order read.
struct TherapyReading {
    let order: TherapyOrder
    let criteria: [Criterion]
    /// Families met by a presenting feature; empty where the rules read no red flags.
    let presentingFlags: [CriterionID]
    private let reading: Reading
    private let overlaps: [MedicationUse]
    private let families: [CriterionID: FamilyReading]

    init(
        _ order: TherapyOrder, beside others: [MedicationUse], in record: ClinicalRecord, asOf: Day,
        thresholds: Thresholds
    ) {
        let reading = Reading(
            record, order: order.request, asOf: asOf, thresholds: thresholds, namesLumbarRegion: order.drug == nil)
        let overlapping = reading.overlapping(order, others)
        var families: [CriterionID: FamilyReading] = [:]
        if order.orderClass.criteria.contains(.caudaEquina) { families = reading.families() }
        self.order = order
        self.reading = reading
        self.families = families
        overlaps = overlapping.taken
        criteria = order.orderClass.criteria.map { id in
            if let family = families[id] { return reading.criterion(id, family) }
            return reading.criterion(id, of: order, overlapping: overlapping)
        }
        presentingFlags = CriterionID.presentingFamilies.filter { id in
            families[id]?.positives.contains(where: \.isPresenting) == true
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
        facts.overlaps = overlaps.map(\.shownName).uniqued()
        facts.dose = order.opioidDose.milligrams.map { "\($0.precise) MME a day" }
        facts.supply = order.supply
        facts.pain = reading.recentPain().map { "\($0.literal)/10" }
        facts.nsaidContraindications = order.orderClass == .nsaid ? reading.nsaidContraindications.map(\.name) : []
        facts.orderHasReason = !order.request.reasons.isEmpty || order.request.hasReasonText
        facts.reasonTextUnread = order.request.hasReasonText
        facts.anticoagulant = reading.nameOfDrugTaken(in: .anticoagulants)
        facts.avoidLumbarPuncture = facts.anticoagulant != nil
        facts.shownOnly = reading.cautions(for: order)
        if order.orderClass.slot == .procedure { facts.trialDays = reading.conservativeCare().run?.count ?? 0 }
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

extension Reading {
    /// A criterion of section 3.7 other than the red-flag families.
    fileprivate func criterion(
        _ id: CriterionID, of order: TherapyOrder, overlapping: OverlappingDrugs
    ) -> Criterion {
        switch id {
        case .adult: adult()
        case .radiculopathy: radiculopathy(for: order)
        case .otherIndication: otherIndication(of: order)
        case .excludedPopulation: excludedPopulation(order)
        case .overlappingOpioid, .overlappingSedative: overlapping.criterion(id, in: self)
        case .extendedRelease: order.extendedRelease()
        case .dose: order.dose(limit: thresholds.opioidMME)
        case .supply: order.supply(limit: thresholds.opioidMaxDays)
        case .severePain: severePain()
        case .nsaidContraindicated: nsaidContraindicated()
        case .olderAdult: olderAdult()
        case .activityOtherReason: activityOtherReason()
        case .sixWeeks: sixWeeks(trial: trialDocumented(conservativeCare()))
        case .mriContraindicated: mriContraindicated()
        case .mrDevice: mrDevice()
        case .procedureTrialDocumented: procedureTrialDocumented()
        default: Criterion(id, id.defaultResult)
        }
    }
}
