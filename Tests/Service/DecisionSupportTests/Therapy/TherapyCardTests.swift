import CDSHooks
import ClinicalModel
import DecisionSupport
import FHIR
import Guidelines
import JSONTree
import KnowledgeBase
import Testing

/// Cards K24 to K31 and K34, from the request to the suggestions.
@Suite("Cards on drugs, rest and procedures")
struct TherapyCardTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        let signing: OrderSigning
        /// Nil for silence.
        let card: String?
        var indicator = "info"
        var summary = ""
        var suggestions: [String] = []
        var actions: [String] = []
        var overrides: [String] = []
        var detail: [String] = []
        /// What the detail must not hold.
        var without: [String] = []
        var testDescription: String { "\(card ?? "silence"): \(because)" }
    }

    private typealias S = OrderSigning
    private static let severe = ["observations": [S.pain(9)]]

    static let rows = [
        Row(
            because: "bed rest gives way to activity advice", signing: S(S.bedRest), card: "K24", indicator: "warning",
            summary:
                "Bed rest is not advised for radiculopathy; staying active works better. Replace by activity advice?",
            suggestions: ["Replace by activity advice"],
            actions: ["create ServiceRequest", "delete ServiceRequest/o1"],
            overrides: ["other-indication", "short-rest-severe-pain"], detail: ["come back at once"]),
        Row(
            because: "expectations of gabapentin", signing: S(S.drug(S.gabapentin)), card: "K25",
            summary: "Gabapentin 300 MG Oral Capsule: radiculopathy responds less to neuropathic pain drugs than "
                + "diabetic or postherpetic neuralgia.",
            overrides: ["other-indication", "trial-with-stop-date", "already-benefiting"]),
        Row(
            because: "an opioid on top of a sedative",
            signing: S(
                S.drug(S.oxycodone),
                facts: severe.merging(["medicationRequests": [S.drug(S.alprazolam, id: "a", status: "active")]]) { $1 }),
            card: "K26", indicator: "warning",
            summary: "Oxycodone hydrochloride 5 MG Oral… with alprazolam 0.5 MG Oral Tablet: added risk of "
                + "sedation and breathing depression. Avoid or reduce?",
            overrides: ["patient-tolerates-known", "taper-in-progress", "sedative-stopped"], detail: ["naloxone"]),
        Row(
            because: "ten days of an opioid on top of a sedative: the limit is not hidden",
            signing: S(
                S.drug(S.oxycodone, days: "10"),
                facts: severe.merging(["medicationRequests": [S.drug(S.alprazolam, id: "a", status: "active")]]) { $1 }),
            card: "K26", indicator: "warning",
            summary: "Oxycodone hydrochloride 5 MG Oral… with alprazolam 0.5 MG Oral Tablet: added risk of "
                + "sedation and breathing depression. Avoid or reduce?",
            suggestions: ["Limit the supply to 7 days"], actions: ["update MedicationRequest"],
            overrides: ["patient-tolerates-known", "taper-in-progress", "sedative-stopped"],
            detail: ["crossed as well: 10 days of supply (limit 7)"]),
        Row(
            because: "ten days", signing: S(S.drug(S.oxycodone, days: "10"), facts: severe), card: "K27",
            indicator: "warning",
            summary: "Opioid for radiculopathy: 10 days of supply (limit 7). Short course, lowest dose, immediate "
                + "release advised.",
            suggestions: ["Limit the supply to 7 days"], actions: ["update MedicationRequest"],
            overrides: ["chronic-stable-therapy", "specialist-plan", "excluded-population"]),
        Row(
            because: "60 MME for five days: the supply is left alone",
            signing: S(S.drug(S.oxycodone, tablets: 2), facts: severe), card: "K27", indicator: "warning",
            summary: "Opioid for radiculopathy: 60 MME a day (limit 50). Short course, lowest dose, immediate release "
                + "advised.", overrides: ["chronic-stable-therapy", "specialist-plan", "excluded-population"]),
        Row(
            because: "pain below severe", signing: S(S.drug(S.oxycodone), facts: ["observations": [S.pain(4)]]),
            card: "K28", summary: "Opioids are reserved for severe pain: severity 4/10. NSAID tried or unsuitable?",
            overrides: ["severe-pain-not-recorded", "nsaid-contraindicated"],
            detail: ["Dose on the order: 30 MME a day. Supply: 5 days."], without: ["Worth recording"]),
        Row(
            because: "no pain score", signing: S(S.drug(S.oxycodone)), card: "K28",
            summary: "Opioids are reserved for severe pain: severity not recorded. NSAID tried or unsuitable?",
            overrides: ["severe-pain-not-recorded", "nsaid-contraindicated"]),
        Row(
            because: "severe pain, order not complete",
            signing: S(S.drug(S.oxycodone, tablets: nil, days: nil), facts: severe), card: "K28",
            summary:
                "Opioid for radiculopathy: dose and supply not known. Short course and lowest dose advised; please "
                + "complete the order.", overrides: ["severe-pain-not-recorded", "nsaid-contraindicated"],
            detail: ["Dose on the order: not known. Supply: not known."]),
        Row(
            because: "severe pain, supply not known", signing: S(S.drug(S.oxycodone, days: nil), facts: severe),
            card: "K28",
            summary:
                "Opioid for radiculopathy: supply not known. Short course and lowest dose advised; please complete "
                + "the order.", overrides: ["severe-pain-not-recorded", "nsaid-contraindicated"]),
        Row(because: "an opioid within the limits", signing: S(S.drug(S.oxycodone), facts: severe), card: nil),
        Row(
            because: "an NSAID with weak kidneys",
            signing: S(
                S.drug(S.ibuprofen), facts: ["observations": [S.measured("62238-1", "24", "mL/min/{1.73_m2}")]]),
            card: "K29", indicator: "warning", summary: "NSAID with eGFR 24: choose another analgesic?",
            overrides: ["benefit-outweighs", "monitored"], detail: ["On record: eGFR 24", "2025-06-15"]),
        Row(because: "an NSAID without a contraindication", signing: S(S.drug(S.ibuprofen)), card: nil),
        Row(
            because: "an injection in week three", signing: S(S.injection), card: "K30", indicator: "warning",
            summary: "Injection or surgery before 6 weeks of conservative care, no red flag documented. Reconsider "
                + "timing?",
            suggestions: ["Refer to rehabilitation", "Give patient education"],
            actions: ["create ServiceRequest", "create Communication"],
            overrides: ["severe-disabling-pain", "progressive-deficit-observed", "specialist-plan"]),
        Row(
            because: "a relaxant at 70", signing: S(S.drug(S.relaxant), birth: "1955-01-01"), card: "K31",
            summary: "Muscle relaxant at age 70: higher risk of sedation and falls.", overrides: ["benefit-outweighs"]),
        Row(because: "a relaxant at 45", signing: S(S.drug(S.relaxant)), card: nil),
        Row(
            because: "an injection with a fever", signing: S(S.injection, facts: ["observations": [S.fever]]),
            card: "K34", indicator: "warning",
            summary: "Red flag on record (temperature 38.6 Cel): image before an injection.",
            actions: ["create ServiceRequest"],
            overrides: ["imaging-done-elsewhere", "finding-explained", "data-incorrect"], detail: ["come back at once"]),
        Row(
            because: "an injection with a fever under 18",
            signing: S(S.injection, birth: "2010-01-01", facts: ["observations": [S.fever]]), card: "K34",
            indicator: "warning", summary: "Red flag on record (temperature 38.6 Cel): image before an injection.",
            actions: ["create ServiceRequest"],
            overrides: ["imaging-done-elsewhere", "finding-explained", "data-incorrect"]),
    ]

    @Test("say what the catalogue says, offer what it lets them, and recommend nothing", arguments: rows)
    func card(_ row: Row) throws {
        let answer = try row.signing.answer()
        #expect(answer.cards == [row.card].compactMap { $0 })
        #expect(answer.decisions.count == 1, "silence is a decision too")
        guard row.card != nil else { return }
        #expect(answer.indicators == [row.indicator])
        #expect(answer.summaries == [row.summary])
        #expect(answer.overrides == row.overrides)
        let doing = answer.suggestions.filter { !$0.contains("red flag") && !$0.contains("Record: ") }
        if !row.suggestions.isEmpty { #expect(row.suggestions.allSatisfy(doing.contains), "\(answer.suggestions)") }
        if !row.actions.isEmpty {
            #expect(answer.actions.filter { $0 != "create Observation" } == row.actions, "\(answer.actions)")
        } else {
            #expect(answer.actions.allSatisfy { $0 == "create Observation" }, "\(answer.actions)")
        }
        #expect(answer.recommended == [])
        for words in row.detail { #expect(answer.details.allSatisfy { $0.contains(words) }, "\(words)") }
        for words in row.without { #expect(!answer.details.contains { $0.contains(words) }, "\(words)") }
        for text in answer.summaries + answer.details {
            #expect(text.firstMatch(of: #/(?i)inappropriate|should not have/#) == nil)
        }
    }

    @Test("treatment of six weeks is no answer where the symptoms are younger")
    func youngerSymptoms() throws {
        let offers = try S(S.injection).answer().suggestions
        #expect(offers.contains("No, no conservative care was delivered"))
        #expect(!offers.contains { $0.hasPrefix("Yes, at least") })
    }

    @Test("what an injection waits for is no MRI where MRI is contraindicated")
    func unsafe() throws {
        let answer = try S(S.injection, facts: ["observations": [S.fever, S.unsafeForMRI]]).answer()
        #expect(answer.cards == ["K34"])
        let orders = answer.suggestions.filter { $0.hasPrefix("Order") }
        #expect(
            !orders.isEmpty && orders.allSatisfy { !$0.contains("MRI") && !$0.contains("myelography") }, "\(orders)")
        let safe = try S(S.injection, facts: ["observations": [S.fever]]).answer()
        #expect(safe.suggestions.contains { $0.hasPrefix("Order MRI") && $0.contains("urgent") }, "\(safe.suggestions)")
    }

    @Test("the shorter supply keeps the order and drops quantity and refills")
    func supply() throws {
        let more =
            #","dispenseRequest":{"quantity":{"value":80},"numberOfRepeatsAllowed":3,"validityPeriod":{"end":"2025-07-01"}}"#
        let answer = try S(S.drug(S.oxycodone, days: nil, more: more), facts: Self.severe).answer()
        #expect(answer.cards == ["K27"])
        #expect(
            answer.text.contains(
                #""dispenseRequest":{"validityPeriod":{"end":"2025-07-01"},"numberOfRepeatsAllowed":0,"expectedSupplyDuration":{"value":7,"#
            ))
    }

    // MARK: Several orders

    @Test("imaging and drugs signed together each get their card, each from its own service (I16)")
    func slots() throws {
        let signing = S(S.drug(S.gabapentin), S.mri, S.bedRest)
        #expect(try signing.answer(by: "lumbar-imaging").cards == ["K05"])
        #expect(try signing.answer().cards == ["K24", "K25"])
        let alone = try S(S.mri).answer(by: "lumbar-imaging")
        #expect(try signing.answer(by: "lumbar-imaging").summaries == alone.summaries)
        #expect(try S(S.mri).answer().decisions.isEmpty)
        #expect(try S(S.drug(S.gabapentin)).answer(by: "lumbar-imaging").decisions.isEmpty)
    }

    @Test("with a red flag met the imaging card stands first (I16)")
    func redFlagFirst() throws {
        let patient = S(
            S.drug(S.oxycodone, days: "10"), S.service("http://www.ama-assn.org/go/cpt", "72131", id: "ct"),
            facts: ["observations": [S.pain(9), S.fever]])
        let reviews = try ["lumbar-imaging", "radiculopathy-orders"].flatMap {
            try patient.answer(by: $0).decisions.map { CardBuilder.Review($0) }
        }
        let builder = CardBuilder()
        for order in [reviews, reviews.reversed()] {
            let codes = builder.cards(for: order).compactMap(\.source.topic?.code)
            #expect(codes.count == 2 && codes.last == "K27" && codes.first?.hasPrefix("K0") == true, "\(codes)")
        }
    }

    @Test("an emergency is told beside a drug order that has nothing to do with it (R16)")
    func emergency() throws {
        let answer = try S(
            S.drug(S.gabapentin), facts: ["observations": [S.answer("saddle-sensory-loss", true)]]
        ).answer()
        #expect(answer.cards == ["K01", "K25"] && answer.indicators == ["critical", "info"])
    }

    @Test("an opioid signed together with a sedative names it, of whatever class, and each order speaks once")
    func together() throws {
        let benzodiazepine = try S(S.drug(S.oxycodone), S.drug(S.alprazolam, id: "m2"), facts: Self.severe).answer()
        #expect(benzodiazepine.cards == ["K26"])
        let gabapentinoid = try S(S.drug(S.oxycodone), S.drug(S.gabapentin, id: "m2"), facts: Self.severe).answer()
        #expect(gabapentinoid.cards == ["K26", "K26"])
        #expect(Set(gabapentinoid.uuids).count == 2)
        #expect(gabapentinoid.summaries.allSatisfy { $0.hasPrefix("Oxycodone") && $0.contains(" with gabapentin") })
    }

    @Test("drafts that no rule speaks of get no decision and are counted")
    func counted() throws {
        let engine = try Shipped.engine.get()
        let local = S.drug(S.oxycodone, id: "m3").replacing(CodeSystem.rxNorm, with: "urn:local")
        let drafts = [
            S.drug(S.alprazolam), S.drug(S.gabapentin, id: "m2"), local, S.service("http://loinc.org", "718-7"),
        ]
        let entries = ([S.radiculopathy] + drafts).map { #"{"resource":\#($0)}"# }.joined(separator: ",")
        let text = #"{"resourceType":"Bundle","type":"collection","entry":[\#(entries)]}"#
        let patient = try #require(
            RecordReader(terminology: engine.knowledge.terminology).read(Array(text.utf8), asOf: nil).records.first)
        let time = try #require(ReferenceTime(S.asOf))
        let findings = OrderReview(guideline: engine.guideline).review(patient, on: .record, at: time, clock: time)
        #expect(findings.reviews.map(\.decision.order?.orderClass) == [.gabapentinoid])
        #expect(
            findings.passedOver == [
                "drug that no rule speaks of": 1, "drug without an RxNorm code": 1, "service that no rule speaks of": 1,
            ])
    }

    @Test("an answer without a decision says which drafts got none")
    func passedOver() throws {
        let local = S.drug(S.oxycodone).replacing(CodeSystem.rxNorm, with: "urn:local")
        let answer = try S(local).answer()
        #expect(answer.cards.isEmpty && answer.decisions.isEmpty)
        let said = answer.document.read { root in
            root["extension"]?["org.spinehook.passedOver"]?.elements.map { $0["reason"]?.string }
        }
        #expect(said == ["drug without an RxNorm code"])
    }

    // MARK: Again and again

    @Test("the same order and facts give the same names, other facts others")
    func identity() throws {
        let signing = S(S.drug(S.oxycodone, days: "10"), facts: Self.severe)
        let (first, again) = (try signing.answer(), try signing.answer())
        #expect(first.uuids == again.uuids && first.suggestionUUIDs == again.suggestionUUIDs)
        let changed = [
            S(S.drug(S.oxycodone, days: "11"), facts: Self.severe),
            S(S.drug(S.oxycodone, id: "m9", days: "10"), facts: Self.severe),
            S(S.drug(S.oxycodone, days: "10"), facts: ["observations": [S.pain(8)]]),
        ]
        for other in changed { #expect(try Set(other.answer().uuids).isDisjoint(with: first.uuids)) }
        #expect(Set(first.uuids + first.suggestionUUIDs).count == first.uuids.count + first.suggestionUUIDs.count)
    }

    @Test("the longest names stay under 140 characters", arguments: TherapyRule.allCases.filter { $0.cardID != nil })
    func longest(_ rule: TherapyRule) throws {
        let long = String(repeating: "acetaminophen 300 MG / hydrocodone bitartrate 10 MG ", count: 6)
        let orderClass = try #require(rule.orderClasses.first)
        var facts = CardFacts()
        facts.orderName = long
        facts.overlaps = [long, long + "2"]
        facts.nsaidContraindications = [long, long + "2"]
        facts.findings = [.caudaEquina: [long, long + "2"], .infection: [long]]
        facts.dose = "123456.78 MME a day"
        facts.supply = "1234.56 to 12345.67 days"
        facts.pain = "10.0000000000000000000/10"
        facts.age = 130
        let met: [CriterionID] = [
            .caudaEquina, .infection, .extendedRelease, .dose, .supply, .nsaidContraindicated, .olderAdult,
        ]
        for severity in [CriterionResult.met, .notMet, .noneOnRecord] {
            let criteria =
                met.map { Criterion($0, .met, evidence: [Evidence(resource: "R/1", because: long)]) }
                + [Criterion(.severePain, severity)]
            let decision = Decision(
                guideline: LumbosacralRadiculopathy.id, guidelineVersion: "1", asOf: Day(20_255), subject: "Patient/p",
                order: OrderUnderReview(
                    reference: "R/1", at: "$", orderClass: orderClass, priority: .routine),
                slot: orderClass.slot,
                outcome: Outcome(
                    rule: rule.rawValue, rating: nil, contextClass: .undetermined, fit: nil, provisional: false,
                    card: rule.cardID, indicator: rule.indicator, removeSuggestionAllowed: false),
                criteria: criteria, configuration: "c", cardFacts: facts)
            let card = try #require(CardBuilder().card(for: CardBuilder.Review(decision)))
            #expect(card.summary.count < 140 && !card.summary.contains("{"), "\(card.summary)")
        }
    }
}
