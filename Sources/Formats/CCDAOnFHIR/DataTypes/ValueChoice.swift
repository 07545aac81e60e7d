import CCDA
import JSONTree

extension ObservationValue {
    /// The choice for `value[x]`: the type's name with a capital, for example `CodeableConcept`, and the value; nil for none,
    /// and for an attachment, which observations cannot hold.
    func choice(in context: DocumentContext) -> (type: String, value: JSONValue)? {
        switch self {
        case .coded(let value): return value.codeableConcept(in: context).map { ("CodeableConcept", $0) }
        case .quantity(let quantity): return ("Quantity", quantity.json)
        case .range(let interval):
            guard let range = interval.json, interval.low?.comparator == nil, interval.high?.comparator == nil else {
                return ("String", .string(interval.words))
            }
            return ("Range", range)
        case .ratio(let numerator, let denominator):
            return ("Ratio", ["numerator": numerator.json, "denominator": denominator.json])
        case .integer(let digits): return ("Integer", .number(digits))
        case .text(let text, _): return ("String", .string(text))
        case .boolean(let value): return ("Boolean", .bool(value))
        case .time(let time): return ("DateTime", .string(time.fhir))
        case .period(let expression):
            if let period = expression.period { return ("Period", period) }
            let ends = [expression.low.time, expression.high.time].compactMap { $0?.literal.trimmingBlanks() }
            return ends.isEmpty ? nil : ("String", .string(ends.joined(separator: " to ")))
        case .attachment, .null, .unread: return nil
        }
    }
}

extension QuantityInterval {
    /// Both ends in words.
    fileprivate var words: String {
        [low, high].compactMap { end in
            end.map { ($0.comparator ?? "") + $0.value + ($0.unit.map { " " + $0 } ?? "") }
        }.joined(separator: " to ")
    }
}
