/// A value with its unit, as recorded.
public struct Quantity: Sendable, Hashable {
    /// How a value is bounded.
    public enum Comparator: String, Sendable, Hashable {
        case less = "<"
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case greater = ">"
    }
    /// The number as written, for evidence lines.
    public let literal: String
    /// The number, to compare with.
    public let value: Double
    /// Set when the true value is only bounded by ``value``.
    public let comparator: Comparator?
    /// UCUM code of the unit; nil when no coded unit was given: such a value is never compared.
    public let unit: String?

    /// Puts the parts together.
    public init(literal: String, value: Double, comparator: Comparator? = nil, unit: String?) {
        self.literal = literal
        self.value = value
        self.comparator = comparator
        self.unit = unit
    }
}
