public import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree

extension CardBuilder {
    /// Name of the response extension that says whether there is a plan, of which parts, and if not, why.
    public static let carePlanExtension = "org.spinehook.carePlan"
    /// Topic of the card, a code of the code system of cards.
    public static let carePlanCard = "care-plan"
    /// What the card is about, for people.
    public static let carePlanTitle = "Conservative plan"

    /// What the service `radiculopathy-care-plan` answers on a patient: one card whose suggestions create the parts of the
    /// plan; out of its scope no card, and the reason as a code.
    ///
    /// The decision in the response is that of the patient view without its card, which is another service's to show.
    public func carePlanResponse(for review: Review) -> HookResponse {
        var decision = review.decision
        decision.outcome = decision.outcome.withoutCard
        let plan = CarePlan(for: review, configuration)
        return HookResponse(
            cards: plan.map { [card(of: $0)] } ?? [],
            extensions: [
                .init(Self.decisionsExtension, .array([decision.json])),
                .init(Self.carePlanExtension, plan?.json ?? Self.noPlan(for: review.decision)),
            ])
    }

    private static func noPlan(for decision: Decision) -> JSONValue {
        guard case .outOfScope(let reason) = CarePlanScope(decision) else { return .null }
        return ["card": nil, "reason": .string(reason.rawValue), "because": .string(reason.words)]
    }

    private func card(of plan: CarePlan) -> Card {
        let identity = CardIdentity(plan.decision, facts: plan.nsaidWithheld)
        let suggestions = plan.offers.map { part, offer in
            Suggestion(
                label: offer.label, uuid: identity.uuid(of: "\(Self.carePlanCard) \(part.id)"),
                isRecommended: offer.isRecommended, actions: offer.actions)
        }
        let reasons: [OverrideReason] = [
            .redFlagPresentNotCoded, .therapyCompletedElsewhere, .therapyNotTolerated, .guidelineNotApplicable,
        ]
        return Card(
            uuid: identity.uuid(of: Self.carePlanCard), summary: plan.summary,
            detail: CardDetail(decision: plan.decision, thresholds: configuration.thresholds).text(of: plan),
            indicator: .info, source: source(of: Self.carePlanCard, title: Self.carePlanTitle),
            suggestions: suggestions, selectionBehavior: .any, overrideReasons: reasons.map(\.coding),
            links: links(to: plan.statements))
    }
}

extension CarePlan {
    /// The sentence of the card, under 140 characters; a hint of a red flag comes before everything else.
    fileprivate var summary: String {
        let hints = decision.suspectedFamilies.flatMap { decision.findings(of: $0) }
        let unknown = decision.unknownFamilies.count
        let plan = "Conservative plan: rehabilitation, activity, education, re-check \(recheck.when)."
        let text =
            if !decision.suspectedFamilies.isEmpty {
                "Conservative plan, re-check \(recheck.when). First clarify a possible red flag: {hint}."
            } else if unknown > 0 {
                "\(plan) \(unknown) of 5 red-flag groups not recorded."
            } else {
                "\(plan) No red flag documented as present."
            }
        return SummaryTemplate(text).filled(["hint": SlotValue(findings: hints, otherwise: "see details")])
    }

    /// The plan for programs: its parts, what is withheld, the day of the re-check.
    fileprivate var json: JSONValue {
        .object([
            ("card", .string(CardBuilder.carePlanCard)), ("parts", .array(parts.map { .string($0.id) })),
            (
                "withheld",
                nsaidWithheld.isEmpty
                    ? nil
                    : [
                        [
                            "part": .string(CarePlanPart.nsaid.id),
                            "because": .array(nsaidWithheld.map(JSONValue.string)),
                        ]
                    ]
            ),
            ("recheck", .string(recheck.day.description)),
        ])
    }
}

extension CardDetail {
    /// The text behind the fold of the plan's card: what is not known first, then the parts and what is left out.
    fileprivate func text(of plan: CarePlan) -> String {
        let parts = plan.parts.map { part in
            "\(line(of: part)) (\(part.statements.joined(separator: ", ")))"
        }
        return [
            notDocumented, notRead, list("Plan", parts), "**Re-check:** \(Markdown.literal(plan.recheck.words))",
            list("To note", plan.remarks.map(Markdown.literal)), Self.returnAdviceText,
            list("On record", evidence), basis(["guideline statements: \(plan.statements.joined(separator: ", "))"]),
        ].compactMap { $0 }.joined(separator: "\n\n")
    }

    /// What the part says; of what the patient is told, the title alone.
    private func line(of part: CarePlanPart) -> String {
        part.kind == .communication ? part.title : "\(part.title). \(part.text(thresholds))"
    }
}

extension Outcome {
    /// The same outcome where no card is shown for it.
    fileprivate var withoutCard: Outcome {
        Outcome(
            rule: rule, rating: rating, contextClass: contextClass, fit: fit, provisional: provisional, card: nil,
            indicator: nil, removeSuggestionAllowed: removeSuggestionAllowed)
    }
}
