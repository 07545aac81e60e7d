import ClinicalModel

/// What a red-flag family came to while its components were read: positives, hints, denials, gaps.
struct FamilyReading {
    /// Items that make the family met, with the short name that cards show.
    private(set) var positives: [(evidence: Evidence, name: String, isPresenting: Bool)] = []
    /// Items that make it suspected.
    private(set) var hints: [(evidence: Evidence, name: String)] = []
    /// Valid denials by screen component.
    private(set) var denials: [String: [Evidence]] = [:]
    /// Items shown that decide nothing, and why.
    private(set) var shown: [Evidence] = []
    /// What would settle the family, where it is open.
    private(set) var gaps: [DataGap] = []
    /// Whether every denial is recent enough for a removal (ruling R35).
    private(set) var isRecent = true
    /// Set when an item forbids "not met" although the screen denies it (ruling R37).
    private(set) var cannotBeDenied = false

    mutating func meet(_ evidence: Evidence, _ name: String, presenting: Bool) {
        positives.append((evidence, name, presenting))
    }

    mutating func hint(_ evidence: Evidence, _ name: String) { hints.append((evidence, name)) }

    /// Turns what was met so far into hints, with the reason of the doubt behind their names.
    mutating func doubtPositives(_ because: String) {
        hints += positives.map { ($0.evidence, "\($0.name), \(because)") }
        positives = []
    }

    mutating func deny(_ component: String, _ evidence: Evidence, isRecent: Bool) {
        denials[component, default: []].append(evidence)
        if !isRecent { self.isRecent = false }
    }

    mutating func show(_ evidence: Evidence) { shown.append(evidence) }

    mutating func ask(_ gap: DataGap) { if !gaps.contains(gap) { gaps.append(gap) } }

    mutating func forbidDenial() { cannotBeDenied = true }

    /// The family's criterion: met by any positive, suspected by any hint, not met when the whole screen is denied (ruling R2).
    ///
    /// - Parameters:
    ///   - screen: The screen components with the words that ask for them.
    ///   - isRetrieved: Whether every search that the family depends on was retrieved; if not it cannot be denied.
    ///   - unread: Problems or documents that stand on record and were not read (text, masked, of nobody, not sent): they
    ///     may hold a red flag, so no family is denied.
    func criterion(
        _ id: CriterionID, screen: [(component: String, asks: String)], isRetrieved: Bool, unread: [DataGap]
    ) -> Criterion {
        let denied = screen.flatMap { denials[$0.component] ?? [] }
        if !positives.isEmpty {
            return Criterion(id, .met, evidence: positives.map(\.evidence) + hints.map(\.evidence) + denied + shown)
        }
        var missing = gaps
        if !isRetrieved { missing.append(DataGap("part of the record", .notRetrieved)) }
        missing += unread
        for (component, asks) in screen where denials[component] == nil && !missing.contains(where: { $0.what == asks })
        {
            missing.append(DataGap(asks))
        }
        if !hints.isEmpty {
            return Criterion(
                id, .suspected, evidence: hints.map(\.evidence) + denied + shown,
                missing: hints.map { DataGap("\($0.name), cause to be clarified") } + missing)
        }
        let isDenied =
            screen.allSatisfy { denials[$0.component] != nil } && !cannotBeDenied && isRetrieved && unread.isEmpty
        if isDenied { return Criterion(id, .notMet, evidence: denied + shown) }
        return Criterion(id, .unknown, evidence: denied + shown, missing: missing)
    }
}

