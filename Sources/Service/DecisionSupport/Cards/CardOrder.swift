import Guidelines

/// The order of the cards of one response (guideline section 3.5): critical, warning, info, then by rule.
enum CardOrder {
    /// Reviews in the order of their cards; reviews that compare equal stay in the order given.
    static func sorted(_ reviews: [CardBuilder.Review]) -> [CardBuilder.Review] {
        reviews.enumerated().sorted { left, right in
            key(left.element.decision, left.offset).lexicographicallyPrecedes(key(right.element.decision, right.offset))
        }.map(\.element)
    }

    private static func key(_ decision: Decision, _ position: Int) -> [Int] {
        let level =
            switch decision.outcome.indicator {
            case .critical: 0
            case .warning: 1
            case .info: 2
            case nil: 3
            }
        return [level, ruleNumber(of: decision.outcome.rule), position]
    }

    /// `10` for `A10-EARLY`; drug rules and unknown ones come last.
    private static func ruleNumber(of rule: String?) -> Int {
        guard let rule, rule.hasPrefix("A"), let number = Int(rule.dropFirst().prefix { $0.isNumber }) else {
            return .max
        }
        return number
    }
}
