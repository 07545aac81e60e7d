import ClinicalModel
import Guidelines
import JSONTree

/// The patient view as a PlanDefinition: red flags without an imaging order that answers them (guideline section 3.6).
struct RedFlagsPlan {
    let source: ArtefactSource

    var artefact: GuidelineArtefact {
        let service = HookCatalog.ServiceID.redFlags
        let head = source.head(
            "PlanDefinition", service.rawValue, service.title, service.description, isRecommendation: true)
        return PlanFrame(source: source, type: "eca-rule", topic: "assessment", thresholds: PlanFrame.ofImaging)
            .artefact(head, actions: [rules])
    }

    private var rules: JSONValue {
        let last = RuleWords.inReadingOrder.lastIndex { !cards(of: $0).isEmpty } ?? -1
        return .object([
            ("id", "red-flags"), ("title", "Is a red flag on record that no imaging order answers?"),
            ("description", "Read from the top; the first that holds decides. Everything else gets no card."),
            ("trigger", PlanPart.triggers(.redFlags)),
            ("input", ResourceProfiles.input(without: "rest-or-procedure-order")),
            ("groupingBehavior", "logical-group"),
            ("selectionBehavior", "at-most-one"),
            (
                "action",
                .array(
                    RuleWords.inReadingOrder.prefix(last + 1).map { rule in
                        RuleAction(source: source, rule: rule, state: state(of: rule)).action(cards(of: rule))
                    })
            ),
        ])
    }

    private func state(of rule: RuleWords.Formal) -> GuidelineState {
        rule.condition.fulfilled(by: .ofAdultWithRadiculopathy)
    }

    /// The cards of a rule with and without a presenting feature, one where the feature changes nothing.
    private func cards(of rule: RuleWords.Formal) -> [JSONValue] {
        let plain = state(of: rule)
        var presenting = plain
        for family in CriterionID.presentingFamilies where plain[family] == .met { presenting.setPresenting(family) }
        let outcomes = [plain, presenting].map(source.guideline.decide)
        if outcomes[0].card == outcomes[1].card, outcomes[0].indicator == outcomes[1].indicator {
            return [card(of: rule, plain, nil)].compactMap { $0 }
        }
        return [card(of: rule, presenting, true), card(of: rule, plain, false)].compactMap { $0 }
    }

    private func card(of rule: RuleWords.Formal, _ state: GuidelineState, _ isPresenting: Bool?) -> JSONValue? {
        let outcome = source.guideline.decide(state)
        guard let card = outcome.card, let indicator = outcome.indicator else { return nil }
        var words = ["no adequate imaging on its way"]
        var conditions = [RuleCondition.differs(.activeAdequate, .met).fhirPath]
        var without = state
        without[.radiculopathy] = .unknown
        if source.guideline.decide(without).card == nil {
            words.append("a radiculopathy on record")
            conditions.append(RuleCondition.equals(.radiculopathy, .met).fhirPath)
        }
        if let isPresenting {
            words.append(isPresenting ? "a presenting feature on record" : "risk factors only")
            conditions.append("%presentingFlags.\(isPresenting ? "exists" : "empty")()")
        }
        return CardAction(source: source, card: card, indicator: indicator, rule: rule.words.shownID).action(
            when: words.joined(separator: ", "), conditions.joined(separator: " and "), offering: [state])
    }
}
