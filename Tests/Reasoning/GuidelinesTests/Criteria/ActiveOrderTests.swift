import ClinicalModel
import Guidelines
import Testing

private let numbness = [yes("saddle-sensory-loss", daysAgo(1))]

private func emergency(_ orders: ServiceRequest..., examinations: [ImagingExamination] = []) -> ClinicalRecord {
    record {
        $0.observations = numbness
        $0.serviceRequests = orders
        $0.examinations = examinations
    }
}
private func found(_ concept: Concept, _ orders: ServiceRequest...) -> ClinicalRecord {
    record {
        $0.conditions.append(condition(concept, onset: daysAgo(3)))
        $0.serviceRequests = orders
    }
}
private func imaged(_ ago: Int) -> ClinicalRecord {
    var record = found(.saddle)
    record.examinations = [examined(daysAgo(ago))]
    return record
}
private func both(_ order: ServiceRequest) -> ClinicalRecord {
    var record = found(.saddle, order)
    record.conditions.append(condition(.discitis, onset: daysAgo(3)))
    return record
}

@Suite("An order or an MRI that answers the red flag (R16)")
struct ActiveOrderTests {
    static let emergencies = [
        CriterionRow(
            "an active order of the day, stat", .activeAdequate, .met, emergency(activeOrder(priority: .stat, ago: 0)),
            order: nil),
        CriterionRow(
            "a routine order silences no emergency", .activeAdequate, .noneOnRecord, emergency(activeOrder(ago: 0)),
            order: nil),
        CriterionRow(
            "an order of seven days ago", .activeAdequate, .met, emergency(activeOrder(priority: .stat, ago: 7)),
            order: nil),
        CriterionRow(
            "an order of eight days ago", .activeAdequate, .noneOnRecord,
            emergency(activeOrder(priority: .stat, ago: 8)), order: nil),
        CriterionRow(
            "a bone scan answers nothing", .activeAdequate, .noneOnRecord,
            emergency(activeOrder(.boneScan, priority: .stat, ago: 0)), order: nil),
        CriterionRow(
            "a completed order silences nothing", .activeAdequate, .noneOnRecord,
            found(.saddle, activeOrder(priority: .stat, status: .completed)), order: nil),
        CriterionRow(
            "a proposal silences nothing", .activeAdequate, .noneOnRecord,
            found(.saddle, activeOrder(priority: .stat, isOrder: false)), order: nil),
        CriterionRow(
            "an active order dated in the future silences nothing", .activeAdequate, .noneOnRecord,
            record {
                $0.observations = numbness; $0.serviceRequests = [activeOrder(priority: .stat, ago: -30)]
            }, order: nil),
        CriterionRow(
            "no red flag, an order at hand", .activeAdequate, .noneOnRecord,
            record { $0.serviceRequests = [activeOrder(priority: .stat)] }, order: nil),
    ]

    static let infections = [
        CriterionRow(
            "presenting infection, urgent", .activeAdequate, .met,
            found(.discitis, activeOrder(.mriWithoutAndWith, priority: .urgent)), order: nil),
        CriterionRow(
            "presenting infection, routine", .activeAdequate, .noneOnRecord,
            found(.discitis, activeOrder(.mriWithoutAndWith, priority: .routine)), order: nil),
        CriterionRow(
            "presenting infection, no priority", .activeAdequate, .noneOnRecord,
            found(.discitis, activeOrder(.mriWithoutAndWith)), order: nil),
        CriterionRow(
            "a risk factor, routine", .activeAdequate, .met, found(.hiv, activeOrder(.mriWithoutAndWith)), order: nil),
        CriterionRow(
            "cauda equina beside presenting infection, stat", .activeAdequate, .met,
            both(activeOrder(.mriWithoutAndWith, priority: .stat)), order: nil),
    ]

    static let examinations = [
        CriterionRow(
            "an MRI done since the finding", .activeAdequate, .met, emergency(examinations: [examined(daysAgo(0))]),
            order: nil),
        CriterionRow(
            "an MRI done before it", .activeAdequate, .noneOnRecord, emergency(examinations: [examined(daysAgo(2))]),
            order: nil),
        CriterionRow("an MRI on the day of the finding", .activeAdequate, .noneOnRecord, imaged(3), order: nil),
        CriterionRow("an MRI the day after it", .activeAdequate, .met, imaged(2), order: nil),
        CriterionRow(
            "an MRI never silences a finding without a date", .activeAdequate, .noneOnRecord,
            record {
                $0.conditions.append(condition(.caudaEquinaSyndrome))
                $0.observations = [no("saddle-sensory-loss", daysAgo(10))]
                $0.examinations = [examined(daysAgo(5))]
            }, order: nil),
        CriterionRow(
            "a later denial does not date the finding", .activeAdequate, .met,
            record {
                $0.conditions.append(condition(.caudaEquinaSyndrome, onset: daysAgo(10)))
                $0.observations = [no("fever-or-chills", daysAgo(1))]
                $0.examinations = [examined(daysAgo(5))]
            }, order: nil),
    ]

    static let rows = emergencies + infections + examinations

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }
}
