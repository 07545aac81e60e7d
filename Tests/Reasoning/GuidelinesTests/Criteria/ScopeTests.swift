import ClinicalModel
import Guidelines
import Testing

private let multipleSclerosis = concept(
    "other-imaging-indication", .radiculopathy, "other-indication", .exclusion, "other-indication")
private let backPain = concept("low-back-pain", .radiculopathy, nil, .presenting, "context", .no)
private let heartFailure = concept("heart-failure", nil, nil, .presenting, "caution", .no)
private let thoracolumbar = concept("lumbosacral-radiculopathy", .radiculopathy, nil, .presenting, "finding", .review)
private let neuritis = concept("lumbosacral-radiculopathy", .radiculopathy, nil, .presenting, "finding", .needsSite)

private func staging(_ set: ValueSetName, role: CodeUse.Role, _ alone: CodeUse.Alone = .yes) -> Concept {
    concept(set, .radiculopathy, "staging", .exclusion, role, alone)
}
private func coded(_ criterion: CriterionID, _ alone: CodeUse.Alone, role: CodeUse.Role = "context") -> Concept {
    concept("other-codes", criterion, nil, .presenting, role, alone)
}
private func reasons(_ concepts: Concept..., test: Modality = .mriWithout) -> ServiceRequest {
    imagingOrder(test, reasons: concepts.map { orderReason($0) })
}
/// A bone scan by a code that asks for a reason of pain.
private func bone(_ reasons: OrderReason...) -> ServiceRequest {
    var order = imagingOrder(.boneScan, reasons: reasons)
    order.concepts = [
        Concept(
            Code(system: "urn:test", code: "bone"),
            test: ImagingTest(modality: .boneScan, region: .notStated, needsPainReason: true))
    ]
    return order
}

@Suite("Scope: age and complaint (R13, R19)")
struct ScopeTests {
    static let ages = [
        CriterionRow("18 today", .adult, .met, record(birth: "2007-06-16")),
        CriterionRow("18 tomorrow", .adult, .notMet, record(birth: "2007-06-17")),
        CriterionRow("born in 2007", .adult, .unknown, record(birth: "2007")),
        CriterionRow("born in 2006", .adult, .met, record(birth: "2006")),
        CriterionRow("no birth date", .adult, .unknown, record(birth: nil)),
        CriterionRow("70 today", .ageOver70, .notMet, record(birth: "1955-06-16")),
        CriterionRow("71 today", .ageOver70, .met, record(birth: "1954-06-16")),
        CriterionRow("no birth date (R19)", .ageOver70, .unknown, record(birth: nil)),
    ]

