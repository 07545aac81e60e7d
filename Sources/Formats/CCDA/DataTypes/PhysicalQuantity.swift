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
}

/// IVL_PQ, IVL_REAL, IVL_INT: a range of quantities.
public struct QuantityInterval: Sendable, Hashable {
    public var low: PhysicalQuantity?
    public var high: PhysicalQuantity?
}
