import ClinicalModel
public import Guidelines

/// Whether a site's sentence may stand on a card: the slots of the shipped one, room for the longest values, the tone of
/// guideline section 4.3.
public enum WordingRules {
    /// What is wrong with a sentence, in words; nil when it may stand on the card.
    ///
    /// - Parameter provisional: Whether it is the sentence of a provisional rating.
    public static func problem(in text: String, of card: CardID, provisional: Bool = false) -> String? {
        guard let shipped = ShippedSummary.template(of: card, provisional: provisional) else {
            return "\(card.rawValue) has no sentence of its own for a provisional rating"
        }
        guard !text.isEmpty, PlainText.line(text) == text, text.last != " " else {
            return "must be one line of text without < and >"
        }
        guard let slots = SummaryTemplate(text).checkedSlots else {
            return "has a brace that opens or closes no {slot}"
        }
        let known = Set(shipped.slots)
        if let other = slots.first(where: { !known.contains($0) }) {
            let offer = known.isEmpty ? "this card has none" : "this card has " + known.sorted().braced
            return "has an unknown slot {\(PlainText.shortened(other, to: 40))}; \(offer)"
        }
        if provisional, !slots.contains("k") {
            return "must say with {k} how many red-flag groups are not recorded"
        }
        let length = SummaryTemplate(text).longest
        if length > SummaryTemplate.limit {
            return "comes to \(length) characters with the longest values; \(SummaryTemplate.limit) fit on a card"
        }
        return bannedWord(in: text).map {
            "says \"\($0)\"; a card neither blames nor orders, and no red flag is told as absent: write \"none documented as present\""
        }
    }

    /// The first way of speaking that no card uses: blame, orders, reassurance, and the absence of a red flag. A list of
    /// words, which a sentence can get around; the site answers for what it writes.
    static func bannedWord(in text: String) -> String? {
        let words = text.lowercased()
        return banned.first(where: words.contains)
    }

    private static let banned = [
        "inappropriate", "must not", "must order", "forbidden", "prohibited", "patient is safe", "nothing serious",
        "should not have", "shouldn't have", "no red flag present", "no red flags present",
        "red flags absent", "red flag absent", "without red flag", "absence of red flag", "there is no red flag",
        "there are no red flags", "red flags excluded", "red flags ruled out", "no red flags.", "no red flags,",
        "no red flag.", "no red flag,", "no red flag:", "no red flags:",
    ]
}

/// The sentences of the catalogue with their slots, as they read in the usual case.
public enum ShippedSummary {
    /// The sentence of a card; nil for a provisional one where the card has none.
    static func template(of card: CardID, provisional: Bool = false, thresholds: Thresholds = Thresholds())
        -> SummaryTemplate?
    {
        if provisional, !provisionalCards.contains(card) { return nil }
        return SummaryTemplate(
            CardSummary(decision: usual(card, provisional: provisional), thresholds: thresholds).shippedTemplate(
                of: card))
    }

    /// The sentence of a card as text; nil for a provisional one where the card has none.
    public static func text(of card: CardID, provisional: Bool = false) -> String? {
        template(of: card, provisional: provisional)?.text
    }

    /// Cards that say it in other words while a red-flag group is not recorded (ruling R52).
    public static let provisionalCards: Set<CardID> = [.k05, .k06, .k08, .k17, .k21]

    /// A decision on which nothing is unusual and every value is known.
    private static func usual(_ card: CardID, provisional: Bool) -> Decision {
        var facts = CardFacts()
        (facts.age, facts.daysSinceOnset, facts.trialDays) = (71, 0, 0)
        (facts.painFrom, facts.painTo) = ("", "")
        (facts.priorMRIDate, facts.duplicateDate) = ("", "")
        let family = provisional ? CriterionResult.unknown : .notMet
        let criteria = CriterionID.redFlags.map { Criterion($0, family) } + [Criterion(.sixWeeks, .unknown)]
        return Decision(
            guideline: LumbosacralRadiculopathy.id, guidelineVersion: LumbosacralRadiculopathy.version, asOf: Day(0),
            subject: nil,
            order: OrderUnderReview(reference: nil, at: nil, modality: .mriWithout, priority: .routine),
            outcome: Outcome(
                rule: nil, rating: .usuallyNotAppropriate, contextClass: .noFlag, fit: nil, provisional: provisional,
                card: card, indicator: nil, removeSuggestionAllowed: false),
            criteria: criteria, configuration: "", cardFacts: facts)
    }
}

extension SummaryTemplate {
    /// The slots in order; nil where braces do not pair.
    fileprivate var checkedSlots: [String]? {
        var isOpen = false
        for character in text {
            switch character {
            case "{" where isOpen, "}" where !isOpen: return nil
            case "{": isOpen = true
            case "}": isOpen = false
            default: break
            }
        }
        return isOpen ? nil : slots
    }

    /// UTF-16 units with the longest value that each slot can hold; of texts from a record, what must at least be left of
    /// them.
    fileprivate var longest: Int {
        fixedLength + slots.reduce(0) { $0 + (Self.lengths[$1] ?? Self.shortestText) }
    }

    /// Room that a text from a record needs, so that a finding and " and 12 more" can be told apart.
    private static let shortestText = 28

    private static let lengths: [String: Int] = {
        let test = Modality.allCases.map { $0.name.utf16.count }.max() ?? 0
        return [
            "n": 4, "age": 10, "k": 1, "value": 12, "d": 5, "days": 3, "from": 4, "to": 4, "test": test, "Test": test,
            "preferred": test, "date": 10, "on": 10, "status": 10,
        ]
    }()
}

extension Sequence<String> {
    /// The slots for people: `{from}, {to}`.
    fileprivate var braced: String { map { "{\($0)}" }.joined(separator: ", ") }
}
