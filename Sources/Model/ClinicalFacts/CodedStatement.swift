/// An allergy or intolerance, or a flag: a coded statement without more structure.
public struct CodedStatement: Sendable {
    /// The kinds told apart.
    public enum Kind: String, Sendable, Hashable {
        case allergy
        case flag
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Which kind it is.
    public var kind: Kind
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// Whether it still holds.
    public var isActive: Bool
    /// How sure the record is of it.
    public var certainty: Certainty
    /// When it was written down; nil when not recorded.
    public var recorded: PartialDate?

    /// Puts the parts together.
    public init(
        provenance: Provenance, kind: Kind, concepts: [Concept], isActive: Bool, certainty: Certainty,
        recorded: PartialDate? = nil
    ) {
        self.provenance = provenance
        self.kind = kind
        self.concepts = concepts
        self.isActive = isActive
        self.certainty = certainty
        self.recorded = recorded
    }
}
