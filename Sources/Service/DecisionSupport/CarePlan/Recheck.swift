import ClinicalModel
import Guidelines

/// The day on which the course is looked at again: when imaging may be considered (G19), counted from the onset.
struct Recheck {
    /// What the day rests on.
    enum Basis: Equatable {
        /// The latest possible day of the onset on record.
        case onset
        /// No onset is on record: counted from the day of the decision.
        case unknownOnset
        /// The time has passed: now.
        case passed
    }
    /// Never before the day of the decision.
    let day: Day
    let basis: Basis
    private let wait: SpokenDays
    private let onset: String?

    init(_ decision: Decision, thresholds: Thresholds) {
        let facts = decision.cardFacts
        wait = SpokenDays(thresholds.imagingAfterDays)
        onset = facts.onset
        if decision.criterion(.sixWeeks).result == .met {
            (day, basis) = (decision.asOf, .passed)
        } else if let days = facts.leastDaysSinceOnset {
            let left = thresholds.imagingAfterDays - days
            (day, basis) = left > 0 ? (decision.asOf + left, .onset) : (decision.asOf, .passed)
        } else {
            (day, basis) = (decision.asOf + thresholds.imagingAfterDays, .unknownOnset)
        }
    }

    /// Inside a sentence: `on 2025-07-28`, or `now`.
    var when: String { basis == .passed ? "now" : "on \(day)" }

    /// The day and what it rests on, a sentence; the onset as recorded.
    var words: String {
        switch basis {
        case .onset:
            "Due on \(day): \(wait.quantity) after the onset on record (\(onset ?? "undated"), at the latest \(day - wait.days))."
        case .unknownOnset:
            "Due on \(day): the onset is not on record, so \(wait.quantity) are counted from \(day - wait.days)."
        case .passed: "Due now or at the next visit: the \(wait.quantity) have passed."
        }
    }
}
