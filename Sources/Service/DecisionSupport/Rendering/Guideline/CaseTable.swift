import Guidelines

/// A function of a few short lists, asked for every combination of them and written as the rows of a table.
///
/// Exactly one row fits each combination. Values of a column that lead to the same rows share them.
struct CaseTable<Result: Hashable & Sendable>: Sendable {
    struct Row: Hashable, Sendable {
        /// The values that fit, one set a column.
        var cells: [Set<Int>]
        let result: Result
    }

    let rows: [Row]

    /// - Parameters:
    ///   - sizes: How many values each column has.
    ///   - result: What a combination comes to; called once for each.
    init(_ sizes: [Int], result: ([Int]) -> Result) {
        rows = Self.rows(sizes[...], after: [], result)
    }

    private static func rows(_ sizes: ArraySlice<Int>, after values: [Int], _ result: ([Int]) -> Result) -> [Row] {
        guard let size = sizes.first else { return [Row(cells: [], result: result(values))] }
        var groups: [(values: Set<Int>, rows: [Row])] = []
        for value in 0..<size {
            let rows = rows(sizes.dropFirst(), after: values + [value], result)
            if let place = groups.firstIndex(where: { $0.rows == rows }) {
                groups[place].values.insert(value)
            } else {
                groups.append(([value], rows))
            }
        }
        return groups.flatMap { group in
            group.rows.map { Row(cells: [group.values] + $0.cells, result: $0.result) }
        }
    }
}

/// A column of a decision table: its values in words, and how a state takes each of them.
struct StateColumn: Sendable {
    /// How a state takes a value.
    typealias Change = @Sendable (inout GuidelineState) -> Void

    struct Value: Sendable {
        let words: String
        let apply: Change
    }

    let key: String
    let title: String
    let values: [Value]

    /// A criterion; what nobody recorded stands under `unknown`.
    init(_ id: CriterionID, _ results: [CriterionResult] = [.met, .notMet, .unknown]) {
        key = id.rawValue
        title = id.title
        values = results.map { result in Value(words: result.inCell) { $0[id] = result } }
    }

    init(_ key: String, _ title: String, _ values: [(String, Change)]) {
        self.key = key
        self.title = title
        self.values = values.map { Value(words: $0.0, apply: $0.1) }
    }

    /// The words of some values, `any` for all.
    func cell(_ chosen: Set<Int>) -> PublishedTable.Cell {
        if chosen.count == values.count { return .text(Self.any) }
        return .text(values.indices.filter(chosen.contains).map { values[$0].words }.joined(separator: " or "))
    }

    /// What a cell says where the column makes no difference.
    static let any = "any"
}

extension [StateColumn] {
    /// How many values each column has.
    var sizes: [Int] { map(\.values.count) }

    /// A state that takes one value of each column.
    func state(_ values: [Int], from state: GuidelineState = GuidelineState()) -> GuidelineState {
        var state = state
        for (column, value) in zip(self, values) { column.values[value].apply(&state) }
        return state
    }

    func cells(_ chosen: [Set<Int>]) -> [PublishedTable.Cell] { zip(self, chosen).map { $0.cell($1) } }
}

extension CriterionResult {
    /// The result in the cell of a table.
    fileprivate var inCell: String {
        switch self {
        case .met: "met"
        case .notMet: "not met"
        case .suspected: "hinted at"
        case .unknown: "unknown"
        case .noneOnRecord: "nothing on record"
        }
    }
}
