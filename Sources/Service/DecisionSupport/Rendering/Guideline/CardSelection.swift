import ClinicalModel
import Guidelines

/// Which card each rule of the indication table leads to (section 3.5), found by asking the tables for every order.
struct CardSelection {
    /// What was answered; nil without a card.
    struct Choice: Hashable {
        let card: CardID
        let indicator: Indicator
    }

    /// The rows of one rule.
    struct RuleRows {
        let rule: RuleWords
        let columns: [StateColumn]
        let rows: [CaseTable<Choice?>.Row]

        /// The cards that the rule leads to, in the order of the catalogue.
        var cards: [CardID] { CardID.allCases.filter { card in rows.contains { $0.result?.card == card } } }
    }

    let rules: [RuleRows]

    init(_ guideline: LumbosacralRadiculopathy) {
        rules = RuleWords.all.compactMap { words in
            guard let state = words.example else { return nil }
            let columns = Self.columns(guideline, state)
            let table = CaseTable(columns.sizes) { guideline.decide(columns.state($0, from: state)).choice }
            return RuleRows(rule: words, columns: columns, rows: table.rows)
        }
    }

    /// Presenting feature, priority, fit and duplicate, as far as the rule leaves them open.
    private static func columns(_ guideline: LumbosacralRadiculopathy, _ state: GuidelineState) -> [StateColumn] {
        var presence: [(String, StateColumn.Change)] = [("no", { _ in })]
        if let change = presenting(guideline, state) { presence.append(("yes", change)) }
        let priorities = Priority.allCases.map { priority -> (String, StateColumn.Change) in
            (
                priority.words,
                { state in
                    let test = state.order?.modality ?? .mriWithout
                    state.order = GuidelineState.Order(modality: test, priority: priority)
                }
            )
        }
        let fits = fits(guideline, state).map { fit, change in (fit?.rawValue ?? "not judged", change) }
        return [
            StateColumn("presenting", "presenting feature", presence),
            StateColumn("priority", "priority", priorities), StateColumn("fit", "fit", fits),
            StateColumn("duplicate", "same test ordered", [("no", { _ in }), ("yes", { $0[.duplicate] = .met })]),
        ]
    }

    /// Each fit that an order can have under the rule, and an order and a patient that have it.
    private static func fits(
        _ guideline: LumbosacralRadiculopathy, _ state: GuidelineState
    ) -> [(Fit?, StateColumn.Change)] {
        var found: [Fit?: StateColumn.Change] = [:]
        // In pregnancy a CT is good where an MRI must not be done, so that pairs count too.
        for modifiers in [
            [], [CriterionID.mriContraindicated], [.mrDevice], [.pregnant], [.mriContraindicated, .pregnant],
        ] {
            for test in Modality.allCases {
                let change: StateColumn.Change = { state in
                    let priority = state.order?.priority ?? .routine
                    state.order = GuidelineState.Order(modality: test, priority: priority)
                    for modifier in modifiers { state[modifier] = .met }
                }
                var changed = state
                change(&changed)
                let fit = guideline.decide(changed).fit
                if found[fit] == nil { found[fit] = change }
            }
        }
        return ([nil] + Fit.allCases).compactMap { fit in found[fit].map { (fit, $0) } }
    }

    /// How a state takes every presenting feature that leaves its rule as it is; nil where none does.
    private static func presenting(
        _ guideline: LumbosacralRadiculopathy, _ state: GuidelineState
    ) -> StateColumn.Change? {
        let rule = guideline.rule(for: state)
        let families = CriterionID.presentingFamilies.filter { family in
            var changed = state
            changed[family] = .met
            return guideline.rule(for: changed) == rule
        }
        if families.isEmpty { return nil }
        return { state in
            for family in families {
                state[family] = .met
                state.setPresenting(family)
            }
        }
    }

    /// The table of all rules.
    var table: PublishedTable {
        let keys = rules.first?.columns ?? []
        return PublishedTable(
            "cardSelection", "Decision table: card of an imaging order",
            "At most one card an order. Where a row says no card, the answer is silence with a decision beside it.",
            columns: [("rule", "rule")] + keys.map { ($0.key, $0.title) }
                + [("card", "card"), ("indicator", "indicator")],
            rows: rules.flatMap { rule in
                rule.rows.map { row in
                    [.link(rule.rule.shownID)] + rule.columns.cells(row.cells)
                        + DecisionTables.result(row.result?.card, row.result?.indicator)
                }
            })
    }
}

extension Outcome {
    /// The card of the outcome; nil for silence.
    var choice: CardSelection.Choice? {
        guard let card, let indicator else { return nil }
        return CardSelection.Choice(card: card, indicator: indicator)
    }
}

extension DecisionTables {
    /// The patient view (section 3.6): what is said where no order is under review.
    var patientView: PublishedTable {
        var rows: [[PublishedTable.Cell]] = []
        for words in RuleWords.all {
            let found = patientViewRows(of: words)
            if found.contains(where: { $0.result != nil }) {
                rows += found.map { row in
                    [.link(words.shownID)] + Self.patientViewColumns.cells(row.cells)
                        + Self.result(row.result?.card, row.result?.indicator)
                }
            }
        }
        let rest =
            [PublishedTable.Cell.text("every other rule")]
            + Self.patientViewColumns.map { _ in .text(StateColumn.any) } + Self.result(nil, nil)
        return PublishedTable(
            "patientView", "Decision table: patient view",
            "When a chart is opened. An order counts as adequate by its region, its fit, its priority and its age.",
            columns: [("rule", "rule")] + Self.patientViewColumns.map { ($0.key, $0.title) }
                + [("card", "card"), ("indicator", "indicator")],
            rows: rows + [rest])
    }

    private static let patientViewColumns = [
        StateColumn(.activeAdequate, [.met, .notMet]), StateColumn(.radiculopathy, [.met, .unknown]),
        StateColumn(
            "presenting", "presenting feature",
            [
                ("no", { _ in }),
                (
                    "yes",
                    { state in
                        for family in CriterionID.presentingFamilies where state[family] == .met {
                            state.setPresenting(family)
                        }
                    }
                ),
            ]),
    ]

    /// What a rule says in the patient view.
    private func patientViewRows(of words: RuleWords) -> [CaseTable<CardSelection.Choice?>.Row] {
        guard let state = words.example else { return [] }
        let columns = Self.patientViewColumns
        return CaseTable(columns.sizes) { guideline.decide(columns.state($0, from: state)).choice }.rows
    }
}
