/// The context of `order-select`. The draft orders themselves are in ``HookRequest/record``.
public struct OrderSelectContext: Sendable, Hashable {
    /// Who works; nil when the client left it out.
    public var userId: String?
    /// Whom the orders are for: a bare id.
    public var patientId: String
    /// The encounter; nil outside of one.
    public var encounterId: String?
    /// The drafts that were just selected, as sent.
    public var selections: [String]
}
