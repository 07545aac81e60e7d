import Guidelines

/// The order of the cards of one response (guideline section 3.5): critical, warning, info, then by rule; with a red flag
/// met those of imaging first, however quiet they are (invariant I16).
enum CardOrder {
    /// Reviews in the order of their cards; reviews that compare equal stay in the order given.
    static func sorted(_ reviews: [CardBuilder.Review]) -> [CardBuilder.Review] {
        let imagingIsFirst = reviews.contains { review in
            review.decision.slot == .imaging
                && CriterionID.redFlags.contains { review.decision.criterion($0).result == .met }
        }
        return reviews.enumerated().map { position, review in
            let waits = imagingIsFirst && review.decision.slot != .imaging
            return (review, key(review.decision, waits: waits, position))
        }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    private static func key(_ decision: Decision, waits: Bool, _ position: Int) -> [Int] {
        let level =
            switch decision.outcome.indicator {
            case .critical: 0
            case .warning: 1
            case .info: 2
            case nil: 3
            }
        return [waits ? 1 : 0, level, ruleNumber(of: decision.outcome.rule), position]
    }

    /// `10` for `A10-EARLY`; drug rules and unknown ones come last.
    private static func ruleNumber(of rule: String?) -> Int {
        guard let rule, rule.hasPrefix("A"), let number = Int(rule.dropFirst().prefix { $0.isNumber }) else {
            return .max
        }
        return number
    }
}
