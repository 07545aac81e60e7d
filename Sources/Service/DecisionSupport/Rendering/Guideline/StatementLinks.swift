import Guidelines

// Who carries a statement is said by the carriers: each rule, part of the plan and table lists its statements.

extension Statement {
    /// Rules that carry it out, by the ids of the page; empty where it is only explained.
    public var rules: [String] {
        RuleWords.all.filter { $0.statements.contains(id) }.map(\.shownID)
            + TherapyRule.allCases.filter { $0.statements.contains(id) }.map(\.rawValue)
    }

    /// Parts of the conservative plan that carry it out.
    public var planParts: [String] { CarePlanPart.allCases.filter { $0.statements.contains(id) }.map(\.id) }

    /// Decision tables that carry it out.
    public var tables: [String] { FitTable.statements.contains(id) ? ["fit"] : [] }

    /// Statements of the source text that say the same again (guideline section 1).
    public var restatements: [String] {
        Self.restated.first { $0.contains(id) }?.filter { $0 != id } ?? []
    }

    private static let restated = [
        ["G01", "G19"], ["G02", "G22", "G39"], ["G06", "G16", "G21"], ["G10", "G11", "G43"], ["G13", "G14", "G42"],
    ]
}

extension CardID {
    /// The statements that the card rests on or shows.
    var statements: [String] { Statement.all.filter { $0.cards.contains(rawValue) }.map(\.id) }
}
