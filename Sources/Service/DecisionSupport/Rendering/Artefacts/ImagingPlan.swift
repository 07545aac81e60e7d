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
            .artefact(head, actions: [rules, asking])
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

    /// What is asked where a decision turns on what nobody recorded.
    private var asking: JSONValue {
        [
            "id": "asking", "title": "Record the red flags and the course",
            "description": .string(
                "Answers settle what is unknown: a provisional rating becomes a firm one. A completed response is read as "
                    + "answers of the day on which it was authored."),
            "type": PlanFrame.hl7("action-type", "create"),
            "definitionCanonical": .string(ArtefactHead.url("Questionnaire", CodeSystem.questionnaireID)),
        ]
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
