import ClinicalModel
import Guidelines
import Testing

@Suite("Whether the record is complete (R33)")
struct RecordCompleteTests {
    static let rows = [
        CriterionRow("everything retrieved", .recordComplete, .met, record()),
        CriterionRow(
            "allergies decide no red flag", .recordComplete, .met, record { $0.notRetrieved = [.allergyIntolerances] }),
        CriterionRow("observations missing", .recordComplete, .notMet, record { $0.notRetrieved = [.observations] }),
        CriterionRow(
            "an Observation that could not be used", .recordComplete, .notMet,
            deniedBeside { $0.refused = [.observations] }),
        CriterionRow(
            "a device that could not be used decides no red flag", .recordComplete, .met,
            deniedBeside { $0.refused = [.devices] }),
        CriterionRow(
            "a document that could not be read leaves the record incomplete", .recordComplete, .notMet,
            deniedBeside { $0.refused = [.documentReferences] }),
        CriterionRow(
            "a document that was not sent is no search that failed", .recordComplete, .met,
            deniedBeside { $0.unreadTexts = [UnreadText(provenance: place("d"), part: .documentReferences)] }),
        CriterionRow(
            "encounters not retrieved", .recordComplete, .notMet, deniedBeside { $0.notRetrieved = [.encounters] }),
    ]

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test(
        "a problem that could not be read keeps every family unknown, with its reason", arguments: CriterionID.redFlags)
    func unread(_ family: CriterionID) {
        let unread = UnreadText(provenance: place("Condition/t"), part: .conditions)
        let criterion = criterion(family, deniedBeside { $0.unreadTexts = [unread] })
        #expect(criterion.result == .unknown)
        #expect(criterion.missing.contains { $0.reason == .textNotRead })
        #expect(result(family, with(screenDenied())) == .notMet)
    }
}
