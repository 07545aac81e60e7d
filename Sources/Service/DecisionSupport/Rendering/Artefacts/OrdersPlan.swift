import ClinicalModel
import Guidelines
import JSONTree

/// The rules for orders of drugs, of rest and of procedures as a PlanDefinition: a group for each kind of order, an action
/// for each rule, and in it its card.
struct OrdersPlan {
    let source: ArtefactSource

    var artefact: GuidelineArtefact {
        let service = HookCatalog.ServiceID.orders
        let head = source.head(
            "PlanDefinition", service.rawValue, service.title, service.description, isRecommendation: true)
        return PlanFrame(source: source, type: "eca-rule", topic: "assessment", thresholds: PlanFrame.ofOrders)
            .artefact(head, actions: groups.map(action))
    }

    /// Rules that are read one after the other, and the kinds of orders that they are read for.
    private struct Group {
        var rules: [TherapyWords]
        var classes: [OrderClass]
    }

    /// The rules by kind of order; a rule that is read for some of the kinds stands with those that are read for all.
    private var groups: [Group] {
        var groups: [Group] = []
        for words in TherapyWords.all {
            let classes = words.rule.orderClasses
            if let place = groups.firstIndex(where: { !Set($0.classes).isDisjoint(with: classes) }) {
                groups[place].rules.append(words)
                groups[place].classes += classes.filter { !groups[place].classes.contains($0) }
            } else {
                groups.append(Group(rules: [words], classes: classes))
            }
        }
        return groups
    }

    private func action(_ group: Group) -> JSONValue {
        let names = group.classes.map(\.name)
        return .object([
            ("id", .string(group.classes.map(\.rawValue).joined(separator: "."))),
            ("title", .string("Order: \(names.joined(separator: ", "))")),
            ("description", "Read from the top; the first rule that holds decides."),
            ("trigger", PlanPart.triggers(.orders)),
            ("input", ResourceProfiles.input(without: "lumbar-imaging-order")),
            (
                "condition",
                PlanPart.condition(
                    "The order is one of: \(names.joined(separator: ", ")).", Self.fhirPath(of: group.classes))
            ), ("groupingBehavior", "logical-group"), ("selectionBehavior", "exactly-one"),
            ("action", .array(group.rules.map { action($0, in: group) })),
        ])
    }

    private func action(_ words: TherapyWords, in group: Group) -> JSONValue {
        let rule = words.rule
        let isForAll = rule.orderClasses.count == group.classes.count
        let condition = words.condition.fhirPath
        let path = isForAll ? condition : "\(Self.fhirPath(of: rule.orderClasses)) and (\(condition))"
        return .object([
            ("id", .string(PlanPart.id(rule.rawValue))), ("prefix", .string(rule.rawValue)),
            ("title", .string(rule.cardID?.title ?? "No card")), ("description", .string(words.words)),
            ("code", [PlanPart.concept("rules", rule.rawValue, words.words)]),
            ("documentation", PlanPart.documentation(rule.statements)),
            ("condition", PlanPart.condition(words.words, path)), ("action", card(of: words).map { [$0] }),
        ])
    }

    /// The card of a rule, with the offers for the first kind of order that it is read for.
    private func card(of words: TherapyWords) -> JSONValue? {
        guard let card = words.rule.cardID, let indicator = words.rule.indicator,
            let orderClass = words.rule.orderClasses.first
        else { return nil }
        let state = words.condition.fulfilled(by: .ofAdultWithRadiculopathy)
        return CardAction(source: source, card: card, indicator: indicator, rule: words.rule.rawValue).action(
            when: "whenever the rule decides", "true", offering: [state], to: orderClass)
    }

    private static func fhirPath(of classes: [OrderClass]) -> String {
        let words = classes.map { "'\($0.rawValue)'" }
        return words.count == 1 ? "%class = \(words[0])" : "%class in (\(words.joined(separator: " | ")))"
    }
}
