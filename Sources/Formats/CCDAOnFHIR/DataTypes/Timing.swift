import CCDA
import Diagnostics
import JSONTree
import XMLTree

extension [TimeExpression] {
    /// Timings of the `effectiveTime` elements of a drug: bounds, frequency, events; empty when nothing is known (section 4.2).
    ///
    /// Several periods are a union, also with the operator A, which the template asks of every period beside the bounds: each
    /// makes a Timing of its own, for a dosage instruction of its own. What FHIR has no place for is noted and left out, never
    /// changed.
    func timings(in context: DocumentContext) -> [JSONValue] {
        let points = compactMap(\.point).map { JSONValue.string($0.fhir) }
        let bounds = lazy.filter { $0.point == nil }.compactMap(\.period).first
        let events = eventMembers(in: context)
        let periods = periods(in: context)
        return (periods.isEmpty ? [[]] : periods).enumerated().compactMap { index, period in
            let members = (bounds.map { [("boundsPeriod", $0)] } ?? []) + period + events
            let points = index == 0 ? points : []
            if members.isEmpty, points.isEmpty { return nil }
            return .object([
                ("event", points.isEmpty ? nil : .array(points)), ("repeat", members.isEmpty ? nil : .object(members)),
            ])
        }
    }

    private var frequencies: [TimeExpression.Frequency] { flatMap(\.frequencies) }

    private func note(_ expected: String, _ found: String, in context: DocumentContext) {
        guard let element = first(where: { !$0.frequencies.isEmpty })?.element else { return }
        context.note(.ccdaTime, at: element, expected: expected, found: found + ", which is left out")
    }

    /// Members of Timing.repeat for each period; empty where one of them cannot be written.
    private func periods(in context: DocumentContext) -> [[(String, JSONValue?)]] {
        var seen: Set<TimeExpression.Frequency> = []
        // The same period from another moment on is another period.
        let hasPhase = contains { $0.element.descendants().contains { $0.has(name: "phase") } }
        var periods: [[(String, JSONValue?)]] = []
        for frequency in frequencies {
            guard case .periodic(let period, let periodMax, let unit, let isByDay) = frequency,
                seen.insert(frequency).inserted || hasPhase
            else { continue }
            guard Self.periodUnits.contains(unit) else {
                note("a period in s, min, h, d, wk, mo or a", "another unit", in: context)
                return []
            }
            periods.append(Self.members(period, periodMax, unit, isByDay))
        }
        return periods
    }

    private static func members(
        _ period: String, _ periodMax: String?, _ unit: String, _ isByDay: Bool
    ) -> [(String, JSONValue?)] {
        if isByDay, periodMax == nil, let times = timesADay[withoutZeros(period) + unit] {
            return [("frequency", .number(times)), ("period", 1), ("periodUnit", "d")]
        }
        return [
            ("frequency", 1), ("period", .number(period)), ("periodMax", periodMax.map { .number($0) }),
            ("periodUnit", .string(unit)),
        ]
    }

    /// Meals and other times of the day.
    private func eventMembers(in context: DocumentContext) -> [(String, JSONValue?)] {
        var codes: [String] = []
        var offsets: [Int?] = []
        for case .event(let code, let offset) in frequencies where !codes.contains(code) {
            guard Self.timingEvents.contains(code) else {
                note("a time of the day that FHIR knows", "another", in: context)
                continue
            }
            codes.append(code)
            offsets.append(offset)
        }
        guard !codes.isEmpty else { return [] }
        return [
            ("when", .array(codes.map { .string($0) })),
            ("offset", offset(offsets, codes, in: context).map { .number($0) }),
        ]
    }

    /// Minutes before or behind the event, as its code says; nil when the codes do not say on which side, or differ.
    private func offset(_ offsets: [Int?], _ codes: [String], in context: DocumentContext) -> Int? {
        let given = offsets.compactMap(\.self).filter { $0 != 0 }
        guard let offset = given.first else { return nil }
        let isBefore = offset < 0
        let fits =
            given.count == codes.count && given.allSatisfy { $0 == offset }
            && codes.allSatisfy { code in
                code.hasPrefix("AC") || (code.hasPrefix("PC") || code == "WAKE") && !isBefore
                    || code == "HS" && isBefore
            }
        if !fits { note("an offset on the side that the event names", "another offset", in: context) }
        return fits ? abs(offset) : nil
    }

    /// A decimal without zeros at the end of its fraction.
    private static func withoutZeros(_ number: String) -> String {
        guard number.utf8.contains(UInt8(ascii: ".")) else { return number }
        var digits = number
        while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits.utf8.last == UInt8(ascii: ".") { digits.removeLast() }
        return digits
    }

    private static let periodUnits: Set = ["s", "min", "h", "d", "wk", "mo", "a"]
    /// Periods that stand for a number of times a day.
    private static let timesADay = [
        "24h": 1, "12h": 2, "8h": 3, "6h": 4, "4h": 6, "3h": 8, "2h": 12, "1h": 24, "1d": 1, "0.5d": 2, "0.25d": 4,
        // A third of a day cannot be written.
        "0.33d": 3, "0.333d": 3, "0.3333d": 3, "0.33333d": 3,
    ]
    /// Codes of FHIR's value set event-timing.
    private static let timingEvents: Set = [
        "MORN", "MORN.early", "MORN.late", "NOON", "AFT", "AFT.early", "AFT.late", "EVE", "EVE.early", "EVE.late",
        "NIGHT",
        "PHS", "HS", "WAKE", "C", "CM", "CD", "CV", "AC", "ACM", "ACD", "ACV", "PC", "PCM", "PCD", "PCV",
    ]
}
