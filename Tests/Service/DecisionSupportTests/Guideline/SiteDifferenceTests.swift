import ClinicalModel
import Guidelines
import JSONTree
import KnowledgeBase
import Testing

@testable import DecisionSupport

@Suite("What a site changes, on the page and as a difference")
struct SiteDifferenceTests {
    /// The shipped knowledge with a number, a sentence and a suppressed card of a site; made once.
    static func publication() throws -> GuidelinePublication { try made.get() }

    private static let made = Result { try make([wait]) }

    /// What a key bears on, for the shipped knowledge; made once.
    private static let knowledge = Result {
        let engine = try Shipped.engine.get()
        return KnowledgeTables(
            engine.guideline, terminology: engine.knowledge.terminology, adaptation: CardAdaptation())
    }

    private static func make(_ differences: [ConfigurationDifference]) throws -> GuidelinePublication {
        var numbers = Thresholds()
        numbers.imagingAfterDays = 28
        var adaptation = CardAdaptation()
        adaptation.wording[.k05] = CardWording()
        adaptation.wording[.k05]?.summary = "Week {n}: physiotherapy first."
        adaptation.suppressed = [.k11]
        let engine = Engine(
            knowledge: try Shipped.engine.get().knowledge, thresholds: numbers, adaptation: adaptation)
        return engine.publication(softwareVersion: "9.9", differences: differences)
    }

    static let wait = ConfigurationDifference(
        key: "course.imagingAfterDays", shipped: "42", inForce: "28", meaning: "days of waiting", unit: "days")

    /// The row of a difference.
    static func shown(_ key: String, _ values: [String]) throws -> [String: String] {
        let difference = ConfigurationDifference(
            key: key, shipped: values[0], inForce: values[1], meaning: "meaning")
        let knowledge = try knowledge.get()
        let differences = SiteDifferences([difference], links: knowledge.links, terminology: knowledge.terminology)
        return try #require(rows(differences.table)[key])
    }

    static func rows(_ table: String, _ publication: GuidelinePublication) throws -> [String: [String: String]] {
        rows(try #require(publication.tables.first { $0.id == table }))
    }

    private static func rows(_ table: PublishedTable) -> [String: [String: String]] {
        Dictionary(
            uniqueKeysWithValues: table.rows.map { row in
                let cells = zip(table.columns, row).map { ($0.key, $1.line) }
                return (cells.first?.1 ?? "", Dictionary(uniqueKeysWithValues: cells))
            })
    }

    @Test("A changed number is marked, and no other one")
    func marks() throws {
        let publication = try Self.publication()
        let rows = try Self.rows("thresholds", publication)
        #expect(rows["course.imagingAfterDays"]?["value"] == "28")
        #expect(rows["course.imagingAfterDays"]?["default"] == "42")
        let marked = rows.filter { $0.value["mark"] != "" }.keys.sorted()
        #expect(marked == ["course.imagingAfterDays"])
        #expect(publication.html.contains("<tr id=\"course.imagingAfterDays\" class=\"changed\">"))
        #expect(publication.text.contains("course.imagingAfterDays  value: 28; default: 42; mark: changed by the site"))
    }

    @Test(
        "The rules speak of the number in force",
        arguments: [
            ("rules", "A10-EARLY", "Less than 4 weeks since onset."),
            ("rules", "A10-INDICATED", "Six weeks of failed conservative care"),
            ("therapyRules", "D-IV1", "Less than 4 weeks since onset"),
        ])
    func rules(_ table: String, _ rule: String, _ words: String) throws {
        let rows = try Self.rows(table, try Self.publication())
        #expect(rows[rule]?["condition"]?.hasPrefix(words) == true)
    }

    @Test("Cards carry the site's sentence, or that they are not shown")
    func cards() throws {
        let rows = try Self.rows("cards", try Self.publication())
        #expect(
            rows["K05"]?["sentence"] == "Week {n}: physiotherapy first."
                && rows["K05"]?["mark"] == "changed by the site")
        #expect(rows["K11"]?["mark"] == "not shown at this site")
        #expect(rows["K06"]?["mark"] == "")
    }

