import ClinicalModel

/// What a red-flag family came to while its components were read: positives, hints, denials, gaps.
struct FamilyReading {
    /// Items that make the family met, with the short name that cards show.
    private(set) var positives: [(evidence: Evidence, name: String, isPresenting: Bool)] = []
    /// Items that make it suspected.
    private(set) var hints: [(evidence: Evidence, name: String, clearing: String?)] = []
    /// Valid denials by screen component.
    private(set) var denials: [String: [Evidence]] = [:]
    /// Input codes of the screen that a valid "no" answers.
    private(set) var deniedQuestions: Set<String> = []
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

    /// - Parameter clearing: The input code whose "no" takes the hint back; nil when none does.
    mutating func hint(_ evidence: Evidence, _ name: String, clearing: String? = nil) {
        hints.append((evidence, name, clearing))
    }

    /// Turns what was met so far into hints, with the reason of the doubt behind their names.
    mutating func doubtPositives(_ because: String) {
        hints += positives.map { ($0.evidence, "\($0.name), \(because)", nil) }
        positives = []
    }

    /// - Parameter question: The input code that was answered; nil for a measurement.
    mutating func deny(_ component: String, _ evidence: Evidence, question: String? = nil, isRecent: Bool) {
        denials[component, default: []].append(evidence)
        if let question { deniedQuestions.insert(question) }
        if !isRecent { self.isRecent = false }
    }

    mutating func show(_ evidence: Evidence) { shown.append(evidence) }

    mutating func ask(_ gap: DataGap) { if !gaps.contains(gap) { gaps.append(gap) } }

    mutating func forbidDenial() { cannotBeDenied = true }

    /// The family's criterion: met by any positive, suspected by any hint, not met when the whole screen is denied (ruling R2).
    ///
    /// - Parameters:
    ///   - screen: The screen of the family.
    ///   - suspicion: The input code by which a clinician says that the family is suspected.
    ///   - isRetrieved: Whether every search that the family depends on was retrieved; if not it cannot be denied.
    ///   - unread: Problems or documents that stand on record and were not read (text, masked, of nobody, not sent): they
    ///     may hold a red flag, so no family is denied.
    func criterion(
        _ id: CriterionID, screen: [ScreenComponent], suspicion: String, isRetrieved: Bool, unread: [DataGap]
    ) -> Criterion {
        let denied = screen.flatMap { denials[$0.name] ?? [] }
        if !positives.isEmpty {
            return Criterion(id, .met, evidence: positives.map(\.evidence) + hints.map(\.evidence) + denied + shown)
        }
        let canBeDenied = !cannotBeDenied && isRetrieved && unread.isEmpty
        var missing = gaps
        if !isRetrieved { missing.append(DataGap("part of the record", .notRetrieved)) }
        missing += unread
        ask(screen, canBeDenied && hints.isEmpty ? .any : .yesOnly, into: &missing)
        if !hints.isEmpty {
            return Criterion(
                id, .suspected, evidence: hints.map(\.evidence) + denied + shown,
                missing: hintGaps(suspicion) + missing)
        }
        if canBeDenied && screen.allSatisfy({ denials[$0.name] != nil }) {
            return Criterion(id, .notMet, evidence: denied + shown)
        }
        return Criterion(id, .unknown, evidence: denied + shown, missing: missing)
    }

    /// Adds what the screen still asks: of each component that is not denied the questions without a valid "no".
    private func ask(_ screen: [ScreenComponent], _ answers: OpenQuestion.Answers, into gaps: inout [DataGap]) {
        for component in screen where denials[component.name] == nil {
            let questions = component.questions.filter { !deniedQuestions.contains($0) }.map {
                OpenQuestion($0, answers)
            }
            if let place = gaps.firstIndex(where: { $0.what == component.asks }) {
                gaps[place] = DataGap(component.asks, gaps[place].reason, settledBy: questions)
            } else {
                gaps.append(DataGap(component.asks, settledBy: questions))
            }
        }
    }

    /// A hint is taken back by its own question where it has one, and confirmed by the clinician's suspicion.
    private func hintGaps(_ suspicion: String) -> [DataGap] {
        hints.map { hint in
            DataGap(
                "\(hint.name), cause to be clarified",
                settledBy: [hint.clearing.map { OpenQuestion($0, .noOnly) }, OpenQuestion(suspicion, .yesOnly)]
                    .compactMap { $0 })
        }
    }
}

extension FamilyReading {
    /// Takes over what another reading found; its denials count as one component when all of `questions` are denied.
    mutating func absorb(_ other: FamilyReading, deniedBy questions: [String], as component: String) {
        for positive in other.positives { meet(positive.evidence, positive.name, presenting: positive.isPresenting) }
        for hint in other.hints { self.hint(hint.evidence, hint.name, clearing: hint.clearing) }
        for evidence in other.shown { show(evidence) }
        for gap in other.gaps { ask(gap) }
        let denials = questions.map { other.denials[$0] ?? [] }
        let isDenied = denials.allSatisfy { !$0.isEmpty }
        for evidence in denials.joined() {
            if isDenied { deny(component, evidence, isRecent: other.isRecent) } else { show(evidence) }
        }
        deniedQuestions.formUnion(other.deniedQuestions)
        if other.cannotBeDenied { forbidDenial() }
    }
}

/// One part of the screen of a family (ruling R2): it is denied when each of its questions is answered "no".
struct ScreenComponent {
    /// Its name in the input codes, for example `bladder-bowel`.
    let name: String
    /// The words that ask for it.
    let asks: String
    /// The input codes that answer it.
    let questions: [String]
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
            family.deny(component, evidence, question: answer.code, isRecent: isRecent)
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
