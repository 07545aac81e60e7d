/// An observation, measurement or answer. Components are observations of their own with the same provenance.
public struct Observation: Sendable {
    /// What an observation answered.
    public enum Value: Sendable {
        case boolean(Bool)
        case quantity(Quantity)
        case concepts([Concept])
        /// Free text: never sets a criterion. Strength grades such as `4+/5` are read from it.
        case text(String)
        case period(start: PartialDate?, end: PartialDate?)
        /// A date as the answer, for example the expected day of delivery.
        case date(PartialDate)
        /// A dataAbsentReason, or neither value nor reason: no answer.
        case absent
        /// A value of another type that no criterion reads.
        case other
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// The value.
    public var value: Value
    /// When it was true; nil when not recorded.
    public var effective: PartialDate?
    /// Body sites, looked up.
    public var bodySites: [BodySite]

    /// Puts the parts together.
    public init(
        provenance: Provenance, concepts: [Concept], value: Value, effective: PartialDate?, bodySites: [BodySite] = []
    ) {
        self.provenance = provenance
        self.concepts = concepts
        self.value = value
        self.effective = effective
        self.bodySites = bodySites
    }
}
