import ClinicalModel
import Guidelines
import Testing

private let laminectomy = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "study")
private let injection = concept("spinal-procedure", .infection, "procedure", .hint, "hint", .no)
private let multipleSclerosis = concept(
    "other-imaging-indication", .radiculopathy, "other-indication", .exclusion, "other-indication")
private let backPain = concept("low-back-pain", .radiculopathy, nil, .presenting, "context", .no)
private let staging = concept("malignancy", .radiculopathy, "staging", .exclusion, "staging")
private let cancer = concept("malignancy", .malignancy, "personal-cancer", .risk)
private let thoracolumbar = concept("lumbosacral-radiculopathy", .radiculopathy, nil, .presenting, "finding", .review)
private let pacemaker = concept("mri-contraindications", .mrDevice, "device", .presenting, "device")
private let unsafe = concept("device-mr-safety", .mriContraindicated, "not-mr-safe", .presenting, "not-mr-safe")
private let conditional = concept("device-mr-safety", .mrDevice, "device", .exclusion, "denies", .no)
private let pregnancy = concept("pregnancy", .pregnant)
private let pregnancyStatus = concept(
    "pregnancy-status", .pregnant, nil, .presenting, "measurement", .no, qualifiers: ["measure:pregnancy-status"])
private let pregnantAnswer = concept("pregnancy-status", .pregnant)
private let notPregnantAnswer = concept("pregnancy-status", .pregnant, nil, .exclusion, "denies", .no)

private func reason(_ concept: Concept, certainty: Certainty = .notStated) -> OrderReason {
    OrderReason(concepts: [concept], certainty: certainty, at: "$.reason")
}
private func mri(_ date: PartialDate?, sites: [BodySite] = [], region: ImagingTest.Region = .lumbar)
    -> ImagingExamination
{
    ImagingExamination(
        provenance: place("ImagingStudy/i"), test: ImagingTest(modality: .mriWithout, region: region), bodySites: sites,
        date: date)
}
private func procedure(_ concept: Concept, _ ago: Int, state: ClinicalModel.Procedure.State = .completed)
    -> ClinicalModel.Procedure
{
    ClinicalModel.Procedure(provenance: place("Procedure/p"), concepts: [concept], state: state, start: daysAgo(ago))
}
private func device(_ types: [Concept] = [pacemaker], safety: [Concept] = [], implant: Truth = .unknown) -> Device {
    Device(provenance: place("Device/d"), types: types, safety: safety, isImplant: implant)
}
private func activeOrder(
    _ modality: Modality = .mriWithout, priority: Priority? = nil, ago: Int, status: ServiceRequest.Status = .active,
    isOrder: Bool = true
) -> ServiceRequest {
    var order = imagingOrder(modality, priority: priority)
    order.provenance = place("ServiceRequest/other")
    order.status = status
    order.authored = daysAgo(ago)
    order.isOrder = isOrder
    return order
}
private func with(_ devices: Device..., observations: [Observation] = []) -> ClinicalRecord {
    record {
        $0.devices = devices
        $0.observations = observations
    }
}
private func noComplaint(_ change: (inout ClinicalRecord) -> Void = { _ in }) -> ClinicalRecord {
    record {
        $0.conditions = []
        change(&$0)
    }
}

