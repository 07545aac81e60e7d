import ClinicalModel
import Guidelines
import JSONTree

/// The rules A1 to A14 as a PlanDefinition: an action for each rule, and in it one for each card that it leads to.
struct ImagingPlan {
    let source: ArtefactSource

    var artefact: GuidelineArtefact {
        let service = HookCatalog.ServiceID.lumbarImaging
        let head = source.head(
            "PlanDefinition", service.rawValue, service.title, service.description, isRecommendation: true)
        return PlanFrame(source: source, type: "eca-rule", topic: "assessment", thresholds: Thresholds.table)
            .artefact(head, actions: [rules])
    }

    private var rules: JSONValue {
        let table = KnowledgeTables(thresholds: source.guideline.thresholds, terminology: source.terminology).rules
        return .object([
            ("id", "rating"), ("title", "Is imaging indicated now?"), ("description", .string(table.introduction)),
            ("trigger", PlanPart.triggers(.lumbarImaging)), ("groupingBehavior", "logical-group"),
            ("selectionBehavior", "exactly-one"), ("action", .array(RuleWords.inReadingOrder.map(action))),
        ])
    }

    private func action(of rule: RuleWords.Formal) -> JSONValue {
        let words = rule.words
        let state = rule.condition.fulfilled(by: GuidelineState.ofAdultWithRadiculopathy)
        let cards = CardConditions(guideline: source.guideline, state: state).cards()
        return .object([
            ("id", .string(PlanPart.id(words.shownID))), ("prefix", .string(words.shownID)),
            ("title", .string(words.rating.capitalizedFirst)), ("description", .string(words.condition)),
            (
                "code",
                .array([
                    PlanPart.concept("rules", words.shownID, words.condition),
                    ["coding": [ImagingRating.coding(of: source.guideline.rating(for: state))]],
                ])
            ), ("documentation", PlanPart.documentation(words.rule.statements)),
            ("condition", PlanPart.condition(words.condition, rule.condition.fhirPath)),
            ("selectionBehavior", cards.isEmpty ? nil : "at-most-one"),
            ("action", cards.isEmpty ? nil : .array(cards.map { action(of: $0, under: words) })),
        ])
    }

    private func action(of found: CardConditions.Found, under rule: RuleWords) -> JSONValue {
        CardAction(found.card, found.indicator, under: rule.shownID)
            .action(when: found.words.isEmpty ? "Whatever test is ordered." : found.words, found.fhirPath)
    }
}

/// A card as an action of a plan: what it is about, with which statements.
struct CardAction {
    private let card: CardID
    private let indicator: Indicator
    private let rule: String

    init(_ card: CardID, _ indicator: Indicator, under rule: String) {
        self.card = card
        self.indicator = indicator
        self.rule = rule
    }

    func action(when words: String, _ fhirPath: String) -> JSONValue {
        let statements = Statement.all.filter { $0.cards.contains(card.rawValue) }.map(\.id)
        return .object([
            ("id", .string(PlanPart.id("\(rule)-\(card.rawValue)-\(indicator.rawValue)"))),
            ("prefix", .string(card.rawValue)), ("title", .string(card.title)),
            ("textEquivalent", .string("Card \(card.rawValue), \(indicator.rawValue): \(card.title).")),
            ("code", .array([PlanPart.concept("cards", card.rawValue, card.title)])),
            ("documentation", PlanPart.documentation(statements)),
            ("condition", PlanPart.condition(words.capitalizedFirst, fhirPath)),
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
