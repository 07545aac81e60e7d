import ClinicalModel

extension Reading {
    /// The screen of the family with the words that ask for it.
    static let infectionScreen = [
        (component: "fever", asks: "fever or chills"), (component: "immunosuppression", asks: "immune suppression"),
        (component: "iv-drug-use", asks: "intravenous drug use"),
    ]

    /// Spinal infection suspected: fever, weakened immune system, injected drugs, or what points to it directly (G30).
    func infection() -> FamilyReading {
        var family = FamilyReading()
        readAnswer(
            "fever-or-chills", into: &family, component: "fever", name: "fever or chills", asks: "fever or chills",
            presenting: true, positiveDays: thresholds.feverDays, noDays: thresholds.feverDays,
            holdDays: thresholds.feverDays)
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
        for item in findings(for: .infection) { readInfection(item, into: &family) }
        for procedure in spinalProcedures(within: thresholds.spinalProcedureDays) {
            let name = procedure.concepts.first?.code.display ?? "spinal procedure"
            family.hint(
                Evidence(
                    procedure.provenance, code: procedure.concepts.first?.code, date: procedure.start,
                    because: "spinal procedure within \(thresholds.spinalProcedureDays) days"), name)
        }
        return family
    }

    /// Completed spinal procedures and spine surgery of the last days (rulings R39, R42).
    func spinalProcedures(within days: Int) -> [Procedure] {
        record.procedures.filter { procedure in
            procedure.state == .completed && isWithin(days, procedure.end ?? procedure.start) == .yes
                && procedure.concepts.contains {
                    $0.isMember(of: "spinal-procedure") || $0.isMember(of: "spine-surgery")
                }
        }
    }

    private func readTemperatures(into family: inout FamilyReading) {
        for observation in observations(where: {
            $0.uses.contains { $0.component == "fever" && $0.role == "measurement" }
        }) {
            guard case .quantity(let quantity) = observation.value,
                let celsius = MeasuredValue(quantity, in: .celsius)
            else { continue }
            let shown = "\(quantity.literal) \(quantity.unit ?? "")"
            let evidence = Evidence(
                observation.provenance, code: observation.concepts.first?.code, value: shown,
                date: observation.effective,
                because: "body temperature, limit \(thresholds.feverCelsius) Cel")
            switch (celsius.isAtLeast(thresholds.feverCelsius), isWithin(thresholds.feverDays, observation.effective)) {
            case (.yes, .yes): family.meet(evidence, "temperature \(shown)", presenting: true)
            case (.yes, .unknown), (.unknown, .yes): family.ask(DataGap("fever or chills", .tooImprecise))
            case (.no, _) where isWithin(thresholds.temperatureValidDays, observation.effective) == .yes:
                family.show(evidence)
            default: break
            }
        }
    }

    /// CRP and ESR: above the lower limit a hint, from the upper one met (ruling R39).
    private func readInflammation(into family: inout FamilyReading) {
        for observation in observations(where: {
            $0.uses.contains { $0.component == "crp-esr" && $0.role == "measurement" }
        }) {
            guard case .quantity(let quantity) = observation.value,
                isWithin(thresholds.inflammationDays, observation.effective) == .yes
            else { continue }
            let shown = "\(quantity.literal) \(quantity.unit ?? "")"
            let limits: (value: MeasuredValue, hint: Double, met: Double, name: String)
            let measures = Set(observation.concepts.flatMap(\.uses).compactMap(\.measure))
            if measures.contains("crp"), let crp = MeasuredValue(quantity, in: .milligramPerLitre) {
                limits = (crp, thresholds.crpHintMgL, thresholds.crpMetMgL, "CRP")
            } else if measures.contains("esr"), let esr = MeasuredValue(quantity, in: .millimetrePerHour) {
                limits = (esr, thresholds.esrHintMmH, thresholds.esrMetMmH, "ESR")
            } else {
                family.ask(DataGap("CRP or ESR with its unit", .tooImprecise))
                continue
            }
            let evidence = Evidence(
                observation.provenance, code: observation.concepts.first?.code, value: shown,
                date: observation.effective,
                because: "\(limits.name), limits \(limits.hint) and \(limits.met)")
            if limits.value.isAtLeast(limits.met) == .yes {
                family.meet(evidence, "\(limits.name) \(shown)", presenting: true)
            } else if limits.value.isAbove(limits.hint) != .no {
                family.hint(evidence, "\(limits.name) \(shown)")
            } else {
                family.show(evidence)
            }
        }
    }

    /// A growth in a blood culture: coded as positive it counts, any other result asks for a look.
    private func readBloodCultures(into family: inout FamilyReading) {
        let cultures = observations { $0.uses.contains { $0.component == "bacteraemia" && $0.role == "measurement" } }
        for culture in cultures where isWithin(thresholds.bacteraemiaDays, culture.effective) != .no {
            let evidence = Evidence(
                culture.provenance, code: culture.concepts.first?.code, date: culture.effective,
                because: "blood culture")
            switch culture.value {
            case .boolean(true): family.meet(evidence, "blood culture positive", presenting: true)
            case .concepts(let values) where values.contains { $0.uses.contains { $0.component == "bacteraemia" } }:
                family.meet(evidence, "blood culture positive", presenting: true)
            case .boolean(false), .absent: family.show(evidence)
            case .concepts, .text, .quantity, .period, .date, .other:
                family.hint(evidence, "blood culture result to be read")
            }
        }
    }

