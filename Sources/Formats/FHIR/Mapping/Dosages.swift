import ClinicalModel
import Diagnostics
import JSONTree

/// What dosage instructions say: how much a day, by which way, from when to when.
struct DosageReading {
    /// The amount a day, of ranges the highest; unit `mg`, `mL` or nil for tablets, puffs and other units of the product.
    /// Nil for a taper, of which no amount holds every day.
    var perDay: Quantity?
    /// The highest amount of any day, that of a taper too.
    var mostPerDay: Quantity?
    /// The same as ``perDay``, of ranges the lowest.
    var leastPerDay: Quantity?
    var route: MedicationUse.Route?
    var start: PartialDate?
    var end: PartialDate?
    /// Length of the course in days; of a taper its phases together.
    var days: Double?
}

/// What is taken a day by one instruction, from the least to the most that it allows.
private struct DailyAmount {
    let least: Quantity
    let most: Quantity

    /// Nil when one of them is not known, or when the units differ.
    static func sum(_ amounts: [DailyAmount?]) -> DailyAmount? {
        let known = amounts.compactMap { $0 }
        guard let first = known.first, known.count == amounts.count, known.allSatisfy({ $0.unit == first.unit }) else {
            return nil
        }
        if known.count == 1 { return first }
        return DailyAmount(
            least: first.counting(known.reduce(0) { $0 + $1.least.value }),
            most: first.counting(known.reduce(0) { $0 + $1.most.value }))
    }

    /// The highest day of phases that follow each other; nil when one of them is not known, or when the units differ.
    static func highest(_ phases: [DailyAmount?]) -> Quantity? {
        let known = phases.compactMap { $0 }
        guard let first = known.first, known.count == phases.count, known.allSatisfy({ $0.unit == first.unit }) else {
            return nil
        }
        return known.map(\.most).max { $0.value < $1.value }
    }

    private var unit: String? { most.unit }

    private func counting(_ value: Double) -> Quantity {
        Quantity(literal: String(value), value: value, unit: unit)
    }
}

/// When one instruction holds.
private struct Course {
    var start: PartialDate?
    var end: PartialDate?
    var days: Double?
}

extension Course {
    /// Days from the first to the last, both included; nil unless both are known to the day.
    fileprivate var span: Double? {
        guard let start, let end, start.isExact, end.isExact, let first = start.earliest, let last = end.latest,
            last >= first
        else { return nil }
        return Double(last - first + 1)
    }
}

extension RecordBuilder {
    /// Reads `dosageInstruction` or `dosage`; one instruction or several that hold together.
    ///
    /// Instructions with different `sequence` follow each other (a taper): their amounts do not add up to one day's, their
    /// lengths do.
    mutating func dosage(_ node: JSONNode?, _ member: String, in resource: ResourceContext) -> DosageReading {
        var result = DosageReading()
        guard let node else { return result }
        let items = node.isArray ? Array(node.elements) : [node]
        var phases: [Int: (amounts: [DailyAmount?], courses: [Course])] = [:]
        for (index, item) in items.enumerated() where item.isObject {
            let path = node.isArray ? "\(member)[\(index)]" : member
            guard !isModified(item, path, in: resource) else {
                phases[0, default: ([], [])].amounts.append(nil)
                phases[0, default: ([], [])].courses.append(Course())
                continue
            }
            let phase = item["sequence"]?.integer ?? 0
            phases[phase, default: ([], [])].amounts.append(amountPerDay(item, path, in: resource))
            if result.route == nil, let route = item["route"] { result.route = self.route(route) }
            if let course = course(item["timing"], "\(path).timing", in: resource) {
                phases[phase, default: ([], [])].courses.append(course)
            }
        }
        let inOrder = phases.sorted { $0.key < $1.key }.map(\.value)
        let amounts = inOrder.map { DailyAmount.sum($0.amounts) }
        result.mostPerDay = DailyAmount.highest(amounts)
        if let only = amounts.first, amounts.count == 1 {
            result.perDay = only?.most
            result.leastPerDay = only?.least
        }
        settleCourse(of: &result, inOrder.map(\.courses).filter { !$0.isEmpty })
        return result
    }

    /// From the first start to the last end, and as long as the phases together; an instruction without an end leaves it open.
    private func settleCourse(of result: inout DosageReading, _ phases: [[Course]]) {
        let courses = phases.flatMap { $0 }
        guard !courses.isEmpty else { return }
        result.start = courses.compactMap(\.start).min { ($0.earliest ?? Day(.max)) < ($1.earliest ?? Day(.max)) }
        let ends = courses.compactMap(\.end)
        if ends.count == courses.count {
            result.end = ends.max { ($0.latest ?? Day(.max)) < ($1.latest ?? Day(.max)) }
        }
        let isTaper = phases.count > 1
        let lengths = phases.map { courses -> Double? in
            let known = courses.compactMap { isTaper ? $0.days ?? $0.span : $0.days }
            return known.count == courses.count ? known.max() : nil
        }
        let known = lengths.compactMap { $0 }
        if known.count == lengths.count { result.days = Self.plausibleDays(known.reduce(0, +)) }
    }

    private func route(_ node: JSONNode) -> MedicationUse.Route? {
        codes(node, .all).concepts.lazy.compactMap { RouteCodes.route($0.code) }.first
    }

