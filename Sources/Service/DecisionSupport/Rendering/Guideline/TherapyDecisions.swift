import Guidelines

/// The decision table of one class of drug, activity or procedure orders (section 3.7), found by asking the rules for every
/// combination of what they read.
struct TherapyDecisions {
    let orderClass: OrderClass
    let columns: [StateColumn]
    let rows: [CaseTable<TherapyRule>.Row]

    init(_ orderClass: OrderClass, _ guideline: LumbosacralRadiculopathy) {
        let columns = Self.columns(of: orderClass)
        self.orderClass = orderClass
        self.columns = columns
        rows = CaseTable(columns.sizes) { guideline.rule(for: orderClass, columns.state($0)) }.rows
    }

    /// Those of every class of orders.
    static func all(_ guideline: LumbosacralRadiculopathy) -> [TherapyDecisions] {
        OrderClass.allCases.map { TherapyDecisions($0, guideline) }
    }

    /// The criteria on which a rule depends; the five families where it reads red flags.
    func criteria(of rule: TherapyRule) -> Set<CriterionID> {
        var found: Set<CriterionID> = []
        for row in rows where row.result == rule {
            for (column, cell) in zip(columns, row.cells) where cell.count < column.values.count {
                found.formUnion(CriterionID(rawValue: column.key).map { [$0] } ?? CriterionID.redFlags)
            }
        }
        return found
    }

    var table: PublishedTable {
        PublishedTable(
            "decide-\(orderClass.rawValue)", "Decision table: \(orderClass.name)",
            "Exactly one row fits an order. unknown stands for nothing on record too.",
            columns: columns.map { ($0.key, $0.title) }
                + [("rule", "rule"), ("card", "card"), ("indicator", "indicator")],
            rows: rows.map { row in
                columns.cells(row.cells) + [.link(row.result.rawValue)]
                    + DecisionTables.result(row.result.cardID, row.result.indicator)
            })
    }

    /// The criteria that the rules of a class read, the five families as one.
    private static func columns(of orderClass: OrderClass) -> [StateColumn] {
        // MR safety is listed for what the card suggests; no rule reads it.
        let unread: [CriterionID] = [.mriContraindicated, .mrDevice]
        let criteria = orderClass.criteria.filter { !$0.isRedFlag && !unread.contains($0) }.map { StateColumn($0) }
        return orderClass.criteria.contains(.caudaEquina) ? [redFlag] + criteria : criteria
    }

    private static let redFlag = StateColumn(
        "redflag", "Red flag",
        [
            ("none met", { _ in }),
            ("malignancy, fracture met by a risk factor alone", { $0[.malignancy] = .met }),
            (
                "any other met",
                { state in
                    state[.malignancy] = .met
                    state.setPresenting(.malignancy)
                }
            ),
        ])
}
