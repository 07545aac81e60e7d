import Guidelines

extension DecisionTables {
    /// The indication table (section 3.2, rulings R31 to R33): for each rule the values of each column with which it decides,
    /// found by varying one column at a time around a state that falls under the rule.
    var indication: PublishedTable {
        let columns = Self.indicationColumns
        return PublishedTable(
            "indication", "Decision table: is imaging indicated?",
            """
            Exactly one row fits a patient. A red flag that is hinted at stands under "unknown" in its own column and \
            under "yes" in the column of hints. Course: the reason that the course table gives. \
            x: the rule that would have decided.
            """,
            columns: [("rule", "rule")] + columns.map { ($0.key, $0.title) } + [
                ("rating", "rating"), ("class", "class"),
            ],
            rows: RuleWords.all.compactMap { words in row(of: words, columns) })
    }

    private func row(of words: RuleWords, _ columns: [StateColumn]) -> [PublishedTable.Cell]? {
        guard let state = words.example?.withHintApart else { return nil }
        let cells = columns.map { column in
            column.cell(
                Set(
                    column.values.indices.filter { value in
                        var changed = state
                        column.values[value].apply(&changed)
                        return guideline.rule(for: changed).isPublished(with: words.rule)
                    }))
        }
        let outcome = guideline.decide(state)
        return [.link(words.shownID)] + cells
            + [.text(guideline.rating(for: state).words), .text(outcome.contextClass.rawValue)]
    }

    /// The columns of section 3.2, and what the rulings added to them.
    static let indicationColumns: [StateColumn] =
        [StateColumn(.caudaEquina), StateColumn(.progressiveDeficit), StateColumn(.adult), StateColumn(.radiculopathy)]
        + [
            StateColumn(
                "infectionOrMalignancy", "Infection or malignancy",
                [
                    ("met", { $0[.infection] = .met }),
                    ("not met", { ($0[.infection], $0[.malignancy]) = (.notMet, .notMet) }),
                    ("unknown", { ($0[.infection], $0[.malignancy]) = (.unknown, .unknown) }),
                ]), StateColumn(.fracture), StateColumn(.priorLumbarSurgery, [.met, .notMet]),
            StateColumn("course", "Course", CourseReason.allCases.map { reason in (reason.rawValue, reason.apply) }),
            StateColumn(.priorLumbarMRI, [.met, .notMet]), StateColumn(.ageOver70, [.met, .notMet]),
            StateColumn(
                "hint", "Hint or urgent context",
                [("yes", { $0[.urgentContext] = .met }), ("no", { $0[.urgentContext] = .notMet })]),
            StateColumn(.recordComplete, [.met, .notMet]),
        ]
}

extension CourseReason {
    /// Gives a state a course that comes to this reason.
    fileprivate func apply(_ state: inout GuidelineState) {
        let criteria: [CriterionID] = [.sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate]
        let results: [CriterionResult] =
            switch self {
            case .indicated: [.met, .met, .met, .met]
            case .early: [.notMet, .unknown, .unknown, .unknown]
            case .noTrial: [.met, .notMet, .unknown, .unknown]
            case .improving: [.met, .met, .notMet, .unknown]
            case .notCandidate: [.met, .met, .met, .notMet]
            case .askOnset: [.unknown, .unknown, .unknown, .unknown]
            case .askTrial: [.met, .unknown, .unknown, .unknown]
            case .askResponse: [.met, .met, .unknown, .unknown]
            case .askCandidate: [.met, .met, .met, .unknown]
            }
        for (criterion, result) in zip(criteria, results) { state[criterion] = result }
    }
}

extension GuidelineState {
    /// The same where a hint stands in the column of hints, not in that of a family.
    fileprivate var withHintApart: GuidelineState {
        var state = self
        for family in CriterionID.redFlags where self[family] == .suspected {
            state[family] = .unknown
            state[.urgentContext] = .met
        }
        return state
    }
}

extension RuleWords {
    /// The condition of the rule.
    var formal: RuleCondition? { Self.inReadingOrder.first { $0.words.rule == rule }?.condition }

    /// A state that falls under the rule: an adult with radiculopathy of whom nothing else is said than the rule asks.
    var example: GuidelineState? { formal?.fulfilled(by: .ofAdultWithRadiculopathy) }
}

extension Rule {
    /// Whether two rules stand on the page as one: the rules that hold another do, whatever they hold.
    func isPublished(with other: Rule) -> Bool {
        switch (self, other) {
        case (.elderly, .elderly), (.hint, .hint), (.unread, .unread): true
        default: self == other
        }
    }
}