    private func readImmuneMeasurements(into family: inout FamilyReading) {
        for observation in observations(where: {
            $0.uses.contains { $0.component == "immunosuppression" && $0.role == "measurement" }
        }) {
            guard case .quantity(let quantity) = observation.value,
                let count = MeasuredValue(quantity, in: .perMicrolitre),
                isWithin(thresholds.riskValidDays, observation.effective) == .yes
            else { continue }
            let evidence = Evidence(
                observation.provenance, code: observation.concepts.first?.code,
                value: "\(quantity.literal) \(quantity.unit ?? "")", date: observation.effective,
                because: "CD4 count, limit \(Int(thresholds.cd4PerMicroliter)) per microliter")
            if count.isAtLeast(thresholds.cd4PerMicroliter) == .no {
                family.meet(evidence, "CD4 count \(quantity.literal)", presenting: false)
            } else {
                family.show(evidence)
            }
        }
        for drug in record.medications {
            for concept in drug.concepts {
                for use in concept.uses
                where use.criterion == CriterionID.infection.rawValue && use.component == "immunosuppression" {
                    readImmunosuppressant(drug, concept, use, into: &family)
                }
            }
        }
        readHighDoseSteroids(into: &family)
    }

    private func readImmunosuppressant(
        _ drug: MedicationUse, _ concept: Concept, _ use: CodeUse, into family: inout FamilyReading
    ) {
        guard use.role == "medication" || use.part == .hint && use.role == "hint", drug.standing == .counts else {
            return
        }
        let lastDay = drug.isActive ? PartialDate(asOf) : drug.coverageEnd ?? drug.authored
        let name = concept.code.display ?? concept.code.code
        let evidence = Evidence(
            drug.provenance, code: concept.code, date: drug.start ?? drug.authored,
            because: "immunosuppressant within \(thresholds.immunosuppressantDays) days")
        switch isWithin(thresholds.immunosuppressantDays, lastDay) {
        case .yes where use.role == "medication": family.meet(evidence, name, presenting: false)
        case .yes, .unknown: family.hint(evidence, name)
        case .no: break
        }
    }

    /// Systemic steroids at or above the dose for the days, within the window (section 2.2, immunocompromised).
    private func readHighDoseSteroids(into family: inout FamilyReading) {
        let window = DaySpan(first: asOf - thresholds.steroidMgWithinDays, last: asOf)
        var days = DaySet()
        var evidence: [Evidence] = []
        for course in steroidCourses() {
            guard let dose = course.prednisoneMgPerDay, dose >= thresholds.steroidMg, let span = course.span else {
                continue
            }
            days.insert(span, within: window)
            evidence.append(course.evidence(because: "prednisone equivalent \(Int(dose)) mg a day"))
        }
        guard days.count >= thresholds.steroidMgDays else { return }
        for item in evidence { family.meet(item, "high-dose steroid", presenting: false) }
    }

    private func readInfection(
        _ item: (finding: Finding, use: CodeUse, concept: Concept), into family: inout FamilyReading
    ) {
        let (finding, use, concept) = item
        let name = finding.name(concept)
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
        _ item: (finding: Finding, use: CodeUse, concept: Concept), _ days: Int, into family: inout FamilyReading
    ) {
        let name = item.finding.name(item.concept)
        let evidence = item.finding.evidence(item.concept, because: "\(name), counts for \(days) days")
        switch isWithin(days, item.finding.latestDate) {
        case .yes: family.meet(evidence, name, presenting: true)
        case .unknown where !item.finding.status.hasEnded: family.hint(evidence, name)
        case .unknown, .no: family.show(evidence)
        }
    }

    private func readSpinalInfection(
        _ item: (finding: Finding, use: CodeUse, concept: Concept), into family: inout FamilyReading
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
        _ item: (finding: Finding, use: CodeUse, concept: Concept), into family: inout FamilyReading
    ) {
        let name = item.finding.name(item.concept)
        let evidence = item.finding.evidence(
            item.concept, because: "\(name), counts for \(thresholds.ivDrugUseMonths) months")
        if isWithinMonths(thresholds.ivDrugUseMonths, item.finding.latestDate) == .yes {
            family.meet(evidence, name, presenting: false)
        } else {
            family.hint(evidence, name)
        }
    }

    /// HIV, transplant, immunodeficiency count at any time; codes of current treatment only while recent.
    private func readImmuneState(
        _ item: (finding: Finding, use: CodeUse, concept: Concept), into family: inout FamilyReading
    ) {
        let name = item.finding.name(item.concept)
        let evidence = item.finding.evidence(item.concept, because: name)
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
