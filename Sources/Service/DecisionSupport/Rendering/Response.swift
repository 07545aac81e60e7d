public import CDSHooks
import Guidelines
import JSONTree

extension CardBuilder {
    /// Name of the response extension that carries the decisions.
    public static let decisionsExtension = "org.spinehook.decisions"
    /// Name of the response extension that carries reading problems where no decision does.
    public static let issuesExtension = "org.spinehook.issues"

    /// What the service answers: the cards, and every decision, the silent ones too, in the order given.
    ///
    /// Silence stays distinguishable from failure: an empty `cards` comes with the decision that led to it.
    public func response(for reviews: [Review]) -> HookResponse {
        HookResponse(
            cards: cards(for: reviews),
            extensions: [.init(Self.decisionsExtension, .array(reviews.map { $0.decision.json }))])
    }
}
