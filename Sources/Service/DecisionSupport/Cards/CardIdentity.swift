import ClinicalModel
import Digests
import Guidelines

/// What makes a card the same card: the order, the rule, the facts and the configuration.
///
/// The day of the evaluation is no part of it, so that an unchanged advice keeps its name from one day to the next.
struct CardIdentity {
    /// The identity in short, so that each name made from it costs one small digest.
    let base: String

    /// - Parameter facts: What the card rests on beside the criteria.
    init(_ decision: Decision, facts: [String] = []) {
        let order = decision.order
        var parts = [
            decision.subject ?? "", order?.reference ?? order?.at ?? "", order?.modality?.rawValue ?? "",
            order?.orderClass?.rawValue ?? "", order?.priority.rawValue ?? "", decision.slot.rawValue,
            decision.outcome.rule ?? "",
            decision.outcome.card?.rawValue ?? "", decision.guidelineVersion, decision.configuration,
        ]
        for criterion in decision.criteria {
            parts += [criterion.id.rawValue, criterion.result.rawValue]
            for item in criterion.evidence {
                parts += [item.resource ?? "", item.code?.code ?? "", item.value ?? "", item.date ?? ""]
            }
        }
        parts += facts
        base = NameBasedUUID.text(of: parts)
    }

    /// The UUID of the card, or of a part of it by its label.
    ///
    /// - Parameter occurrence: Counts cards of one response that would otherwise share the identity; 0 for the first.
    func uuid(of label: String = "", occurrence: Int = 0) -> String {
        NameBasedUUID.text(of: [base, label, String(occurrence)])
    }
}
