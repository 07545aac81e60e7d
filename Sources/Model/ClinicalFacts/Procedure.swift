/// A procedure, encounter of treatment, education or any other service that was, was not, or is to be done.
public struct Procedure: Sendable {
    /// Whether it was done.
    public enum State: String, Sendable, Hashable {
        case completed
        /// Explicitly not done: evidence of absence.
        case notDone
        /// In progress, on hold, stopped or unknown: neither done nor not done.
        case undecided
        case planned
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// Body sites, looked up.
    public var bodySites: [BodySite]
    /// Whether it was done.
    public var state: State
    /// Reasons why it was not done, looked up.
    public var statusReasons: [Concept]
    /// First day; nil when not recorded.
    public var start: PartialDate?
    /// Last day; equal to ``start`` for a single date.
    public var end: PartialDate?

    /// Puts the parts together.
    public init(
        provenance: Provenance, concepts: [Concept], bodySites: [BodySite] = [], state: State,
        statusReasons: [Concept] = [], start: PartialDate? = nil, end: PartialDate? = nil
    ) {
        self.provenance = provenance
        self.concepts = concepts
        self.bodySites = bodySites
        self.state = state
        self.statusReasons = statusReasons
        self.start = start
        self.end = end
    }
}
