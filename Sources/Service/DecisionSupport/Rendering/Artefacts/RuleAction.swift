import ClinicalModel
import Guidelines
import JSONTree

/// A rule as an action of a plan, the cards that it leads to in it.
struct RuleAction {
    let source: ArtefactSource
    let rule: RuleWords.Formal
    /// A state that falls under it.
    let state: GuidelineState

    func action(_ cards: [JSONValue]) -> JSONValue {
        let words = rule.words
        return .object([
            ("id", .string(PlanPart.id(words.shownID))), ("prefix", .string(words.shownID)),
            ("title", .string(words.rating.capitalizedFirst)), ("description", .string(words.condition)),
            (
                "code",
                [
                    PlanPart.concept("rules", words.shownID, words.condition),
                    ["coding": [ImagingRating.coding(of: source.guideline.rating(for: state))]],
                ]
            ), ("documentation", PlanPart.documentation(words.rule.statements)),
            ("condition", PlanPart.condition(words.condition, rule.condition.fhirPath)),
            ("selectionBehavior", cards.isEmpty ? nil : "at-most-one"),
            ("action", cards.isEmpty ? nil : .array(cards)),
        ])
    }
}

extension GuidelineState {
    /// An adult with radiculopathy of whom nothing else was said.
    static var ofAdultWithRadiculopathy: GuidelineState {
        var state = GuidelineState()
        state[.adult] = .met
        state[.radiculopathy] = .met
        return state
    }
}