    static let complaints = [
        CriterionRow("on record", .radiculopathy, .met, record()),
        CriterionRow(
            "as the reason", .radiculopathy, .met, noComplaint(),
            order: imagingOrder(reasons: [orderReason(radiculopathy)])),
        CriterionRow("no reason, nothing on record", .radiculopathy, .unknown, noComplaint()),
        CriterionRow(
            "resolved only", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(radiculopathy, status: .resolved)] }),
        CriterionRow(
            "back pain on record is no radiculopathy", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(backPain)] }),
        CriterionRow(
            "thoracolumbar under a lumbar order", .radiculopathy, .met,
            noComplaint { $0.conditions = [condition(thoracolumbar)] }),
        CriterionRow(
            "thoracolumbar without an order", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(thoracolumbar)] }, order: nil),
        CriterionRow(
            "refuted", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(radiculopathy, certainty: .refuted)] }),
        CriterionRow(
            "a reason without a site takes that of the order", .radiculopathy, .met, noComplaint(),
            order: {
                var order = imagingOrder(reasons: [orderReason(neuritis)])
                order.bodySites = [.lumbarOrSacral]
                return order
            }()),
    ]

    static let orderReasons = [
        CriterionRow(
            "another coded reason", .radiculopathy, .notMet, noComplaint(),
            order: imagingOrder(reasons: [orderReason(backPain)])),
        CriterionRow(
            "the closed list, radiculopathy on record", .radiculopathy, .notMet, record(),
            order: imagingOrder(reasons: [orderReason(multipleSclerosis)])),
        CriterionRow(
            "the closed list beside radiculopathy", .radiculopathy, .met, record(),
            order: imagingOrder(reasons: [orderReason(multipleSclerosis), orderReason(radiculopathy)])),
        CriterionRow(
            "the closed list beside a red flag", .radiculopathy, .met, record(),
            order: imagingOrder(reasons: [orderReason(multipleSclerosis), orderReason(.cancer)])),
        CriterionRow(
            "cancer as the reason of a lumbar MRI is the red flag, not another indication", .radiculopathy, .unknown,
            noComplaint(), order: imagingOrder(reasons: [orderReason(.cancer)])),
        CriterionRow(
            "the closed list beside a code of neither", .radiculopathy, .notMet, record(),
            order: reasons(multipleSclerosis, concept("other", nil))),
        CriterionRow(
            "the closed list beside what excludes a red flag", .radiculopathy, .notMet, record(),
            order: reasons(multipleSclerosis, concept("other", .malignancy, nil, .exclusion))),
        CriterionRow(
            "a code to be looked at first", .radiculopathy, .unknown, noComplaint(),
            order: reasons(coded(.radiculopathy, .review))),
        CriterionRow(
            "a code that needs a site", .radiculopathy, .unknown, noComplaint(),
            order: reasons(coded(.radiculopathy, .needsSite))),
        CriterionRow(
            "a staging code to be looked at is another reason", .radiculopathy, .notMet, noComplaint(),
            order: reasons(coded(.radiculopathy, .review, role: "staging"))),
        CriterionRow(
            "a code of something else to be looked at", .radiculopathy, .notMet, noComplaint(),
            order: reasons(coded(.pregnant, .review))),
    ]

    static let stagings = [
        CriterionRow(
            "cancer as the reason of a bone scan is staging", .radiculopathy, .notMet, record(),
            order: imagingOrder(.boneScan, reasons: [orderReason(staging(.malignancy, role: "staging"))])),
        CriterionRow(
            "cancer as the reason of a radiograph is not", .radiculopathy, .met, record(),
            order: imagingOrder(.radiograph, reasons: [orderReason(staging(.malignancy, role: "staging"))])),
        CriterionRow(
            "metastases as the reason of a bone scan are staging", .radiculopathy, .notMet, record(),
            order: bone(orderReason(.cancer))),
        CriterionRow(
            "heart failure as the reason of a bone scan, sciatica on record", .radiculopathy, .notMet, record(),
            order: bone(orderReason(heartFailure))),
        CriterionRow(
            "back pain as the reason of a bone scan", .radiculopathy, .met, record(), order: bone(orderReason(backPain))
        ),
        CriterionRow("a bone scan without a reason, sciatica on record", .radiculopathy, .met, record(), order: bone()),
        CriterionRow(
            "a staging code, for a bone scan", .radiculopathy, .notMet, record(),
            order: reasons(staging("staging", role: "staging"), test: .boneScan)),
        CriterionRow(
            "a staging code that is never enough", .radiculopathy, .met, record(),
            order: reasons(staging("staging", role: "staging", .no), test: .boneScan)),
        CriterionRow(
            "another code, for a bone scan", .radiculopathy, .met, record(),
            order: reasons(staging("staging", role: "context"), test: .boneScan)),
        CriterionRow(
            "a malignancy, for a bone scan", .radiculopathy, .notMet, record(),
            order: reasons(concept(.malignancy, .malignancy, "personal-cancer", .risk, "finding", .no), test: .boneScan)
        ),
    ]

    static let rows = ages + complaints + orderReasons + stagings

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    static let gaps = [
        ("nothing at all", noComplaint(), imagingOrder(), DataGap.Reason.notRecorded),
        ("a reason in words", noComplaint(), imagingOrder(hasReasonText: true), .textNotRead),
        (
            "a problem in words", noComplaint { $0.unreadTexts = [unread(.conditions)] }, imagingOrder(), .textNotRead
        ),
        (
            "a result in words", noComplaint { $0.unreadTexts = [unread(.observations)] }, imagingOrder(), .notRecorded
        ),
    ]
    private static func unread(_ part: RecordPart) -> UnreadText {
        UnreadText(provenance: place("Condition/u"), part: part)
    }

    @Test("why it is not known whether there is a radiculopathy", arguments: gaps)
    func gap(_ because: String, _ record: ClinicalRecord, _ order: ServiceRequest, _ reason: DataGap.Reason) {
        #expect(criterion(.radiculopathy, record, order: order).missing.map(\.reason) == [reason])
    }
}
