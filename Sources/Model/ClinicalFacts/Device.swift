/// A device in or on the patient, in use.
public struct Device: Sendable {
    /// Where it was read.
    public var provenance: Provenance
    /// Type of the device, looked up; empty when text only.
    public var types: [Concept]
    /// Name for cards; nil when the record gives none.
    public var name: String?
    /// Safety statements (`Device.safety`), looked up.
    public var safety: [Concept]
    /// Whether the record shows it as an implant (UDI, implant procedure, device type of the knowledge).
    public var isImplant: Truth

    /// Puts the parts together.
    public init(
        provenance: Provenance, types: [Concept], name: String? = nil, safety: [Concept] = [],
        isImplant: Truth = .unknown
    ) {
        self.provenance = provenance
        self.types = types
        self.name = name
        self.safety = safety
        self.isImplant = isImplant
    }
}
