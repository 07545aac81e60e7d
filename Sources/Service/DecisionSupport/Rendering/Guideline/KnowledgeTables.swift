import ClinicalModel
import Guidelines

/// The tables of the page that are made from the tables of the logic.
struct KnowledgeTables: Sendable {
    let guideline: LumbosacralRadiculopathy
    let terminology: Terminology
    private let adaptation: CardAdaptation
    private let selection: CardSelection
    private let therapy: [TherapyDecisions]
    let links: RuleLinks

    init(_ guideline: LumbosacralRadiculopathy, terminology: Terminology, adaptation: CardAdaptation) {
        self.guideline = guideline
        self.terminology = terminology
        self.adaptation = adaptation
        selection = CardSelection(guideline)
        therapy = TherapyDecisions.all(guideline)
        links = RuleLinks(selection, therapy)
    }

    private var numbers: Thresholds { guideline.thresholds }

    /// What the text says and who carries it out, in the order of reading.
    var content: [PublishedTable] { [statements, rules, therapyRules, cards, plan, criteria] }

    /// How it is decided, each table filled by the functions that decide.
    var decisions: [PublishedTable] {
        let imaging = DecisionTables(guideline: guideline)
        return imaging.imaging + [selection.table, imaging.patientView] + therapy.map(\.table)
    }

    /// What the site has in force.
    var inForce: [PublishedTable] { [thresholds, valueSets] }

    private var statements: PublishedTable {
        PublishedTable(
            "statements", "Statements",
            """
            What the source text says, paraphrased, and what carries it out. References are the marks that the text prints. \
            G45 is a gap: the text breaks off there, and nothing rests on it.
            """,
            columns: [
                ("id", "id"), ("text", "statement"), ("references", "references"), ("topics", "topics"),
                ("rules", "rules"), ("cards", "cards"), ("planParts", "parts of the plan"), ("tables", "tables"),
                ("restatements", "said again in"),
            ],
            rows: Statement.all.map { statement in
                [
                    .text(statement.id), .text(statement.text), .list(statement.marks.map { "ref-\($0)" }),
                    .list(statement.topics.map(\.rawValue)), .links(statement.rules), .links(statement.cards),
                    .links(statement.planParts), .links(statement.tables), .links(statement.restatements),
                ]
            }, isAnchored: true)
    }

    /// How the rules for imaging are read.
    static let rulesIntroduction = """
        Read from the top; the first that holds decides. Is imaging indicated now? The answer does not depend on \
        which test was ordered. A red flag that nobody recorded is unknown, never absent: it makes a rating provisional.
        """

    private var rules: PublishedTable {
        PublishedTable(
            "rules", "Rules for imaging", Self.rulesIntroduction,
            columns: [
                ("id", "rule"), ("condition", "holds when"), ("rating", "rating"), ("criteria", "asks about"),
                ("cards", "cards"), ("statements", "statements"),
            ],
            rows: RuleWords.all.map { rule in
                let carried: PublishedTable.Cell =
                    rule.rule.holdsAnother ? .text("those of the rule x") : .links(rule.statements)
                return [
                    .text(rule.shownID), .text(rule.condition(numbers)), .text(rule.rating),
                    .links(links.criteria(of: rule.shownID).map(\.rawValue)),
                    .links(links.cards(of: rule.shownID).map(\.rawValue)), carried,
                ]
            }, isAnchored: true)
    }

    private var therapyRules: PublishedTable {
        PublishedTable(
            "therapyRules", "Rules for drugs, rest and procedures",
            """
            Each such order is decided by itself; of the rules for its kind the first that holds decides. These orders get \
            no rating. What nobody recorded does not trigger a rule; it is asked for.
            """,
            columns: [
                ("id", "rule"), ("orders", "orders"), ("condition", "holds when"), ("criteria", "asks about"),
                ("card", "card"), ("indicator", "indicator"), ("statements", "statements"),
            ],
            rows: TherapyRule.allCases.map { rule in
                [
                    .text(rule.rawValue), .list(rule.orderClasses.map(\.name)),
                    .text(TherapyWords(rule: rule).words(numbers)),
                    .links(links.criteria(of: rule.rawValue).map(\.rawValue)),
                ] + DecisionTables.result(rule.cardID, rule.indicator) + [.links(rule.statements)]
            }, isAnchored: true)
    }

