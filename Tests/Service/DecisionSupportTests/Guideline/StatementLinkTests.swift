import ClinicalModel
import Guidelines
import JSONTree
import Testing

@testable import DecisionSupport

@Suite("Statements and who carries them, on the page")
struct StatementLinkTests {
    /// Rows of a table by their id; lists are joined by blanks.
    static func rows(_ table: String) throws -> [String: [String: String]] {
        let publication = GuidelinePublicationTests.publication
        return try JSONDocument(publication.json.encoded()).read { root in
            var rows: [String: [String: String]] = [:]
            guard let elements = root[named: table]?.elements else { return rows }
            for row in elements {
                let cells = row.members.map { member -> (String, String) in
                    let items = member.value.elements.map { $0.string ?? "" }
                    return (member.name.text, member.value.string ?? items.joined(separator: " "))
                }
                rows[cells.first?.1 ?? ""] = Dictionary(uniqueKeysWithValues: cells)
            }
            return rows
        }
    }

    static func words(_ text: String?) -> [String] { (text ?? "").split(separator: " ").map(String.init) }

    /// Columns of the statements and the tables that they lead to.
    static let carriers = [
        ("rules", ["rules", "therapyRules"]), ("cards", ["cards"]), ("planParts", ["plan"]),
    ]

    @Test("G01 to G44 have a carrier that exists and names them")
    func forward() throws {
        let statements = try Self.rows("statements")
        #expect(statements.count == 45)
        for (id, statement) in statements where id != "G45" {
            var found = Self.words(statement["tables"])
            for (column, tables) in Self.carriers {
                let rows = try tables.reduce(into: [:]) { $0.merge(try Self.rows($1)) { first, _ in first } }
                for carrier in Self.words(statement[column]) {
                    let names = Self.words(rows[carrier]?["statements"])
                    #expect(names.contains(id), "\(id) leads to \(carrier), which does not lead back")
                    found.append(carrier)
                }
            }
            #expect(!found.isEmpty, "nothing carries \(id)")
        }
    }

    @Test("Every carrier's statement exists and leads back; none is the gap")
    func backward() throws {
        let statements = try Self.rows("statements")
        for (column, tables) in Self.carriers {
            for table in tables {
                let rows = try Self.rows(table)
                #expect(!rows.isEmpty)
                for (carrier, row) in rows where row["statements"]?.contains("rule x") != true {
                    for id in Self.words(row["statements"]) {
                        #expect(id != "G45")
                        let named = Self.words(statements[id]?[column])
                        #expect(named.contains(carrier), "\(carrier) names \(id)")
                    }
                }
            }
        }
    }

    /// Where the inventory of the guideline sends each statement (section 1, column "goes to"); a statement that goes to the
    /// detail of a card stands here with the card, one that goes to an advice with the part of the plan.
    static let inventory: [(String, [String])] = [
        ("G01", ["A10-EARLY", "K05", "K06", "K07", "six-week-recheck"]), ("G02", ["A10-EARLY", "K05"]),
        ("G03", ["D-OP2", "D-NS1", "D-MR1"]), ("G04", ["K05", "K06", "activity-advice"]),
        ("G05", ["K05", "patient-education"]), ("G06", ["K05", "patient-education"]),
        ("G07", ["K05", "K29", "D-NS1", "nsaid"]), ("G08", ["K31", "D-MR1"]),
        ("G09", ["D-OP2", "D-OP3", "D-OP4", "K27", "K28"]), ("G10", ["K25", "D-NP2"]), ("G11", ["D-NP2", "K25"]),
        ("G12", ["K25"]), ("G13", ["D-BR1", "K24", "activity-advice"]), ("G14", ["D-BR1", "K24", "activity-advice"]),
        ("G15", ["heat-or-cold"]), ("G16", ["patient-education"]), ("G17", ["rehabilitation-referral"]),
        ("G18", ["K05", "K06", "K07", "K08"]), ("G19", ["A10-EARLY", "A10-ASK-ONSET"]),
        ("G20", ["D-IV1", "D-IV2", "K30"]), ("G21", ["K08"]), ("G22", ["K05", "G02"]), ("G23", ["K05"]),
        ("G24", ["K05"]), ("G25", ["K05"]), ("G26", ["K05"]), ("G27", ["A1", "A2", "A5", "A6"]),
        ("G28", ["A1", "K01"]), ("G29", ["A5", "K03"]), ("G30", ["A5", "K03"]), ("G31", ["A6", "K04"]),
        ("G32", ["A2", "K02"]), ("G33", ["A10-INDICATED", "A10-ASK-CAND", "K10", "K11"]), ("G34", ["fit"]),
        ("G35", ["fit", "K15"]), ("G36", ["fit", "K15"]), ("G37", ["fit", "K15"]), ("G38", ["fit", "K15"]),
        ("G39", ["K05", "G02"]), ("G40", ["K05"]), ("G41", ["K05"]), ("G42", ["D-BR1", "K24", "G14"]),
        ("G43", ["K25", "G11"]), ("G44", ["A11-REPEAT", "A11-REPEAT-PLANNING", "K17", "K18"]), ("G45", []),
    ]

