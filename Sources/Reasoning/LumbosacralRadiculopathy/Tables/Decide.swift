extension LumbosacralRadiculopathy {
    /// What the tables say to a state: rule, rating, fit, card. Total and deterministic (invariant I11).
    public func decide(_ state: GuidelineState) -> Outcome {
        let indication = Indication(state)
        let fit = state.order.flatMap { order in
            indication.isFitJudged ? FitTable.fit(order.modality, indication.contextClass, state) : nil
        }
        let choice =
            state.order.map { order in
                CardTable.card(for: indication, fit: fit, priority: order.priority, state: state)
            }
            ?? CardTable.patientView(
                for: indication, state: state, riskFactorOnly: thresholds.patientViewRiskFactorOnly)
        return Outcome(
            rule: indication.rule.id, rating: indication.rating, contextClass: indication.contextClass, fit: fit,
            provisional: indication.isProvisional(state), card: choice?.card, indicator: choice?.indicator,
            removeSuggestionAllowed: state.order != nil && indication.allowsRemoval(state))
    }

    /// Whether imaging is indicated in a state.
    public func rating(for state: GuidelineState) -> Rating { Indication(state).rating }

    /// The rule that a state falls under.
    public func rule(for state: GuidelineState) -> Rule { Indication(state).rule }
}

extension Indication {
    /// The fit is not judged where the order is out of scope or its indication is not established.
    var isFitJudged: Bool {
        switch rule {
        case .underAge, .otherIndication, .ageUnknown, .radiculopathyNotEstablished: false
        default: true
        }
    }

    /// No red flag met, at least one family unknown, and a rating that rests on it (invariant I3).
    func isProvisional(_ state: GuidelineState) -> Bool {
        guard rating == .usuallyNotAppropriate || rating == .mayBeAppropriate else { return false }
        let families = CriterionID.redFlags.map { state[$0] }
        return !families.contains(.met) && families.contains(.unknown)
    }

    /// Ruling R35: every family denied by recent answers, a complete record, no urgent context, and a rule that allows it.
    func allowsRemoval(_ state: GuidelineState) -> Bool {
        guard rating == .usuallyNotAppropriate, state.screenIsRecent else { return false }
        switch rule {
        case .course(.early), .course(.noTrial), .course(.improving), .repeated: break
        default: return false
        }
        return CriterionID.redFlags.allSatisfy { state[$0] == .notMet } && state[.urgentContext] != .met
            && state[.recordComplete] == .met
    }
}
