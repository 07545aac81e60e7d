import CCDA

/// What bears on whether a drug is taken, and the rule that turns it into the status of a MedicationRequest (section 7.3).
struct MedicationEvidence: Sendable, Hashable {
    /// How the drug is stated.
    enum Mood: Sendable, Hashable {
        /// EVN: what is taken, as somebody reports it.
        case reported
        /// INT: what is prescribed.
        case ordered
        /// Another mood: what is asked for.
        case requested
    }
    /// `effectiveTime/high`, against the reference date by whole days.
    enum End: Sendable, Hashable {
        case unknown
        /// Before the reference date.
        case past
        /// On the reference date or after it, or perhaps.
        case open
    }

    var mood: Mood = .reported
    var isNullified = false
    var status: Statement.ActStatus?
    /// Whether it begins after the reference date.
    var isAhead = false
    var end: End = .unknown

    /// Whether the drug is taken.
    enum State: String, Sendable, Hashable {
        case error, stopped, cancelled, onHold, planned, current
        /// Said to be taken, with an end in the past.
        case endedFlagged
        case ended
        /// Recorded as done, with no end: it may go on.
        case possiblyCurrent
        case unknown
    }

    /// The first line of the table that applies.
    var state: State {
        if isNullified { return .error }
        switch status {
        case .aborted: return .stopped
        case .cancelled: return .cancelled
        case .suspended, .held: return .onHold
        default: break
        }
        if mood == .ordered, isAhead { return .planned }
        switch (status, end) {
        case (.active, .past) where mood != .requested: return .endedFlagged
        case (.active, _) where mood != .requested: return .current
        case (.completed, .unknown): return .possiblyCurrent
        case (_, .open): return .current
        case (_, .past): return .ended
        case (_, .unknown): return .unknown
        }
    }

    /// `MedicationRequest.status`
    var requestStatus: String {
        switch state {
        case .error: "entered-in-error"
        case .stopped: "stopped"
        case .cancelled: "cancelled"
        case .onHold: "on-hold"
        case .planned, .current, .endedFlagged: "active"
        case .ended, .possiblyCurrent: "completed"
        case .unknown: "unknown"
        }
    }

    /// What is contradictory or missing, in words; nil when nothing is.
    var doubt: String? {
        switch state {
        case .endedFlagged: "status active, and an end in the past"
        case .possiblyCurrent: "status completed, and no end: it may still be taken"
        case .unknown: "no evidence of whether it is taken"
        default: nil
        }
    }
}
