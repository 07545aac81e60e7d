public import CDSHooks
import ClinicalModel
public import Guidelines
import KnowledgeBase

/// Turns decisions into CDS Hooks cards.
public struct CardBuilder: Sendable {
    /// A decision and the order it is about.
    public struct Review: Sendable {
        /// What the guideline decided.
        public var decision: Decision
        /// The order as received; nil in a patient view, and where the order is not a JSON resource.
        public let draft: DraftOrder?
        /// The URL that the order came under in its Bundle; nil when it came without.
        public let fullUrl: String?
        /// Names the order by what it asks for, and the facts of the record; the name of the card changes with them. Empty where
        /// only the criteria are known.
        public var facts: [String] = []

        /// Puts a review together.
        public init(_ decision: Decision, draft: DraftOrder? = nil, fullUrl: String? = nil) {
            self.decision = decision
            self.draft = draft
            self.fullUrl = fullUrl
        }
    }

    let configuration: CardConfiguration

    /// A builder for a site.
    public init(_ configuration: CardConfiguration = CardConfiguration()) {
        self.configuration = configuration
    }

    /// The cards of one response: at most one a decision, `critical` first, then `warning`, `info`, within a level in the
    /// order of the rules; decisions that are silent, and those whose card the site suppresses, give none.
    public func cards(for reviews: [Review]) -> [Card] {
        var occurrences: [String: Int] = [:]
        return CardOrder.sorted(reviews).compactMap { review in
            guard let id = review.decision.outcome.card, !review.decision.cardIsSuppressed else { return nil }
            let identity = CardIdentity(review)
            let occurrence = occurrences[identity.base, default: 0]
            occurrences[identity.base] = occurrence + 1
            return card(id, for: review, identity, occurrence: occurrence)
        }
    }

    /// The card of one decision; nil when it is silent.
    public func card(for review: Review) -> Card? { cards(for: [review]).first }

    private func card(_ id: CardID, for review: Review, _ identity: CardIdentity, occurrence: Int) -> Card {
        let decision = review.decision
        let wording = configuration.wording[id] ?? CardWording()
        let offers = SuggestionTable(
            decision: decision, draft: review.draft, codes: RequestCodes(terminology: configuration.terminology),
            thresholds: configuration.thresholds
        ).offers(of: id)
        let suggestions = offers.map { offer in
            Suggestion(
                label: offer.label, uuid: identity.uuid(of: offer.label, occurrence: occurrence),
                isRecommended: offer.isRecommended, actions: offer.actions)
        }
        return Card(
            uuid: identity.uuid(occurrence: occurrence),
            summary: CardSummary(decision: decision, thresholds: configuration.thresholds, wording: wording)
                .text(of: id),
            detail: CardDetail(decision: decision, thresholds: configuration.thresholds).text(of: id),
            indicator: Card.Indicator(decision.outcome.indicator ?? .info),
            source: source(of: id.rawValue, title: id.title),
            suggestions: suggestions, selectionBehavior: SuggestionTable.behavior(of: id, offers),
            overrideReasons: id.overrideReasons.map(\.coding),
            links: links(to: decision.statements) + questionLinks(for: decision)
                + wording.links.map { Link(label: $0.label, url: $0.url) })
    }

    /// The questionnaire, where an answer to it would settle what is open.
    private func questionLinks(for decision: Decision) -> [Link] {
        guard let base = configuration.publicURL,
            decision.criteria.contains(where: { $0.missing.contains { !$0.questions.isEmpty } })
        else { return [] }
        return [
            Link(
                label: "Questions on red flags and course (FHIR Questionnaire)",
                url: "\(base)/fhir/Questionnaire/\(CodeSystem.questionnaireID)")
        ]
    }

    /// The source of a card, its topic a code of the code system of cards.
    func source(of code: String, title: String) -> Source {
        Source(
            label: LumbosacralRadiculopathy.title, url: configuration.publicURL.map { "\($0)/guideline" },
            topic: Coding(system: CardID.system, code: code, display: title))
    }

    func links(to statements: [String]) -> [Link] {
        guard let base = configuration.publicURL else { return [] }
        let place = statements.first.map { "#\($0)" } ?? ""
        return [Link(label: "Guideline: statements, rules, limits", url: "\(base)/guideline\(place)")]
    }
}

extension Card.Indicator {
    init(_ indicator: Indicator) {
        switch indicator {
        case .info: self = .info
        case .warning: self = .warning
        case .critical: self = .critical
        }
    }
}

extension OverrideReason {
    /// The reason as it stands on a card.
    public var coding: Coding { Coding(system: Self.system, code: rawValue, display: display) }
}

extension CardID {
    /// Canonical URL of the code system of cards.
    public static let system = "https://spinehook.example/fhir/CodeSystem/cards"

    /// What the card is about, for people.
    public var title: String {
        switch self {
        case .k01: "Cauda equina red flag"
        case .k02: "Severe or progressive leg weakness"
        case .k03: "Possible spinal infection or malignancy"
        case .k04: "Possible vertebral fracture"
        case .k05: "Imaging before six weeks"
        case .k06: "No conservative treatment"
        case .k07: "Conservative treatment incomplete"
        case .k08: "Pain improving with treatment"
        case .k09: "Response to treatment not recorded"
        case .k10: "Surgery and injection ruled out"
        case .k11: "Candidate for surgery or injection not known"
        case .k12: "Onset not documented precisely"
        case .k13: "No indication on the order"
        case .k14: "Date of birth missing"
        case .k15: "Test without a role in the initial evaluation"
        case .k16: "Another test answers the question better"
        case .k17: "Repeat of an earlier lumbar MRI"
        case .k18: "Earlier lumbar MRI before a planned procedure"
        case .k19: "MR safety of a device not confirmed"
        case .k20: "Duplicate of an active order"
        case .k21: "Older adult without a red flag"
        case .k22: "Pregnancy recorded"
        case .k23: "Red flag without an imaging order"
        case .k24: "Bed rest not advised"
        case .k25: "Neuropathic agent for radiculopathy"
        case .k26: "Opioid with a sedative"
        case .k27: "Opioid beyond a short course"
        case .k28: "Opioid without severe pain on record"
        case .k29: "NSAID with a contraindication"
        case .k30: "Injection or surgery before six weeks"
        case .k31: "Muscle relaxant in an older adult"
        case .k32: "Possible red flag to clarify"
        case .k33: "Part of the record could not be read"
        case .k34: "Red flag before an injection"
        }
    }
}