@Suite("Scope (R13, R19)")
struct ScopeTests {
    static let rows = [
        CriterionRow("18 today", .adult, .met, record(birth: "2007-06-16")),
        CriterionRow("18 tomorrow", .adult, .notMet, record(birth: "2007-06-17")),
        CriterionRow("born in 2007", .adult, .unknown, record(birth: "2007")),
        CriterionRow("born in 2006", .adult, .met, record(birth: "2006")),
        CriterionRow("no birth date", .adult, .unknown, record(birth: nil)),
        CriterionRow("70 today", .ageOver70, .notMet, record(birth: "1955-06-16")),
        CriterionRow("71 today", .ageOver70, .met, record(birth: "1954-06-16")),
        CriterionRow("no birth date (R19)", .ageOver70, .unknown, record(birth: nil)),
        CriterionRow("on record", .radiculopathy, .met, record()),
        CriterionRow(
            "as the reason", .radiculopathy, .met, noComplaint(), order: imagingOrder(reasons: [reason(radiculopathy)])),
        CriterionRow("no reason, nothing on record", .radiculopathy, .unknown, noComplaint()),
        CriterionRow(
            "resolved only", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(radiculopathy, status: .resolved)] }),
        CriterionRow(
            "back pain on record is no radiculopathy", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(backPain)] }),
        CriterionRow(
            "another coded reason", .radiculopathy, .notMet, noComplaint(),
            order: imagingOrder(reasons: [reason(backPain)])),
        CriterionRow(
            "the closed list, radiculopathy on record", .radiculopathy, .notMet, record(),
            order: imagingOrder(reasons: [reason(multipleSclerosis)])),
        CriterionRow(
            "the closed list beside radiculopathy", .radiculopathy, .met, record(),
            order: imagingOrder(reasons: [reason(multipleSclerosis), reason(radiculopathy)])),
        CriterionRow(
            "the closed list beside a red flag", .radiculopathy, .met, record(),
            order: imagingOrder(reasons: [reason(multipleSclerosis), reason(cancer)])),
        CriterionRow(
            "cancer as the reason of a lumbar MRI is the red flag, not another indication", .radiculopathy, .unknown,
            noComplaint(), order: imagingOrder(reasons: [reason(cancer)])),
        CriterionRow(
            "cancer as the reason of a bone scan is staging", .radiculopathy, .notMet, record(),
            order: imagingOrder(.boneScan, reasons: [reason(staging)])),
        CriterionRow(
            "cancer as the reason of a radiograph is not", .radiculopathy, .met, record(),
            order: imagingOrder(.radiograph, reasons: [reason(staging)])),
        CriterionRow(
            "thoracolumbar under a lumbar order", .radiculopathy, .met,
            noComplaint { $0.conditions = [condition(thoracolumbar)] }),
        CriterionRow(
            "thoracolumbar without an order", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(thoracolumbar)] }, order: nil),
        CriterionRow(
            "refuted", .radiculopathy, .unknown,
            noComplaint { $0.conditions = [condition(radiculopathy, certainty: .refuted)] }),
    ]

    @Test("criterion", arguments: rows)
    func scope(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test("a dead patient gets no advice (R55)")
    func deceased() {
        let decision = guidelineUnderTest.review(imagingOrder(), in: record { $0.isDeceased = true }, asOf: today)
        #expect(decision.outcome.rule == nil)
        #expect(decision.outcome.card == nil)
        #expect(decision.because?.contains("deceased") == true)
    }
}