    @Test("A statement leads to where the inventory sends it", arguments: inventory)
    func goesTo(_ id: String, _ expected: [String]) throws {
        let row = try #require(try Self.rows("statements")[id])
        let columns = ["rules", "cards", "planParts", "tables", "restatements"]
        let found = columns.flatMap { Self.words(row[$0]) }
        for carrier in expected { #expect(found.contains(carrier), "\(carrier)") }
        if expected.isEmpty { #expect(found.isEmpty) }
    }

    @Test("A card leads to the rules that give it, and they to the card")
    func cards() throws {
        let rules = try Self.rows("rules"), therapy = try Self.rows("therapyRules"), cards = try Self.rows("cards")
        #expect(cards.count == CardID.allCases.count)
        for (card, row) in cards {
            let given = Self.words(row["rules"])
            #expect(!given.isEmpty, "no rule gives \(card)")
            for rule in given {
                let named = Self.words(rules[rule]?["cards"]) + Self.words(therapy[rule]?["card"])
                #expect(named.contains(card), "\(rule)")
            }
        }
        for (rule, row) in rules {
            for card in Self.words(row["cards"]) {
                let givers = Self.words(cards[card]?["rules"])
                #expect(givers.contains(rule), "\(card)")
            }
        }
    }

    @Test("Every link of the page leads to a place on it, and no place is there twice")
    func anchors() {
        let html = GuidelinePublicationTests.publication.html
        let places = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(places).count == places.count)
        let links = html.matches(of: /href="([^"]*)"/).map { String($0.1) }
        #expect(links.count > 500)
        for link in Set(links) {
            #expect(link.hasPrefix("#") && places.contains(String(link.dropFirst())), "\(link)")
        }
        // A table's heading may be a place of the section only; what is named by id must be one.
        for id in [
            "G19", "A10-EARLY", "D-OP2", "K05", "nsaid", "redflag.infection", "inf.feverDays", "Q8", "S03", "fit",
        ] {
            #expect(places.contains(id), "\(id)")
        }
    }

    @Test("A statement is a way to its rule, the rule to its card")
    func chain() {
        let html = GuidelinePublicationTests.publication.html
        func row(_ id: String) -> Substring {
            guard let start = html.firstRange(of: "<tr id=\"\(id)\"") else { return "" }
            let rest = html[start.lowerBound...]
            return rest.firstRange(of: "</tr>").map { rest[..<$0.lowerBound] } ?? ""
        }
        #expect(row("G19").contains("href=\"#A10-EARLY\"") && row("A10-EARLY").contains("href=\"#K05\""))
        #expect(row("K05").contains("href=\"#A10-EARLY\"") && row("A10-EARLY").contains("href=\"#G19\""))
        #expect(!row("G45").contains("href"))
    }
}
