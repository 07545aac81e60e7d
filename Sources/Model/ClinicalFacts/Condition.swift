/// How sure the record is of a finding. Entered-in-error statements are never facts, so they have no case.
public enum Certainty: String, Sendable, Hashable {
    case confirmed
    /// Provisional, differential, unconfirmed: counts as met for red flags.
    case suspected
    /// The record does not say.
    case notStated
    /// Ruled out: evidence of absence, dated by ``Condition/recorded``.
    case refuted
}

/// Whether a condition goes on.
public enum ClinicalStatus: String, Sendable, Hashable {
    case active
    case recurrence
    case relapse
    case inactive
    case remission
    case resolved
    /// The record does not say: neither active nor ended.
    case notStated

    /// Whether the record says that it is over. `notStated` is not over.
    public var hasEnded: Bool { self == .inactive || self == .remission || self == .resolved }
}

/// A problem, diagnosis or finding of the patient.
public struct Condition: Sendable {
    /// Where it was read.
    public var provenance: Provenance
    /// Every coding that could be read, looked up; empty when the condition is text only.
    public var concepts: [Concept]
    /// Body sites, looked up.
    public var bodySites: [BodySite]
    /// Where it stands.
    public var status: ClinicalStatus
    /// How sure the record is of it.
    public var certainty: Certainty
    /// When it began; nil when not recorded or not readable as a date.
    public var onset: PartialDate?
    /// When it ended; nil when it goes on or no date is known (see ``status``).
    public var abatement: PartialDate?
    /// When it was written down; an upper bound of the onset, never the onset.
    public var recorded: PartialDate?

    /// Puts the parts together.
    public init(
        provenance: Provenance, concepts: [Concept], bodySites: [BodySite] = [], status: ClinicalStatus,
        certainty: Certainty, onset: PartialDate? = nil, abatement: PartialDate? = nil, recorded: PartialDate? = nil
    ) {
        self.provenance = provenance
        self.concepts = concepts
        self.bodySites = bodySites
        self.status = status
        self.certainty = certainty
        self.onset = onset
        self.abatement = abatement
        self.recorded = recorded
    }
}
