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
        return PlanFrame(source: source, type: "eca-rule", topic: "assessment", thresholds: PlanFrame.ofImaging)
            .artefact(head, actions: [rules])
    }

    private var rules: JSONValue {
        .object([
            ("id", "rating"), ("title", "Is imaging indicated now?"),
            ("description", .string(KnowledgeTables.rulesIntroduction)),
            ("trigger", PlanPart.triggers(.lumbarImaging)),
            ("input", ResourceProfiles.input(without: "rest-or-procedure-order")),
            ("groupingBehavior", "logical-group"),
            ("selectionBehavior", "exactly-one"), ("action", .array(RuleWords.inReadingOrder.map(action))),
        ])
    }

    private func action(of rule: RuleWords.Formal) -> JSONValue {
        let state = rule.condition.fulfilled(by: GuidelineState.ofAdultWithRadiculopathy)
        let cards = CardConditions(guideline: source.guideline, state: state).cards()
        return RuleAction(source: source, rule: rule, state: state).action(
            cards.map { found in
                CardAction(source: source, card: found.card, indicator: found.indicator, rule: rule.words.shownID)
                    .action(
                        when: found.words.isEmpty ? "whatever test is ordered" : found.words, found.fhirPath,
                        offering: found.examples)
            })
    }
}
