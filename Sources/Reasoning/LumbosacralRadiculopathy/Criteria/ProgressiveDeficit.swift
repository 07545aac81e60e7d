import ClinicalModel

extension Reading {
    /// The screen of the family with the words that ask for it.
    static let progressiveDeficitScreen = [
        ScreenComponent(
            name: "worsening", asks: "worsening of leg weakness", questions: ["leg-weakness-worsening"])
    ]

    /// Progressive or severe neurological deficit (G32); no prior treatment is required unless the site says so (Q1).
    func progressiveDeficit() -> FamilyReading {
        var family = FamilyReading()
        readAnswer(
            "leg-weakness-worsening", into: &family, component: "worsening", name: "new or worsening leg weakness",
            asks: "worsening of leg weakness", presenting: true, positiveDays: episodeDays,
            noDays: thresholds.emergencyNoValidDays, holdDays: thresholds.emergencyPositiveHoldDays)
        if !worseningCounts { family.doubtPositives(Self.withoutCare) }
        let series = StrengthSeries.all(in: self)
        for series in series { read(series, into: &family) }
        denyByGrades(series, into: &family)
        for item in signs(of: .progressiveDeficit) { readDeficit(item, into: &family) }
        return family
    }

    /// Whether worsening alone makes the family met: always, unless the site wants conservative care to go before it.
    /// Without that care it is suspected, never absent.
    private var worseningCounts: Bool {
        guard thresholds.progressionRequiresCare else { return true }
        let care = conservativeCare()
        return care.run != nil || care.completed != nil
    }

    private static let withoutCare = "without conservative care on record"

    /// The strength series that cards name, for example `right ankle dorsiflexion strength 4/5 to 2/5`.
    func strengthTrend() -> String? {
        StrengthSeries.all(in: self).compactMap { series -> String? in
            guard let loss = loss(series) else { return nil }
            return "\(series.name) \(loss.from.shown) to \(loss.to.shown)"
        }.first
    }

    /// A loss of the configured number of grades in the episode that was not made up again, or that was seen in the last days.
    private func loss(_ series: StrengthSeries) -> (from: StrengthSeries.Grade, to: StrengthSeries.Grade)? {
        let grades = series.inside(episode)
        let lost = Int(thresholds.mrcDrop.rounded())
        for (index, grade) in grades.enumerated().reversed() {
            let isLatest = index == grades.count - 1
            guard isLatest || isWithin(thresholds.emergencyPositiveHoldDays, grade.answer.date) == .yes else { break }
            if let best = grades[..<index].max(by: { $0.whole < $1.whole }), best.whole - grade.whole >= lost {
                return (best, grade)
            }
        }
        return nil
    }

    private func read(_ series: StrengthSeries, into family: inout FamilyReading) {
        if let (from, to) = loss(series) {
            let trend = "\(series.name) \(from.shown) to \(to.shown)"
            let items = [
                to.answer.evidence(because: trend), from.answer.evidence(because: "\(series.name), earlier grade"),
            ]
            if worseningCounts {
                for item in items { family.meet(item, trend, presenting: true) }
                return
            }
            for item in items { family.hint(item, "\(trend), \(Self.withoutCare)") }
        }
        if let undated = series.undated(in: episode), undated.value <= thresholds.mrcSevere {
            let name = "\(series.name) \(undated.shown), not dated well enough"
            family.hint(undated.answer.evidence(because: name), name)
        }
        guard let latest = series.latest(in: episode) else { return }
        if let before = series.grades.last(where: { episode.contains($0.answer.date) == .no }),
            before.whole > latest.whole
        {
            // Weaker than before the episode: neither stable nor improving.
            family.forbidDenial()
            family.ask(DataGap("worsening of leg weakness"))
        }
        let name = "\(series.name) \(latest.shown)"
        guard latest.value <= thresholds.mrcSevere else {
            return family.show(latest.answer.evidence(because: "\(name), no loss of a grade in the episode"))
        }
        switch series.isNew(in: episode) {
        case .yes:
            family.meet(latest.answer.evidence(because: "\(name): severe, new in the episode"), name, presenting: true)
        case .unknown: family.hint(latest.answer.evidence(because: "\(name): severe, not known to be new"), name)
        case .no:
            // Old and severe: not progressive, yet nobody may call the family negative (ruling R37).
            family.show(latest.answer.evidence(because: "\(name): severe, known from before the episode"))
            family.forbidDenial()
            family.ask(DataGap("worsening of leg weakness"))
        }
    }

    /// Both sides recorded at 4+ or more, within the validity of a "no", deny the family.
    private func denyByGrades(_ series: [StrengthSeries], into family: inout FamilyReading) {
        let recent = series.compactMap { series -> (StrengthSeries, StrengthSeries.Grade)? in
            guard let latest = series.grades.last,
                isWithin(thresholds.emergencyNoValidDays, latest.answer.date) == .yes
            else { return nil }
            return (series, latest)
        }
        guard recent.contains(where: { $0.0.side == "left" }), recent.contains(where: { $0.0.side == "right" }),
            series.allSatisfy({ ($0.latest(in: episode) ?? $0.undated(in: episode)).map { $0.value > 4.2 } ?? true })
        else { return }
        for (series, grade) in recent {
            family.deny("worsening", grade.answer.evidence(because: "\(series.name) \(grade.shown)"), isRecent: true)
        }
    }

    /// A coded deficit: met with an onset in the episode or as the order's reason, suspected without a date (ruling R37).
    private func readDeficit(
        _ item: Sign, into family: inout FamilyReading
    ) {
        let (finding, use, concept, name) = (item.finding, item.use, item.concept, item.name)
        if use.part == .hint {
            if finding.origin == .reason, concept.isMember(of: "neurologic-deficit"), use.alone != .review {
                return family.meet(finding.evidence(concept, because: "reason of the order"), name, presenting: true)
            }
            return readHint(item, into: &family)
        }
        guard use.part == .presenting, use.role == "finding", use.alone == .needsNew || use.alone == .yes else {
            return
        }
        if finding.isRefuted { return family.show(finding.evidence(concept, because: "\(name): ruled out")) }
        if finding.origin == .reason {
            return family.meet(finding.evidence(concept, because: "reason of the order"), name, presenting: true)
        }
        if endedBeforeEpisode(finding) { return }
        switch episode.contains(finding.onsetBound) {
        case .yes:
            family.meet(finding.evidence(concept, because: "\(name) began in the episode"), name, presenting: true)
        case .unknown: family.hint(finding.evidence(concept, because: "\(name), not dated"), name)
        case .no: family.show(finding.evidence(concept, because: "\(name) began before the episode"))
        }
    }
}
