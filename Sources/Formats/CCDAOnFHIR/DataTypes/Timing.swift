import CCDA
import Diagnostics
import JSONTree
import XMLTree

extension [TimeExpression] {
    /// Timing of the `effectiveTime` elements of a drug: bounds, frequency, events; nil when nothing is known (section 4.2).
    ///
    /// What FHIR has no place for is noted and left out, never changed.
    func timing(in context: DocumentContext) -> JSONValue? {
        let members = repeatMembers(in: context)
        let events = compactMap(\.point).map { JSONValue.string($0.fhir) }
        if members.isEmpty, events.isEmpty { return nil }
        return .object([
            ("event", events.isEmpty ? nil : .array(events)), ("repeat", members.isEmpty ? nil : .object(members)),
        ])
    }

    /// Members of Timing.repeat in FHIR's order; empty when nothing is known.
    func repeatMembers(in context: DocumentContext) -> [(String, JSONValue?)] {
        let bounds = lazy.filter { $0.point == nil }.compactMap(\.period).first
        var members = periodMembers(in: context) + eventMembers(in: context)
        if let bounds { members.insert(("boundsPeriod", bounds), at: 0) }
        return members
    }

    private var frequencies: [TimeExpression.Frequency] { flatMap(\.frequencies) }

    private func note(_ expected: String, _ found: String, in context: DocumentContext) {
        guard let element = first(where: { !$0.frequencies.isEmpty })?.element else { return }
        context.note(.ccdaTime, at: element, expected: expected, found: found + ", which is left out")
    }

    /// How often, where one period says so.
    private func periodMembers(in context: DocumentContext) -> [(String, JSONValue?)] {
        var rows: [(period: String, periodMax: String?, unit: String, byDay: Bool)] = []
        for case .periodic(let period, let periodMax, let unit, let byDay) in frequencies {
            guard Self.periodUnits.contains(unit) else {
                note("a period in s, min, h, d, wk, mo or a", "another unit", in: context)
                return []
            }
            if !rows.contains(where: { $0 == (period, periodMax, unit, byDay) }) {
                rows.append((period, periodMax, unit, byDay))
            }
        }
        guard rows.count == 1, let row = rows.first else {
            if rows.count > 1 { note("one period", "several", in: context) }
            return []
        }
        if row.byDay, row.periodMax == nil, let times = Self.timesADay[Self.withoutZeros(row.period) + row.unit] {
            return [("frequency", .number(times)), ("period", 1), ("periodUnit", "d")]
        }
        return [
            ("frequency", 1), ("period", .number(row.period)), ("periodMax", row.periodMax.map { .number($0) }),
            ("periodUnit", .string(row.unit)),
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
