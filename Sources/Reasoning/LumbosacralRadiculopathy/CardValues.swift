import ClinicalModel

extension CardFacts {
    /// Collects what cards name from a reading.
    init(_ reading: Reading, _ assessment: Assessment) {
        self.init()
        age = Age(reading.record.birthDate, on: reading.asOf)?.exact
        onset = reading.knownOnset?.date.literal
        daysSinceOnset = (reading.knownOnset?.date).flatMap(reading.daysSince)
        read(assessment.families)
        trend = reading.strengthTrend() ?? findings[.progressiveDeficit]?.first
        trialDays = assessment.care.run?.count ?? 0
        let scores = reading.painScores()
        painFrom = scores.count > 1 ? scores.first?.literal : nil
        painTo = scores.last?.literal
        if let examination = reading.latestLumbarMRI() {
            priorMRIDate = examination.date?.literal
            priorMRIConclusion = examination.conclusion
        }
        readSafety(reading, assessment)
        if let order = reading.order { readOrder(order, reading) }
        let unread = reading.record.notRetrieved.union(reading.record.refused)
        unreadParts = RecordPart.allCases.filter(unread.contains).map(\.words)
    }

    /// The short names of what meets the families or hints at them.
    mutating func read(_ families: [CriterionID: FamilyReading]) {
        for (id, family) in families {
            let names = family.positives.map(\.name).uniqued()
            if !names.isEmpty { findings[id] = names }
            let hinted = family.hints.map(\.name).uniqued()
            if !hinted.isEmpty { hints[id] = hinted }
        }
    }

    private mutating func readSafety(_ reading: Reading, _ assessment: Assessment) {
        let unsafe = assessment.criteria.first { $0.id == .mriContraindicated && $0.result == .met }
        let device = assessment.criteria.first { $0.id == .mrDevice && $0.result == .met }
        if let evidence = (unsafe ?? device)?.evidence.first {
            let named = reading.record.devices.first { $0.provenance.at == evidence.at }?.shownName
            self.device = named ?? evidence.code?.display ?? "implant"
            deviceStatus = unsafe != nil ? "unsafe" : "not known"
        }
        gadoliniumCautions = reading.gadoliniumCautions(isPregnant: assessment.state[.pregnant] == .met)
        nsaidBlockedBecause = reading.nsaidCautions(isPregnant: assessment.state[.pregnant])
        nsaidTaken = reading.nameOfDrugTaken(in: .nsaids)
        anticoagulant = reading.nameOfDrugTaken(in: .anticoagulants)
        let infection = assessment.state[.infection]
        avoidLumbarPuncture = infection == .met || infection == .suspected || anticoagulant != nil
    }

    private mutating func readOrder(_ order: ServiceRequest, _ reading: Reading) {
        orderHasReason = !order.reasons.isEmpty || order.hasReasonText
        reasonTextUnread = order.hasReasonText
        guard case .lumbar(let modality) = LumbarImaging.scope(of: order),
            let other = reading.duplicateOrder(of: order, modality)
        else { return }
        duplicateDate = other.authored?.literal
        duplicateStatus = other.status.rawValue
        duplicateTest = modality.rawValue
    }
}

extension Reading {
    /// Days since a date; nil where it is not known well enough to name the week.
    func daysSince(_ date: PartialDate) -> Int? {
        guard let earliest = date.earliest, let latest = date.latest,
            (asOf - earliest) / 7 == (asOf - latest) / 7
        else { return nil }
        return asOf - latest
    }

    /// The name of a drug of a set that is being taken; nil when none is on record.
    func nameOfDrugTaken(in set: ValueSetName) -> String? {
        record.medications.first { isTaken($0) && $0.isMember(of: set) }
            .flatMap { drug in drug.concepts.first?.code.display ?? drug.concepts.first?.code.code }
    }

