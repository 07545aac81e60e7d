import CDSHooks
import ClinicalModel
import Guidelines
import Testing

@testable import DecisionSupport

@Suite("Text of cards")
struct CardTextTests {
    static let long = String(repeating: "unreasonably long finding, ", count: 40)

    /// Facts with the longest values everywhere.
    static var longest: CardFacts {
        CardTableTests.facts { facts in
            facts.age = 104
            facts.daysSinceOnset = 7_000
            facts.onset = long
            for family in CriterionID.redFlags {
                facts.findings[family] = Array(repeating: long, count: 12)
                facts.hints[family] = Array(repeating: long, count: 12)
            }
            (facts.trend, facts.painFrom, facts.painTo) = (long, "10", "10")
            facts.trialDays = 12_345
            (facts.priorMRIDate, facts.priorMRIConclusion) = ("2025-03-01T10:00:00.000+01:00", long)
            (facts.device, facts.deviceStatus) = (long, "not known")
            (facts.duplicateDate, facts.duplicateStatus, facts.duplicateTest) = ("2025-03-01", "on-hold", long)
            facts.unreadParts = Array(repeating: long, count: 9)
        }
    }

    @Test("stays under 140 characters with the longest values", arguments: CardID.allCases)
    func length(_ card: CardID) {
        for modality in Modality.allCases {
            for flag in [CriterionResult.met, .unknown, .suspected] {
                for safety in [CriterionResult.met, .noneOnRecord] {
                    let the = Case(
                        card: card, indicator: .warning, rule: "A12-ELDERLY(A10-NOTCAND)",
                        rating: flag == .met ? .usuallyAppropriate : .usuallyNotAppropriate,
                        contextClass: flag == .met ? .infectionOrMalignancy : .noFlag, modality: modality,
                        results: [
                            .caudaEquina: flag, .infection: flag, .malignancy: flag, .fracture: flag,
                            .mriContraindicated: safety,
                        ], facts: Self.longest, presenting: [.infection, .malignancy, .fracture])
                    let summary = CardSummary(decision: the.decision, thresholds: Thresholds()).text(of: card)
                    #expect(summary.utf16.count < 140, "\(summary)")
                    #expect(!summary.contains("{") && !summary.contains("\n"), "\(summary)")
                }
            }
        }
    }

    @Test("fits values into the room there is")
    func fitting() {
        #expect(SummaryTemplate("short {a} and {b}").filled(["a": "one", "b": "two"]) == "short one and two")
        #expect(SummaryTemplate("{a}").filled(["a": "{b}", "b": "x"]) == "{b}", "a value is not searched for slots")
        let findings = SlotValue(findings: [String(repeating: "word ", count: 40), "x", "y"], otherwise: "")
        let text = SummaryTemplate("{a}.").filled(["a": findings])
        #expect(text.hasSuffix(" word… and 2 more."), "the count stays, the finding is cut at a word: \(text)")
        #expect((130...139).contains(text.utf16.count))
    }

