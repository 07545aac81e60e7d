import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree
import Testing

@testable import DecisionSupport

@Suite("Cards in the words of a site (4.2, 4.3)")
struct WordingTests {
    @Test("every shipped sentence would be accepted as a site's own", arguments: CardID.allCases)
    func shipped(_ card: CardID) throws {
        let text = try #require(ShippedSummary.text(of: card))
        #expect(WordingRules.problem(in: text, of: card) == nil, "\(text)")
        let provisional = ShippedSummary.text(of: card, provisional: true)
        #expect((provisional != nil) == ShippedSummary.provisionalCards.contains(card))
        if let provisional {
            #expect(provisional != text)
            #expect(WordingRules.problem(in: provisional, of: card, provisional: true) == nil, "\(provisional)")
        }
    }

    struct Refusal: CustomTestStringConvertible {
        let name: String
        let text: String
        var card = CardID.k05
        var provisional = false
        let problem: String
        var testDescription: String { name }
    }

    static let refusals = [
        Refusal(name: "no text", text: "", problem: "one line"),
        Refusal(name: "two lines", text: "Week {n}.\nWait.", problem: "one line"),
        Refusal(name: "markup", text: "Week {n} <b>wait</b>", problem: "one line"),
        Refusal(name: "an unknown slot", text: "Week {week}: wait.", problem: "unknown slot {week}"),
        Refusal(
            name: "a slot of another card", text: "Pain {from} to {to}.", card: .k05, problem: "unknown slot {from}"),
        Refusal(name: "a slot on a card without any", text: "{n}", card: .k11, problem: "this card has none"),
        Refusal(name: "an open brace", text: "Week {n: wait.", problem: "brace"),
        Refusal(name: "a closing brace alone", text: "Week n}: wait.", problem: "brace"),
        Refusal(name: "a brace in a brace", text: "Week {{n}}.", problem: "brace"),
        Refusal(name: "140 characters", text: String(repeating: "a", count: 140), problem: "comes to 140"),
        Refusal(
            name: "136 characters and a week of four digits", text: String(repeating: "a", count: 136) + "{n}",
            problem: "comes to 140"),
        Refusal(name: "blame", text: "Week {n}: this order is Inappropriate.", problem: "inappropriate"),
        Refusal(name: "reproach", text: "Week {n}: you should not have ordered it.", problem: "should not have"),
        Refusal(
            name: "an absence that nobody knows", text: "Week {n}: there is no red flag.", problem: "no red flag"),
        Refusal(
            name: "a provisional sentence that hides what is not recorded", text: "Week {n}: wait.",
            provisional: true, problem: "with {k}"),
        Refusal(
            name: "a provisional sentence of a card that has none", text: "{k}", card: .k11, provisional: true,
            problem: "no sentence of its own"),
    ]

    @Test("what may not stand on a card is refused and named", arguments: refusals)
    func refused(_ row: Refusal) throws {
        let problem = try #require(WordingRules.problem(in: row.text, of: row.card, provisional: row.provisional))
        #expect(problem.contains(row.problem), "\(problem)")
    }

    @Test("139 characters fit, the longest values counted")
    func longest() {
        #expect(WordingRules.problem(in: String(repeating: "a", count: 135) + "{n}", of: .k05) == nil)
        #expect(WordingRules.problem(in: String(repeating: "a", count: 139), of: .k05) == nil)
    }

    private static func wording(_ summary: String?, provisional: String? = nil) -> CardWording {
        var wording = CardWording()
        wording.summary = summary
        wording.provisional = provisional
        return wording
    }

    private static func summary(_ the: Case, _ wording: CardWording) -> String {
        CardSummary(decision: the.decision, thresholds: Thresholds(), wording: wording).text(of: the.card)
    }

    private static func early(_ results: [CriterionID: CriterionResult], days: Int? = 20) -> Case {
        Case(
            card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate, results: results,
            facts: CardTableTests.facts { $0.daysSinceOnset = days })
    }

    @Test("a site's sentence stands in the usual case, its slots filled")
    func replaced() {
        let own = Self.wording("In week {n} physiotherapy comes first.")
        #expect(Self.summary(Self.early(Case.denied), own) == "In week 3 physiotherapy comes first.")
    }

    @Test("a provisional rating keeps saying so: the shipped sentence, or the site's own for it")
    func provisional() {
        let open = Self.early([:])
        let shipped = Self.summary(open, CardWording())
        #expect(shipped.contains("5 of 5 red-flag groups not recorded"))
        #expect(Self.summary(open, Self.wording("Wait.")) == shipped)
        let own = Self.wording("Wait.", provisional: "{k} of 5 not asked yet.")
        #expect(Self.summary(open, own) == "5 of 5 not asked yet.")
        #expect(Self.summary(Self.early(Case.denied), own) == "Wait.")
    }

    @Test("where the record changes the shipped sentence, that one stands")
    func unusual() {
        let own = Self.wording("Emergency MRI for {finding}.")
        func emergency(_ safety: CriterionResult) -> Case {
            Case(
                card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
                results: [.caudaEquina: .met, .mriContraindicated: safety])
        }
        #expect(Self.summary(emergency(.noneOnRecord), own).hasPrefix("Emergency MRI for"))
        #expect(Self.summary(emergency(.met), own) == Self.summary(emergency(.met), CardWording()))
        #expect(Self.summary(emergency(.met), own).contains("no MRI: contraindicated"))
        let undated = Self.early(Case.denied, days: nil)
        #expect(Self.summary(undated, Self.wording("Week {n}.")) == Self.summary(undated, CardWording()))
    }

