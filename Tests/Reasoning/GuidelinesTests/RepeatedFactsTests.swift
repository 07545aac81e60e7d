import ClinicalModel
import Guidelines
import Testing

/// Several sources may state a fact in words that differ just enough to stand beside each other: no criterion counts it twice.
@Suite("Facts that stand twice")
struct RepeatedFactsTests {
    /// The cases of every criterion that reads facts.
    static let rows = [
        ScopeTests.rows, SixWeeksTests.rows, TrialTests.rows, TrialFailureTests.rows, ProcedureCandidateTests.rows,
        CaudaEquinaTests.rows, CaudaEquinaFindingTests.rows, ProgressiveDeficitTests.rows, InfectionTests.rows,
        InfectionMeasurementTests.rows, MalignancyTests.rows, FractureTests.rows, PriorImagingTests.rows,
        PriorSurgeryTests.rows, MRISafetyTests.rows, PregnancyTests.rows, OrderTests.rows, ActiveOrderTests.rows,
        RecordCompleteTests.rows,
    ].flatMap { $0 }

    @Test("lead to the result that they lead to once", arguments: rows)
    func twice(_ row: CriterionRow) {
        var record = row.record
        record.conditions += row.record.conditions
        record.observations += row.record.observations
        record.medications += row.record.medications
        record.procedures += row.record.procedures
        record.examinations += row.record.examinations
        record.serviceRequests += row.record.serviceRequests
        record.devices += row.record.devices
        record.statements += row.record.statements
        record.unreadTexts += row.record.unreadTexts
        #expect(result(row.id, record, order: row.order) == row.expected)
    }
}
