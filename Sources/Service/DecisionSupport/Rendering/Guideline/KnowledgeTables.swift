import ClinicalModel
import Guidelines

/// The tables of the page that are made from the tables of the logic.
struct KnowledgeTables {
    let numbers: Thresholds
    let terminology: Terminology

    init(thresholds: Thresholds, terminology: Terminology) {
        numbers = thresholds
        self.terminology = terminology
    }

    var statements: PublishedTable {
        PublishedTable(
            "statements", "Statements",
            "What the source text says, paraphrased. References are the marks that it prints.",
            columns: [
                ("id", "id"), ("text", "statement"), ("references", "references"), ("topics", "topics"),
                ("rules", "rules"),
                ("cards", "cards"),
            ],
            rows: Statement.all.map { statement in
                [
                    .text(statement.id), .text(statement.text), .list(statement.marks.map { "ref-\($0)" }),
                    .list(statement.topics.map(\.rawValue)), .list(statement.rules), .list(statement.cards),
                ]
            })
    }

    var rules: PublishedTable {
        PublishedTable(
            "rules", "Rules",
            """
            Read from the top; the first that holds decides. Is imaging indicated now? The answer does not depend on \
            which test was ordered. A red flag that nobody recorded is unknown, never absent: it makes a rating \
            provisional.
            """,
            columns: [
                ("id", "rule"), ("condition", "holds when"), ("rating", "rating"), ("statements", "statements"),
            ],
            rows: RuleWords.all.map { rule in
                [.text(rule.shownID), .text(rule.condition), .text(rule.rating), .list(rule.rule.statements)]
            })
    }

    var therapyRules: PublishedTable {
        PublishedTable(
            "therapyRules", "Rules for drugs, rest and procedures",
            """
            Each order is decided by itself; within the rules of its kind the first that holds decides. They give no \
            rating.
            """,
            columns: [
                ("id", "rule"), ("orders", "orders"), ("condition", "holds when"), ("card", "card"),
                ("statements", "statements"),
            ],
            rows: TherapyWords.all.map { words in
                [
                    .text(words.rule.rawValue), .list(words.rule.orderClasses.map(\.name)), .text(words.words),
                    .text(words.rule.cardID.map { "\($0.rawValue) \($0.title)" } ?? "none"),
                    .list(words.rule.statements),
                ]
            })
    }

    /// The course table, each row answered by the function that the service itself uses.
    var course: PublishedTable {
        let states: [(CriterionResult, CriterionResult, CriterionResult, CriterionResult)] = [
            (.met, .met, .met, .met), (.notMet, .unknown, .unknown, .unknown), (.met, .notMet, .unknown, .unknown),
            (.met, .met, .notMet, .unknown), (.met, .met, .met, .notMet), (.unknown, .unknown, .unknown, .unknown),
            (.met, .unknown, .unknown, .unknown), (.met, .met, .unknown, .unknown), (.met, .met, .met, .unknown),
            (.unknown, .met, .met, .met), (.notMet, .met, .met, .met),
        ]
        return PublishedTable(
            "course", "Course (rule A10)",
            """
            A rating is given only where every possible answer to what is unknown leads to it, with one exception: a \
            patient of whom nobody says whether a procedure is an option may be imaged.
            """,
            columns: [
                ("reason", "reason"), ("sixWeeks", "six weeks since onset"), ("trial", "conservative treatment"),
                ("failed", "failed"), ("candidate", "procedure candidate"), ("rating", "rating"),
            ],
            rows: states.map { state in
                let reason = CourseReason.decide(sixWeeks: state.0, trial: state.1, failed: state.2, candidate: state.3)
                return [
                    .text("A10-\(reason.rawValue)"), .text(state.0.rawValue), .text(state.1.rawValue),
                    .text(state.2.rawValue), .text(state.3.rawValue), .text(reason.rating.words),
                ]
            })
    }

    /// The fit table, each cell answered by the function that the service itself uses.
    var fit: PublishedTable {
        let classes: [(ContextClass, String)] = [
            (.noFlag, "C1 indicated, no flag"), (.emergency, "C2 emergency"),
            (.infectionOrMalignancy, "C3 infection, malignancy"), (.fracture, "C4 fracture"),
            (.priorSurgery, "C5 earlier surgery"), (.undetermined, "C0 open"),
        ]
        return PublishedTable(
            "fit", "Fit of the ordered test",
            """
            Is the ordered test the right one? pref: preferred; ok: accepted; notpref: another is better; norole: no \
            role in the initial evaluation; inadequate: cannot answer an emergency.
            """,
            columns: [("test", "test")] + classes.map { ($0.0.rawValue, $0.1) },
            rows: Modality.allCases.map { test in
                [.text(test.name.capitalizedFirst)] + classes.map { .text(FitTable.base(test, $0.0).rawValue) }
            })
    }

    var fitModifiers: PublishedTable {
        PublishedTable(
            "fitModifiers", "What changes the fit",
            "In this order; for an MRI the first that applies decides.",
            columns: [("condition", "when"), ("effect", "then")],
            texts: [
                [
                    "MRI documented as contraindicated",
                    """
                    MRI: verify. CT without contrast and CT myelography stand in. With infection or malignancy: CT \
                    with contrast preferred, CT without contrast, bone scan and PET accepted, no lumbar puncture.
                    """,
                ],
                ["Device of unknown MR safety", "A good MRI: device. Suggested MRIs carry a safety line."],
                [
                    "Pregnancy",
                    """
                    MRI without contrast preferred; other good tests with contrast or X-rays: acceptable with a \
                    caution.
                    """,
                ],
                [
                    "Low eGFR, renal failure, gadolinium reaction, pregnancy",
                    "Gadolinium is never suggested.",
                ],
            ])
    }

    var cards: PublishedTable {
        PublishedTable(
            "cards", "Cards", "At most one an order; appropriate orders are answered with silence.",
            columns: [("id", "card"), ("about", "about"), ("overrideReasons", "reasons to set it aside")],
            rows: CardID.allCases.map { card in
                [.text(card.rawValue), .text(card.title), .list(card.overrideReasons.map(\.display))]
            })
    }

    var thresholds: PublishedTable {
        let defaults = Thresholds()
        return PublishedTable(
            "thresholds", "Thresholds in force", "",
            columns: [
                ("key", "key"), ("value", "value"), ("default", "default"), ("unit", "unit"), ("bounds", "bounds"),
                ("meaning", "meaning"),
            ],
            rows: Thresholds.table.map { key in
                [
                    .text(key.key), .text(key.read(numbers)), .text(key.read(defaults)), .text(key.unit),
                    .text(key.boundsInWords), .text(key.meaning),
                ]
            })
    }

    var valueSets: PublishedTable {
        PublishedTable(
            "valueSets", "Value sets in force",
            "Codes that the service reads. A code in none of them decides nothing.",
            columns: [
                ("name", "set"), ("title", "title"), ("version", "version"), ("date", "date"), ("url", "canonical URL"),
            ],
            rows: terminology.valueSets.map { set in
                [.text(set.name.rawValue), .text(set.title), .text(set.version), .text(set.date), .text(set.url)]
            })
    }
}
