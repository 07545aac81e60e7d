import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads one dose, of ranges and of several doses both ends; nil, with an issue, when one of them cannot be read.
    ///
    /// Several stand beside each other as calculated and as ordered: nobody says which is given, so the highest counts.
    mutating func dose(
        _ dosage: JSONNode, _ member: String, in resource: ResourceContext
    ) -> (low: Quantity, high: Quantity)? {
        guard let list = dosage["doseAndRate"], !list.isArray || !list.elements.isEmpty else {
            // MedicationAdministration has its one dose here.
            return oneDose(dosage, member, in: resource)
        }
        let nodes = list.isArray ? Array(list.elements) : [list]
        var doses: [(low: Quantity, high: Quantity)] = []
        for (index, node) in nodes.enumerated() {
            let place = "\(member).doseAndRate" + (list.isArray ? "[\(index)]" : "")
            if let dose = oneDose(node, place, in: resource) {
                doses.append(dose)
            } else if Self.doseNode(node) == nil {
                note(
                    .fhirUnreadKind, .warning, at: node, place, in: resource, expected: "a dose with its amount",
                    found: "none; the dose is not known")
            }
        }
        guard doses.count == nodes.count else { return nil }
        guard doses.allSatisfy({ $0.high.unit == doses.first?.high.unit }) else {
            note(
                .fhirContradiction, .warning, at: list, "\(member).doseAndRate", in: resource,
                expected: "doses in one unit", found: "doses in several; the dose is not known")
            return nil
        }
        guard let low = doses.map(\.low).min(by: { $0.value < $1.value }),
            let high = doses.map(\.high).max(by: { $0.value < $1.value })
        else { return nil }
        return (low, high)
    }

    /// The highest amount of a dose, and the name of its element.
    private static func doseNode(_ node: JSONNode) -> (node: JSONNode, name: String)? {
        if let quantity = node["doseQuantity"] { return (quantity, "doseQuantity") }
        if let high = node["doseRange"]?["high"] { return (high, "doseRange.high") }
        return node["dose"].map { ($0, "dose") }
    }

    /// A range without a low end may be taken in full.
    private mutating func oneDose(
        _ node: JSONNode, _ member: String, in resource: ResourceContext
    ) -> (low: Quantity, high: Quantity)? {
        guard let (highest, name) = Self.doseNode(node),
            let high = amount(highest, "\(member).\(name)", in: resource)
        else { return nil }
        guard name == "doseRange.high", let lowest = node["doseRange"]?["low"],
            lowest["value"]?.numberText.flatMap(Double.init) != 0,
            let low = amount(lowest, "\(member).doseRange.low", in: resource), low.unit == high.unit
        else { return (high, high) }
        return low.value < high.value ? (low, high) : (high, low)
    }

    /// Reads an amount above zero in mg, mL or units of the product; nil, with an issue, for every other.
    mutating func amount(_ node: JSONNode, _ member: String, in resource: ResourceContext) -> Quantity? {
        if node.isObject, node["value"] == nil {
            note(
                .fhirMissingElement, .warning, at: node, "\(member).value", in: resource, expected: "a value",
                found: "none; the amount is not known")
        }
        guard let quantity = quantity(node, member, in: resource) else { return nil }
        if quantity.comparator == nil, quantity.value > 0, let amount = Self.normalised(quantity, node) {
            return amount
        }
        let fault = Self.fault(of: quantity)
        note(
            fault.code, .warning, at: node, member, in: resource, expected: fault.expected,
            found: "\(fault.found); the amount is not known")
        return nil
    }

    /// Why an amount is not read.
    private static func fault(of amount: Quantity) -> (code: IssueCode, expected: String, found: String) {
        if amount.comparator != nil { return (.fhirUnreadKind, "one amount", "a bound") }
        if amount.value <= 0 { return (.fhirWrongType, "a number above zero", "zero or less") }
        if amount.value > largestAmount { return (.fhirWrongType, "a number of up to a million", "a larger one") }
        if amount.unit == nil { return (.fhirNoUnit, "a UCUM code, or units of the product", "another unit, in words") }
        return (.fhirUnreadKind, "mg, mL or units of the product", "another unit")
    }

    /// In mg or mL; other units count units of the product. Nil for amounts that are neither.
    static func normalised(_ amount: Quantity, _ node: JSONNode) -> Quantity? {
        guard amount.value.magnitude <= largestAmount else { return nil }
        if let milligrams = amount.value(in: .milligram) {
            return Quantity(literal: amount.literal, value: milligrams, unit: Unit.milligram.rawValue)
        }
        if let millilitres = amount.value(in: .millilitre) {
            return Quantity(literal: amount.literal, value: millilitres, unit: Unit.millilitre.rawValue)
        }
        let isCount =
            amount.unit.map { $0 == "1" || ($0.hasPrefix("{") && $0.hasSuffix("}")) } ?? isProductUnit(node["unit"])
        return isCount ? Quantity(literal: amount.literal, value: amount.value, unit: nil) : nil
    }

    /// A dose or supply above it, in any unit, is a slip of the pen: nothing is computed from it.
    private static let largestAmount = 1e6

    /// Whether an uncoded unit counts tablets, capsules and the like; `mg` in words is no number of tablets.
    private static func isProductUnit(_ unit: JSONNode?) -> Bool {
        guard let text = unit?.string?.lowercased(), !text.isEmpty, text != "1" else { return true }
        return productUnits.contains(where: text.hasPrefix)
    }

    private static let productUnits = [
        "tab", "tbl", "cap", "pill", "patch", "system", "film", "puff", "spray", "suppositor", "lozenge", "each",
        "ea", "dose", "count", "unit", "{",
    ]
}
