import ClinicalModel

/// Days from a first to a last, both included.
struct DaySpan: Hashable {
    let first: Day
    let last: Day
    /// Number of days; never less than 1.
    var count: Int { last - first + 1 }

    /// The days common to both; nil when there is none.
    func intersection(_ other: DaySpan) -> DaySpan? {
        let (first, last) = (max(first, other.first), min(last, other.last))
        return first <= last ? DaySpan(first: first, last: last) : nil
    }
}

/// A union of spans of days, kept sorted and apart.
struct DaySet {
    private(set) var spans: [DaySpan] = []

    /// Number of different days.
    var count: Int { spans.reduce(0) { $0 + $1.count } }

    /// Adds the days of a span that lie in a window.
    mutating func insert(_ span: DaySpan, within window: DaySpan) {
        guard let new = span.intersection(window) else { return }
        var merged = new
        var rest: [DaySpan] = []
        for span in spans {
            if span.last < merged.first || merged.last < span.first {
                rest.append(span)
            } else {
                merged = DaySpan(first: min(span.first, merged.first), last: max(span.last, merged.last))
            }
        }
        spans = (rest + [merged]).sorted { $0.first < $1.first }
    }

    /// Runs of spans whose uncovered gaps are at most `gap` days; a run counts from its first to its last covered day.
    func runs(bridging gap: Int) -> [DaySpan] {
        spans.reduce(into: []) { runs, span in
            if let last = runs.last, span.first - last.last - 1 <= gap {
                runs[runs.count - 1] = DaySpan(first: last.first, last: span.last)
            } else {
                runs.append(span)
            }
        }
    }
}

extension MedicationUse {
    /// The last day that is known to be covered by the record's own dates; nil when open or unknown.
    var coverageEnd: PartialDate? {
        if let end { return end }
        guard let supplyDays, let first = (start ?? authored)?.earliest else { return nil }
        return PartialDate(first + max(supplyDays - 1, 0))
    }

    /// The days that the drug certainly covers up to a day: an open active order runs to that day or for `openDays`.
    ///
    /// - Parameter openDays: Days that an order without end or supply covers; nil lets an active one run to `asOf`.
    /// - Returns: Nil when no first day is known well enough, or when it begins after `asOf`.
    func span(until asOf: Day, openDays: Int?) -> DaySpan? {
        guard let first = (start ?? authored)?.latest, first <= asOf else { return nil }
        let last: Day
        if let end = coverageEnd {
            guard let certain = end.earliest else { return nil }
            last = certain
        } else if let openDays {
            last = first + (openDays - 1)
        } else if isActive {
            last = asOf
        } else {
            return nil
        }
        return last < first ? nil : DaySpan(first: first, last: min(last, asOf))
    }
}