    /// Nil where there is no timing at all.
    private mutating func course(
        _ timing: JSONNode?, _ member: String, in resource: ResourceContext
    ) -> Course? {
        guard let timing, timing.isObject else { return nil }
        var course = Course()
        if let span = self.timing(timing, member, in: resource) { (course.start, course.end) = span }
        if let duration = timing["repeat"]?["boundsDuration"] {
            course.days = days(duration, "\(member).repeat.boundsDuration", in: resource)
        } else if let most = timing["repeat"]?["boundsRange"]?["high"] {
            course.days = days(most, "\(member).repeat.boundsRange.high", in: resource)
        } else if let count = timing["repeat"]?["countMax"] ?? timing["repeat"]?["count"],
            let doses = count.numberText.flatMap(Double.init), let times = TimesPerDay.read(timing), times.least > 0
        {
            course.days = Self.plausibleDays(doses / times.least)
        }
        return course
    }

    // MARK: Amount

    /// By dose and frequency, not more than the upper limit that the instruction sets; else by that limit.
    private mutating func amountPerDay(
        _ dosage: JSONNode, _ member: String, in resource: ResourceContext
    ) -> DailyAmount? {
        let limit = upperLimit(dosage["maxDosePerPeriod"], "\(member).maxDosePerPeriod", in: resource)
        guard let dose = dose(dosage, member, in: resource), let times = TimesPerDay.read(dosage["timing"]) else {
            return limit.map { DailyAmount(least: $0, most: $0) }
        }
        func perDay(_ dose: Quantity, _ times: Double) -> Quantity {
            let amount = dose.value * times
            if let limit, limit.unit == dose.unit, limit.value < amount { return limit }
            return Quantity(literal: String(amount), value: amount, unit: dose.unit)
        }
        return DailyAmount(least: perDay(dose.low, times.least), most: perDay(dose.high, times.most))
    }

    private mutating func upperLimit(_ ratio: JSONNode?, _ member: String, in resource: ResourceContext) -> Quantity? {
        guard let ratio, let top = ratio["numerator"], let bottom = ratio["denominator"],
            let amount = quantity(top, "\(member).numerator", in: resource),
            let length = days(bottom, "\(member).denominator", in: resource), length > 0,
            let dose = Self.normalised(amount, top)
        else { return nil }
        return Quantity(literal: String(dose.value / length), value: dose.value / length, unit: dose.unit)
    }

    /// One dose, of a range both ends; one without a low end may be taken in full.
    private mutating func dose(
        _ dosage: JSONNode, _ member: String, in resource: ResourceContext
    ) -> (low: Quantity, high: Quantity)? {
        let doses = dosage["doseAndRate"].items
        guard let first = doses.isEmpty ? dosage : doses.first else { return nil }
        // MedicationAdministration has one dose, under another name.
        guard let node = first["doseQuantity"] ?? first["doseRange"]?["high"] ?? first["dose"],
            let amount = quantity(node, "\(member).dose", in: resource), amount.comparator == nil,
            let high = Self.normalised(amount, node)
        else { return nil }
        guard first["doseQuantity"] == nil, let lowest = first["doseRange"]?["low"],
            let amount = quantity(lowest, "\(member).dose", in: resource), amount.comparator == nil, amount.value > 0,
            let low = Self.normalised(amount, lowest), low.unit == high.unit
        else { return (high, high) }
        return (low, high)
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
}

extension RecordBuilder {
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

/// How often a day a Timing says that something happens.
enum TimesPerDay {
    /// Of ranges the lowest and the highest; nil when it does not say.
    static func read(_ timing: JSONNode?) -> (least: Double, most: Double)? {
        guard let timing, timing.isObject else { return nil }
        if let repetition = timing["repeat"], let times = read(repeat: repetition) {
            return times.most <= highest ? times : nil
        }
        guard let coding = timing["code"]?["coding"] else { return nil }
        return coding.elements.lazy.compactMap { $0["code"]?.string.flatMap { abbreviations[$0] } }.first
            .map { ($0, $0) }
    }

    /// Once a second; more often is no timing of a drug.
    private static let highest = 86_400.0

    private static func read(repeat node: JSONNode) -> (least: Double, most: Double)? {
        let weekdays = node["dayOfWeek"].items.count
        let share = weekdays > 0 ? Double(weekdays) / 7 : 1
        let moments = node["timeOfDay"].items.count + node["when"].items.count
        if moments > 0, node["period"] == nil || node["periodUnit"]?.string == "d" {
            return (Double(moments) * share, Double(moments) * share)
        }
        guard let period = number(node["period"]), period > 0,
            let perDay = node["periodUnit"]?.string.flatMap({ periodsPerDay[$0] })
        else { return weekdays > 0 && node["frequency"] == nil ? (share, share) : nil }
        let (fewest, most) = (number(node["frequency"]) ?? 1, number(node["frequencyMax"]))
        let longest = max(period, number(node["periodMax"]) ?? period)
        return (fewest * perDay / longest * share, (most ?? fewest) * perDay / period * share)
    }

    private static func number(_ node: JSONNode?) -> Double? {
        node?.numberText.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
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
