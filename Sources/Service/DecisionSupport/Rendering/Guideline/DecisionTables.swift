import ClinicalModel
import Guidelines

/// The decision tables of imaging, each filled by asking the functions that decide.
struct DecisionTables {
    let guideline: LumbosacralRadiculopathy

    /// The tables of imaging that read no other, in the order of reading.
    var imaging: [PublishedTable] { [indication, course, fit, fitModifiers] }

    // MARK: Course and fit

    private static let courseCriteria: [CriterionID] = [
        .sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate,
    ]

    /// The course table (section 3.3): every combination of the four criteria.
    private var course: PublishedTable {
        let columns = Self.courseCriteria.map { StateColumn($0) }
        let table = CaseTable(columns.sizes) { values in
            let state = columns.state(values)
            return CourseReason.decide(
                sixWeeks: state[.sixWeeks], trial: state[.trialDocumented], failed: state[.trialFailed],
                candidate: state[.procedureCandidate])
        }
        return PublishedTable(
            "course", "Decision table: course (rule A10)",
            """
            A rating is given only where every possible answer to what is unknown leads to it, with one exception: a \
            patient of whom nobody says whether a procedure is an option may be imaged. An onset of less than the time to \
            wait beside a completed treatment contradicts it and is asked for.
            """,
            columns: [("rule", "rule")] + columns.map { ($0.key, $0.title) } + [("rating", "rating")],
            rows: table.rows.map { row in
                [.link("A10-\(row.result.rawValue)")] + columns.cells(row.cells) + [.text(row.result.rating.words)]
            })
    }

    /// The classes of context in the order of the guideline, with their names.
    static let classes: [(ContextClass, String)] = [
        (.noFlag, "C1 indicated, no flag"), (.emergency, "C2 emergency"),
        (.infectionOrMalignancy, "C3 infection, malignancy"), (.fracture, "C4 fracture"),
        (.priorSurgery, "C5 earlier surgery"), (.undetermined, "C0 open"),
    ]

    private static let tests: (key: String, title: String) = ("test", "test")

    /// The fit table (section 3.4) where nothing is known of MR safety and pregnancy.
    private var fit: PublishedTable {
        PublishedTable(
            "fit", "Decision table: fit of the ordered test",
            """
            Is the ordered test the right one? pref: preferred; ok: accepted; notpref: another is better; norole: no \
            role in the initial evaluation; inadequate: cannot answer an emergency. The classes C0 to C5 say why imaging \
            is asked for; the indication table names the class of each rule.
            """,
            columns: [Self.tests] + Self.classes.map { ($0.0.rawValue, $0.1) },
            rows: Modality.allCases.map { test in
                [.text(test.name.capitalizedFirst)] + Self.classes.map { .text(FitTable.base(test, $0.0).rawValue) }
            }, statements: FitTable.statements)
    }

    private static let safetyCriteria: [CriterionID] = [.mriContraindicated, .mrDevice, .pregnant]

    /// The fit table with MR safety and pregnancy (rulings R12 and R47): every test under every combination.
    private var fitModifiers: PublishedTable {
        let columns = Self.safetyCriteria.map { StateColumn($0, [.met, .notMet]) }
        let rows = Modality.allCases.flatMap { test -> [[PublishedTable.Cell]] in
            CaseTable(columns.sizes) { values in
                Self.classes.map { FitTable.fit(test, $0.0, columns.state(values)).rawValue }
            }.rows.map { row in
                [.text(test.name.capitalizedFirst)] + columns.cells(row.cells) + row.result.map { .text($0) }
            }
        }
        return PublishedTable(
            "fitModifiers", "Decision table: what changes the fit",
            """
            Everything but a documented "yes" is "not met" here. verify: an MRI that is documented as contraindicated; \
            device: a good MRI beside a device of unknown MR safety; preg: good, with the cautions of pregnancy.
            """,
            columns: [Self.tests] + columns.map { ($0.key, $0.title) } + Self.classes.map { ($0.0.rawValue, $0.1) },
            rows: rows)
    }

    /// The cells of a card and its indicator; words where there is none.
    static func result(_ card: CardID?, _ indicator: Indicator?) -> [PublishedTable.Cell] {
        [card.map { .link($0.rawValue) } ?? .text("no card"), .text(indicator?.rawValue ?? "")]
    }
}

extension FitTable {
    /// The statements that the fit table carries out.
    static let statements = ["G34", "G35", "G36", "G37", "G38"]
}