    /// Why no gadolinium may be suggested: pregnancy, renal failure, low eGFR, an earlier reaction (ruling R48).
    func gadoliniumCautions(isPregnant: Bool) -> [String] {
        var cautions = isPregnant ? ["pregnancy"] : []
        if let egfr = latestEGFR, egfr.isBelow(thresholds.egfrContrast) == .yes {
            cautions.append("eGFR \(egfr.literal)")
        }
        for finding in findings where !finding.isRefuted && !finding.status.hasEnded {
            guard
                let concept = finding.concepts.first(where: { concept in
                    concept.uses.contains { $0.set == "mri-cautions" && $0.component == "gadolinium" }
                        || concept.isMember(of: "mri-cautions") && finding.origin == .statement
                })
            else { continue }
            cautions.append(finding.name(concept))
        }
        return cautions.uniqued()
    }

    /// Why no NSAID may be suggested: a contraindication, a caution of ruling R49, or guards that nobody recorded (invariant I17).
    func nsaidCautions(isPregnant: CriterionResult) -> [String] {
        var cautions = unreadNSAIDGuards
        let isLow = latestEGFR.map { $0.isBelow(thresholds.nsaidEGFR) } ?? .unknown
        if let egfr = latestEGFR, isLow == .yes { cautions.append("eGFR \(egfr.literal)") }
        // Without a rate, and where a bound such as `<60` leaves it open.
        if isLow == .unknown && isPregnant != .notMet {
            cautions.append("kidney function and pregnancy not recorded")
        }
        if isPregnant == .met { cautions.append("pregnancy") }
        if let age = Age(record.birthDate, on: asOf) {
            if age.isAtLeast(thresholds.nsaidAge) != .no { cautions.append("age \(thresholds.nsaidAge) or over") }
        } else {
            cautions.append("age not known")
        }
        let sets: [ValueSetName] = ["ckd", "gi-bleed-ulcer", "heart-failure", "nsaid-allergy", "cabg"]
        for finding in findings where !finding.isRefuted {
            for concept in finding.concepts where sets.contains(where: concept.isMember(of:)) {
                cautions.append(finding.name(concept))
            }
        }
        for drug in record.medications where isTaken(drug) && drug.isMember(of: .anticoagulants) {
            cautions.append(drug.concepts.first?.code.display ?? "anticoagulant")
        }
        return cautions.uniqued()
    }

    /// Parts of the record that the guards of an NSAID stand in and that could not be read (invariant I15).
    private var unreadNSAIDGuards: [String] {
        let parts: [RecordPart] = [
            .conditions, .procedures, .allergyIntolerances, .medicationRequests, .medicationStatements,
        ]
        let unread = record.notRetrieved.union(record.refused)
        return parts.filter(unread.contains).map { "\($0.words) not read" }
    }

    /// The newest estimated glomerular filtration rate that still counts; nil when none does.
    var latestEGFR: KidneyFunction? {
        observations { $0.uses.contains { $0.measure == "egfr" } }
            .filter { isWithin(thresholds.egfrValidDays, $0.effective) == .yes }
            .compactMap { observation in KidneyFunction(observation).map { (observation.effective?.latest, $0) } }
            .max { ($0.0 ?? Day(.min), $1.1.value) < ($1.0 ?? Day(.min), $0.1.value) }?.1
    }
}

/// An estimated glomerular filtration rate.
struct KidneyFunction {
    private let observation: Observation
    private let quantity: Quantity
    /// As shown on cards: the number with its comparator.
    var literal: String { quantity.bounded }
    /// The number.
    fileprivate var value: Double { quantity.value }

    /// Nil when the observation holds no number.
    init?(_ observation: Observation) {
        guard case .quantity(let quantity) = observation.value else { return nil }
        self.observation = observation
        self.quantity = quantity
    }

    /// Below a limit in mL/min/1.73 m²; laboratories write the unit in many ways, so the number is taken as it stands.
    func isBelow(_ limit: Double) -> Truth {
        switch MeasuredValue(unitless: quantity).isAtLeast(limit) {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }

    func evidence(because: String) -> Evidence {
        let code = observation.concepts.first { $0.uses.contains { $0.measure == "egfr" } }?.code
        return Evidence(
            observation.provenance, code: code, value: literal, date: observation.effective, because: because)
    }
}

extension Quantity {
    /// The number for people, with its bound, for example `<30`.
    fileprivate var bounded: String { (comparator?.rawValue ?? "") + value.precise }
}

extension [String] {
    /// Each text once, in the order of first appearance.
    func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