extension Reading {
    /// Reads the answers to one yes-or-no question into a family.
    ///
    /// The newest answer to the question wins; on one day "yes" wins. A "yes" counts for `positiveDays`; within
    /// `holdDays` a later "no" does not undo it (ruling R36). A "no" holds for `noDays`, an older one is a gap.
    func readAnswer(
        _ code: String, into family: inout FamilyReading, component: String?, name: String, asks: String,
        presenting: Bool, positiveDays: Int?, noDays: Int, holdDays: Int? = nil
    ) {
        if let unread = answers[code]?.last(where: { $0.yes == nil }) {
            // Answered in a way that nobody here understands: it may be a yes.
            family.show(unread.evidence(because: "\(name): answered, the answer could not be read"))
            family.forbidDenial()
            family.ask(DataGap(asks, .textNotRead))
        }
        guard let series = answers[code]?.filter({ $0.yes != nil }), let newest = series.last else { return }
        let held = series.last { answer in
            answer.yes == true && (holdDays.map { isWithin($0, answer.date) == .yes } ?? false)
        }
        if let positive = newest.yes == true ? newest : held {
            switch positiveDays.map({ isWithin($0, positive.date) }) ?? .yes {
            case .yes: return family.meet(positive.evidence(because: name), name, presenting: presenting)
            case .unknown: return family.hint(positive.evidence(because: "\(name), not dated well enough"), name)
            case .no:
                family.show(positive.evidence(because: "\(name): too long ago to count"))
                return family.ask(DataGap(asks, .tooOld))
            }
        }
        if let earlier = series.first(where: { $0.yes == true && !newest.isSurelyLater(than: $0) }) {
            // Which of the two is newer cannot be told (section 2.1).
            family.show(earlier.evidence(because: "\(name): answered yes, at an unknown time"))
            family.forbidDenial()
            family.ask(DataGap(asks, .contradictory))
        }
        deny(newest, into: &family, component: component, name: name, asks: asks, noDays: noDays)
    }

    /// Reads a "no" by its validity: valid it denies its component, older or undated it is a gap.
    func deny(
        _ answer: Answer, into family: inout FamilyReading, component: String?, name: String, asks: String, noDays: Int
    ) {
        switch isWithin(noDays, answer.date) {
        case .yes:
            let evidence = answer.evidence(because: "\(name): answered no")
            guard let component else { return family.show(evidence) }
            let isRecent = isWithin(min(noDays, thresholds.symptomValidDays), answer.date) == .yes
            family.deny(component, evidence, isRecent: isRecent)
        case .no:
            family.show(answer.evidence(because: "\(name): the answer is too old to hold"))
            family.ask(DataGap(asks, .tooOld))
        case .unknown:
            family.show(answer.evidence(because: "\(name): the answer is not dated well enough"))
            family.ask(DataGap(asks, .tooImprecise))
        }
    }

    /// Codes that only hint (`part` hint, ruling R31): suspected unless refuted, ended before the episode, or too old.
    ///
    /// - Parameter withinDays: How far back a dated hint counts; nil when it counts as long as it goes on.
    func readHint(
        _ item: Sign, into family: inout FamilyReading,
        withinDays: Int? = nil
    ) {
        let finding = item.finding
        guard !finding.isRefuted else { return }
        let neverFades = item.use.role == "history" || item.use.component == "iv-drug-use"
        if endedBeforeEpisode(finding) && !neverFades { return }
        switch item.use.alone {
        case .needsNew where finding.origin != .reason && episode.contains(finding.onsetBound) == .no: return
        case .no where finding.origin != .reason || item.use.qualifiers.contains(.bothSides): return
        default: break
        }
        if item.use.qualifiers.contains(.withoutDate), finding.onset != nil { return }
        if let withinDays, finding.origin != .reason, isWithin(withinDays, finding.latestDate) == .no { return }
        let name = finding.name(item.concept)
        let level = item.use.qualifiers.contains(.otherLevel) ? "; image the level in question" : ""
        family.hint(finding.evidence(item.concept, because: "\(name): a hint, not established\(level)"), name + level)
    }

    /// Whether a finding ended before the episode, or at an unknown time without having begun in it (section 2.1).
    func endedBeforeEpisode(_ finding: Finding) -> Bool {
        guard finding.status.hasEnded || finding.abatement != nil, finding.origin != .reason else { return false }
        if episode.contains(finding.onset) == .yes { return false }
        return episode.contains(finding.abatement) != .yes
    }
}
