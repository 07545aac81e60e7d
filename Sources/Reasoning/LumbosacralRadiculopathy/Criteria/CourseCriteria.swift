import ClinicalModel

/// What was found of conservative care in the episode.
struct ConservativeCare {
    /// The longest run of care that counts; nil when none does.
    let run: DaySpan?
    /// What it rests on.
    let evidence: [Evidence]
    /// A statement that care of the minimum length was completed.
    let completed: Evidence?
    /// Statements that none was delivered or that it was declined.
    let denied: [Evidence]
}

extension Reading {
    /// Six weeks since onset, on every reading of the onset; a documented trial settles an unknown onset (ruling R11).
    func sixWeeks(trial: Criterion) -> Criterion {
        let limit = thresholds.imagingAfterDays
        guard let onset = episode.onset, let complaint = episode.complaints.first else {
            if trial.result == .met {
                return Criterion(.sixWeeks, .met, evidence: trial.evidence)
            }
            let reason: DataGap.Reason = lacks(.conditions) ? .notRetrieved : .notRecorded
            return Criterion(.sixWeeks, .unknown, missing: [DataGap("onset of the radiculopathy", reason)])
        }
        let days =
            onset.isExact
            ? onset.earliest.map { "onset \(asOf - $0) days before the decision" } : "onset \(onset.literal)"
        let evidence = Evidence(
            complaint.finding.provenance, code: complaint.concept.code, date: onset,
            because: "\(days ?? "onset"), limit \(limit) days")
        switch onset.isAtLeast(limit, daysBefore: asOf) {
        case .yes: return Criterion(.sixWeeks, .met, evidence: [evidence])
        case .no:
            return Criterion(.sixWeeks, .notMet, evidence: [evidence] + (trial.result == .met ? trial.evidence : []))
        case .unknown:
            if trial.result == .met { return Criterion(.sixWeeks, .met, evidence: [evidence] + trial.evidence) }
            return Criterion(
                .sixWeeks, .unknown, evidence: [evidence],
                missing: [DataGap("onset of the radiculopathy", .tooImprecise)])
        }
    }

    /// Conservative care of the episode: sessions, courses of drugs, statements of the clinician.
    func conservativeCare() -> ConservativeCare {
        let window = DaySpan(first: min(episode.start, asOf), last: asOf)
        var days = DaySet()
        var spans: [(span: DaySpan, kind: ValueSetName, evidence: Evidence)] = []
        func add(_ span: DaySpan?, _ kind: ValueSetName, _ evidence: Evidence) {
            guard let span = span?.intersection(window) else { return }
            days.insert(span, within: window)
            spans.append((span, kind, evidence))
        }
        for procedure in record.procedures where procedure.state == .completed {
            guard let (concept, use) = procedure.use(of: .trialDocumented, role: "delivered-care") else { continue }
            add(
                procedure.certainSpan, use.set,
                Evidence(procedure.provenance, code: concept.code, date: procedure.start, because: "care delivered"))
        }
        for drug in record.medications where drug.standing == .counts && drug.route != .topical {
            guard let (concept, use) = drug.use(of: .trialDocumented, role: "course") else { continue }
            add(
                drug.span(until: asOf, openDays: thresholds.trialOpenPrescriptionDays), use.set,
                Evidence(
                    drug.provenance, code: concept.code, date: drug.start ?? drug.authored, because: "course of a drug")
            )
        }
        var completed: Evidence?
        var denied: [Evidence] = []
        if let answer = answers["conservative-care-completed"]?.last {
            if case .period(let start, let end) = answer.observation.value {
                if let first = start?.latest, let last = (end ?? PartialDate(asOf)).earliest, first <= last {
                    add(
                        DaySpan(first: first, last: last), "conservative-care-completed",
                        answer.evidence(because: "care delivered, stated by the clinician"))
                }
            } else if answer.yes == true, episode.contains(answer.date) != .no {
                completed = answer.evidence(
                    because: "at least \(thresholds.trialMinDays) days of care, stated by the clinician")
            } else if answer.yes == false, episode.contains(answer.date) != .no {
                denied.append(answer.evidence(because: "no care delivered, stated by the clinician"))
            }
        }
        if let answer = answers["conservative-care-declined"]?.last, answer.yes == true,
            episode.contains(answer.date) != .no
        {
            denied.append(answer.evidence(because: "conservative care declined"))
        }
        for procedure in record.procedures where procedure.state == .notDone && episode.contains(procedure.start) != .no
        {
            if let (concept, _) = procedure.use(of: .trialDocumented, role: "delivered-care") {
                denied.append(
                    Evidence(procedure.provenance, code: concept.code, date: procedure.start, because: "care not done"))
            }
        }
        let runs = days.runs(bridging: thresholds.trialGapDays).filter { run in
            asOf - run.last <= thresholds.trialEndWithinDays
                && Set(spans.filter { $0.span.intersection(run) != nil }.map(\.kind)).count
                    >= thresholds.trialMinModalities
        }
        let longest = runs.max { $0.count < $1.count }
        let evidence = spans.filter { item in longest.map { item.span.intersection($0) != nil } ?? false }.map(
            \.evidence)
        return ConservativeCare(run: longest, evidence: evidence, completed: completed, denied: denied)
    }

