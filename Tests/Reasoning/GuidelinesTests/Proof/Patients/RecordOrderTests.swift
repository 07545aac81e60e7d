import ClinicalModel
import Guidelines
import Testing

/// What generated patients found: the fact that was delivered first was cited, not the newest one.
@Suite("The newest of several facts is cited, whatever the order of the record (I14)")
struct RecordOrderTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        let newestFirst: ClinicalRecord
        let cited: @Sendable (Decision) -> String?
        let expected: String
        var testDescription: String { because }
    }

    private static func examination(_ id: String, _ ago: Int) -> ImagingExamination {
        ImagingExamination(
            provenance: place("ImagingStudy/\(id)"), test: ImagingTest(modality: .mriWithout, region: .lumbar),
            date: daysAgo(ago))
    }

    private static func request(_ id: String, _ ago: Int) -> ServiceRequest {
        ServiceRequest(
            provenance: place("ServiceRequest/\(id)"), concepts: [CodedFinding.test(.mriWithout)], status: .active,
            authored: daysAgo(ago))
    }

    private static func anticoagulant(_ name: String, _ ago: Int) -> MedicationUse {
        MedicationUse(
            provenance: place("MedicationRequest/\(name)"), kind: .request,
            concepts: [CodedFinding(name, CodedFinding.helper("anticoagulants")).concept], standing: .counts,
            isActive: true, route: .systemic, start: daysAgo(ago))
    }

    static let rows = [
        Row(
            because: "the newest lumbar MRI",
            newestFirst: record { $0.examinations = [examination("new", 30), examination("old", 300)] },
            cited: { $0.criterion(.priorLumbarMRI).evidence.first?.resource }, expected: "ImagingStudy/new"),
        Row(
            because: "the newest order of the same test",
            newestFirst: record { $0.serviceRequests = [request("new", 3), request("old", 60)] },
            cited: { $0.criterion(.duplicate).evidence.first?.resource }, expected: "ServiceRequest/new"),
        Row(
            because: "the anticoagulant begun last",
            newestFirst: record { $0.medications = [anticoagulant("apixaban", 3), anticoagulant("warfarin", 60)] },
            cited: { $0.cardFacts.anticoagulant }, expected: "apixaban"),
        Row(
            because: "of one day the first by its id",
            newestFirst: record { $0.examinations = [examination("a", 30), examination("b", 30)] },
            cited: { $0.criterion(.priorLumbarMRI).evidence.first?.resource }, expected: "ImagingStudy/a"),
    ]

    @Test("by name", arguments: rows)
    func cites(_ row: Row) {
        var reversed = row.newestFirst
        reversed.examinations.reverse()
        reversed.serviceRequests.reverse()
        reversed.medications.reverse()
        for record in [row.newestFirst, reversed] {
            #expect(row.cited(guidelineUnderTest.review(imagingOrder(), in: record, asOf: today)) == row.expected)
        }
    }
}
