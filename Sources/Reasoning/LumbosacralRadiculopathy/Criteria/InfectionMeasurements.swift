import ClinicalModel

extension Reading {
    /// Body temperatures: a fever in its window stays met, whatever was measured later (ruling R36).
    func readTemperatures(into family: inout FamilyReading) {
        for observation in observations(where: {
            $0.uses.contains { $0.component == "fever" && $0.role == "measurement" }
        }) {
            guard case .quantity(let quantity) = observation.value else { continue }
            let shown = quantity.shown
            let evidence = Evidence(
                observation.provenance, code: observation.concepts.first?.code, value: shown,
                date: observation.effective, because: "body temperature, limit \(thresholds.feverCelsius) Cel")
            guard let celsius = MeasuredValue(quantity, in: .celsius) else {
                // Without a unit it may be a fever on either scale.
                let isFever = [thresholds.feverCelsius...45, 100.4...113].contains { $0.contains(quantity.value) }
                if isFever, isWithin(thresholds.feverDays, observation.effective) != .no {
                    family.hint(evidence, "temperature \(shown), unit not stated")
                }
                continue
            }
            guard Reading.plausibleCelsius.contains(celsius.value) else {
                // Nobody lives at such a temperature: a fault of the record that may hide a fever.
                askForFever(evidence, into: &family)
                continue
            }
            switch (celsius.isAtLeast(thresholds.feverCelsius), isWithin(thresholds.feverDays, observation.effective)) {
            case (.yes, .yes): family.meet(evidence, "temperature \(shown)", presenting: true)
            case (.yes, .unknown), (.unknown, .yes), (.unknown, .unknown): askForFever(evidence, into: &family)
            case (.no, _) where isWithin(thresholds.temperatureValidDays, observation.effective) == .yes:
                family.show(evidence)
            default: break
            }
        }
    }

    /// Body temperatures that a living patient can have, in Cel.
    private static let plausibleCelsius = 25.0...45.0

    private func askForFever(_ evidence: Evidence, into family: inout FamilyReading) {
        family.show(evidence)
        family.forbidDenial()
        family.ask(DataGap("fever or chills", .tooImprecise))
    }

    /// CRP and ESR: above the lower limit a hint, from the upper one met (ruling R39).
    func readInflammation(into family: inout FamilyReading) {
        for observation in observations(where: {
            $0.uses.contains { $0.component == "crp-esr" && $0.role == "measurement" }
        }) {
            guard case .quantity(let quantity) = observation.value,
                isWithin(thresholds.inflammationDays, observation.effective) != .no
            else { continue }
            let isRecent = isWithin(thresholds.inflammationDays, observation.effective) == .yes
            let shown = quantity.shown
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
            if isRecent && limits.value.isAtLeast(limits.met) == .yes {
                family.meet(evidence, "\(limits.name) \(shown)", presenting: true)
            } else if thresholds.inflammation == .met, isRecent, limits.value.isAbove(limits.hint) == .yes {
                family.meet(evidence, "\(limits.name) \(shown)", presenting: true)
            } else if limits.value.isAbove(limits.hint) != .no {
                family.hint(evidence, "\(limits.name) \(shown)")
            } else {
                family.show(evidence)
            }
        }
    }

    /// A growth in a blood culture: coded as positive it counts, any other result asks for a look.
    func readBloodCultures(into family: inout FamilyReading) {
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

    /// Whether a CD4 count at or above the limit stands on record and still counts: then HIV by itself does not, where the
    /// site wants the count to decide (`inf.hivPolicy`).
    var hasSufficientCD4: Bool {
        observations { $0.uses.contains { $0.measure == "cd4" } }.contains { observation in
            guard case .quantity(let quantity) = observation.value,
                let count = MeasuredValue(quantity, in: .perMicrolitre)
            else { return false }
            return isWithin(thresholds.riskValidDays, observation.effective) == .yes
                && count.isAtLeast(thresholds.cd4PerMicroliter) == .yes
        }
    }

    /// CD4 counts and drugs that weaken the immune system.
    func readImmuneMeasurements(into family: inout FamilyReading) {
        for observation in observations(where: {
            $0.uses.contains { $0.component == "immunosuppression" && $0.role == "measurement" }
        }) {
            guard case .quantity(let quantity) = observation.value,
                let count = MeasuredValue(quantity, in: .perMicrolitre),
                isWithin(thresholds.riskValidDays, observation.effective) == .yes
            else { continue }
            let evidence = Evidence(
                observation.provenance, code: observation.concepts.first?.code,
                value: quantity.shown, date: observation.effective,
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
        let began = (drug.start ?? drug.authored)?.earliest
        guard use.role == "medication" || use.part == .hint && use.role == "hint", began.map({ $0 <= asOf + 1 }) ?? true
        else { return }
        let lastDay = drug.isActive ? PartialDate(asOf) : drug.coverageEnd ?? drug.authored
        let name = concept.code.name
        let evidence = Evidence(
            drug.provenance, code: concept.code, date: drug.start ?? drug.authored,
            because: "immunosuppressant within \(thresholds.immunosuppressantDays) days")
        switch isWithin(thresholds.immunosuppressantDays, lastDay) {
        case .yes where use.role == "medication" && drug.standing == .counts:
            family.meet(evidence, name, presenting: false)
        case .yes, .unknown: family.hint(evidence, name)
        case .no: break
        }
    }

    /// Systemic steroids at or above the dose for the days, within the window (section 2.2, immunocompromised).
    private func readHighDoseSteroids(into family: inout FamilyReading) {
        let window = DaySpan(first: asOf - thresholds.steroidMgWithinDays, last: asOf)
        var days = DaySet()
        var evidence: [Evidence] = []
        for course in steroidCourses() where course.doubt == nil {
            guard let dose = course.prednisoneMgPerDay, dose >= thresholds.steroidMg, let span = course.span else {
                continue
            }
            days.insert(span, within: window)
            evidence.append(course.evidence(because: "prednisone equivalent \(dose.shortened) mg a day"))
        }
        guard days.count >= thresholds.steroidMgDays else { return }
        for item in evidence { family.meet(item, "high-dose steroid", presenting: false) }
    }
}
