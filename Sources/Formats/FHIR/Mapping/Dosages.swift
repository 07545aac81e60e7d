import ClinicalModel
import Diagnostics
import JSONTree

/// What dosage instructions say: how much a day, by which way, from when to when.
struct DosageReading {
    /// The amount a day; unit `mg`, `mL` or nil for tablets, puffs and other units of the product.
    var perDay: Quantity?
    var route: MedicationUse.Route?
    var start: PartialDate?
    var end: PartialDate?
    /// Length of the course in days.
    var days: Double?
}

extension RecordBuilder {
    /// Reads `dosageInstruction` or `dosage`; one instruction or several that hold together.
    ///
    /// Instructions with different `sequence` follow each other (a taper): their amounts do not add up to one day's.
    mutating func dosage(_ node: JSONNode?, _ member: String, in resource: ResourceContext) -> DosageReading {
        var result = DosageReading()
        guard let node else { return result }
        let items = node.isArray ? Array(node.elements) : [node]
        var amounts: [Quantity?] = []
        var sequences: Set<Int> = []
        for (index, item) in items.enumerated() where item.isObject {
            let path = node.isArray ? "\(member)[\(index)]" : member
            guard !isModified(item, path, in: resource) else {
                amounts.append(nil)
                continue
            }
            sequences.insert(item["sequence"]?.integer ?? 0)
            amounts.append(amountPerDay(item, path, in: resource))
            if result.route == nil, let route = item["route"] { result.route = self.route(route) }
            readCourse(item["timing"], "\(path).timing", into: &result, in: resource)
        }
        result.perDay = sequences.count > 1 ? nil : Self.sum(amounts)
        return result
    }

    private func route(_ node: JSONNode) -> MedicationUse.Route? {
        codes(node, .all).concepts.lazy.compactMap { RouteCodes.route($0.code) }.first
    }

    /// Nil when one of them is not known, or when the units differ.
    private static func sum(_ amounts: [Quantity?]) -> Quantity? {
        guard let first = amounts.first ?? nil else { return nil }
        guard amounts.count > 1 else { return first }
        var total = 0.0
        for amount in amounts {
            guard let amount, amount.unit == first.unit else { return nil }
            total += amount.value
        }
        return Quantity(literal: String(total), value: total, unit: first.unit)
    }

    private mutating func readCourse(
        _ timing: JSONNode?, _ member: String, into result: inout DosageReading, in resource: ResourceContext
    ) {
        guard let timing, timing.isObject else { return }
        if let span = self.timing(timing, member, in: resource) {
            result.start = result.start ?? span.start
            result.end = result.end ?? span.end
        }
        if let duration = timing["repeat"]?["boundsDuration"] {
            result.days = days(duration, "\(member).repeat.boundsDuration", in: resource)
        } else if let most = timing["repeat"]?["boundsRange"]?["high"] {
            result.days = days(most, "\(member).repeat.boundsRange.high", in: resource)
        } else if let count = timing["repeat"]?["countMax"] ?? timing["repeat"]?["count"],
            let doses = count.numberText.flatMap(Double.init), let times = TimesPerDay.read(timing), times > 0
        {
            result.days = doses / times
        }
    }

    // MARK: Amount

    private mutating func amountPerDay(
        _ dosage: JSONNode, _ member: String, in resource: ResourceContext
    ) -> Quantity? {
        if let dose = dose(dosage, member, in: resource), let times = TimesPerDay.read(dosage["timing"]) {
            let perDay = dose.value * times
            return Quantity(literal: String(perDay), value: perDay, unit: dose.unit)
        }
        guard let most = dosage["maxDosePerPeriod"], let top = most["numerator"], let bottom = most["denominator"],
            let amount = quantity(top, "\(member).maxDosePerPeriod.numerator", in: resource),
            let length = days(bottom, "\(member).maxDosePerPeriod.denominator", in: resource), length > 0
        else { return nil }
        let dose = Self.normalised(amount, top)
        return dose.map { Quantity(literal: String($0.value / length), value: $0.value / length, unit: $0.unit) }
    }

    /// One dose; of a range the higher end, since the questions asked of doses are upper limits.
    private mutating func dose(_ dosage: JSONNode, _ member: String, in resource: ResourceContext) -> Quantity? {
        let doses = dosage["doseAndRate"].items
        guard let first = doses.isEmpty ? dosage : doses.first else { return nil }
        // MedicationAdministration has one dose, under another name.
        guard let node = first["doseQuantity"] ?? first["doseRange"]?["high"] ?? first["dose"],
            let amount = quantity(node, "\(member).dose", in: resource), amount.comparator == nil
        else { return nil }
        return Self.normalised(amount, node)
    }

    /// In mg or mL; other units count units of the product. Nil for amounts that are neither.
    static func normalised(_ amount: Quantity, _ node: JSONNode) -> Quantity? {
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
}

extension RecordBuilder {
    /// Whether an uncoded unit counts tablets, capsules and the like; `mg` in words is no number of tablets.
    private static func isProductUnit(_ unit: JSONNode?) -> Bool {
        guard let text = unit?.string?.lowercased(), !text.isEmpty else { return true }
        return productUnits.contains(where: text.hasPrefix)
    }

    private static let productUnits = [
        "1", "tab", "tbl", "cap", "pill", "patch", "system", "film", "puff", "spray", "suppositor", "lozenge", "each",
        "ea", "dose", "count", "unit", "{",
    ]
}

/// How often a day a Timing says that something happens.
enum TimesPerDay {
    /// Nil when it does not say.
    static func read(_ timing: JSONNode?) -> Double? {
        guard let timing, timing.isObject else { return nil }
        if let repetition = timing["repeat"], let times = read(repeat: repetition) { return times }
        guard let coding = timing["code"]?["coding"] else { return nil }
        return coding.elements.lazy.compactMap { $0["code"]?.string.flatMap { abbreviations[$0] } }.first
    }

    private static func read(repeat node: JSONNode) -> Double? {
        let weekdays = node["dayOfWeek"].items.count
        let share = weekdays > 0 ? Double(weekdays) / 7 : 1
        let moments = node["timeOfDay"].items.count + node["when"].items.count
        if moments > 0, node["period"] == nil || node["periodUnit"]?.string == "d" { return Double(moments) * share }
        guard let period = node["period"]?.numberText.flatMap(Double.init), period > 0,
            let perDay = node["periodUnit"]?.string.flatMap({ periodsPerDay[$0] })
        else { return weekdays > 0 && node["frequency"] == nil ? share : nil }
        let frequency = (node["frequencyMax"] ?? node["frequency"])?.numberText.flatMap(Double.init) ?? 1
        return frequency * perDay / period * share
    }

    /// How many of a unit of time make a day, by the codes of the R4 value set `units-of-time`.
    private static let periodsPerDay: [String: Double] = [
        "s": 86_400, "min": 1440, "h": 24, "d": 1, "wk": 1.0 / 7, "mo": 1 / 30.4375, "a": 1 / 365.25,
    ]

    /// The codes of the R4 value set `timing-abbreviation` (HL7 v3 GTSAbbreviation) with a frequency.
    private static let abbreviations: [String: Double] = [
        "BID": 2, "TID": 3, "QID": 4, "AM": 1, "PM": 1, "QD": 1, "QOD": 0.5, "Q1H": 24, "Q2H": 12, "Q3H": 8, "Q4H": 6,
        "Q6H": 4, "Q8H": 3, "BED": 1, "WK": 1.0 / 7, "MO": 1.0 / 30,
    ]
}