@Suite("History (G44, R17, R39, R44)")
struct HistoryTests {
    static let rows = [
        CriterionRow(
            "60 months ago", .priorLumbarMRI, .met, record { $0.examinations = [mri(PartialDate("2020-06-16"))] }),
        CriterionRow(
            "a day longer ago", .priorLumbarMRI, .noneOnRecord,
            record { $0.examinations = [mri(PartialDate("2020-06-15"))] }),
        CriterionRow("without a date", .priorLumbarMRI, .unknown, record { $0.examinations = [mri(nil)] }),
        CriterionRow("in the future", .priorLumbarMRI, .noneOnRecord, record { $0.examinations = [mri(daysAgo(-2))] }),
        CriterionRow(
            "of another region", .priorLumbarMRI, .noneOnRecord,
            record { $0.examinations = [mri(daysAgo(100), region: .other)] }),
        CriterionRow(
            "region by body site", .priorLumbarMRI, .met,
            record { $0.examinations = [mri(daysAgo(100), sites: [.lumbarOrSacral], region: .notStated)] }),
        CriterionRow(
            "surgery since", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [mri(daysAgo(200))]; $0.procedures = [procedure(laminectomy, 150)]
            }),
        CriterionRow(
            "surgery before it", .priorLumbarMRI, .met,
            record {
                $0.examinations = [mri(daysAgo(200))]; $0.procedures = [procedure(laminectomy, 250)]
            }),
        CriterionRow(
            "injection since, within 90 days (R39)", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [mri(daysAgo(200))]; $0.procedures = [procedure(injection, 90)]
            }),
        CriterionRow(
            "new deficit attested since", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [mri(daysAgo(200))];
                $0.observations = [answer("new-deficit-since-prior-imaging", .boolean(true))]
            }),
        CriterionRow(
            "the other side (R44)", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [mri(daysAgo(200), sites: [.left])]; $0.conditions[0].bodySites = [.right]
            }),
        CriterionRow("not retrieved (R17)", .priorLumbarMRI, .unknown, record { $0.notRetrieved = [.imagingStudies] }),
        CriterionRow("none", .priorLumbarMRI, .noneOnRecord, record()),
        CriterionRow(
            "surgery long ago", .priorLumbarSurgery, .met, record { $0.procedures = [procedure(laminectomy, 9000)] }),
        CriterionRow(
            "surgery not done", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [procedure(laminectomy, 900, state: .notDone)] }),
        CriterionRow(
            "surgery planned", .priorLumbarSurgery, .noneOnRecord,
            record { $0.procedures = [procedure(laminectomy, 0, state: .planned)] }),
        CriterionRow(
            "procedures not retrieved (R17)", .priorLumbarSurgery, .unknown, record { $0.notRetrieved = [.procedures] }),
    ]

    @Test("criterion", arguments: rows)
    func history(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }
}

