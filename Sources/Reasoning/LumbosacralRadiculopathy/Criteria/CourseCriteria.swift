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
    /// Whether any care was found, be it long ago.
    let isAnyFound: Bool
}

/// The onset that the course is counted from.
struct KnownOnset {
    let date: PartialDate
    /// What it wins over, shown beside it.
    var overtaken: [Evidence] = []
    /// The item that it rests on, with why it counts.
    let evidence: (String) -> Evidence
}

extension Reading {
    /// Six weeks since onset, on every reading of the onset; a documented trial settles an unknown onset (ruling R11).
    func sixWeeks(trial: Criterion) -> Criterion {
        let limit = thresholds.imagingAfterDays
        guard let onset = knownOnset else {
            if trial.result == .met {
                return Criterion(.sixWeeks, .met, evidence: trial.evidence)
            }
            return sixWeeksUnknown([], lacks(.conditions) ? .notRetrieved : .notRecorded)
        }
        let days =
            onset.date.isExact
            ? onset.date.earliest.map { "onset \(asOf - $0) days before the decision" }
            : "onset \(onset.date.literal)"
        let evidence = [onset.evidence("\(days ?? "onset"), limit \(limit) days")] + onset.overtaken
        switch onset.date.isAtLeast(limit, daysBefore: asOf) {
        case .yes: return Criterion(.sixWeeks, .met, evidence: evidence)
        case .no:
            return Criterion(.sixWeeks, .notMet, evidence: evidence + (trial.result == .met ? trial.evidence : []))
        case .unknown:
            if trial.result == .met { return Criterion(.sixWeeks, .met, evidence: evidence + trial.evidence) }
            return sixWeeksUnknown(evidence, .tooImprecise)
        }
    }

    private func sixWeeksUnknown(_ evidence: [Evidence], _ reason: DataGap.Reason) -> Criterion {
        Criterion(
            .sixWeeks, .unknown, evidence: evidence,
            missing: [
                DataGap("onset of the radiculopathy", reason, settledBy: [OpenQuestion(Reading.onsetQuestion)])
            ])
    }

    /// The input code of a statement when the symptoms began.
    static let onsetQuestion = "symptom-onset"

    /// The onset that the course is counted from: the clinician's statement in this episode, else that of the complaint.
    ///
    /// The statement is about the course alone. What is new in the episode is still told by the complaint, so that no red
    /// flag is moved out of it. A complaint written down after the statement, with its own onset, wins.
    var knownOnset: KnownOnset? {
        let complaint = episode.complaints.first
        let recorded = complaint.flatMap { complaint in
            episode.onset.map { onset in
                KnownOnset(date: onset) { because in
                    Evidence(
                        complaint.finding.provenance, code: complaint.concept.code, date: onset, because: because)
                }
            }
        }
        guard let (onset, answer) = statedOnset else { return recorded }
        let isNewer = complaint?.finding.onset != nil && isLater(complaint?.finding.recorded, than: answer.date)
        if isNewer { return recorded }
        let overtaken =
            complaint?.finding.onset == nil ? nil : recorded?.evidence("onset as recorded with the complaint")
        return KnownOnset(date: onset, overtaken: [overtaken].compactMap { $0 }) { because in
            answer.evidence(because: because + ", stated by the clinician")
        }
    }

    private func isLater(_ date: PartialDate?, than other: PartialDate?) -> Bool {
        guard let first = date?.earliest, let last = other?.latest else { return false }
        return first > last
    }

    /// The newest dated statement of this episode when the symptoms began; one that lies in the future says nothing.
    private var statedOnset: (onset: PartialDate, answer: Answer)? {
        for answer in (answers[Self.onsetQuestion] ?? []).reversed() where episode.contains(answer.date) == .yes {
            let onset: PartialDate
            switch answer.observation.value {
            case .date(let date): onset = date
            case .period(let start, let end):
                guard start != nil || end != nil else { continue }
                onset = PartialDate(
                    literal: answer.shown ?? "", earliest: start?.earliest, latest: end?.latest ?? answer.date?.latest)
            default: continue
            }
            if (onset.earliest ?? asOf) <= asOf { return (onset.clipped(to: asOf), answer) }
        }
        return nil
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
                        DaySpan(first: first, last: last), Self.statedCare,
                        answer.evidence(because: "care delivered, stated by the clinician"))
                }
            } else if answer.yes == true, episode.contains(answer.date) != .no {
                completed = answer.evidence(
                    because: "at least \(thresholds.trialMinDays) days of care, stated by the clinician")
            } else if answer.yes == false, episode.contains(answer.date) != .no, spans.isEmpty {
                denied.append(answer.evidence(because: "no care delivered, stated by the clinician"))
            }
        }
        if let answer = answers["conservative-care-declined"]?.last, answer.yes == true,
            episode.contains(answer.date) != .no
        {
            denied.append(answer.evidence(because: "conservative care declined"))
        }
        // A session that was missed beside others is a partial course, not a refusal.
        for procedure in record.procedures
        where spans.isEmpty && procedure.state == .notDone && episode.contains(procedure.start) == .yes {
            if let (concept, _) = procedure.use(of: .trialDocumented, role: "delivered-care") {
                denied.append(
                    Evidence(procedure.provenance, code: concept.code, date: procedure.start, because: "care not done"))
            }
        }
        let runs = days.runs(bridging: thresholds.trialGapDays).filter { run in
            asOf - run.last <= thresholds.trialEndWithinDays
                && isVariedEnough(Set(spans.filter { $0.span.intersection(run) != nil }.map(\.kind)))
        }
        let longest = runs.max { $0.count < $1.count }
        let evidence = spans.filter { item in longest.map { item.span.intersection($0) != nil } ?? false }.map(
            \.evidence)
        return ConservativeCare(
            run: longest, evidence: evidence, completed: completed, denied: denied, isAnyFound: !spans.isEmpty)
    }

    /// Whether the kinds of care suffice: as many as the site wants, from two on one of them exercise based. A clinician's
    /// statement of care stands for itself.
    private func isVariedEnough(_ kinds: Set<ValueSetName>) -> Bool {
        let wanted = thresholds.trialMinModalities
        if wanted < 2 || kinds.contains(Self.statedCare) { return true }
        return kinds.count >= wanted && !kinds.isDisjoint(with: [.exerciseTherapy, .physicalTherapy])
    }

    /// The kind of care that only a clinician's statement names.
    private static let statedCare: ValueSetName = "conservative-care-completed"

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
            missing: [
                DataGap(
                    "conservative treatment: \(days) of \(minimum) days found", reason,
                    settledBy: [
                        // "None delivered" settles nothing beside care that was.
                        OpenQuestion("conservative-care-completed", care.isAnyFound ? .yesOnly : .any),
                        OpenQuestion("conservative-care-declined", .yesOnly),
                    ])
            ])
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
