import ClinicalModel

extension ClinicalRecord {
    /// The same facts, newest first and undated ones last, so that the order of delivery changes nothing (invariant I14).
    var newestFirst: ClinicalRecord {
        var record = self
        record.conditions.sortNewestFirst(\.provenance) { $0.onset ?? $0.recorded ?? $0.abatement }
        record.observations.sortNewestFirst(\.provenance) { $0.effective }
        record.medications.sortNewestFirst(\.provenance) { $0.start ?? $0.authored ?? $0.end }
        record.procedures.sortNewestFirst(\.provenance) { $0.start ?? $0.end }
        record.examinations.sortNewestFirst(\.provenance) { $0.date }
        record.serviceRequests.sortNewestFirst(\.provenance) { $0.authored }
        record.devices.sortNewestFirst(\.provenance) { _ in nil }
        record.statements.sortNewestFirst(\.provenance) { $0.recorded }
        return record
    }
}

extension Array {
    /// Facts of one day stand in the order of their ids.
    fileprivate mutating func sortNewestFirst(
        _ provenance: (Element) -> Provenance, date: (Element) -> PartialDate?
    ) {
        sort { left, right in
            let (first, second) = (date(left)?.latest ?? Day(.min), date(right)?.latest ?? Day(.min))
            if first != second { return first > second }
            let (one, other) = (provenance(left), provenance(right))
            return (one.resource, one.source ?? "", one.at) < (other.resource, other.source ?? "", other.at)
        }
    }
}
