import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a date, dateTime or instant; nil with an issue when it is none, or a placeholder.
    ///
    /// The local calendar day as written counts, not the day in UTC (quirk i05).
    mutating func date(_ node: JSONNode?, _ member: String, in resource: ResourceContext) -> PartialDate? {
        guard let node else { return nil }
        guard node.isString, let text = node.string else {
            note(
                .fhirWrongType, .warning, at: node, member, in: resource, expected: "a date as a string",
                found: node.shape)
            return nil
        }
        guard let date = PartialDate(text) else {
            note(
                .fhirNotADate, .warning, at: node, member, in: resource,
                expected: "YYYY, YYYY-MM, YYYY-MM-DD or a dateTime with seconds and offset", found: node.shape)
            return nil
        }
        guard !Placeholder.isOne(date) else {
            note(
                .fhirPlaceholderDate, .warning, at: node, member, in: resource, expected: "a date that was known",
                found: "a placeholder")
            return nil
        }
        return date
    }

    /// Reads a Period; each bound nil when it is open or unreadable.
    mutating func period(
        _ node: JSONNode?, _ member: String, in resource: ResourceContext
    ) -> (start: PartialDate?, end: PartialDate?)? {
        guard let node else { return nil }
        guard node.isObject else {
            note(.fhirWrongType, .warning, at: node, member, in: resource, expected: "a Period", found: node.shape)
            return nil
        }
        let start = date(node["start"], "\(member).start", in: resource)
        let end = date(node["end"], "\(member).end", in: resource)
        return (start, end)
    }

    /// The days named in a Timing: the span of its events, else the bounds of its repeat; nil when it names none.
    mutating func timing(
        _ node: JSONNode?, _ member: String, in resource: ResourceContext
    ) -> (start: PartialDate?, end: PartialDate?)? {
        guard let node, node.isObject else { return nil }
        var first: PartialDate?
        var last: PartialDate?
        if let events = node["event"] {
            for (index, event) in events.elements.enumerated() {
                guard let day = date(event, "\(member).event[\(index)]", in: resource) else { continue }
                if (day.earliest ?? Day(.max)) < (first?.earliest ?? Day(.max)) || first == nil { first = day }
                if (day.latest ?? Day(.min)) > (last?.latest ?? Day(.min)) || last == nil { last = day }
            }
        }
        if first != nil { return (first, last) }
        guard let repetition = node["repeat"] else { return nil }
        return period(repetition["boundsPeriod"], "\(member).repeat.boundsPeriod", in: resource)
    }
}

extension PartialDate {
    /// The interval from one date to another; nil when neither is known. An end that is not known stays open.
    static func between(_ start: PartialDate?, _ end: PartialDate?) -> PartialDate? {
        guard let start else {
            return end.map { PartialDate(literal: "until \($0.literal)", earliest: nil, latest: $0.latest) }
        }
        guard let end else {
            return PartialDate(literal: "from \(start.literal)", earliest: start.earliest, latest: nil)
        }
        if start == end { return start }
        return PartialDate(literal: "\(start.literal) to \(end.literal)", earliest: start.earliest, latest: end.latest)
    }
}

/// Dates that stand for "unknown" in systems that must store one (quirk i10).
enum Placeholder {
    static func isOne(_ date: PartialDate) -> Bool {
        guard let day = date.earliest else { return false }
        let (year, month, dayOfMonth) = day.civil
        if year <= 1800 || year >= 9000 { return true }
        return year == 1900 && month == 1 && dayOfMonth == 1 && date.isExact
    }
}
