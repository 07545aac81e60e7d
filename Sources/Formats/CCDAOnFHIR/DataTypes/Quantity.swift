import CCDA
import JSONTree

extension PhysicalQuantity {
    /// Quantity
    var json: JSONValue { quantity(comparator: comparator) }

    private func quantity(comparator: String?) -> JSONValue {
        let code: (system: String, code: String)? =
            if let ucum {
                ("http://unitsofmeasure.org", ucum)
            } else if let other = otherUnit, let system = other.system {
                (CodeSystemURI.of(system), other.code)
            } else {
                nil
            }
        return .object([
            ("value", .number(value)), ("comparator", comparator.map { .string($0) }),
            ("unit", unit.map { .string($0) }),
            ("system", code.map { .string($0.system) }), ("code", code.map { .string($0.code) }),
        ])
    }

    /// SimpleQuantity, which knows no comparator; nil for a quantity that has one.
    var simpleJSON: JSONValue? {
        guard comparator == nil else { return nil }
        return json
    }
}

extension QuantityInterval {
    /// Range, also the ends of a reference range; nil when neither end is known.
    var json: JSONValue? {
        let (low, high) = (low?.simpleJSON, high?.simpleJSON)
        return low == nil && high == nil ? nil : .object([("low", low), ("high", high)])
    }
}
