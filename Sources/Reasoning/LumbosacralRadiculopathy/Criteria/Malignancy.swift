import ClinicalModel

extension Reading {
    /// The screen of the family with the words that ask for it.
    static let malignancyScreen = [
        ScreenComponent(name: "personal-cancer", asks: "personal history of cancer", questions: ["personal-cancer"]),
        ScreenComponent(name: "weight-loss", asks: "unexplained weight loss", questions: ["unexplained-weight-loss"]),
    ]

    /// Malignancy suspected: cancer now or ever, unexplained weight loss, or the clinician's suspicion (G29).
    func malignancy() -> FamilyReading {
        var family = FamilyReading()
        readAnswer(
            "personal-cancer", into: &family, component: "personal-cancer", name: "cancer now or in the past",
            asks: "personal history of cancer", presenting: false, positiveDays: lookbackDays,
            noDays: thresholds.riskValidDays)
        readAnswer(
            "active-cancer", into: &family, component: nil, name: "active or metastatic cancer", asks: "active cancer",
            presenting: true, positiveDays: thresholds.riskValidDays, noDays: thresholds.riskValidDays)
        readAnswer(
            "unexplained-weight-loss", into: &family, component: "weight-loss", name: "unexplained weight loss",
            asks: "unexplained weight loss", presenting: true, positiveDays: thresholds.weightLossDays,
            noDays: thresholds.symptomValidDays)
        readAnswer(
            "cancer-suspected", into: &family, component: nil, name: "spinal tumour suspected by the clinician",
            asks: "suspicion of a spinal tumour", presenting: true, positiveDays: thresholds.symptomValidDays,
            noDays: thresholds.symptomValidDays)
        for item in signs(of: .malignancy) { readCancer(item, into: &family) }
        readWeights(into: &family)
        readAge(into: &family)
        return family
    }

    /// Age over 50 is a weak red flag (section 2.2): shown in the trace, counted only where the site says from when.
    private func readAge(into family: inout FamilyReading) {
        guard let age = Age(record.birthDate, on: asOf) else { return }
        func evidence(_ because: String) -> Evidence {
            Evidence(
                resource: record.patient?.resource, value: age.exact.map { "\($0) years" },
                date: record.birthDate?.literal, at: record.patient?.at, because: because)
        }
        if let limit = thresholds.malignancyAgeOver, age.isOver(limit) == .yes {
            family.meet(
                evidence("age over \(limit): counted by configuration"), "age over \(limit)", presenting: false)
        } else if let years = age.exact, years > 50 {
            family.show(evidence("age over 50: shown, does not count by itself"))
        }
    }

    private var lookbackDays: Int? { thresholds.malignancyLookbackYears.map { $0 * 366 } }

    private func readCancer(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        if use.component == "weight-loss" { return readCodedWeightLoss(item, into: &family) }
        if use.part == .exclusion {
            // Skin cancer of the excluded kinds: shown; with the exclusion switched off it counts like any other.
            let evidence = finding.evidence(concept, because: "\(name): left out as non-melanoma skin cancer")
            if !thresholds.excludeSkinCancer && !finding.isRefuted {
                family.meet(evidence, name, presenting: false)
            } else if use.role == "denies" && !finding.isRefuted {
                family.show(evidence)
            }
            return
        }
        if finding.isRefuted { return family.show(finding.evidence(concept, because: "\(name): ruled out")) }
        if use.part == .hint { return readHint(item, into: &family) }
        guard use.alone == .yes, use.part == .presenting || use.part == .risk else { return }
        if thresholds.excludeSkinCancer && concept.isMember(of: "nonmelanoma-skin-cancer") { return }
        if let years = thresholds.malignancyLookbackYears, finding.origin != .reason,
            isWithinMonths(years * 12, finding.latestDate) == .no
        {
            return family.show(finding.evidence(concept, because: "\(name): more than \(years) years ago"))
        }
        let isCurrent = [.active, .recurrence, .relapse].contains(finding.status) && finding.abatement == nil
        let isPresenting =
            use.part == .presenting && !finding.status.hasEnded
            || use.role != "history" && (isCurrent || finding.certainty == .suspected || finding.origin == .reason)
        let lookback = thresholds.malignancyLookbackYears.map { "the last \($0) years count" } ?? "any time counts"
        family.meet(
            finding.evidence(concept, because: "\(name), \(isPresenting ? "active" : "history"); \(lookback)"), name,
            presenting: isPresenting)
    }

