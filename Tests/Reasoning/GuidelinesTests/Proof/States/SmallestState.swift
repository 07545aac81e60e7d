import ClinicalModel
import Guidelines

extension StateWalk {
    /// The invariants that one state violates, with I2 and I11.
    func violations(_ code: UInt64, _ card: CardState) -> InvariantSet {
        let outcome = decide(state(code, card))
        var violated = decided(code, card, outcome, plain: decide(state(code, CardState()))).violations
        if decide(state(code, card)) != outcome { violated.insert(InvariantSet(.i11)) }
        for flagged in StateSpace.familiesMet(from: code)
        where decide(state(flagged, card)).rating.rank < outcome.rating.rank {
            violated.insert(InvariantSet(.i2))
        }
        return violated
    }

    func decided(_ code: UInt64, _ card: CardState, _ outcome: Outcome, plain: Outcome?) -> DecidedState {
        let facts = StateFacts(code)
        return DecidedState(
            code: code, facts: facts, card: card, outcome: outcome, plain: plain,
            printed: table.reading(of: code).map { PrintedAnswer(table.expectations[$0], card, facts) })
    }

    func state(_ code: UInt64, _ card: CardState) -> GuidelineState {
        var state = GuidelineState()
        StateSpace.fill(&state, code)
        card.fill(&state)
        return state
    }

    /// Puts one criterion after the other back to its default as long as the invariant stays violated.
    func smallest(_ invariant: Invariant, _ found: WalkReport.Found) -> WalkReport.Found {
        var (code, card) = (found.code, found.card)
        func isViolated(_ code: UInt64, _ card: CardState) -> Bool {
            violations(code, card).contains(InvariantSet(invariant))
        }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for simpler in card.simplified where isViolated(code, simpler) {
                card = simpler
                hasChanged = true
                break
            }
            for dimension in StateSpace.dimensions where dimension.value(in: code) != 0 {
                let simpler = StateSpace.code(code, setting: dimension, to: 0)
                guard isViolated(simpler, card) else { continue }
                code = simpler
                hasChanged = true
            }
        }
        return WalkReport.Found(code: code, card: card)
    }

    /// What is violated, by the smallest state found and what the tables answer to it.
    func words(_ invariant: Invariant, _ found: WalkReport.Found, count: Int) -> String {
        let smallest = smallest(invariant, found)
        let deviating = StateSpace.words(smallest.code) + smallest.card.words
        let outcome = decide(state(smallest.code, smallest.card))
        let order = smallest.card.modality == nil ? "" : ", fit \(outcome.fit?.rawValue ?? "not judged")"
        return """
            \(invariant.statement) (\(count) states).
            Smallest state: \(deviating.isEmpty ? "nothing said at all" : deviating.joined(separator: "; ")).
            Answer: rule \(outcome.rule ?? "none"), \(outcome.rating.rawValue)\(order), \
            card \(outcome.card?.rawValue ?? "none") \(outcome.indicator?.rawValue ?? "")\
            \(outcome.provisional ? ", provisional" : "")\(outcome.removeSuggestionAllowed ? ", removal allowed" : "").
            """
    }
}
