import ClinicalModel

extension Quantity {
    /// Value and unit as recorded, for evidence lines.
    var shown: String { [literal, unit ?? ""].filter { !$0.isEmpty }.joined(separator: " ") }
}

/// A number that may only be bounded: `<3.0` is not 3.0.
struct MeasuredValue {
    let value: Double
    let comparator: Quantity.Comparator?

    /// A quantity in a unit; nil when its own unit is missing, unknown or measures something else.
    init?(_ quantity: Quantity, in unit: Unit) {
        guard let value = quantity.value(in: unit) else { return nil }
        self.value = value
        comparator = quantity.comparator
    }

    /// A number that needs no unit, such as a T-score.
    init(unitless quantity: Quantity) {
        value = quantity.value
        comparator = quantity.comparator
    }

    func isAtLeast(_ limit: Double) -> Truth {
        switch comparator {
        case nil: value >= limit ? .yes : .no
        case .greaterOrEqual, .greater: value >= limit ? .yes : .unknown
        case .less: value <= limit ? .no : .unknown
        case .lessOrEqual: value < limit ? .no : .unknown
        }
    }

    func isAbove(_ limit: Double) -> Truth {
        switch comparator {
        case nil: value > limit ? .yes : .no
        case .greaterOrEqual: value > limit ? .yes : .unknown
        case .greater: value >= limit ? .yes : .unknown
        case .less, .lessOrEqual: value <= limit ? .no : .unknown
        }
    }
}
