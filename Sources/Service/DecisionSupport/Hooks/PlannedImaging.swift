import ClinicalModel
import FHIR
import Guidelines

/// An imaging order that a document plans.
struct PlannedImaging {
    let draft: FHIR.DraftOrder
    let order: ServiceRequest
    let isLumbar: Bool

    /// Nil when the order is for no imaging.
    init?(_ draft: FHIR.DraftOrder, _ order: ServiceRequest) {
        switch LumbarImaging.scope(of: order) {
        case .lumbar: isLumbar = true
        case .notEvaluated: isLumbar = false
        case .otherService: return nil
        }
        self.draft = draft
        self.order = order
    }

    /// When it was written, else when it is to be done.
    private var date: PartialDate? { order.authored ?? order.occurrence }

    /// Whether it is older by the day, or on one day by the times where both have one. Without a date it is the oldest.
    fileprivate func isOlder(than other: PlannedImaging) -> Bool {
        let (day, otherDay) = (date?.latest ?? Day(.min), other.date?.latest ?? Day(.min))
        if day != otherDay { return day < otherDay }
        guard let date, let otherDate = other.date,
            case .instant(let seconds, _)? = ReferenceTime(date.literal),
            case .instant(let otherSeconds, _)? = ReferenceTime(otherDate.literal)
        else { return false }
        return seconds < otherSeconds
    }
}

extension [PlannedImaging] {
    /// The newest, of equal ones the last in the document; nil when there is none.
    var newest: PlannedImaging? {
        var newest = first
        for item in dropFirst() {
            if let known = newest, item.isOlder(than: known) { continue }
            newest = item
        }
        return newest
    }
}
