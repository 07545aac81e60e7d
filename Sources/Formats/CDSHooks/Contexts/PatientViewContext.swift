/// The context of `patient-view`.
public struct PatientViewContext: Sendable, Hashable {
    /// Who works; nil when the client left it out.
    public var userId: String?
    /// Whose record was opened: a bare id.
    public var patientId: String
    /// The encounter; nil outside of one.
    public var encounterId: String?
}
