import ClinicalModel
import Guidelines
import Testing

/// Several sources may state a fact in words that differ just enough to stand beside each other: no criterion counts it twice.
@Suite("Facts that stand twice")
struct RepeatedFactsTests {
    /// The cases of every criterion that reads facts.
    static let rows =
        SixWeeksTests.rows + TrialTests.rows + TrialFailedTests.rows + CandidateTests.rows + OpenEvidenceTests.rows
        + OpenCourseTests.rows + CaudaEquinaTests.rows + ProgressiveDeficitTests.rows + InfectionTests.rows
        + MalignancyTests.rows + FractureTests.rows + ConflictTests.rows + ScopeTests.rows + HistoryTests.rows
        + SafetyTests.rows + OrderTests.rows

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
