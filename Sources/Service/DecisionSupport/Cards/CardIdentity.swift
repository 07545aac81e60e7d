import ClinicalModel
import Digests
import Guidelines
import JSONTree

/// What makes a card the same card: the order, the rule, the facts and the configuration.
///
/// - The order is its reference with what it asks for; an order without a reference is what it says.
/// - The rule stands for the whole outcome: fit, card, urgency, whether the rating is provisional, whether the order may be
///   removed, and what is asked for. So a card that offers something else is another card, also when only time has passed.
/// - The facts are those of the record (``RecordFacts``) and the items that the criteria rest on.
/// - Not part of it are the day, and what is only counted from it: the week of the episode, the age, the days of care. A card
///   whose advice is unchanged keeps its name from one day to the next. Neither are ids and places of facts, the order in
///   which anything came, nor other drafts: an order is selected alone and signed with others.
struct CardIdentity {
    /// The identity in short, so that each name made from it costs one small digest.
    let base: String

    /// The identity of the card of a review.
    init(_ review: CardBuilder.Review) {
        var order: String?
        if review.decision.order?.reference == nil, let draft = review.draft {
            order = String(decoding: draft.json.encoded(), as: UTF8.self)
        }
        self.init(review.decision, order: order, facts: review.facts)
    }

    /// - Parameters:
    ///   - order: What names the order where it has no reference.
    ///   - facts: What the card rests on beside the criteria.
    init(_ decision: Decision, order: String? = nil, facts: [String] = []) {
        let reviewed = decision.order
        var parts = [
            decision.subject ?? "", reviewed?.reference ?? order ?? reviewed?.at ?? "",
            reviewed?.modality?.rawValue ?? "", reviewed?.orderClass?.rawValue ?? "",
            reviewed?.priority.rawValue ?? "", decision.slot.rawValue,
            decision.guidelineVersion, decision.configuration,
        ]
        parts += Self.outcome(of: decision)
        for criterion in decision.criteria {
            parts += [criterion.id.rawValue, criterion.result.rawValue]
            parts += Set(criterion.evidence.compactMap(Self.fact)).sorted()
            parts += Set(criterion.missing.map(Self.gap)).sorted()
        }
        parts += facts
        base = NameBasedUUID.text(of: parts)
    }

    private static func outcome(of decision: Decision) -> [String] {
        let outcome = decision.outcome
        return [
            outcome.rule ?? "", outcome.rating?.rawValue ?? "", outcome.fit?.rawValue ?? "",
            outcome.card?.rawValue ?? "",
            outcome.indicator?.rawValue ?? "", String(outcome.provisional), String(outcome.removeSuggestionAllowed),
            decision.presentingFlags.map(\.rawValue).joined(separator: " "), String(decision.cardFacts.orderHasReason),
            String(decision.cardFacts.reasonTextUnread),
        ]
    }

    /// A recorded item; nil for what is only counted (days of care). The age that is shown of a birth date is counted too.
    private static func fact(_ item: Evidence) -> String? {
        guard let resource = item.resource else { return nil }
        let value = resource.hasPrefix("Patient/") ? nil : item.value
        return [item.code?.code, value, item.date].map { $0 ?? "" }.joined(separator: "\u{1F}")
    }

    /// What is asked for; the words may count days.
    private static func gap(_ gap: DataGap) -> String {
        ([gap.reason.rawValue] + gap.questions.map { "\($0.code) \($0.answers.rawValue)" })
            .joined(separator: "\u{1F}")
    }

    /// The UUID of the card, or of a part of it by its label.
    ///
    /// - Parameter occurrence: Counts cards of one response that would otherwise share the identity; 0 for the first.
    func uuid(of label: String = "", occurrence: Int = 0) -> String {
        NameBasedUUID.text(of: [base, label, String(occurrence)])
    }
}
