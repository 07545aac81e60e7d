import ClinicalModel

extension Reading {
    /// The screen of the family with the words that ask for it.
    static let infectionScreen = [
        ScreenComponent(name: "fever", asks: "fever or chills", questions: ["fever-or-chills"]),
        ScreenComponent(name: "immunosuppression", asks: "immune suppression", questions: ["immunosuppression"]),
        ScreenComponent(name: "iv-drug-use", asks: "intravenous drug use", questions: ["iv-drug-use"]),
    ]

    /// Spinal infection suspected: fever, weakened immune system, injected drugs, or what points to it directly (G30).
    func infection() -> FamilyReading {
        var family = FamilyReading()
        readAnswer(
            "fever-or-chills", into: &family, component: "fever", name: "fever or chills", asks: "fever or chills",
            presenting: true, positiveDays: thresholds.feverDays, noDays: thresholds.feverDays,
            holdDays: thresholds.feverDays)
        for earlier in answers["iv-drug-use"] ?? []
        where earlier.yes == true && isWithin(thresholds.riskValidDays, earlier.date) != .yes {
            // Longer ago is a hint, never "not met" (ruling R39).
            family.hint(earlier.evidence(because: "injected drugs, in the past"), "injected drugs in the past")
        }
        readTemperatures(into: &family)
        readInflammation(into: &family)
        readAnswer(
            "immunosuppression", into: &family, component: "immunosuppression", name: "weakened immune system",
            asks: "immune suppression", presenting: false, positiveDays: thresholds.riskValidDays,
            noDays: thresholds.riskValidDays)
        readAnswer(
            "iv-drug-use", into: &family, component: "iv-drug-use", name: "injected drugs",
            asks: "intravenous drug use", presenting: false, positiveDays: thresholds.riskValidDays,
            noDays: thresholds.riskValidDays)
        readAnswer(
            "infection-suspected", into: &family, component: nil, name: "spinal infection suspected by the clinician",
            asks: "suspicion of spinal infection", presenting: true, positiveDays: thresholds.symptomValidDays,
            noDays: thresholds.symptomValidDays)
        readAnswer(
            "blood-culture-positive", into: &family, component: nil, name: "blood culture positive",
            asks: "blood culture", presenting: true, positiveDays: thresholds.bacteraemiaDays,
            noDays: thresholds.bacteraemiaDays)
        readBloodCultures(into: &family)
        readImmuneMeasurements(into: &family)
        for item in signs(of: .infection) { readInfection(item, into: &family) }
        for procedure in spinalProcedures(within: thresholds.spinalProcedureDays) {
            let name = procedure.concepts.first?.code.display ?? "spinal procedure"
            family.hint(
                Evidence(
                    procedure.provenance, code: procedure.concepts.first?.code, date: procedure.start,
                    because: "spinal procedure within \(thresholds.spinalProcedureDays) days"), name)
        }
        if !spinalProcedures(within: thresholds.spinalProcedureDays, .unknown).isEmpty {
            family.forbidDenial()
            family.ask(DataGap("date of a spinal procedure", .tooImprecise))
        }
        return family
    }

    /// Completed spinal procedures and spine surgery of the last days (rulings R39, R42).
    ///
    /// - Parameter timing: `unknown` finds those whose date leaves it open.
    func spinalProcedures(within days: Int, _ timing: Truth = .yes) -> [Procedure] {
        record.procedures.filter { procedure in
            procedure.state == .completed && isWithin(days, procedure.end ?? procedure.start) == timing
                && procedure.concepts.contains {
                    $0.isMember(of: "spinal-procedure") || $0.isMember(of: "spine-surgery")
                }
        }
    }

