import ClinicalModel

extension Reading {
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
                        lacks(.observations) ? .notRetrieved : .notRecorded,
                        settledBy: counts(PartialDate(asOf)) ? [OpenQuestion("response-to-care")] : [])
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
        guard let baseline, baseline.day < latest.day else { return nil }
        // From a first score of 0 nothing can improve.
        let improvement = baseline.value > 0 ? (baseline.value - latest.value) / baseline.value * 100 : 0
        let first = baseline.evidence(because: "first pain score of the episode, improved by \(improvement.shortened)%")
        if improvement >= thresholds.failureImprovementPercent { return (false, [evidence, first]) }
        return latest.value >= thresholds.failurePain ? (true, [evidence, first]) : nil
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
        pain { $0.uses.contains { $0.measure == "pain" } }.filter { episode.contains($0.date) == .yes }
    }

    /// Pain scores by their codes, oldest first, of one day the highest last.
    func pain(where matches: (Concept) -> Bool) -> [PainScore] {
        record.observations.compactMap { observation -> PainScore? in
            guard case .quantity(let quantity) = observation.value, quantity.comparator == nil,
                (0...10).contains(quantity.value), quantity.unit.map({ $0 == "1" || $0.hasPrefix("{") }) ?? true,
                let date = observation.effective, let day = date.latest, day <= asOf + 1,
                let concept = observation.concepts.first(where: matches)
            else { return nil }
            return PainScore(
                day: day, value: quantity.value, literal: quantity.literal, date: date, observation: observation,
                concept: concept)
        }
        .sorted { ($0.day, $0.value) < ($1.day, $1.value) }
    }
}
