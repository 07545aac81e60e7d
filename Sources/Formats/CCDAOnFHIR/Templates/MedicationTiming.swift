import CCDA
import Diagnostics
import JSONTree
import XMLTree

extension DocumentMapper {
    /// `timing` of each dosage instruction: the course, and how often (section 4.2). Several periods that hold together make
    /// several instructions; empty when nothing is known.
    func timings(_ dosage: Dosage) -> [JSONValue] {
        let points = dosage.times.compactMap(\.point).map { JSONValue.string($0.fhir) }
        let bounds = dosage.times.lazy.filter { $0.point == nil }.compactMap(\.period).first
        let events = dosage.times.flatMap(\.frequencies).compactMap(eventMembers)
        var periods = dosage.times.flatMap { time in
            time.frequencies.compactMap { periodMembers($0, at: time.element) }
        }
        var when: [(String, JSONValue?)] = []
        if !events.isEmpty {
            when = [("when", .array(events.map { .string($0.code) }))]
            // R4 has one offset for all of them.
            if events.count == 1, let offset = events[0].offset { when.append(("offset", .number(offset))) }
        }
        if periods.isEmpty { periods = [[]] }
        return periods.compactMap { period in
            let members = [("boundsPeriod", bounds)] + period + when
            let isRepeated = members.contains { $0.1 != nil }
            guard isRepeated || !points.isEmpty else { return nil }
            return .object([
                ("event", points.nonEmptyArray), ("repeat", .when(isRepeated, .object(members))),
            ])
        }
    }

    /// PIVL_TS. What an institution sets, 24/n hours, is n times a day.
    private func periodMembers(
        _ frequency: TimeExpression.Frequency, at element: XMLElement
    ) -> [(String, JSONValue?)]? {
        guard case .periodic(let period, let periodMax, let unit, let isByDay) = frequency else { return nil }
        guard Self.unitsOfTime.contains(unit) else {
            context.note(
                .ccdaTime, at: element, expected: "a period in s, min, h, d, wk, mo or a",
                found: "another unit; not used")
            return nil
        }
        if isByDay, unit == "h", periodMax == nil, let hours = Int(period), hours > 0, 24 % hours == 0 {
            return [("frequency", .number(24 / hours)), ("period", 1), ("periodUnit", "d")]
        }
        return [
            ("frequency", 1), ("period", .number(period)), ("periodMax", periodMax.map { .number($0) }),
            ("periodUnit", .string(unit)),
        ]
    }

    /// R4 value set `units-of-time`.
    private static let unitsOfTime: Set = ["s", "min", "h", "d", "wk", "mo", "a"]

    /// EIVL_TS; nil for events that R4 does not have.
    private func eventMembers(_ frequency: TimeExpression.Frequency) -> (code: String, offset: Int?)? {
        guard case .event(let code, let offset) = frequency, Self.eventCodes.contains(code) else { return nil }
        // A meal itself has no offset (tim-9), and none is negative.
        let isMeal = ["C", "CM", "CD", "CV"].contains(code)
        return (code, offset.flatMap { $0 > 0 && !isMeal ? $0 : nil })
    }

    /// Codes of v3 TimingEvent that the R4 value set `event-timing` has.
    private static let eventCodes: Set = [
        "HS", "WAKE", "C", "CM", "CD", "CV", "AC", "ACM", "ACD", "ACV", "PC", "PCM", "PCD", "PCV",
    ]
}