    @Test("The difference stands on the page, in its JSON and alone, with the digest of the decisions")
    func everywhere() throws {
        let publication = try Self.publication()
        let page = publication.html
        #expect(page.contains("Differences of this site") && page.contains("<td>42</td><td>28</td><td>days</td>"))
        #expect(page.contains(publication.guideline.configuration))
        for json in [publication.json, publication.differencesJSON] {
            try JSONDocument(json.encoded()).read { root in
                let list = root[named: "siteDifferences"] ?? root[named: "differences"]
                let row = try #require(list?.elements.first { _ in true })
                #expect(row[named: "key"]?.string == "course.imagingAfterDays")
                #expect(row[named: "shipped"]?.string == "42" && row[named: "inForce"]?.string == "28")
                #expect(root[named: "configuration"]?.string == publication.guideline.configuration)
            }
        }
        #expect(publication.differencesText.contains("shipped: 42; in force: 28; unit: days"))
        let shipped = try Shipped.engine.get().guideline.configuration
        #expect(publication.guideline.configuration != shipped)
    }

    @Test("Nothing changed is said")
    func none() throws {
        let publication = try Self.make([])
        for text in [publication.text, publication.html, publication.differencesText] {
            #expect(text.contains("No differences: the guideline is in force as shipped."))
        }
        try JSONDocument(publication.differencesJSON.encoded()).read { root in
            #expect(root[named: "differences"]?.raw.count == 2)
        }
    }

    struct Row: CustomTestStringConvertible {
        let key: String
        var values = ["", "1"]
        let criteria: String
        /// Rules and cards among others.
        let rules: [String]
        let cards: [String]
        /// Rules and cards that the key has nothing to do with.
        var not: [String] = []
        var testDescription: String { "\(key) \(values[1])" }
    }

    static let rows = [
        Row(
            key: "course.imagingAfterDays", criteria: "course.sixWeeks", rules: ["A10-EARLY", "D-IV1"],
            cards: ["K05", "K12", "K30"], not: ["A1", "D-OP2", "K27"]),
        Row(
            key: "inf.feverCelsius", criteria: "redflag.infection", rules: ["A5", "A13-HINT(x)", "D-IV3"],
            cards: ["K03", "K23", "K32", "K34"], not: ["A6", "K04", "D-NS1"]),
        Row(
            key: "opioid.mme", criteria: "drug.dose", rules: ["D-OP2", "D-OP5"], cards: ["K27"],
            not: ["D-OP0", "D-OP1", "K05"]),
        Row(key: "nsaid.egfr", criteria: "drug.nsaidContraindicated", rules: ["D-NS1", "D-NS2"], cards: ["K29"]),
        Row(key: "order.duplicateDays", criteria: "order.duplicate", rules: [], cards: ["K20"], not: ["K15"]),
        Row(key: "cards.K05.summary", criteria: "", rules: ["A10-EARLY"], cards: ["K05"], not: ["A1", "K06"]),
        Row(
            key: "cards.suppress", values: ["", "K11, K21"], criteria: "", rules: ["A10-ASK-CAND"],
            cards: ["K11", "K21"]),
        Row(key: "alerts.patientViewRiskFactorOnly", criteria: "", rules: [], cards: ["K23"]),
        Row(
            key: "terminology.map", values: ["", "https://hospital.example/flowsheet|1200: saddle-sensory-loss"],
            criteria: "redflag.caudaEquina", rules: ["A1"], cards: ["K01"], not: ["A5", "K03"]),
        Row(
            key: "terminology.add",
            values: ["", "bed-rest-order: https://hospital.example/orders|77 rest: in bed"],
            criteria: "activity.otherReason", rules: ["D-BR0", "D-BR1"], cards: ["K24"], not: ["A1"]),
    ]

    @Test("A key names the criteria, rules and cards that it bears on", arguments: rows)
    func concerns(_ row: Row) throws {
        let shown = try Self.shown(row.key, row.values)
        #expect(shown["criteria"] == row.criteria)
        func items(_ column: String) -> [String] { (shown[column] ?? "").components(by: ", ") }
        for rule in row.rules { #expect(items("rules").contains(rule), "\(rule)") }
        for card in row.cards { #expect(items("cards").contains(card), "\(card)") }
        for other in row.not { #expect(!items("rules").contains(other) && !items("cards").contains(other), "\(other)") }
    }

    @Test("Every number bears on a criterion or a card", arguments: Thresholds.table.map(\.key))
    func complete(_ key: String) throws {
        let shown = try Self.shown(key, ["0", "1"])
        #expect(shown["criteria"] != "" || shown["cards"] != "")
    }
}

extension String {
    fileprivate func components(by separator: String) -> [String] { split(separator: separator).map(String.init) }
}
