import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a Quantity; nil with an issue when it has no readable number.
    ///
    /// Only a UCUM code counts as the unit; the text in `unit` is for people (quirk e08).
    mutating func quantity(_ node: JSONNode, _ member: String, in resource: ResourceContext) -> Quantity? {
        guard node.isObject else {
            note(.fhirWrongType, .warning, at: node, member, in: resource, expected: "a Quantity", found: node.shape)
            return nil
        }
        guard let valueNode = node["value"] else { return nil }
        guard let literal = valueNode.numberText, let value = Double(literal), value.isFinite else {
            note(
                .fhirWrongType, .warning, at: valueNode, "\(member).value", in: resource, expected: "a decimal number",
                found: valueNode.shape)
            return nil
        }
        guard value.magnitude < Self.quantityLimit else {
            note(
                .fhirWrongType, .warning, at: valueNode, "\(member).value", in: resource,
                expected: "a number of less than 16 digits", found: "a larger one; not used")
            return nil
        }
        var comparator: Quantity.Comparator?
        if let comparatorNode = node["comparator"] {
            comparator = comparatorNode.string.flatMap(Quantity.Comparator.init(rawValue:))
            if comparator == nil {
                note(
                    .fhirModifierUnreadable, .error, at: comparatorNode, "\(member).comparator", in: resource,
                    expected: "<, <=, >= or >", found: comparatorNode.shape)
                return nil
            }
        }
        return Quantity(literal: literal, value: value, comparator: comparator, unit: ucumUnit(of: node))
    }

    /// Nothing that is measured or handed out is as large, in any unit.
    static let quantityLimit = 1e15

    /// The UCUM code of a Quantity; nil when its unit is not coded in UCUM.
    func ucumUnit(of node: JSONNode) -> String? {
        guard let code = node["code"]?.string, let system = node["system"]?.string else { return nil }
        return system == CodeSystem.ucum || system == "urn:oid:2.16.840.1.113883.6.8" ? code : nil
    }

    /// Reads an Age or Duration as days; nil when value or unit is missing, and for a length that no patient lives to see.
    mutating func days(_ node: JSONNode, _ member: String, in resource: ResourceContext) -> Double? {
        guard let quantity = quantity(node, member, in: resource), quantity.comparator == nil else { return nil }
        if let days = quantity.value(in: .day) { return Self.plausibleDays(days) }
        // A Duration without system is common; the codes of its required value set are UCUM's.
        guard quantity.unit == nil, let code = (node["code"] ?? node["unit"])?.string else { return nil }
        let unit = Unit(ucum: code) ?? Self.durationWords[code]
        return unit.flatMap { $0.convert(quantity.value, to: .day) }.flatMap(Self.plausibleDays)
    }

    /// Nil for a negative number, and for one that no count of days comes near.
    static func plausibleDays(_ days: Double) -> Double? { (0...longestDays).contains(days) ? days : nil }

    /// Two hundred years.
    private static let longestDays = 73_050.0

    private static let durationWords: [String: Unit] = [
        "day": .day, "days": .day, "week": .week, "weeks": .week, "month": .month, "months": .month, "year": .year,
        "years": .year, "hours": .hour,
    ]
}