    /// A conservative trial documented as delivered; a referral or an order alone never is one.
    func trialDocumented(_ care: ConservativeCare) -> Criterion {
        let days = care.run?.count ?? 0
        let minimum = thresholds.trialMinDays
        let found = care.run.map { run in
            Evidence(
                resource: nil, value: "\(run.count) days", date: "\(run.first) to \(run.last)",
                because: "\(days) of \(minimum) days of conservative care")
        }
        let evidence = [found].compactMap { $0 } + care.evidence
        if days >= minimum && days > 0 { return Criterion(.trialDocumented, .met, evidence: evidence) }
        if let completed = care.completed { return Criterion(.trialDocumented, .met, evidence: [completed] + evidence) }
        if !care.denied.isEmpty { return Criterion(.trialDocumented, .notMet, evidence: care.denied + evidence) }
        let reason: DataGap.Reason =
            lacks(.procedures, .medicationRequests, .medicationStatements, .medicationDispenses)
            ? .notRetrieved : .notRecorded
        return Criterion(
            .trialDocumented, .unknown, evidence: evidence,
            missing: [DataGap("conservative treatment: \(days) of \(minimum) days found", reason)])
    }

    /// Failure of the trial: pain that stayed, on a score that counts, or the clinician's statement (rulings R18, R45).
    func trialFailed(_ care: ConservativeCare, trial: Criterion) -> Criterion {
        let scores = painScores()
        func counts(_ date: PartialDate?) -> Bool {
            guard trial.result == .met, let date else { return false }
            if let run = care.run, run.count >= thresholds.trialMinDays,
                date.isOnOrAfter(run.first + (thresholds.trialMinDays - 1)) == .yes
            {
                return true
            }
            let hasEnded = care.run.map { $0.last < asOf } ?? true
            return (hasEnded || care.completed != nil) && isWithin(thresholds.failureScoreWithinDays, date) == .yes
        }
        var items: [(day: Day, failed: Bool, evidence: [Evidence])] = []
        if let answer = answers["response-to-care"]?.last, let choice = answer.choice, counts(answer.date) {
            items.append(
                (
                    answer.date?.latest ?? asOf, choice != "improved",
                    [answer.evidence(because: "response to care: \(choice)")]
                ))
        }
        var undecided: [Evidence] = []
        if let latest = scores.last(where: { counts($0.date) }) {
            if let verdict = verdict(latest, baseline: scores.first { $0.concept.code == latest.concept.code }) {
                items.append((latest.day, verdict.failed, verdict.evidence))
            } else {
                undecided = [latest.evidence(because: "pain score, first score of the episode missing")]
            }
        }
        // The newest statement wins; on one day "failed" wins.
        guard let newest = items.max(by: { ($0.day, $0.failed ? 1 : 0) < ($1.day, $1.failed ? 1 : 0) }) else {
            return Criterion(
                .trialFailed, .unknown, evidence: undecided,
                missing: [
                    DataGap(
                        "response to treatment: pain score after six weeks",
                        lacks(.observations) ? .notRetrieved : .notRecorded)
                ])
        }
        return Criterion(
            .trialFailed, newest.failed ? .met : .notMet,
            evidence: newest.evidence + items.filter { $0.day < newest.day }.flatMap(\.evidence))
    }

    /// Nil when the score alone does not decide.
    private func verdict(_ latest: PainScore, baseline: PainScore?) -> (failed: Bool, evidence: [Evidence])? {
        let evidence = latest.evidence(
            because:
                "pain score, limits \(thresholds.failurePainNotMet.shortened) and \(thresholds.failurePain.shortened) of 10"
        )
        if latest.value <= thresholds.failurePainNotMet { return (false, [evidence]) }
        guard let baseline, baseline.day < latest.day, baseline.value > 0 else { return nil }
        let improvement = (baseline.value - latest.value) / baseline.value * 100
        let first = baseline.evidence(because: "first pain score of the episode, improved by \(improvement.shortened)%")
        if improvement >= thresholds.failureImprovementPercent { return (false, [evidence, first]) }
        return latest.value >= thresholds.failurePain ? (true, [evidence, first]) : nil
    }