@Suite("MRI safety and pregnancy (R12, R29)")
struct SafetyTests {
    static let rows = [
        CriterionRow("no device", .mriContraindicated, .noneOnRecord, record()),
        CriterionRow("device labelled unsafe", .mriContraindicated, .met, with(device(safety: [unsafe]))),
        CriterionRow("that is no device of unknown status", .mrDevice, .noneOnRecord, with(device(safety: [unsafe]))),
        CriterionRow("device without a label", .mrDevice, .met, with(device())),
        CriterionRow("that is no contraindication", .mriContraindicated, .noneOnRecord, with(device())),
        CriterionRow("device labelled conditional", .mrDevice, .noneOnRecord, with(device(safety: [conditional]))),
        CriterionRow("an unknown implant", .mrDevice, .met, with(device([], implant: .yes))),
        CriterionRow("an unknown thing, a walking stick for all one knows", .mrDevice, .unknown, with(device([]))),
        CriterionRow("a thing known to be no implant", .mrDevice, .noneOnRecord, with(device([], implant: .no))),
        CriterionRow(
            "attested unsafe", .mriContraindicated, .met, with(observations: [answer("mri-safety", choice("unsafe"))])),
        CriterionRow(
            "attested conditional clears the device", .mrDevice, .noneOnRecord,
            with(device(), observations: [answer("mri-safety", choice("conditional"))])),
        CriterionRow(
            "attested unknown beside a device", .mrDevice, .met,
            with(device(), observations: [answer("mri-safety", choice("unknown"))])),
        CriterionRow(
            "attested unknown without one", .mrDevice, .unknown,
            with(observations: [answer("mri-safety", choice("unknown"))])),
        CriterionRow("devices not retrieved", .mrDevice, .unknown, record { $0.notRetrieved = [.devices] }),
        CriterionRow(
            "pregnancy on record", .pregnant, .met,
            record { $0.conditions.append(condition(pregnancy, onset: daysAgo(100))) }),
        CriterionRow(
            "an old entry nobody closed", .pregnant, .noneOnRecord,
            record { $0.conditions.append(condition(pregnancy, onset: daysAgo(302))) }),
        CriterionRow(
            "pregnancy over", .pregnant, .noneOnRecord,
            record { $0.conditions.append(condition(pregnancy, onset: daysAgo(100), status: .resolved)) }),
        CriterionRow(
            "status pregnant", .pregnant, .met,
            record {
                $0.observations = [
                    Observation(
                        provenance: place("o"), concepts: [pregnancyStatus], value: .concepts([pregnantAnswer]),
                        effective: daysAgo(10))
                ]
            }),
        CriterionRow(
            "status pregnant, begun and not ended", .pregnant, .met,
            record {
                $0.observations = [
                    Observation(
                        provenance: place("o"), concepts: [pregnancyStatus], value: .concepts([pregnantAnswer]),
                        effective: PartialDate(literal: "open", earliest: daysAgo(100).earliest, latest: nil))
                ]
            }),
        CriterionRow(
            "newest status not pregnant", .pregnant, .notMet,
            record {
                $0.observations = [
                    Observation(
                        provenance: place("o"), concepts: [pregnancyStatus], value: .concepts([pregnantAnswer]),
                        effective: daysAgo(10)),
                    Observation(
                        provenance: place("o2"), concepts: [pregnancyStatus], value: .concepts([notPregnantAnswer]),
                        effective: daysAgo(5)),
                ]
            }),
        CriterionRow(
            "due date to come", .pregnant, .met,
            record {
                $0.observations = [
                    Observation(
                        provenance: place("o"), concepts: [pregnancyStatus], value: .date(daysAgo(-50)),
                        effective: daysAgo(10))
                ]
            }),
        CriterionRow(
            "status true", .pregnant, .met,
            record {
                $0.observations = [
                    Observation(
                        provenance: place("o"), concepts: [pregnancyStatus], value: .boolean(true),
                        effective: daysAgo(10))
                ]
            }),
        CriterionRow(
            "status true, later false", .pregnant, .notMet,
            record {
                $0.observations = [
                    Observation(
                        provenance: place("o"), concepts: [pregnancyStatus], value: .boolean(true),
                        effective: daysAgo(10)),
                    Observation(
                        provenance: place("p"), concepts: [pregnancyStatus], value: .boolean(false),
                        effective: daysAgo(9)),
                ]
            }),
        CriterionRow(
            "due date passed", .pregnant, .noneOnRecord,
            record {
                $0.observations = [
                    Observation(
                        provenance: place("o"), concepts: [pregnancyStatus], value: .date(daysAgo(1)),
                        effective: daysAgo(100))
                ]
            }),
    ]

    @Test("criterion", arguments: rows)
    func safety(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }
}

