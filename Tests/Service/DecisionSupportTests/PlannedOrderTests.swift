import ClinicalModel
import FHIR
import Guidelines
import Testing

@testable import DecisionSupport

/// Ruling R6: which of the orders that a document plans is under review.
@Suite("Planned orders of a document")
struct PlannedOrderTests {
    struct Row: CustomTestStringConvertible {
        let planned: [Plan]
        /// Ids of the orders that get a decision.
        let reviewed: [String]
        var occasion = OrderReview.Occasion.record
        /// Drafts of FHIR beside them.
        var drafts: [Plan] = []
        let because: String
        var testDescription: String { because }
    }

    struct Plan {
        let id: String
        var test: ImagingTest? = .init(modality: .mriWithout, region: .lumbar)
        var sites: [BodySite] = []
        var authored: String?
        var occurrence: String?

        var request: ServiceRequest {
            ServiceRequest(
                provenance: Provenance(resource: "ServiceRequest/\(id)", at: "/\(id)"),
                concepts: [Concept(Code(system: "urn:test", code: id), test: test)], bodySites: sites,
                status: .active, authored: authored.flatMap(PartialDate.init),
                occurrence: occurrence.flatMap(PartialDate.init))
        }

        var draft: FHIR.DraftOrder {
            let request = request
            return FHIR.DraftOrder(
                order: .service(request), reference: request.provenance.resource, provenance: request.provenance,
                status: "active", identifiers: [], resource: [])
        }
    }

    static let chest = ImagingTest(modality: .radiograph, region: .other)
    static let anySite = ImagingTest(modality: .mriWithout, region: .notStated)
    static let rows = [
        Row(planned: [Plan(id: "a", authored: "2025-06-16")], reviewed: ["a"], because: "the only one"),
        Row(
            planned: [
                Plan(id: "a", authored: "2025-06-01"), Plan(id: "b", authored: "2025-06-16"),
                Plan(id: "c", authored: "2025-06-15"),
            ], reviewed: ["b"], because: "the newest"),
        Row(
            planned: [
                Plan(id: "a", authored: "2025-06-01"), Plan(id: "b", test: chest, authored: "2025-06-16"),
            ], reviewed: ["a"], because: "a newer chest film hides no lumbar order"),
        Row(
            planned: [
                Plan(id: "a", test: anySite, sites: [.lumbarOrSacral], authored: "2025-06-01"),
                Plan(id: "b", test: anySite, sites: [.other], authored: "2025-06-16"),
            ], reviewed: ["a"], because: "the body site makes it lumbar"),
        Row(
            planned: [
                Plan(id: "a", test: chest, authored: "2025-06-01"), Plan(id: "b", test: chest, authored: "2025-06-16"),
            ], reviewed: ["b"], because: "without a lumbar order the newest imaging"),
        Row(
            planned: [Plan(id: "a", authored: "2025-06-16"), Plan(id: "b", authored: "2025-06-16")], reviewed: ["b"],
            because: "of one day the last"),
        Row(
            planned: [
                Plan(id: "a", authored: "2025-06-16T10:00:00-05:00"),
                Plan(id: "b", authored: "2025-06-16T09:00:00-05:00"),
            ], reviewed: ["a"], because: "of one day the later by the time"),
        Row(
            planned: [Plan(id: "a", authored: "2025-06-16T10:00:00-05:00"), Plan(id: "b", authored: "2025-06-16")],
            reviewed: ["b"], because: "of one day, one without a time: the last"),
        Row(
            planned: [Plan(id: "a", occurrence: "2025-07-01"), Plan(id: "b", authored: "2025-06-16")],
            reviewed: ["a"], because: "without a date of writing the date it is planned for"),
        Row(
            planned: [Plan(id: "a", authored: "2024-01-01"), Plan(id: "b")], reviewed: ["a"],
            because: "an undated order is the oldest"),
        Row(planned: [Plan(id: "a"), Plan(id: "b")], reviewed: ["b"], because: "undated orders: the last"),
        Row(planned: [Plan(id: "a", test: nil)], reviewed: ["-"], because: "no imaging: the patient alone"),
        Row(
            planned: [Plan(id: "a", authored: "2025-06-16")], reviewed: [], occasion: .ordering,
            because: "a hook reviews its own drafts"),
        Row(
            planned: [Plan(id: "a", authored: "2025-06-16")], reviewed: ["-"], occasion: .patientView,
            because: "a chart that is opened"),
        Row(
            planned: [Plan(id: "a", authored: "2025-06-01")], reviewed: ["d", "a"],
            drafts: [Plan(id: "d", authored: "2025-06-16")], because: "beside a draft of FHIR"),
    ]

    @Test("the newest lumbar one, else the newest", arguments: rows)
    func review(_ row: Row) {
        var record = PatientRecord(record: ClinicalRecord())
        record.planned = row.planned.map(\.draft)
        record.drafts = row.drafts.map(\.draft)
        record.record.serviceRequests = (row.planned + row.drafts).map(\.request)
        let review = OrderReview(guideline: LumbosacralRadiculopathy(configuration: "test"))
        let findings = review.review(record, on: row.occasion, at: nil, clock: .day(Day(20_255)))
        let reviewed = findings.reviews.map { review in
            review.decision.order?.reference.map { String($0.dropFirst("ServiceRequest/".count)) } ?? "-"
        }
        #expect(reviewed == row.reviewed)
        let imaging = row.planned.count { $0.test != nil }
        #expect(findings.passedOver.values.reduce(0, +) == (row.occasion == .record ? max(imaging - 1, 0) : 0))
    }

    @Test("the order under review is not its own duplicate; an older one of the same test is")
    func duplicate() throws {
        func result(_ plans: Plan...) throws -> CriterionResult {
            var record = PatientRecord(record: ClinicalRecord())
            record.planned = plans.map(\.draft)
            record.record.serviceRequests = plans.map(\.request)
            let review = OrderReview(guideline: LumbosacralRadiculopathy(configuration: "test"))
            let findings = review.review(record, on: .record, at: nil, clock: .day(Day(0)))
            return try #require(findings.reviews.first).decision.criterion(.duplicate).result
        }
        #expect(try result(Plan(id: "a", authored: "2025-06-16")) == .noneOnRecord)
        #expect(try result(Plan(id: "b", authored: "2025-06-01"), Plan(id: "a", authored: "2025-06-16")) == .met)
    }

    @Test("the day is that of the order where it is later than the document's own (R5)")
    func asOf() throws {
        var record = PatientRecord(record: ClinicalRecord())
        record.planned = [Plan(id: "a", authored: "2025-06-16").draft]
        record.record.serviceRequests = [Plan(id: "a", authored: "2025-06-16").request]
        record.recordTime = PartialDate("2025-06-10T09:00:00-05:00")
        let review = OrderReview(guideline: LumbosacralRadiculopathy(configuration: "test"))
        let findings = review.review(record, on: .record, at: nil, clock: .day(Day(0)))
        #expect(findings.reviews.first?.decision.asOf == Day(year: 2025, month: 6, day: 16))
    }
}
