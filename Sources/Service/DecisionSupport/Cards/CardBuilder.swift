public import CDSHooks
public import Guidelines

/// Turns decisions into CDS Hooks cards.
public struct CardBuilder: Sendable {
    /// A decision and the order it is about.
    public struct Review: Sendable {
        /// What the guideline decided.
        public var decision: Decision
        /// The order as received; nil in a patient view, and where the order is not a JSON resource.
        public let draft: DraftOrder?

        /// Puts a review together.
        public init(_ decision: Decision, draft: DraftOrder? = nil) {
            self.decision = decision
            self.draft = draft
        }
    }

    private let configuration: CardConfiguration

    /// A builder for a site.
    public init(_ configuration: CardConfiguration = CardConfiguration()) {
        self.configuration = configuration
    }

    /// The cards of one response: at most one a decision, `critical` first, then `warning`, `info`, within a level in the
    /// order of the rules; decisions that are silent give none.
    public func cards(for reviews: [Review]) -> [Card] {
        var used: Set<String> = []
        return CardOrder.sorted(reviews).compactMap { review in
            let identity = CardIdentity(review.decision)
            var occurrence = 0
            while used.contains(identity.uuid(occurrence: occurrence)) { occurrence += 1 }
            used.insert(identity.uuid(occurrence: occurrence))
            return card(for: review, occurrence: occurrence)
        }
    }

    /// The card of one decision; nil when it is silent.
    public func card(for review: Review) -> Card? { card(for: review, occurrence: 0) }

    private func card(for review: Review, occurrence: Int) -> Card? {
        let decision = review.decision
        guard let id = decision.outcome.card else { return nil }
        let identity = CardIdentity(decision)
        let suggestions = SuggestionTable(
            decision: decision, draft: review.draft, codeSystems: configuration.codeSystems
        ).offers(of: id).map { offer in
            Suggestion(
                label: offer.label, uuid: identity.uuid(of: offer.label, occurrence: occurrence),
                isRecommended: offer.isRecommended, actions: offer.actions)
        }
        return Card(
            uuid: identity.uuid(occurrence: occurrence),
            summary: CardSummary(decision: decision, thresholds: configuration.thresholds).text(of: id),
            detail: CardDetail(decision: decision, thresholds: configuration.thresholds).text(of: id),
            indicator: Card.Indicator(decision.outcome.indicator ?? .info), source: source(of: id),
            suggestions: suggestions, selectionBehavior: SuggestionTable.behavior(of: id),
            overrideReasons: id.overrideReasons.map(\.coding), links: links(for: decision))
    }

    private func source(of card: CardID) -> Source {
        Source(
            label: LumbosacralRadiculopathy.title, url: configuration.publicURL.map { "\($0)/guideline" },
            topic: Coding(system: CardID.system, code: card.rawValue, display: card.title))
    }

    private func links(for decision: Decision) -> [Link] {
        guard let base = configuration.publicURL else { return [] }
        let place = decision.statements.first.map { "#\($0)" } ?? ""
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
        case .k02: "Severe or progressive weakness"
        case .k03: "Possible spinal infection or malignancy"
        case .k04: "Possible vertebral fracture"
        case .k05: "Early imaging"
        case .k06: "No conservative treatment"
        case .k07: "Conservative treatment incomplete on record"
        case .k08: "Improving with treatment"
        case .k09: "Response to treatment not recorded"
        case .k10: "Not a candidate for a procedure"
        case .k11: "Candidate for a procedure not known"
        case .k12: "Onset not known"
        case .k13: "No indication on the order"
        case .k14: "Date of birth not known"
        case .k15: "Test without a role"
        case .k16: "Another test preferred"
        case .k17: "Repeated MRI"
        case .k18: "Earlier MRI before a procedure"
        case .k19: "MR safety"
        case .k20: "Duplicate order"
        case .k21: "Older age"
        case .k22: "Pregnancy"
        case .k23: "Red flag without an imaging order"
        case .k32: "Possible red flag to clarify"
        case .k33: "Record not read completely"
        }
    }
}