@Suite("The order and the record (R16, R20, R32, R33)")
struct OrderTests {
    static let caudaEquina = [answer("saddle-sensory-loss", .boolean(true), daysAgo(1))]
    static func emergency(_ orders: ServiceRequest..., examinations: [ImagingExamination] = []) -> ClinicalRecord {
        record {
            $0.observations = caudaEquina
            $0.serviceRequests = orders
            $0.examinations = examinations
        }
    }
    static let rows = [
        CriterionRow("nothing else ordered", .duplicate, .noneOnRecord, record()),
        CriterionRow(
            "the same test 90 days ago", .duplicate, .met, record { $0.serviceRequests = [activeOrder(ago: 90)] }),
        CriterionRow("91 days ago", .duplicate, .noneOnRecord, record { $0.serviceRequests = [activeOrder(ago: 91)] }),
        CriterionRow(
            "another test", .duplicate, .noneOnRecord, record { $0.serviceRequests = [activeOrder(.ctWithout, ago: 3)] }
        ),
        CriterionRow(
            "a completed order", .duplicate, .noneOnRecord,
            record { $0.serviceRequests = [activeOrder(ago: 3, status: .completed)] }),
        CriterionRow(
            "a proposal", .duplicate, .noneOnRecord,
            record { $0.serviceRequests = [activeOrder(ago: 3, isOrder: false)] }),
        CriterionRow("the order itself", .duplicate, .noneOnRecord, record { $0.serviceRequests = [imagingOrder()] }),
        CriterionRow("routine", .urgentContext, .noneOnRecord, record(), order: imagingOrder(priority: .routine)),
        CriterionRow("urgent", .urgentContext, .met, record(), order: imagingOrder(priority: .urgent)),
        CriterionRow("a reason in text only", .urgentContext, .met, record(), order: imagingOrder(hasReasonText: true)),
        CriterionRow(
            "ordered in the emergency department", .urgentContext, .met, record(),
            order: imagingOrder(setting: .emergency)),
        CriterionRow("the patient is an inpatient", .urgentContext, .met, record { $0.setting = .inpatient }),
        CriterionRow("everything retrieved", .recordComplete, .met, record()),
        CriterionRow(
            "allergies decide no red flag", .recordComplete, .met, record { $0.notRetrieved = [.allergyIntolerances] }),
        CriterionRow("observations missing", .recordComplete, .notMet, record { $0.notRetrieved = [.observations] }),
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
            "an MRI done since the finding", .activeAdequate, .met, emergency(examinations: [mri(daysAgo(0))]),
            order: nil),
        CriterionRow(
            "an MRI done before it", .activeAdequate, .noneOnRecord, emergency(examinations: [mri(daysAgo(2))]),
            order: nil),
    ]

    @Test("criterion", arguments: rows)
    func order(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test("a whole decision lists every criterion in the contract's order")
    func complete() {
        let decision = guidelineUnderTest.review(imagingOrder(), in: record(), asOf: today)
        #expect(decision.criteria.map(\.id) == CriterionID.imaging)
        #expect(decision.outcome.rule == "A10-EARLY")
        #expect(decision.outcome.provisional)
        #expect(decision.statements == ["G01", "G02", "G19"])
    }

    @Test("removal is withheld where a denial is older than 14 days (R35)")
    func recentScreen() {
        let recent = record { $0.observations = screenDenied() }
        let old = record {
            $0.observations = screenDenied(but: ["iv-drug-use"]) + [answer("iv-drug-use", .boolean(false), daysAgo(15))]
        }
        #expect(guidelineUnderTest.review(imagingOrder(), in: recent, asOf: today).outcome.removeSuggestionAllowed)
        let decision = guidelineUnderTest.review(imagingOrder(), in: old, asOf: today)
        #expect(decision.criterion(.infection).result == .notMet)
        #expect(!decision.outcome.removeSuggestionAllowed)
    }

    @Test("an order that is no lumbar imaging is not evaluated (R15)")
    func otherOrders() {
        var cervical = imagingOrder()
        cervical.concepts = [
            Concept(Code(system: "urn:test", code: "c"), test: ImagingTest(modality: .mriWithout, region: .other))
        ]
        let decision = guidelineUnderTest.review(cervical, in: record(), asOf: today)
        #expect(decision.outcome.rule == nil)
        #expect(decision.outcome.rating == .notEvaluated)
        #expect(decision.because != nil)
        cervical.bodySites = [.lumbarOrSacral]
        #expect(
            guidelineUnderTest.review(cervical, in: record(), asOf: today).outcome.rule == nil, "the code's region wins"
        )
    }

    @Test(
        "a code without a region takes that of the body site; whole-body tests need none",
        arguments: [
            (Modality.mriWithout, [BodySite.lumbarOrSacral], "A10-EARLY"), (.mriWithout, [], nil),
            (.mriWithout, [.other], nil),
            (.boneScan, [], "A10-EARLY"), (.pet, [], "A10-EARLY"),
        ] as [(Modality, [BodySite], String?)])
    func region(_ modality: Modality, _ sites: [BodySite], _ rule: String?) {
        var order = imagingOrder()
        order.concepts = [
            Concept(Code(system: "urn:test", code: "c"), test: ImagingTest(modality: modality, region: .notStated))
        ]
        order.bodySites = sites
        #expect(guidelineUnderTest.review(order, in: record(), asOf: today).outcome.rule == rule)
    }
}
