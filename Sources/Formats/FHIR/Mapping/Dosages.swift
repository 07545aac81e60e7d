import ClinicalModel
import Diagnostics
import JSONTree

/// What dosage instructions say: how much a day, by which way, from when to when.
struct DosageReading {
    /// The amount a day on average, of ranges the highest; unit `mg`, `mL` or nil for tablets, puffs and other units of the
    /// product. Nil for a taper, of which no amount holds every day.
    var perDay: Quantity?
    /// The same, of a taper that of its highest phase.
    var mostPerDay: Quantity?
    /// The same as ``perDay``, of ranges the lowest.
    var leastPerDay: Quantity?
    /// The highest amount of any one day on which it is taken.
    var onOneDay: Quantity?
    var route: MedicationUse.Route?
    var start: PartialDate?
    var end: PartialDate?
    /// Length of the course in days; of a taper its phases together.
    var days: Double?
}

/// What is taken a day by one instruction.
private struct DailyAmount {
    /// On average, at the least that it allows.
    let least: Quantity
    /// On average, at the most.
    let most: Quantity
    /// On a day on which it is taken, at the most.
    let onOneDay: Quantity

    /// Nil when one of them is not known, or when the units differ. Days of the week are not told apart: all are added as if
    /// they were taken on one day.
    static func sum(_ amounts: [DailyAmount?]) -> DailyAmount? {
        guard let known = comparable(amounts), let first = known.first else { return nil }
        if known.count == 1 { return first }
        func total(_ amount: KeyPath<DailyAmount, Quantity>) -> Quantity {
            let value = known.reduce(0) { $0 + $1[keyPath: amount].value }
            return Quantity(literal: String(value), value: value, unit: first.most.unit)
        }
        return DailyAmount(least: total(\.least), most: total(\.most), onOneDay: total(\.onOneDay))
    }

    /// The highest of phases that follow each other; nil when one of them is not known, or when the units differ.
    static func highest(_ phases: [DailyAmount?], _ amount: KeyPath<DailyAmount, Quantity>) -> Quantity? {
        comparable(phases)?.map { $0[keyPath: amount] }.max { $0.value < $1.value }
    }

    private static func comparable(_ amounts: [DailyAmount?]) -> [DailyAmount]? {
        let known = amounts.compactMap { $0 }
        return known.count == amounts.count && known.allSatisfy { $0.most.unit == known.first?.most.unit } ? known : nil
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
        for (index, item) in items.enumerated() {
            let path = node.isArray ? "\(member)[\(index)]" : member
            guard isReadable(item, path, in: resource) else {
                phases[0, default: ([], [])].amounts.append(nil)
                phases[0, default: ([], [])].courses.append(Course())
                continue
            }
            let phase = item["sequence"]?.integer ?? 0
            let times = timesPerDay(item["timing"], "\(path).timing", in: resource)
            phases[phase, default: ([], [])].amounts.append(amountPerDay(item, times, path, in: resource))
            if result.route == nil, let route = item["route"] { result.route = self.route(route) }
            if let course = course(item["timing"], times, "\(path).timing", in: resource) {
                phases[phase, default: ([], [])].courses.append(course)
            }
        }
        let inOrder = phases.sorted { $0.key < $1.key }.map(\.value)
        let amounts = inOrder.map { DailyAmount.sum($0.amounts) }
        result.mostPerDay = DailyAmount.highest(amounts, \.most)
        result.onOneDay = DailyAmount.highest(amounts, \.onOneDay)
        if let only = amounts.first, amounts.count == 1 {
            result.perDay = only?.most
            result.leastPerDay = only?.least
        }
        settleCourse(of: &result, inOrder.map(\.courses).filter { !$0.isEmpty })
        return result
    }

    private mutating func isReadable(_ item: JSONNode, _ member: String, in resource: ResourceContext) -> Bool {
        guard item.isObject else {
            note(.fhirWrongType, .warning, at: item, member, in: resource, expected: "a Dosage", found: item.shape)
            return false
        }
        return !isModified(item, member, in: resource)
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
        _ timing: JSONNode?, _ times: TimesPerDay?, _ member: String, in resource: ResourceContext
    ) -> Course? {
        guard let timing, timing.isObject else { return nil }
        var course = Course()
        if let span = self.timing(timing, member, in: resource) { (course.start, course.end) = span }
        if let duration = timing["repeat"]?["boundsDuration"] {
            course.days = days(duration, "\(member).repeat.boundsDuration", in: resource)
        } else if let most = timing["repeat"]?["boundsRange"]?["high"] {
            course.days = days(most, "\(member).repeat.boundsRange.high", in: resource)
        } else if let count = timing["repeat"]?["countMax"] ?? timing["repeat"]?["count"],
            let doses = count.numberText.flatMap(Double.init), let times, times.least > 0
        {
            course.days = Self.plausibleDays(doses / times.least)
        }
        return course
    }

    // MARK: Amount

    /// By dose and frequency, not more than the upper limit that the instruction sets; else by that limit.
    private mutating func amountPerDay(
        _ dosage: JSONNode, _ times: TimesPerDay?, _ member: String, in resource: ResourceContext
    ) -> DailyAmount? {
        let limit = upperLimit(dosage["maxDosePerPeriod"], "\(member).maxDosePerPeriod", in: resource)
        guard let dose = dose(dosage, member, in: resource), let times else { return limit }
        func amount(_ dose: Quantity, _ times: Double, _ limit: Quantity?) -> Quantity {
            let amount = dose.value * times
            if let limit, limit.unit == dose.unit, limit.value < amount { return limit }
            return Quantity(literal: String(amount), value: amount, unit: dose.unit)
        }
        return DailyAmount(
            least: amount(dose.low, times.least, limit?.most), most: amount(dose.high, times.most, limit?.most),
            onOneDay: amount(dose.high, times.onOneDay, limit?.onOneDay))
    }

    /// The upper limit of a period; that of several days may be taken on one of them. One that cannot be read is none, with an
    /// issue.
    private mutating func upperLimit(
        _ ratio: JSONNode?, _ member: String, in resource: ResourceContext
    ) -> DailyAmount? {
        guard let ratio, let top = ratio["numerator"], let bottom = ratio["denominator"],
            let highest = amount(top, "\(member).numerator", in: resource)
        else { return nil }
        guard let length = days(bottom, "\(member).denominator", in: resource), length > 0 else {
            note(
                .fhirUnreadKind, .warning, at: bottom, "\(member).denominator", in: resource,
                expected: "a length of time above zero", found: "something else; the limit is not read")
            return nil
        }
        func limit(over days: Double) -> Quantity {
            Quantity(literal: String(highest.value / days), value: highest.value / days, unit: highest.unit)
        }
        let average = limit(over: length)
        return DailyAmount(least: average, most: average, onOneDay: limit(over: min(length, 1)))
    }
}