    private func readCodedWeightLoss(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        guard use.part != .exclusion else { return }
        if finding.isRefuted { return family.show(finding.evidence(concept, because: "\(name): ruled out")) }
        if use.part == .hint { return readHint(item, into: &family, withinDays: thresholds.weightLossDays) }
        guard use.alone == .yes else { return }
        let window = DaySpan(first: asOf - thresholds.weightLossDays, last: asOf)
        if let explanation = weightLossExplanation(in: window) {
            return family.show(finding.evidence(concept, because: "\(name), explained by \(explanation)"))
        }
        let evidence = finding.evidence(concept, because: name)
        switch finding.origin == .reason ? .yes : isWithin(thresholds.weightLossDays, finding.latestDate) {
        case .yes: family.meet(evidence, name, presenting: true)
        case .unknown where !finding.status.hasEnded: family.hint(evidence, name)
        case .unknown, .no: family.show(evidence)
        }
    }

    /// One dated body weight.
    private struct Weight {
        let first: Day
        let last: Day
        let kilograms: Double
        let observation: Observation

        func evidence(because: String) -> Evidence {
            Evidence(
                observation.provenance, code: observation.concepts.first?.code, value: "\(kilograms.shortened) kg",
                date: observation.effective, because: because)
        }
    }

    /// Two weights surely 30 days apart within a year: a loss of 5% or 4.5 kg, unless a cause lies between them (R41).
    private func readWeights(into family: inout FamilyReading) {
        for observation in weightObservations() {
            guard case .quantity(let quantity) = observation.value, quantity.value(in: .kilogram) == nil,
                isWithin(thresholds.weightLossDays, observation.effective) != .no
            else { continue }
            // Without a unit it may be a loss or none.
            family.forbidDenial()
            family.ask(DataGap("unexplained weight loss", .tooImprecise))
        }
        let weights = bodyWeights()
        guard let latest = weights.last else { return }
        let earlier = weights.filter { latest.first - $0.last >= thresholds.weightApartDays }
        guard let heaviest = earlier.max(by: { $0.kilograms < $1.kilograms }) else { return }
        let loss = heaviest.kilograms - latest.kilograms
        let percent = loss / heaviest.kilograms * 100
        guard loss > 0 else { return }
        let isLoss = percent >= thresholds.weightLossPercent || loss >= thresholds.weightLossKg
        let words =
            "weight \(heaviest.kilograms.shortened) to \(latest.kilograms.shortened) kg (\(percent.shortened)%)"
        let explanation = weightLossExplanation(in: DaySpan(first: heaviest.first, last: latest.last))
        for weight in [latest, heaviest] {
            let evidence = weight.evidence(because: explanation.map { "\(words), explained by \($0)" } ?? words)
            if isLoss && explanation == nil {
                family.meet(evidence, words, presenting: true)
            } else {
                family.show(evidence)
            }
        }
    }

    private func weightObservations() -> [Observation] {
        observations { $0.uses.contains { $0.component == "weight-loss" && $0.role == "measurement" } }
    }

    /// Weights of the window, oldest first; of one day the lowest comes last, whatever the order of the record.
    private func bodyWeights() -> [Weight] {
        weightObservations()
            .compactMap { observation -> Weight? in
                guard case .quantity(let quantity) = observation.value, quantity.comparator == nil,
                    let kilograms = quantity.value(in: .kilogram), kilograms > 0,
                    let first = observation.effective?.earliest, let last = observation.effective?.latest
                else { return nil }
                return Weight(first: first, last: min(last, asOf), kilograms: kilograms, observation: observation)
            }
            .filter { asOf - $0.first <= thresholds.weightLossDays }
            .sorted { ($0.last, $1.kilograms) < ($1.last, $0.kilograms) }
    }

    /// A documented cause of weight loss that lies in a span: a finding, drug or procedure of the set; nil when none does.
    private func weightLossExplanation(in span: DaySpan) -> String? {
        func lies(_ date: PartialDate?) -> Bool {
            guard let date else { return false }
            return date.isOnOrAfter(span.first) == .yes && date.isOnOrBefore(span.last) == .yes
        }
        let set: ValueSetName = "weight-loss-explained"
        for finding in findings where !finding.isRefuted && lies(finding.onset ?? finding.recorded) {
            if let concept = finding.concepts.first(where: { $0.isMember(of: set) }) { return finding.name(concept) }
        }
        for drug in record.medications where drug.standing == .counts && lies(drug.start ?? drug.authored) {
            if let concept = drug.concepts.first(where: { $0.isMember(of: set) }) {
                return concept.code.name
            }
        }
        for procedure in record.procedures where procedure.state == .completed && lies(procedure.start) {
            if let concept = procedure.concepts.first(where: { $0.isMember(of: set) }) {
                return concept.code.name
            }
        }
        return nil
    }
}

extension Double {
    /// One decimal, none when it is zero, for evidence lines.
    public var shortened: String {
        let tenths = (self * 10).rounded()
        guard tenths.magnitude < 1e15 else { return String(self) }
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? String(Int(tenths / 10)) : String(tenths / 10)
    }

    /// Two decimals, none that is zero, for doses close to a limit.
    var precise: String {
        let hundredths = (self * 100).rounded()
        return hundredths.truncatingRemainder(dividingBy: 10) == 0 ? shortened : String(hundredths / 100)
    }
}