    static let links: [(label: String, url: String, isAccepted: Bool, name: String)] = [
        ("Pathway", "https://intranet.example/back?x=1#y", true, "https"),
        ("Pathway", "http://intranet.example/", false, "http"),
        ("Pathway", "https:///path", false, "no host"),
        ("Pathway", "https://a b", false, "a blank"),
        ("Pathway", "https://a\"b", false, "a quotation mark"),
        ("", "https://a.example", false, "no label"),
        (String(repeating: "a", count: 80), "https://a.example", true, "80 characters"),
        (String(repeating: "a", count: 81), "https://a.example", false, "81 characters"),
        ("a\nb", "https://a.example", false, "a label of two lines"),
        ("Pathway", "javascript:alert(1)", false, "a script"),
    ]

    @Test("links are https and short", arguments: links.indices)
    func link(_ index: Int) {
        let row = Self.links[index]
        #expect((CardLink(label: row.label, url: row.url).problem == nil) == row.isAccepted, "\(row.name)")
    }

    @Test("a site's links stand behind those of the product, without an address of the service too")
    func linksOnCards() throws {
        var wording = CardWording()
        wording.links = [CardLink(label: "Pathway", url: "https://intranet.example/back")]
        let review = Self.early(Case.denied).review()
        for url in ["https://cds.example", nil] {
            let builder = CardBuilder(CardConfiguration(publicURL: url, wording: [.k05: wording]))
            let card = try #require(builder.card(for: review))
            #expect(card.links.map(\.url).last == "https://intranet.example/back")
            #expect(card.links.count == (url == nil ? 1 : 2))
        }
        let other = CardBuilder(CardConfiguration(wording: [.k06: wording]))
        #expect(other.card(for: review)?.links == [])
    }
}

@Suite("Suppressed cards")
struct SuppressionTests {
    @Test("emergencies cannot be suppressed, everything else can")
    func emergencies() {
        #expect(CardID.allCases.filter { !CardAdaptation.maySuppress($0) } == [.k01, .k02])
    }

    @Test("the decision keeps rule and card and says that the card is not shown")
    func decision() throws {
        let the = Case(card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate)
        var review = the.review()
        let shown = Case.builder.response(for: [review])
        #expect(shown.cards.count == 1)
        #expect(!String(decoding: review.decision.json.encoded(), as: UTF8.self).contains("cardSuppressed"))
        review.decision.cardIsSuppressed = true
        #expect(Case.builder.response(for: [review]).cards.isEmpty)
        let line = String(decoding: review.decision.json.encoded(), as: UTF8.self)
        #expect(line.contains(#""card":"K05","indicator":"warning","cardSuppressed":true"#))
        #expect(line.contains(#""rule":"A10-EARLY""#))
        let text = TextReport(Case.builder, isColoured: false).text(of: [review])
        #expect(text.contains("the site does not show K05"))
    }

    @Test("a guideline suppresses by the card, whatever the rule")
    func guideline() {
        let guideline = LumbosacralRadiculopathy(configuration: "", suppressedCards: [.k05])
        for card in CardID.allCases {
            let the = Case(card: card, indicator: .info, rule: "A10-EARLY", rating: .usuallyNotAppropriate)
            #expect(guideline.suppresses(the.decision.outcome) == (card == .k05))
        }
    }
}

@Suite("The name of a configuration")
struct ConfigurationDigestTests {
    private static func digest(
        _ knowledge: String = "k", _ change: (inout Thresholds, inout CardAdaptation) -> Void = { _, _ in }
    ) -> String {
        var thresholds = Thresholds()
        var adaptation = CardAdaptation()
        change(&thresholds, &adaptation)
        return ConfigurationDigest.text(knowledge: knowledge, thresholds: thresholds, adaptation: adaptation)
    }

    @Test("changes with everything that is set, and with each differently")
    func changes() {
        func wording(_ change: (inout CardWording) -> Void) -> [CardID: CardWording] {
            var wording = CardWording()
            change(&wording)
            return [.k05: wording]
        }
        let link = CardLink(label: "a", url: "https://b.example")
        let all = [
            Self.digest(), Self.digest("l"), Self.digest { thresholds, _ in thresholds.feverCelsius = 37.8 },
            Self.digest { thresholds, _ in thresholds.hivPolicy = .cd4Below200 },
            Self.digest { $1.wording = wording { $0.summary = "x" } },
            Self.digest { $1.wording = wording { $0.summary = "y" } },
            Self.digest { $1.wording = wording { $0.provisional = "x" } },
            Self.digest { $1.wording = wording { $0.links = [link] } },
            Self.digest { $1.wording = wording { $0.links = [link, link] } },
            Self.digest { $1.suppressed = [.k05] }, Self.digest { $1.suppressed = [.k06] },
            Self.digest { $1.suppressed = [.k05, .k06] }, Self.digest { $1.orderSelect = .none },
        ]
        #expect(Set(all).count == all.count)
        #expect(all.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test("is the same for the same, in whatever order it was put together")
    func order() {
        var own = CardWording()
        own.summary = "x"
        let first = Self.digest {
            $1.wording[.k05] = own
            $1.wording[.k06] = own
            $1.suppressed = [.k07, .k08]
        }
        let second = Self.digest {
            $1.suppressed = [.k08, .k07]
            $1.wording[.k06] = own
            $1.wording[.k05] = own
        }
        #expect(first == second)
    }
}
