public import XMLTree

/// `observation/value`, by its `xsi:type` or, without one, by its shape.
public enum ObservationValue: Sendable {
    case coded(CodedValue)
    case quantity(PhysicalQuantity)
    /// Both ends known; one end alone is a ``quantity(_:)`` with a comparator.
    case range(QuantityInterval)
    case ratio(PhysicalQuantity, PhysicalQuantity)
    case integer(String)
    /// Text as sent; `quantity` is what it says where it is a plain number, with or without comparator and unit.
    case text(String, quantity: PhysicalQuantity?)
    case boolean(Bool)
    case time(Timestamp)
    case period(TimeExpression)
    /// ED that is no plain text.
    case attachment(XMLElement)
    /// No value, and why.
    case null(NullFlavor)
    /// A type that is not read, by its name; MO for example.
    case unread(String)

    /// The coded value; nil for other types.
    public var coded: CodedValue? { if case .coded(let value) = self { value } else { nil } }

    /// The number, also one that stands in a text; nil for other types.
    public var quantity: PhysicalQuantity? {
        switch self {
        case .quantity(let quantity), .text(_, let quantity?): quantity
        case .integer(let digits): PhysicalQuantity(value: digits)
        default: nil
        }
    }
}