    private var cards: PublishedTable {
        PublishedTable(
            "cards", "Cards",
            """
            At most one an order; appropriate orders are answered with silence. The sentence is the usual one; braces stand \
            for what the record holds.
            """,
            columns: [
                ("id", "card"), ("about", "about"), ("sentence", "sentence"), ("mark", "mark"), ("rules", "given by"),
                ("statements", "statements"),
                ("overrideReasons", "reasons to set it aside"),
            ],
            rows: CardID.allCases.map { card in
                [
                    .text(card.rawValue), .text(card.title), .text(sentence(of: card)), .text(mark(of: card)),
                    .links(links.rules(of: [card])), .links(card.statements),
                    .list(card.overrideReasons.map(\.display)),
                ]
            }, isAnchored: true)
    }

    private func sentence(of card: CardID) -> String {
        adaptation.wording[card]?.summary
            ?? ShippedSummary.template(of: card, thresholds: numbers)?.text ?? ""
    }

    private func mark(of card: CardID) -> String {
        if adaptation.suppressed.contains(card) { return Self.suppressed }
        return adaptation.wording[card] == nil ? "" : Self.changed
    }

    private var plan: PublishedTable {
        PublishedTable(
            "plan", CarePlanPart.planTitle,
            """
            What the service for the conservative plan suggests, each part by itself. The NSAID only where nothing on record \
            speaks against it and its guards are known. Muscle relaxants, opioids and drugs for nerve pain are never suggested.
            """,
            columns: [
                ("id", "part"), ("title", "title"), ("text", "text"), ("kind", "FHIR resource"),
                ("statements", "statements"),
            ],
            rows: CarePlanPart.allCases.map { part in
                [
                    .text(part.id), .text(part.title), .text(part.text(numbers)), .text(part.kind.rawValue),
                    .links(part.statements),
                ]
            }, isAnchored: true)
    }

    private var criteria: PublishedTable {
        PublishedTable(
            "criteria", "Criteria",
            """
            What is read from a record before the rules decide. Where nobody says anything, a criterion comes to its default; \
            unknown is never no.
            """,
            columns: [
                ("id", "criterion"), ("title", "about"), ("default", "when nothing is recorded"),
                ("thresholds", "thresholds"), ("rules", "asked about by"),
            ],
            rows: CriterionID.allCases.map { id in
                [
                    .text(id.rawValue), .text(id.title), .text(id.defaultResult.words.loweringFirst),
                    .links(Thresholds.table.map(\.key).filter { Concerns.criteria(of: $0).contains(id) }),
                    .links(links.rules(asking: [id])),
                ]
            }, isAnchored: true)
    }

    private var thresholds: PublishedTable {
        let defaults = Thresholds()
        return PublishedTable(
            "thresholds", "Thresholds in force",
            "Every number and switch that a site may set, with the bounds that the service holds it to.",
            columns: [
                ("key", "key"), ("value", "value"), ("default", "default"), ("mark", "mark"), ("unit", "unit"),
                ("bounds", "bounds"), ("meaning", "meaning"), ("criteria", "decides on"),
            ],
            rows: Thresholds.table.map { key in
                let (value, shipped) = (key.read(numbers), key.read(defaults))
                return [
                    .text(key.key), .text(value), .text(shipped), .text(value == shipped ? "" : Self.changed),
                    .text(key.unit), .text(key.boundsInWords), .text(key.meaning),
                    .links(Concerns.criteria(of: key.key).map(\.rawValue)),
                ]
            }, isAnchored: true)
    }

    /// What marks a number or a card that is not as shipped.
    static let changed = "changed by the site"
    /// What marks a card that the site does not show.
    static let suppressed = "not shown at this site"

    private var valueSets: PublishedTable {
        PublishedTable(
            "valueSets", "Value sets in force",
            """
            Codes that the service reads. A code in none of them decides nothing. The count is that of the whole set: files \
            of one name complete each other.
            """,
            columns: [
                ("name", "set"), ("title", "title"), ("codes", "codes"), ("version", "version"), ("date", "date"),
                ("url", "canonical URL"),
            ],
            rows: terminology.valueSets.map { set in
                [
                    .text(set.name.rawValue), .text(set.title), .text(String(terminology.members(of: set.name).count)),
                    .text(set.version), .text(set.date), .text(set.url),
                ]
            })
    }
}

extension Rule {
    /// Whether it stands over the rule that would have decided.
    fileprivate var holdsAnother: Bool {
        switch self {
        case .elderly, .hint, .unread: true
        default: false
        }
    }
}
