import ClinicalModel

extension CardFacts {
    /// Collects what cards name from a reading.
    init(_ reading: Reading, _ assessment: Assessment) {
        self.init()
        age = Age(reading.record.birthDate, on: reading.asOf)?.exact
        onset = reading.knownOnset?.date.literal
        leastDaysSinceOnset = (reading.knownOnset?.date.latest).map { max(0, reading.asOf - $0) }
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
        record.medications.first { isTaken($0) && $0.isMember(of: set) }?.shownName
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
}

extension [String] {
    /// Each text once, in the order of first appearance.
    func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
