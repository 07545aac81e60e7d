/// A number with a unit: PQ, also REAL and INT.
public struct PhysicalQuantity: Sendable, Hashable {
    /// A decimal in its JSON form with the digits as written, for example `5.50`.
    public var value: String
    /// `<`, `<=`, `>=`, `>`; nil for the value itself.
    public var comparator: String?
    /// The unit for people, as written; nil when there is none.
    public var unit: String?
    /// The unit as a valid UCUM code; nil when it is none.
    public var ucum: String?
    /// The unit as a code of another system than UCUM; nil when it has none.
    public var otherUnit: CodedValue.Coding?

    /// Puts a quantity together.
    public init(
        value: String, comparator: String? = nil, unit: String? = nil, ucum: String? = nil,
        otherUnit: CodedValue.Coding? = nil
    ) {
        self.value = value
        self.comparator = comparator
        self.unit = unit
        self.ucum = ucum
        self.otherUnit = otherUnit
    }
}

/// IVL_PQ, IVL_REAL, IVL_INT: a range of quantities.
public struct QuantityInterval: Sendable, Hashable {
    /// The lower end; nil when it is open or unknown.
    public var low: PhysicalQuantity?
    /// The upper end; nil when it is open or unknown.
    public var high: PhysicalQuantity?

    /// Puts a range together.
    public init(low: PhysicalQuantity? = nil, high: PhysicalQuantity? = nil) {
        self.low = low
        self.high = high
    }
}
