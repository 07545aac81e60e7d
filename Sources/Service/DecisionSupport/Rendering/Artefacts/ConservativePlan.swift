import ClinicalModel
import Guidelines
import JSONTree

/// The conservative plan as a PlanDefinition: an action for each part, by the definition of its resource.
struct ConservativePlan {
    let source: ArtefactSource

    var artefact: GuidelineArtefact {
        let service = HookCatalog.ServiceID.carePlan
        let head = source.head(
            "PlanDefinition", CarePlanPart.planID, CarePlanPart.planTitle, service.description, isRecommendation: true)
        let keys = ["scope.minAgeYears", "course.imagingAfterDays", "safety.egfrValidDays", "safety.nsaidAge"]
        return PlanFrame(
            source: source, type: "order-set", topic: "treatment",
            thresholds: Thresholds.table.filter { keys.contains($0.key) }
        ).artefact(head, actions: [plan])
    }

    private var plan: JSONValue {
        .object([
            ("id", .string(CarePlanPart.planID)), ("title", .string(CarePlanPart.planTitle)),
            ("trigger", PlanPart.triggers(.carePlan)), ("condition", PlanPart.condition(Self.scopeWords, Self.scope)),
            ("groupingBehavior", "logical-group"), ("selectionBehavior", "any"),
            ("action", .array(CarePlanPart.allCases.map(action))),
        ])
    }

    private static let scopeWords =
        "An adult with a lumbosacral radiculopathy on record and no red flag met; suspected and unknown red flags do not "
        + "shut the plan out, they are named on it."

    private static let scope = RuleCondition.all(
        [.equals(.adult, .met), .equals(.radiculopathy, .met)] + CriterionID.redFlags.map { .differs($0, .met) }
    ).fhirPath

    private func action(_ part: CarePlanPart) -> JSONValue {
        .object([
            ("id", .string(part.id)), ("title", .string(part.title)),
            ("description", .string(part.text(source.guideline.thresholds))),
            ("documentation", PlanPart.documentation(part.statements)),
            ("condition", part == .nsaid ? .some(PlanPart.condition(Self.guards, "%nsaidWithheld.empty()")) : nil),
            ("relatedAction", part == .sixWeekRecheck ? .some(recheck) : nil),
            ("type", PlanFrame.hl7("action-type", "create")), ("definitionCanonical", .string(part.definition)),
        ])
    }

    private static let guards =
        "Only where the record could be read, nothing in it speaks against an NSAID, the age is known, kidney function or "
        + "the absence of pregnancy is on record, and no NSAID is taken already."

    /// The re-check follows when imaging may be considered, counted from the onset.
    private var recheck: JSONValue {
        [
            [
                "actionId": .string(CarePlanPart.planID), "relationship": "after-start",
                "offsetDuration": [
                    "value": .number(source.guideline.thresholds.imagingAfterDays), "unit": "days",
                    "system": .string(CodeSystem.ucum), "code": "d",
                ],
            ]
        ]
    }
}
