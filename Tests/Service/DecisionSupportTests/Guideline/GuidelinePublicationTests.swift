import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree
import Testing

@testable import DecisionSupport

@Suite("What is published of the guideline")
struct GuidelinePublicationTests {
    static let publication = GuidelinePublication(
        LumbosacralRadiculopathy(thresholds: strict, configuration: "c0ffee"), terminology: Case.terminology,
        softwareVersion: "9.9")

    static var strict: Thresholds {
        var numbers = Thresholds()
        numbers.trialMinDays = 56
        return numbers
    }

    /// The rows of a table, read back from the JSON form.
    static func rows(_ table: String) throws -> [[String: String]] {
        try JSONDocument(publication.json.encoded()).read { root in
            root[named: table]?.elements.map { row in
                Dictionary(
                    uniqueKeysWithValues: row.members.map { ($0.name.text, $0.value.string ?? String($0.value.raw)) })
            } ?? []
        }
    }

    @Test("has every statement, G45 as a gap that nothing refers to (I18)")
    func statements() throws {
        let rows = try Self.rows("statements")
        #expect(rows.map { $0["id"] } == (1...45).map { $0 < 10 ? "G0\($0)" : "G\($0)" })
        #expect(rows.last?["text"]?.hasPrefix("Gap") == true)
        for column in ["rules", "cards", "planParts", "tables", "restatements"] { #expect(rows.last?[column] == "[]") }
    }

    @Test("knows the statements of every rule, and no rule rests on the gap")
    func ruleStatements() {
        for rule in RuleWords.all {
            for id in rule.rule.statements {
                #expect(Statement.statement(id) != nil, "\(rule.shownID) names \(id)")
                #expect(id != "G45")
            }
        }
    }

    @Test("lists every rule id of the guideline, each once")
    func rules() throws {
        let ids = try Self.rows("rules").compactMap { $0["id"] }
        let expected =
            ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"] + CourseReason.allCases.map { "A10-\($0.rawValue)" }
            + ["A11-REPEAT", "A11-REPEAT-PLANNING", "A12-ELDERLY(x)", "A13-HINT(x)", "A14-UNREAD(x)"]
        #expect(ids.sorted() == expected.sorted())
    }

    @Test("lists every rule for drugs, rest and procedures, with its card and statements")
    func therapyRules() throws {
        let rows = try Self.rows("therapyRules")
        #expect(rows.compactMap { $0["id"] } == TherapyRule.allCases.map(\.rawValue))
        for (row, rule) in zip(rows, TherapyRule.allCases) {
            #expect(row["card"]?.hasPrefix(rule.cardID?.rawValue ?? "no card") == true, "\(rule)")
        }
        #expect(Self.publication.item("D-OP2") != nil)
    }

    @Test("shows the fit table of the logic, cell by cell")
    func fit() throws {
        let rows = try Self.rows("fit")
        #expect(rows.count == Modality.allCases.count)
        for (row, modality) in zip(rows, Modality.allCases) {
            for contextClass in ContextClass.allCases {
                #expect(row[contextClass.rawValue] == FitTable.base(modality, contextClass).rawValue)
            }
        }
    }

    @Test("has a row of the course table for every reason")
    func course() throws {
        let reasons = Set(try Self.rows("course").compactMap { $0["rule"] })
        #expect(reasons == Set(CourseReason.allCases.map { "A10-\($0.rawValue)" }))
    }

    @Test("shows the number in force beside its default")
    func thresholds() throws {
        let rows = try Self.rows("thresholds")
        #expect(rows.count == Thresholds.table.count)
        let trial = try #require(rows.first { $0["key"] == "course.trial.minDays" })
        #expect(trial["value"] == "56" && trial["default"] == "42" && trial["bounds"] == "0 to 182")
    }

    @Test("publishes the 13 source attributes")
    func sourceAttributes() throws {
        let rows = try Self.rows("sourceAttributes")
        #expect(rows.map { $0["number"] } == (1...13).map(String.init))
        #expect(rows.first?["value"]?.contains("unreviewed secondary summary") == true)
        #expect(rows[3]["value"]?.contains("9.9") == true)
    }

    @Test("publishes value sets, deviations, open questions, limits and sources")
    func others() throws {
        #expect(try Self.rows("valueSets").map { $0["name"] } == ["mri-lumbar"])
        #expect(try Self.rows("openQuestions").count == 23)
        #expect(try Self.rows("sources").count == 58)
        for table in ["deviations", "differences", "limits", "use", "cards", "fitModifiers"] {
            #expect(try !Self.rows(table).isEmpty, "\(table)")
        }
    }

    @Test("cites only sources that are listed")
    func citations() throws {
        let listed = Set(try Self.rows("sources").compactMap { $0["tag"] })
        var texts = [Self.publication.text]
        for row in CardTableTests.rows { texts.append(try #require(row.the.card()?.card.detail)) }
        for text in texts {
            for match in text.matches(of: /\[(S\d+)\]/) { #expect(listed.contains(String(match.1)), "\(match.1)") }
        }
    }

    @Test("is one page with an anchor for each statement, nothing to load, and every tag closed")
    func html() {
        let html = Self.publication.html
        for statement in Statement.all { #expect(html.contains("<tr id=\"\(statement.id)\">")) }
        #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("<link"))
        for tag in ["table", "section", "tr", "td", "th", "ul", "main", "nav", "dl"] {
            let opened = html.ranges(of: "<\(tag)>").count + html.ranges(of: "<\(tag) ").count
            #expect(opened == html.ranges(of: "</\(tag)>").count, "\(tag)")
        }
        #expect(html.contains("lang=\"en\"") && html.contains("<title>"))
    }

    @Test("reads as plain text")
    func text() {
        let text = Self.publication.text
        #expect(text.contains("THRESHOLDS IN FORCE") && text.contains("course.trial.minDays  value: 56; default: 42"))
        #expect(!text.contains("<td"))
    }
}