    private func readInfection(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        if finding.isRefuted { return family.show(finding.evidence(concept, because: "\(name): ruled out")) }
        if use.part == .hint {
            if use.set == "hints", isPostproceduralInfection(use) {
                return family.meet(
                    finding.evidence(concept, because: "postprocedural infection after spine surgery"), name,
                    presenting: true)
            }
            if use.component == "iv-drug-use", concept.isMember(of: "iv-drug-use"),
                isWithinMonths(thresholds.ivDrugUseMonths, finding.latestDate) == .yes, finding.origin != .reason
            {
                return family.meet(
                    finding.evidence(concept, because: "\(name), within 12 months"), name, presenting: false)
            }
            return readHint(item, into: &family)
        }
        if thresholds.diabetesCounts, use.set == "diabetes", !finding.status.hasEnded {
            return family.meet(
                finding.evidence(concept, because: "\(name), counted by configuration"), name, presenting: false)
        }
        guard use.alone == .yes, use.part == .presenting || use.part == .risk else { return }
        if finding.origin == .reason {
            return family.meet(
                finding.evidence(concept, because: "reason of the order"), name, presenting: use.part == .presenting)
        }
        switch use.component {
        case "fever": readDated(item, thresholds.feverDays, into: &family)
        case "bacteraemia": readDated(item, thresholds.bacteraemiaDays, into: &family)
        case "diagnosis": readSpinalInfection(item, into: &family)
        case "iv-drug-use": readDrugUse(item, into: &family)
        case "immunosuppression": readImmuneState(item, into: &family)
        default: break
        }
    }

    /// A presenting finding that counts for a number of days; undated and going on it is a hint.
    private func readDated(
        _ item: Sign, _ days: Int, into family: inout FamilyReading
    ) {
        let name = item.name
        let evidence = item.evidence(because: "\(name), counts for \(days) days")
        switch isWithin(days, item.finding.latestDate) {
        case .yes: family.meet(evidence, name, presenting: true)
        case .unknown where !item.finding.status.hasEnded: family.hint(evidence, name)
        case .unknown, .no: family.show(evidence)
        }
    }

    private func readSpinalInfection(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let finding = item.finding
        let name = finding.name(item.concept)
        let evidence = finding.evidence(item.concept, because: name)
        let isCurrent = !finding.status.hasEnded && finding.abatement == nil
        if isCurrent || isWithinMonths(thresholds.spineInfectionMonths, finding.latestDate) == .yes {
            family.meet(evidence, name, presenting: true)
        } else {
            family.hint(evidence, "\(name), in the past")
        }
    }

    private func readDrugUse(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let name = item.name
        let evidence = item.evidence(because: "\(name), counts for \(thresholds.ivDrugUseMonths) months")
        if isWithinMonths(thresholds.ivDrugUseMonths, item.finding.latestDate) == .yes {
            family.meet(evidence, name, presenting: false)
        } else {
            family.hint(evidence, name)
        }
    }

    /// HIV, transplant, immunodeficiency count at any time; codes of current treatment only while recent.
    private func readImmuneState(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let name = item.name
        let evidence = item.evidence(because: name)
        if thresholds.hivPolicy == .cd4Below200, item.use.qualifiers.contains(.hiv) {
            return hasSufficientCD4
                ? family.show(item.evidence(because: "\(name), CD4 count not below the limit"))
                : family.hint(evidence, "\(name), CD4 count not known")
        }
        guard item.use.role == "treatment" || item.use.qualifiers.contains(.currentUse) else {
            return family.meet(evidence, name, presenting: false)
        }
        switch isWithin(thresholds.immunosuppressantDays, item.finding.latestDate) {
        case .yes: family.meet(evidence, name, presenting: false)
        case .unknown, .no: family.hint(evidence, name)
        }
    }

    private func isPostproceduralInfection(_ use: CodeUse) -> Bool {
        use.qualifiers.contains(.withSpineSurgery)
            && record.procedures.contains { procedure in
                procedure.state == .completed && procedure.concepts.contains { $0.isMember(of: "spine-surgery") }
                    && isWithin(thresholds.spineSurgeryInfectionDays, procedure.end ?? procedure.start) == .yes
            }
    }
}
