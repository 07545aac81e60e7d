import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree

/// A card as an action of a plan: what it is about, with which statements, and what it offers to do.
struct CardAction {
    let source: ArtefactSource
    let card: CardID
    let indicator: Indicator
    let rule: String

    /// - Parameters:
    ///   - examples: States in which the card is given; its offers are those of all of them.
    ///   - orderClass: The kind of order; nil for imaging.
    func action(
        when words: String, _ fhirPath: String, offering examples: [GuidelineState], to orderClass: OrderClass? = nil
    ) -> JSONValue {
        let statements = Statement.all.filter { $0.cards.contains(card.rawValue) }.map(\.id)
        let offers = offers(examples, orderClass)
        let isExclusive = SuggestionTable.behavior(of: card, offers.map(\.offer)) == .atMostOne
        let suggestions = suggestions(offers, examples)
        return .object([
            ("id", .string(id)), ("prefix", .string(card.rawValue)), ("title", .string(card.title)),
            ("textEquivalent", .string(text)),
            ("code", [PlanPart.concept("cards", card.rawValue, card.title)]),
            ("documentation", PlanPart.documentation(statements)),
            ("condition", PlanPart.condition(words.capitalizedFirst, fhirPath)),
            ("selectionBehavior", suggestions.isEmpty ? nil : isExclusive ? "at-most-one" : "any"),
            ("action", suggestions.isEmpty ? nil : .array(suggestions)),
        ])
    }

    private var text: String {
        let shown = source.guideline.suppressedCards.contains(card) ? " Not shown at this site." : ""
        return "Card \(card.rawValue), \(indicator.rawValue): \(card.title).\(shown)"
    }

    private var id: String { PlanPart.id("\(rule)-\(card.rawValue)-\(indicator.rawValue)") }

    /// An offer, and the states in which it is made.
    private struct Offered {
        let title: String
        let offer: SuggestionTable.Offer
        var states: [GuidelineState]
    }

    /// Each offer once, in the order of the service.
    private func offers(_ examples: [GuidelineState], _ orderClass: OrderClass?) -> [Offered] {
        var found: [Offered] = []
        for state in examples {
            let review = orderClass.map { SampleReview(source, $0, state) } ?? SampleReview(source, state)
            for offer in review.offers {
                let title = Self.title(of: offer, in: state)
                if let place = found.firstIndex(where: { $0.title == title }) {
                    found[place].states.append(state)
                } else {
                    found.append(Offered(title: title, offer: offer, states: [state]))
                }
            }
        }
        return found
    }

    private func suggestions(_ offers: [Offered], _ examples: [GuidelineState]) -> [JSONValue] {
        let activities = ActivityDefinitions(source)
        return offers.enumerated().map { place, offered in
            let head: [(String, JSONValue?)] = [
                ("id", .string("\(id)-\(place + 1)")), ("title", .string(offered.title)),
                ("condition", Self.condition(telling: offered.states, from: examples)),
            ]
            return .object(head + steps(of: offered.offer, activities))
        }
    }

    /// The label without the urgency of the order, which a new order takes over.
    private static func title(of offer: SuggestionTable.Offer, in state: GuidelineState) -> String {
        guard let priority = state.order?.priority else { return offer.label }
        return offer.label.replacing(", \(priority.words)", with: "")
    }

    /// Whether MRI must be possible, or must not, for an offer; nil where that makes no difference.
    private static func condition(telling states: [GuidelineState], from all: [GuidelineState]) -> JSONValue? {
        let results = Set(states.map { $0[.mriContraindicated] == .met })
        guard results.count == 1, Set(all.map { $0[.mriContraindicated] == .met }).count == 2 else { return nil }
        return results.contains(true)
            ? PlanPart.condition(
                "MRI is documented as contraindicated.", RuleCondition.equals(.mriContraindicated, .met).fhirPath)
            : PlanPart.condition(
                "MRI is not documented as contraindicated.",
                RuleCondition.differs(.mriContraindicated, .met).fhirPath)
    }

    private func steps(
        of offer: SuggestionTable.Offer, _ activities: ActivityDefinitions
    ) -> [(String, JSONValue?)] {
        let steps = offer.actions.map { step -> [(String, JSONValue?)] in
            let definition = step.change.isCreation ? step.resource.flatMap(activities.definition) : nil
            return [
                ("description", .string(step.description)),
                ("type", PlanFrame.hl7("action-type", step.change.word)),
                ("definitionCanonical", definition.map(JSONValue.string)),
            ]
        }
        if steps.count == 1 { return steps[0] }
        return [
            ("groupingBehavior", "logical-group"), ("selectionBehavior", "all"),
            ("action", .array(steps.map { .object($0) })),
        ]
    }
}

extension Action.Change {
    /// Code of HL7's types of actions.
    fileprivate var word: String {
        switch self {
        case .create: "create"
        case .update: "update"
        case .delete: "remove"
        }
    }

    fileprivate var isCreation: Bool { if case .create = self { true } else { false } }
}
