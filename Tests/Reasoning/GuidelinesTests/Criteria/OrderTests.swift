import ClinicalModel
import Guidelines
import Testing

@Suite("The order: duplicates and urgency (R20, R32)")
struct OrderTests {
    static let duplicates = [
        CriterionRow("nothing else ordered", .duplicate, .noneOnRecord, record()),
        CriterionRow(
            "the same test 90 days ago", .duplicate, .met, record { $0.serviceRequests = [activeOrder(ago: 90)] }),
        CriterionRow("91 days ago", .duplicate, .noneOnRecord, record { $0.serviceRequests = [activeOrder(ago: 91)] }),
        CriterionRow(
            "another test", .duplicate, .noneOnRecord, record { $0.serviceRequests = [activeOrder(.ctWithout, ago: 3)] }
        ),
        CriterionRow(
            "a completed order", .duplicate, .noneOnRecord,
            record { $0.serviceRequests = [activeOrder(ago: 3, status: .completed)] }),
        CriterionRow(
            "a proposal", .duplicate, .noneOnRecord,
            record { $0.serviceRequests = [activeOrder(ago: 3, isOrder: false)] }),
        CriterionRow("the order itself", .duplicate, .noneOnRecord, record { $0.serviceRequests = [imagingOrder()] }),
    ]

    static let urgency = [
        CriterionRow("routine", .urgentContext, .noneOnRecord, record(), order: imagingOrder(priority: .routine)),
        CriterionRow("urgent", .urgentContext, .met, record(), order: imagingOrder(priority: .urgent)),
        CriterionRow("a reason in text only", .urgentContext, .met, record(), order: imagingOrder(hasReasonText: true)),
        CriterionRow(
            "ordered in the emergency department", .urgentContext, .met, record(),
            order: imagingOrder(setting: .emergency)),
        CriterionRow("the patient is an inpatient", .urgentContext, .met, record { $0.setting = .inpatient }),
    ]

    static let rows = duplicates + urgency

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test(
        "a type alone is no reference",
        arguments: [("ServiceRequest/o", true), ("urn:uuid:1", true), ("ServiceRequest", false)])
    func reference(_ resource: String, _ isReference: Bool) {
        var order = imagingOrder()
        order.provenance = place(resource)
        #expect((OrderUnderReview(order).reference != nil) == isReference)
    }
}