    /// A candidate for surgery or injection: attested, referred or planned; the newest statement wins.
    func procedureCandidate() -> Criterion {
        var items: [(day: Day, candidate: Bool, evidence: Evidence)] = []
        if let answer = answers["procedure-candidate"]?.last(where: { $0.yes != nil }),
            episode.contains(answer.date) != .no
        {
            items.append(
                (
                    answer.date?.latest ?? Day(.min), answer.yes == true,
                    answer.evidence(because: "surgery or injection under consideration: \(answer.shown ?? "")")
                ))
        }
        if let answer = answers["procedure-declined"]?.last(where: { $0.yes != nil }), answer.yes == true,
            episode.contains(answer.date) != .no
        {
            items.append(
                (answer.date?.latest ?? Day(.min), false, answer.evidence(because: "surgery and injection declined")))
        }
        for request in record.serviceRequests where request.isOrder || request.status == .draft {
            guard request.status != .unknown, let concept = request.concepts.first(where: \.isCandidateEvidence),
                episode.contains(request.authored) != .no
            else { continue }
            items.append(
                (
                    request.authored?.latest ?? Day(.min), true,
                    Evidence(
                        request.provenance, code: concept.code, date: request.authored,
                        because: "referral or planned procedure")
                ))
        }
        for procedure in record.procedures where procedure.state == .planned {
            guard let concept = procedure.concepts.first(where: \.isCandidateEvidence) else { continue }
            items.append(
                (
                    procedure.start?.latest ?? asOf, true,
                    Evidence(
                        procedure.provenance, code: concept.code, date: procedure.start, because: "planned procedure")
                ))
        }
        guard let newest = items.max(by: { ($0.day, $0.candidate ? 1 : 0) < ($1.day, $1.candidate ? 1 : 0) }) else {
            let reason: DataGap.Reason = lacks(.serviceRequests) ? .notRetrieved : .notRecorded
            return Criterion(
                .procedureCandidate, .unknown, missing: [DataGap("whether surgery or injection is an option", reason)])
        }
        let rest = items.filter { $0.evidence != newest.evidence }.map(\.evidence)
        return Criterion(.procedureCandidate, newest.candidate ? .met : .notMet, evidence: [newest.evidence] + rest)
    }
}

/// One dated pain score from 0 to 10.
struct PainScore {
    let day: Day
    let value: Double
    let literal: String
    let date: PartialDate
    let observation: Observation
    let concept: Concept

    func evidence(because: String) -> Evidence {
        Evidence(observation.provenance, code: concept.code, value: "\(literal)/10", date: date, because: because)
    }
}

extension Reading {
    /// Pain scores of the episode, oldest first.
    func painScores() -> [PainScore] {
        record.observations.compactMap { observation -> PainScore? in
            guard case .quantity(let quantity) = observation.value, quantity.comparator == nil,
                (0...10).contains(quantity.value), quantity.unit.map({ $0 == "1" || $0.hasPrefix("{") }) ?? true,
                let date = observation.effective, let day = date.latest, day <= asOf + 1,
                episode.contains(date) == .yes,
                let concept = observation.concepts.first(where: {
                    $0.uses.contains { $0.measure == "pain" }
                })
            else { return nil }
            return PainScore(
                day: day, value: quantity.value, literal: quantity.literal, date: date, observation: observation,
                concept: concept)
        }
        .sorted { ($0.day, $1.value) < ($1.day, $0.value) }
    }
}

extension Concept {
    /// A referral to spine surgery or pain medicine, an epidural injection or spine surgery.
    fileprivate var isCandidateEvidence: Bool {
        uses.contains { use in
            use.criterion == CriterionID.procedureCandidate.rawValue && use.part == .treatment && use.alone == .yes
                || use.set == "spine-surgery" && use.criterion == CriterionID.priorLumbarSurgery.rawValue
        }
    }
}

extension Procedure {
    /// The code and use by which it speaks to a criterion in a role.
    func use(of criterion: CriterionID, role: CodeUse.Role) -> (Concept, CodeUse)? {
        concepts.firstUse(of: criterion, role: role)
    }

    /// The days on which it certainly went on; nil when they are not known.
    var certainSpan: DaySpan? {
        guard let first = start?.latest ?? end?.earliest, let last = (end ?? start)?.earliest else { return nil }
        return first <= last ? DaySpan(first: first, last: last) : nil
    }
}

extension MedicationUse {
    /// The code and use by which it speaks to a criterion in a role.
    func use(of criterion: CriterionID, role: CodeUse.Role) -> (Concept, CodeUse)? {
        concepts.firstUse(of: criterion, role: role)
    }
}

extension [Concept] {
    fileprivate func firstUse(of criterion: CriterionID, role: CodeUse.Role) -> (Concept, CodeUse)? {
        for concept in self {
            if let use = concept.uses.first(where: { $0.criterion == criterion.rawValue && $0.role == role }) {
                return (concept, use)
            }
        }
        return nil
    }
}
