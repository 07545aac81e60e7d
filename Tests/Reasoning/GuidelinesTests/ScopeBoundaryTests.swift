import ClinicalModel
import Guidelines
import Testing

private let multipleSclerosis = concept(
    "other-imaging-indication", .radiculopathy, "other-indication", .exclusion, "other-indication")
private let pacemaker = device(.yes)
private func device(_ alone: CodeUse.Alone) -> Concept {
    concept("mri-contraindications", .mrDevice, "device", .presenting, "device", alone)
}
private func notSafe(_ alone: CodeUse.Alone = .yes, role: CodeUse.Role = "not-mr-safe") -> Concept {
    concept("device-mr-safety", .mriContraindicated, "not-mr-safe", .presenting, role, alone)
}
private func reasons(_ concepts: Concept..., test: Modality = .mriWithout) -> ServiceRequest {
    imagingOrder(test, reasons: concepts.map { OrderReason(concepts: [$0], at: "$.reason") })
}
private func staging(_ set: ValueSetName, role: CodeUse.Role, _ alone: CodeUse.Alone = .yes) -> Concept {
    concept(set, .radiculopathy, "staging", .exclusion, role, alone)
}
private func coded(_ criterion: CriterionID, _ alone: CodeUse.Alone, role: CodeUse.Role = "context") -> Concept {
    concept("other-codes", criterion, nil, .presenting, role, alone)
}
private func having(_ conditions: Condition...) -> ClinicalRecord { record { $0.conditions += conditions } }
private func implanted(_ type: Concept, _ isImplant: Truth = .unknown, safety: Concept...) -> ClinicalRecord {
    record {
        $0.devices = [
            Device(provenance: place("Device/d"), types: [type], safety: safety, isImplant: isImplant)
        ]
    }
}
private func safety(_ word: String, _ ago: Int = 0) -> Observation {
    answer("mri-safety", choice(word), daysAgo(ago))
}
private func strength(_ code: String, _ text: String, _ ago: Int?) -> Observation {
    answer("strength-\(code)", .text(text), ago.map(daysAgo))
}
private func graded(_ observations: Observation...) -> ClinicalRecord { record { $0.observations = observations } }
private func deficit(_ part: CodeUse.Part, _ role: CodeUse.Role, _ alone: CodeUse.Alone = .yes) -> Concept {
    concept("neurologic-deficit", .progressiveDeficit, "worsening", part, role, alone)
}
private func complaint(_ qualifiers: Set<CodeUse.Qualifier>) -> Concept {
    concept("lumbosacral-radiculopathy", .radiculopathy, qualifiers: qualifiers)
}
private func imaged(_ side: BodySite, _ complaint: Concept = radiculopathy) -> ClinicalRecord {
    record {
        $0.conditions = [condition(complaint, onset: daysAgo(20))]
        $0.examinations = [
            ImagingExamination(
                provenance: place("ImagingStudy/i"), test: ImagingTest(modality: .mriWithout, region: .lumbar),
                bodySites: [side], date: daysAgo(100))
        ]
    }
}

/// What the mutation check found of scope, of MRI safety, of strength and of sides.
@Suite("Codes that nearly count")
struct ScopeBoundaryTests {
    static let scope = [
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
        CriterionRow(
            "the closed list beside a code of neither", .radiculopathy, .notMet, record(),
            order: reasons(multipleSclerosis, concept("other", nil))),
        CriterionRow(
            "the closed list beside what excludes a red flag", .radiculopathy, .notMet, record(),
            order: reasons(multipleSclerosis, concept("other", .malignancy, nil, .exclusion))),
        CriterionRow(
            "a code to be looked at first", .radiculopathy, .unknown, only(),
            order: reasons(coded(.radiculopathy, .review))),
        CriterionRow(
            "a code that needs a site", .radiculopathy, .unknown, only(),
            order: reasons(coded(.radiculopathy, .needsSite))),
        CriterionRow(
            "a staging code to be looked at is another reason", .radiculopathy, .notMet, only(),
            order: reasons(coded(.radiculopathy, .review, role: "staging"))),
        CriterionRow(
            "a code of something else to be looked at", .radiculopathy, .notMet, only(),
            order: reasons(coded(.pregnant, .review))),
    ]
    private static func only(_ change: (inout ClinicalRecord) -> Void = { _ in }) -> ClinicalRecord {
        record {
            $0.conditions = []
            change(&$0)
        }
    }

    static let devices = [
        CriterionRow("coded as not safe", .mriContraindicated, .met, having(condition(notSafe()))),
        CriterionRow(
            "coded so, ruled out", .mriContraindicated, .noneOnRecord, having(condition(notSafe(), certainty: .refuted))
        ),
        CriterionRow(
            "coded so, over", .mriContraindicated, .noneOnRecord, having(condition(notSafe(), status: .resolved))),
        CriterionRow(
            "coded so, with an end", .mriContraindicated, .noneOnRecord,
            having(condition(notSafe(), abatement: daysAgo(5)))),
        CriterionRow("a code to be looked at", .mriContraindicated, .unknown, having(condition(notSafe(.review)))),
        CriterionRow(
            "a code in another role", .mriContraindicated, .noneOnRecord, having(condition(notSafe(role: "context")))),
        CriterionRow("devices not retrieved", .mriContraindicated, .unknown, record { $0.notRetrieved = [.devices] }),
        CriterionRow(
            "a label that says something else", .mriContraindicated, .noneOnRecord,
            implanted(pacemaker, safety: pacemaker)),
        CriterionRow(
            "a label that is never enough", .mriContraindicated, .noneOnRecord,
            implanted(pacemaker, safety: notSafe(.no))),
        CriterionRow("a type that speaks of something else", .mrDevice, .unknown, implanted(notSafe())),
        CriterionRow("an implant of a type that is none", .mrDevice, .noneOnRecord, implanted(device(.no), .yes)),
        CriterionRow("a device of such a type", .mrDevice, .noneOnRecord, implanted(device(.no))),
        CriterionRow("a device to be looked at", .mrDevice, .unknown, implanted(device(.review))),
        CriterionRow("an implant of an unknown type", .mrDevice, .met, implanted(concept("other", nil), .yes)),
        CriterionRow("coded as a problem", .mrDevice, .met, having(condition(pacemaker))),
        CriterionRow(
            "coded so, ruled out", .mrDevice, .noneOnRecord, having(condition(pacemaker, certainty: .refuted))),
        CriterionRow("a problem to be looked at", .mrDevice, .unknown, having(condition(device(.review)))),
        CriterionRow("a problem that is never enough", .mrDevice, .noneOnRecord, having(condition(device(.no)))),
        CriterionRow("called safe on its day", .mrDevice, .noneOnRecord, cleared(5)),
        CriterionRow("called safe the day before", .mrDevice, .met, cleared(6)),
    ]
    private static func cleared(_ ago: Int) -> ClinicalRecord {
        var record = having(condition(pacemaker, onset: daysAgo(5)))
        record.observations = [safety("safe", ago)]
        return record
    }

