/// What bears on the status of a problem, and the rule that turns it into a Condition's status (section 7.1).
struct ProblemEvidence: Sendable, Hashable {
    /// What a Problem Status observation says.
    enum Reported: String, Sendable, Hashable, CaseIterable {
        case active, recurrence, relapse, inactive, remission, resolved

        /// Whether the problem goes on.
        var goesOn: Bool { self == .active || self == .recurrence || self == .relapse }
    }
    /// `effectiveTime/high` of the problem.
    enum End: Sendable, Hashable {
        /// There is no such element, or it says that there is no end.
        case absent
        /// The element is there without a value that can be read; whether it says `UNK`.
        case null(isUnknown: Bool)
        /// On the reference date or before it.
        case reached
        /// After the reference date.
        case ahead
    }
    /// `statusCode` of the act that tracks the problem.
    enum Concern: Sendable, Hashable {
        case active
        /// Completed, aborted or suspended.
        case ended
        /// No such act, or no status of those.
        case unknown
    }
    /// Where the problem stands.
    enum Setting: Sendable, Hashable {
        /// In a list of problems or concerns.
        case problem
        /// In the past medical history: what is not known to have ended is not known to go on either.
        case history
        /// A diagnosis of an encounter: its act says how far the encounter is, not the disease.
        case diagnosis
    }

    var isNullified = false
    var isDenied = false
    var reported: Reported?
    var end: End = .absent
    var concern: Concern = .unknown
    var setting: Setting = .problem

    /// What comes of it.
    struct Verdict: Sendable, Hashable {
        /// The line of the table that applied, 1 to 10.
        var line: Int
        /// `clinicalStatus`; nil when it is unknown, or forbidden.
        var status: Reported?
        /// Whether `abatementDateTime` may be written.
        var hasAbatement = false
        /// Whether the end is stated as unknown.
        var isAbatementUnknown = false
        /// What is contradictory or missing, in words; nil when nothing is.
        var doubt: String?
    }

    /// The first line of the table that applies.
    var verdict: Verdict {
        if isNullified { return Verdict(line: 1) }
        if isDenied { return Verdict(line: 2) }
        if let reported { return verdict(3, reported, doubt: contradiction(of: reported)) }
        switch end {
        case .reached: return verdict(4, .resolved)
        case .ahead: return verdict(5, .active)
        case .null:
            if concern == .ended { return verdict(6, .inactive) }
            if concern == .active, setting != .diagnosis {
                return open(7, "an end without a value, the concern active")
            }
        case .absent:
            if concern == .active, setting != .diagnosis { return open(8, nil) }
            if concern == .ended, setting != .diagnosis { return verdict(9, .inactive) }
        }
        return Verdict(line: 10, doubt: setting == .problem ? "no evidence of the problem's status" : nil)
    }

    /// An active concern: the problem goes on, unless it stands in the past history.
    private func open(_ line: Int, _ doubt: String?) -> Verdict {
        if setting == .history { return Verdict(line: line, doubt: "a past problem under an active concern") }
        return verdict(line, .active, doubt: doubt)
    }

    private func verdict(_ line: Int, _ status: Reported, doubt: String? = nil) -> Verdict {
        // R4 con-4: what goes on has no abatement.
        Verdict(
            line: line, status: status, hasAbatement: !status.goesOn && end == .reached,
            isAbatementUnknown: !status.goesOn && end == .null(isUnknown: true), doubt: doubt)
    }

    private func contradiction(of reported: Reported) -> String? {
        guard reported.goesOn else { return nil }
        if end == .reached { return "Problem Status \(reported.rawValue), and an end in the past" }
        return concern == .ended && setting == .problem
            ? "Problem Status \(reported.rawValue), and a concern that is no longer active" : nil
    }
}
