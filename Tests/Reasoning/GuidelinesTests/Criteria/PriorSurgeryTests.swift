import ClinicalModel
import Guidelines
import Testing

private let fused = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "finding")
private let perhapsFused = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "finding", .no)

@Suite("Earlier surgery of the lumbar spine (R17)")
struct PriorSurgeryTests {
    static let operations = [
        CriterionRow(
            "surgery long ago", .priorLumbarSurgery, .met, record { $0.procedures = [procedure(.laminectomy, 9000)] }),
        CriterionRow(
            "surgery not done", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [procedure(.laminectomy, 900, state: .notDone)] }),
        CriterionRow(
            "surgery planned", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [procedure(.laminectomy, 0, state: .planned)] }),
        CriterionRow(
            "operated tomorrow, as the record has it", .priorLumbarSurgery, .met,
            record { $0.procedures = [operated(-1)] }),
        CriterionRow(
            "an operation of the day after", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [operated(-2)] }),
        CriterionRow(
            "a procedure is read once, by its own role", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [procedure(fused, 400, 400)] }),
    ]

    static let problems = [
        CriterionRow("operated, as the problem list has it", .priorLumbarSurgery, .met, with(condition(fused))),
        CriterionRow(
            "an operation ruled out", .priorLumbarSurgery, .noneOnRecord, with(condition(fused, certainty: .refuted))),
        CriterionRow(
            "a code that is never enough alone", .priorLumbarSurgery, .noneOnRecord, with(condition(perhapsFused))),
    ]

    static let retrieval = [
        CriterionRow(
            "procedures not retrieved (R17)", .priorLumbarSurgery, .unknown, record { $0.notRetrieved = [.procedures] })
    ]

    static let rows = operations + problems + retrieval

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }
}