    static let strengths = [
        CriterionRow(
            "a grade lost ten days ago", .progressiveDeficit, .met,
            graded(strength("leg-left", "5/5", 15), strength("leg-left", "4/5", 10))),
        CriterionRow("3/5, undated", .progressiveDeficit, .suspected, graded(strength("leg-left", "3/5", nil))),
        CriterionRow(
            "as before the episode, and denied", .progressiveDeficit, .notMet,
            graded(
                strength("leg-left", "4/5", 300), strength("leg-left", "4/5", 1),
                answer("leg-weakness-worsening", .boolean(false)))),
        CriterionRow(
            "weaker than before the episode, and denied", .progressiveDeficit, .unknown,
            graded(
                strength("leg-left", "5/5", 300), strength("leg-left", "4/5", 1),
                answer("leg-weakness-worsening", .boolean(false)))),
        CriterionRow(
            "full strength on one side denies nothing", .progressiveDeficit, .unknown,
            graded(strength("leg-left", "5/5", 0))),
        CriterionRow(
            "a grade of 7 is none", .progressiveDeficit, .unknown,
            graded(
                measurement(finding("strength-leg-left"), 7, "{score}"),
                measurement(finding("strength-leg-right"), 7, "{score}"))),
        CriterionRow(
            "a grade under 3 is not read", .progressiveDeficit, .unknown,
            graded(measurement(finding("strength-leg-left"), 3, "{score}", comparator: .less))),
        CriterionRow(
            "3.05 is more than 3", .progressiveDeficit, .unknown,
            graded(measurement(finding("strength-leg-left"), 3.05, "{score}"))),
        CriterionRow(
            "a hint as the reason of the order", .progressiveDeficit, .met, record(),
            order: reasons(deficit(.hint, "hint"))),
        CriterionRow(
            "a hint to be looked at, as the reason", .progressiveDeficit, .suspected, record(),
            order: reasons(deficit(.hint, "hint", .review))),
        CriterionRow("a hint as a problem", .progressiveDeficit, .suspected, having(condition(deficit(.hint, "hint")))),
        CriterionRow(
            "a deficit in the episode", .progressiveDeficit, .met,
            having(condition(deficit(.presenting, "finding"), onset: daysAgo(3)))),
        CriterionRow(
            "a deficit that is never enough", .progressiveDeficit, .unknown,
            having(condition(deficit(.presenting, "finding", .no), onset: daysAgo(3)))),
    ]

    static let sides = [
        CriterionRow("an MRI with a side, a complaint without", .priorLumbarMRI, .met, imaged(.left)),
        CriterionRow("right and left", .priorLumbarMRI, .noneOnRecord, imaged(.left, complaint([.right]))),
        CriterionRow("right and right", .priorLumbarMRI, .met, imaged(.right, complaint([.right]))),
        CriterionRow(
            "a complaint qualified by no side", .priorLumbarMRI, .met, imaged(.left, complaint([.withoutDate]))),
    ]

    @Test("criterion", arguments: scope + devices + strengths + sides)
    func criterion(_ row: CriterionRow) { #expect(result(row.id, row.record, order: row.order) == row.expected) }

    @Test(
        "an answer on MRI safety is cited where it settles it",
        arguments: [("safe", 1), ("conditional", 1), ("unknown", 0)])
    func safetyEvidence(_ word: String, _ count: Int) {
        let criterion = GuidelinesTests.criterion(.mriContraindicated, graded(safety(word)))
        #expect(criterion.result == .noneOnRecord)
        #expect(criterion.evidence.count == count)
    }

    static let gaps = [
        ("nothing at all", only(), imagingOrder(), DataGap.Reason.notRecorded),
        ("a reason in words", only(), imagingOrder(hasReasonText: true), .textNotRead),
        ("a problem in words", only { $0.unreadTexts = [unread(.conditions)] }, imagingOrder(), .textNotRead),
        ("a result in words", only { $0.unreadTexts = [unread(.observations)] }, imagingOrder(), .notRecorded),
    ]
    private static func unread(_ part: RecordPart) -> UnreadText {
        UnreadText(provenance: place("Condition/u"), part: part)
    }

    @Test("why it is not known whether there is a radiculopathy", arguments: gaps)
    func gap(_ because: String, _ record: ClinicalRecord, _ order: ServiceRequest, _ reason: DataGap.Reason) {
        #expect(GuidelinesTests.criterion(.radiculopathy, record, order: order).missing.map(\.reason) == [reason])
    }
}
