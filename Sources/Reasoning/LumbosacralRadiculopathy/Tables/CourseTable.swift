extension CourseReason {
    /// The course table: a definite answer only if every completion of the unknowns agrees, `ASK-CAND` apart (invariant I10).
    ///
    /// A documented trial settles an unknown onset (ruling R11) and contradicts an onset under six weeks (ruling R26).
    public static func decide(
        sixWeeks: CriterionResult, trial: CriterionResult, failed: CriterionResult, candidate: CriterionResult
    ) -> CourseReason {
        if sixWeeks == .notMet && trial == .met { return .askOnset }
        let sixWeeks = trial == .met && sixWeeks != .notMet ? .met : sixWeeks
        // One definite obstacle makes every completion "usually not appropriate"; the first in this order is named.
        let obstacles: [(CriterionResult, CourseReason)] = [
            (sixWeeks, .early), (trial, .noTrial), (failed, .improving), (candidate, .notCandidate),
        ]
        if let obstacle = obstacles.first(where: { $0.0 == .notMet }) { return obstacle.1 }
        if sixWeeks != .met { return .askOnset }
        if trial != .met { return .askTrial }
        if failed != .met { return .askResponse }
        return candidate == .met ? .indicated : .askCandidate
    }
}
