public import CDSHooks
import Guidelines
import JSONTree

extension CardBuilder {
    /// Name of the response extension that carries the decisions.
    public static let decisionsExtension = "org.spinehook.decisions"
    /// Name of the response extension that carries reading problems where no decision does.
    public static let issuesExtension = "org.spinehook.issues"
    /// Name of the response extension that counts the drafts without a decision, by why.
    public static let passedOverExtension = "org.spinehook.passedOver"

    /// What the service answers: the cards, and every decision, the silent ones too, in the order given.
    ///
    /// Silence stays distinguishable from failure: an empty `cards` comes with the decision that led to it, and with what
    /// got none.
    ///
    /// - Parameter passedOver: Drafts without a decision, by why, in words.
    public func response(for reviews: [Review], passedOver: [String: Int] = [:]) -> HookResponse {
        var response = HookResponse(
            cards: cards(for: reviews),
            extensions: [.init(Self.decisionsExtension, .array(reviews.map { $0.decision.json }))])
        if !passedOver.isEmpty {
            let counts = passedOver.sorted { $0.key < $1.key }
            response.extensions.append(
                .init(
                    Self.passedOverExtension,
                    .array(counts.map { ["reason": .string($0.key), "count": .number($0.value)] })))
        }
        return response
    }
}
