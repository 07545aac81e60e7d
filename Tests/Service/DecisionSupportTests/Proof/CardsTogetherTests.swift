import CDSHooks
import ClinicalModel
import DecisionSupport
import Guidelines
import Testing

@Suite("Cards of imaging and of other orders in one response (I16)")
struct CardsTogetherTests {
    private static let guideline = LumbosacralRadiculopathy(configuration: "proof")

    /// One imaging card of each loudness, without and with a red flag that is met.
    static let imaging: [Case] = [
        Case(card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate, results: Case.denied),
        Case(card: .k07, indicator: .info, rule: "A10-ASK-TRIAL", rating: .insufficientData, results: Case.denied),
        Case(
            card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
            results: [.caudaEquina: .met]),
        Case(
            card: .k03, indicator: .warning, rule: "A5", rating: .usuallyAppropriate,
            contextClass: .infectionOrMalignancy, results: [.infection: .met], presenting: [.infection]),
        Case(
            card: .k16, indicator: .info, rule: "A6", rating: .usuallyAppropriate, contextClass: .fracture,
            fit: .notPreferred, modality: .radiograph, results: [.fracture: .met]),
    ]

    /// A decision by each rule that has a card.
    static let others: [CardBuilder.Review] = TherapyRule.allCases.compactMap { rule in
        guard let card = rule.cardID, let orderClass = rule.orderClasses.first else { return nil }
        let decision = Decision(
            guideline: LumbosacralRadiculopathy.id, guidelineVersion: "1.0.0", asOf: Day(20_255),
            subject: "Patient/p1",
            order: OrderUnderReview(
                reference: "MedicationRequest/\(rule.rawValue)", at: "$.entry[2].resource", orderClass: orderClass,
                priority: .routine),
            slot: orderClass.slot,
            outcome: Outcome(
                rule: rule.rawValue, rating: nil, contextClass: .undetermined, fit: nil, provisional: false, card: card,
                indicator: rule.indicator, removeSuggestionAllowed: false),
            criteria: orderClass.criteria.map { Criterion($0, $0.defaultResult) }, statements: rule.statements,
            configuration: "c0ffee")
        return CardBuilder.Review(decision)
    }

    private static func texts(_ cards: [Card]) -> [String] { cards.map { "\($0.indicator) \($0.summary)" } }

    @Test("neither suppress each other, whichever order was signed first", arguments: imaging.indices)
    func together(_ index: Int) {
        let review = Self.imaging[index].review()
        let alone = Case.builder.cards(for: [review])
        #expect(alone.count == 1)
        for other in Self.others {
            let both = Self.texts(alone + Case.builder.cards(for: [other])).sorted()
            #expect(both.count == 2)
            #expect(Self.texts(Case.builder.cards(for: [review, other])).sorted() == both)
            #expect(Self.texts(Case.builder.cards(for: [other, review])).sorted() == both)
        }
    }

    @Test(
        "imaging is first with a red flag met; else the louder card, and imaging among equals",
        arguments: imaging.indices)
    func order(_ index: Int) {
        let the = Self.imaging[index]
        let imaging = Self.texts(Case.builder.cards(for: [the.review()]))
        let isFlagged = the.results.values.contains(.met)
        for other in Self.others {
            let isFirst = isFlagged || the.indicator != .info || other.decision.outcome.indicator == .info
            let cards = Self.texts(Case.builder.cards(for: [other, the.review()]))
            #expect(
                (cards.first == imaging.first) == isFirst,
                "\(the.card.rawValue) and \(other.decision.outcome.rule ?? "")")
        }
    }

    @Test("all of them at once: every card once, the flagged one first")
    func all() {
        let reviews = Self.others + [Self.imaging[4].review()]
        let cards = Case.builder.cards(for: reviews)
        #expect(cards.count == Self.others.count + 1)
        #expect(cards.first?.source.topic?.code == "K16")
        let levels = cards.dropFirst().map { $0.indicator == .warning ? 0 : 1 }
        #expect(levels == levels.sorted())
    }

    @Test(
        "no card, suggestion or resource of any rule names the gap of the source text (I18)", arguments: others.indices)
    func gap(_ index: Int) {
        for card in Case.builder.cards(for: [Self.others[index]]) {
            #expect(!"\(card)".contains("G45"))
        }
    }
}
