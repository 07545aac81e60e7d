import ClinicalModel
import Guidelines
import Testing

private let injection = concept("spinal-procedure", .infection, "procedure", .hint, "hint", .no)

private func complaint(_ qualifiers: Set<CodeUse.Qualifier>) -> Concept {
    concept("lumbosacral-radiculopathy", .radiculopathy, qualifiers: qualifiers)
}
private func sided(_ side: BodySite, _ complaint: Concept = radiculopathy) -> ClinicalRecord {
    record {
        $0.conditions = [condition(complaint, onset: daysAgo(20))]
        $0.examinations = [examined(daysAgo(100), sites: [side])]
    }
}
/// An MRI 200 days ago, and an operation.
private func imaged(_ procedure: ClinicalModel.Procedure) -> ClinicalRecord {
    record {
        $0.examinations = [examined(daysAgo(200))]
        $0.procedures = [procedure]
    }
}

@Suite("Earlier MRI of the lumbar spine (G44, R17, R39, R44)")
struct PriorImagingTests {
    static let dates = [
        CriterionRow(
            "60 months ago", .priorLumbarMRI, .met, record { $0.examinations = [examined(PartialDate("2020-06-16"))] }),
        CriterionRow(
            "a day longer ago", .priorLumbarMRI, .noneOnRecord,
            record { $0.examinations = [examined(PartialDate("2020-06-15"))] }),
        CriterionRow("without a date", .priorLumbarMRI, .unknown, record { $0.examinations = [examined(nil)] }),
        CriterionRow(
            "in the future", .priorLumbarMRI, .noneOnRecord, record { $0.examinations = [examined(daysAgo(-2))] }),
        CriterionRow("an MRI of today", .priorLumbarMRI, .met, record { $0.examinations = [examined(daysAgo(0))] }),
    ]

    static let regions = [
        CriterionRow(
            "of another region", .priorLumbarMRI, .noneOnRecord,
            record { $0.examinations = [examined(daysAgo(100), region: .other)] }),
        CriterionRow(
            "region by body site", .priorLumbarMRI, .met,
            record { $0.examinations = [examined(daysAgo(100), sites: [.lumbarOrSacral], region: .notStated)] }),
    ]

    static let sides = [
        CriterionRow(
            "the other side (R44)", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [examined(daysAgo(200), sites: [.left])]; $0.conditions[0].bodySites = [.right]
            }),
        CriterionRow(
            "an MRI of the other side (R44)", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.conditions = [condition(complaint([.left]), onset: daysAgo(20))]
                $0.examinations = [examined(daysAgo(100), sites: [.right])]
            }),
        CriterionRow(
            "an MRI of the same side", .priorLumbarMRI, .met,
            record {
                $0.conditions = [condition(complaint([.left]), onset: daysAgo(20))]
                $0.examinations = [examined(daysAgo(100), sites: [.left])]
            }),
        CriterionRow("an MRI with a side, a complaint without", .priorLumbarMRI, .met, sided(.left)),
        CriterionRow("right and left", .priorLumbarMRI, .noneOnRecord, sided(.left, complaint([.right]))),
        CriterionRow("right and right", .priorLumbarMRI, .met, sided(.right, complaint([.right]))),
        CriterionRow(
            "a complaint qualified by no side", .priorLumbarMRI, .met, sided(.left, complaint([.withoutDate]))),
    ]

    static let operationsSince = [
        CriterionRow(
            "surgery since", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [examined(daysAgo(200))]; $0.procedures = [procedure(.laminectomy, 150)]
            }),
        CriterionRow(
            "surgery before it", .priorLumbarMRI, .met,
            record {
                $0.examinations = [examined(daysAgo(200))]; $0.procedures = [procedure(.laminectomy, 250)]
            }),
        CriterionRow(
            "injection since, within 90 days (R39)", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [examined(daysAgo(200))]; $0.procedures = [procedure(injection, 90)]
            }),
        CriterionRow("surgery on the day of the MRI", .priorLumbarMRI, .met, imaged(operated(200))),
        CriterionRow("surgery tomorrow, as the record has it", .priorLumbarMRI, .noneOnRecord, imaged(operated(-1))),
        CriterionRow("surgery the day after", .priorLumbarMRI, .met, imaged(operated(-2))),
    ]

    static let deficitsSince = [
        CriterionRow(
            "new deficit attested since", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [examined(daysAgo(200))]
                $0.observations = [yes("new-deficit-since-prior-imaging")]
            }),
        CriterionRow(
            "a new deficit on the day of the MRI", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [examined(daysAgo(10))]
                $0.observations = [yes("new-deficit-since-prior-imaging", daysAgo(10))]
            }),
        CriterionRow(
            "a new deficit the day before", .priorLumbarMRI, .met,
            record {
                $0.examinations = [examined(daysAgo(10))]
                $0.observations = [yes("new-deficit-since-prior-imaging", daysAgo(11))]
            }),
        CriterionRow(
            "a new deficit attested without a date voids the MRI", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [examined(daysAgo(200))]
                $0.observations = [yes("new-deficit-since-prior-imaging", nil)]
            }),
    ]

    static let retrieval = [
        CriterionRow("not retrieved (R17)", .priorLumbarMRI, .unknown, record { $0.notRetrieved = [.imagingStudies] }),
        CriterionRow("none", .priorLumbarMRI, .noneOnRecord, record()),
    ]

    static let rows = dates + regions + sides + operationsSince + deficitsSince + retrieval

    @Test("criterion", arguments: rows)
    func holds(_ row: CriterionRow) { row.check() }

    @Test("the earlier MRI that cards name is the newest of the lumbar spine")
    func named() {
        let record = record {
            $0.examinations = [
                examined(daysAgo(100)), examined(daysAgo(50)), examined(daysAgo(20), .ctWithout),
                examined(daysAgo(10), region: .other), examined(daysAgo(-3)),
            ]
        }
        let facts = guidelineUnderTest.review(imagingOrder(), in: record, asOf: today).cardFacts
        #expect(facts.priorMRIDate == daysAgo(50).literal)
    }
}
