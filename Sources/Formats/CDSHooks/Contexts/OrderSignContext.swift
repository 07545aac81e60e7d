/// The context of `order-sign`. The draft orders themselves are in ``HookRequest/record``.
public struct OrderSignContext: Sendable, Hashable {
    /// Who works; nil when the client left it out.
    public var userId: String?
    /// Whom the orders are for: a bare id.
    public var patientId: String
    /// The encounter; nil outside of one.
    public var encounterId: String?
}
