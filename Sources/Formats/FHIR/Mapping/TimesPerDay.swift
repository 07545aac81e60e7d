import ClinicalModel
import Diagnostics
import JSONTree

/// How often a day a Timing says that something happens.
struct TimesPerDay {
    /// On average, of ranges the lowest.
    private(set) var least: Double
    /// On average, of ranges the highest.
    private(set) var most: Double
    /// On a day on which it happens, at the most.
    private(set) var onOneDay: Double
}

extension RecordBuilder {
    /// Reads `repeat` and `code` of a Timing; nil when they do not say how often, and where `repeat` cannot be read, then with
    /// an issue.
    ///
    /// R4 lets either of them tell. Where they differ, with an issue, the higher one is the most and the lower one the least.
    mutating func timesPerDay(_ timing: JSONNode?, _ member: String, in resource: ResourceContext) -> TimesPerDay? {
        guard let timing else { return nil }
        guard timing.isObject else {
            note(.fhirWrongType, .warning, at: timing, member, in: resource, expected: "a Timing", found: timing.shape)
            return nil
        }
        let coded = TimesPerDay(code: timing["code"])
        guard let node = timing["repeat"] else { return coded }
        guard isReadable(repeat: node, "\(member).repeat", in: resource) else { return nil }
        guard let repeated = TimesPerDay(repeat: node) else { return coded }
        guard repeated.isPossible else {
            note(
                .fhirWrongType, .warning, at: node, "\(member).repeat", in: resource,
                expected: "times that can be kept",
                found: "more than one a second; not read")
            return nil
        }
        guard let coded else { return repeated }
        if !repeated.covers(coded) {
            note(
                .fhirContradiction, .warning, at: timing, member, in: resource,
                expected: "a code that says the same as repeat", found: "another; the higher dose counts")
        }
        return repeated.joined(with: coded)
    }

    /// Whether the numbers and the unit of a repeat have their types, and can be.
    private mutating func isReadable(repeat node: JSONNode, _ member: String, in resource: ResourceContext) -> Bool {
        guard node.isObject else {
            note(.fhirWrongType, .warning, at: node, member, in: resource, expected: "an object", found: node.shape)
            return false
        }
        let names: [StaticString] = ["frequency", "frequencyMax", "period", "periodMax"]
        for name in names {
            guard let number = node[name], !(TimesPerDay.number(number).map { $0 > 0 } ?? false) else { continue }
            note(
                .fhirWrongType, .warning, at: number, "\(member).\(name)", in: resource,
                expected: "a number above zero", found: "\(number.shape); how often is not known")
            return false
        }
        if let unit = node["periodUnit"], !TimesPerDay.isUnit(unit) {
            note(
                .fhirUnknownCode, .warning, at: unit, "\(member).periodUnit", in: resource,
                expected: "a code of units-of-time", found: "\(unit.shape); how often is not known")
            return false
        }
        return true
    }
}

extension TimesPerDay {
    /// By frequency and period, days of the week and times of the day; nil when they do not say.
    ///
    /// A frequency in a period of up to a day holds on each of the days of the week that are named; that in a longer one is
    /// spread over them. A dose is never divided between days.
    fileprivate init?(repeat node: JSONNode) {
        let (frequency, frequencyMax) = (Self.number(node["frequency"]), Self.number(node["frequencyMax"]))
        let moments = Double(node["timeOfDay"].items.count) + Self.moments(node["when"])
        let weekdays = min(Double(node["dayOfWeek"].items.count), 7)
        let isByDay = node["period"] == nil || node["periodUnit"]?.string == "d"
        var fewest = min(frequency ?? 1, frequencyMax ?? .infinity)
        let most = max(frequency ?? 1, frequencyMax ?? 1, isByDay ? moments : 0)
        if moments > 0, isByDay { fewest = moments }
        let (shortest, longest): (Double, Double)
        if let period = Self.period(node) {
            (shortest, longest) = period
        } else if node["period"] == nil, moments > 0 || weekdays > 0 && frequency == nil && frequencyMax == nil {
            (shortest, longest) = (1, 1)
        } else {
            return nil
        }
        let share = weekdays > 0 ? weekdays / 7 : 1
        let part = shortest > 1 ? 1 : share
        least = fewest / longest * part
        self.most = most / shortest * part
        onOneDay = max(self.most / share, moments, 1)
    }

    /// By a code for how often; of several the lowest and the highest.
    fileprivate init?(code: JSONNode?) {
        let times = (code?["coding"]).items.compactMap { $0["code"]?.string.flatMap { Self.abbreviations[$0] } }
        guard let least = times.min(), let most = times.max() else { return nil }
        self.init(least: least, most: most, onOneDay: max(most, 1))
    }

    /// Once a second; more often is no timing of a drug.
    fileprivate var isPossible: Bool { onOneDay <= 86_400 }

    /// Whether another one lies between the least and the most; months have no one length.
    fileprivate func covers(_ other: TimesPerDay) -> Bool {
        other.least >= least * 0.95 && other.most <= most * 1.05
    }

    fileprivate func joined(with other: TimesPerDay) -> TimesPerDay {
        TimesPerDay(
            least: min(least, other.least), most: max(most, other.most), onOneDay: max(onOneDay, other.onOneDay))
    }

    fileprivate static func number(_ node: JSONNode?) -> Double? {
        node?.numberText.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    }

    fileprivate static func isUnit(_ node: JSONNode) -> Bool { node.string.flatMap { daysPerUnit[$0] } != nil }

    /// The shortest and the longest period in days.
    private static func period(_ node: JSONNode) -> (Double, Double)? {
        guard let period = number(node["period"]), let days = node["periodUnit"]?.string.flatMap({ daysPerUnit[$0] })
        else { return nil }
        let other = number(node["periodMax"]) ?? period
        return (min(period, other) * days, max(period, other) * days)
    }

    /// Times of the day by the codes of the R4 value set `event-timing`; a meal that is not named is any of three.
    private static func moments(_ when: JSONNode?) -> Double {
        when.items.reduce(0) { $0 + (["C", "AC", "PC"].contains($1.string) ? 3 : 1) }
    }

    /// By the codes of the R4 value set `units-of-time`.
    private static let daysPerUnit: [String: Double] = [
        "s": 1.0 / 86_400, "min": 1.0 / 1440, "h": 1.0 / 24, "d": 1, "wk": 7, "mo": 30.4375, "a": 365.25,
    ]

    /// The codes of the R4 value set `timing-abbreviation` (HL7 v3 GTSAbbreviation) with a frequency.
    private static let abbreviations: [String: Double] = [
        "BID": 2, "TID": 3, "QID": 4, "AM": 1, "PM": 1, "QD": 1, "QOD": 0.5, "Q1H": 24, "Q2H": 12, "Q3H": 8, "Q4H": 6,
        "Q6H": 4, "Q8H": 3, "BED": 1, "WK": 1.0 / 7, "MO": 1.0 / 30,
    ]
}