    @Test(
        "makes text of a record harmless",
        arguments: [
            ("[click](javascript:alert(1))", #"\[click\](javascript:alert(1))"#, "a link"),
            ("<img src=x onerror=alert(1)> **STAT**", #"‹img src=x onerror=alert(1)› \*\*STAT\*\*"#, "HTML and bold"),
            ("a\n# heading\n- item", ##"a \# heading - item"##, "a new line starts nothing"),
            (
                "see http://evil.example or www.evil.example", #"see http\://evil.example or www\.evil.example"#,
                "autolinks"
            ),
            ("mail me@x.example", #"mail me\@x.example"#, "a mail address"),
            ("&lt;script&gt; | `x`", #"&amp;lt;script&amp;gt; \| \`x\`"#, "entities, a table cell, code"),
            ("37.9 Cel, 4/5 - right", "37.9 Cel, 4/5 - right", "ordinary text stays readable"),
            ("a\u{202E}b\u{0000}c", "abc", "direction and control characters go"),
        ])
    func escaping(_ text: String, _ expected: String, _ because: String) {
        #expect(Markdown.literal(text) == expected, "\(because)")
    }

    @Test("puts no markup of the record into a card")
    func injection() throws {
        let evil = "<script>x</script>[a](http://evil.example) **b**"
        var the = Case(
            card: .k17, indicator: .warning, rule: "A11-REPEAT", rating: .usuallyNotAppropriate, results: Case.denied)
        the.facts.priorMRIConclusion = evil
        the.facts.device = evil
        the.facts.nsaidBlockedBecause = [evil]
        var decision = the.decision
        decision.criteria = [
            Criterion(
                .sixWeeks, .notMet,
                evidence: [Evidence(resource: evil, value: evil, date: evil, source: evil, because: evil)]),
            Criterion(.infection, .unknown, missing: [DataGap(evil)]),
        ]
        let card = try #require(Case.builder.card(for: .init(decision)))
        let text = try #require(card.detail)
        #expect(text.contains("script"), "the text is shown, not hidden")
        #expect(!text.contains("<script") && !text.contains("[a](") && !text.contains("**b**"))
        #expect(!text.contains("http://"))
        the.card = .k19
        #expect(try !#require(the.card()).card.summary.contains("<"))
    }

    @Test("names every unknown family, before anything else (I3)", arguments: CriterionID.redFlags)
    func unknownFamilies(_ family: CriterionID) throws {
        var results = Case.denied
        results[family] = .unknown
        let the = Case(
            card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate, results: results)
        let card = try #require(the.card()).card
        #expect(card.summary.contains("1 of 5 red-flag groups not recorded"))
        let detail = try #require(card.detail)
        #expect(detail.hasPrefix("**Not documented:** \(family.title.loweringFirst) (answer on"))
        #expect(detail.contains("provisional"))
    }

    @Test("gives return advice with every UNA, INS and MBA (R52)", arguments: CardTableTests.rows)
    func returnAdvice(_ row: CardTableTests.Row) throws {
        let detail = try #require(row.the.card()?.card.detail)
        let advises = [Rating.usuallyNotAppropriate, .insufficientData, .mayBeAppropriate].contains(row.the.rating)
        for word in ["bladder", "bowel", "saddle", "weakness of a leg", "fever"] {
            #expect(detail.contains(word) || !advises, "\(word)")
        }
        #expect(detail.contains("come back at once") == advises)
        #expect(detail.contains("rule \(row.the.rule)"))
        #expect(detail.contains("knowledge 1.0.0; configuration c0ffee"))
        #expect(!detail.contains("inappropriate"))
    }

    @Test("never says that a red flag is absent")
    func neverAbsent() throws {
        let the = Case(
            card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate, results: Case.denied)
        let detail = try #require(the.card()?.card.detail)
        #expect(detail.contains("Cauda equina syndrome: none documented as present"))
        #expect(!detail.contains("absent") && !detail.contains("no red flag.") && !detail.contains("ruled out"))
    }

    @Test("shows each item with its value, date and source")
    func evidence() throws {
        let the = Case(
            card: .k05, indicator: .warning, rule: "A10-EARLY", rating: .usuallyNotAppropriate,
            results: [.sixWeeks: .notMet])
        let detail = try #require(the.card()?.card.detail)
        #expect(
            detail.contains(
                "- Six weeks since onset: no. Recorded for course.sixWeeks (7, 2025-06-16, observation "
                    + "Observation/course.sixWeeks)"))
        #expect(detail.contains("**Order:** MRI without contrast, priority routine (ServiceRequest/o1)."))
    }

    @Test("says what was not read")
    func notRead() throws {
        var the = Case(
            card: .k32, indicator: .info, rule: "A13-HINT(A10-EARLY)", rating: .mayBeAppropriate,
            results: [.urgentContext: .met])
        the.facts.reasonTextUnread = true
        the.facts.unreadParts = ["laboratory results"]
        let detail = try #require(the.card()?.card.detail)
        #expect(detail.contains("Reason not read: the order gives it in words, or refers to what did not come along."))
        #expect(detail.contains("- The reason of the order could not be read."))
        #expect(detail.contains("Could not be retrieved: laboratory results."))
    }

    @Test("quotes figures only with their mark")
    func figures() throws {
        for row in CardTableTests.rows {
            let detail = try #require(row.the.card()?.card.detail)
            guard let figure = detail.firstRange(of: "27.2%") else { continue }
            let sentence = detail[figure.lowerBound...].prefix { $0 != "\n" }
            #expect(sentence.contains("[2]"))
        }
    }
}
