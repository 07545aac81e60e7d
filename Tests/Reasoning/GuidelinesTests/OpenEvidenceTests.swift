import ClinicalModel
import Guidelines
import Testing

private let saddle = concept("cauda-equina-components", .caudaEquina, "saddle")
private let retention = concept("cauda-equina-components", .caudaEquina, "bladder-bowel")
private let prostate = concept("other-cause-bladder-bowel", .caudaEquina, "bladder-bowel", .exclusion, "cause")
private let footDrop = concept(
    "neurologic-deficit", .progressiveDeficit, "worsening", .presenting, "finding", .needsNew)
private let hesitancy = concept("hints", .caudaEquina, "hint", .hint, "hint", .needsNew)

private let drugUse = concept("substance-use-proxy", .infection, "iv-drug-use", .hint, "hint", .review)
private let cancer = concept("malignancy", .malignancy, "personal-cancer", .risk)
private let heartFailure = concept("heart-failure", nil, nil, .presenting, "caution", .no)
private let pacemaker = concept("mri-contraindications", .mrDevice, "device", .presenting, "device")
private let conditional = concept("device-mr-safety", .mrDevice, "device", .exclusion, "denies", .no)
private let therapy = concept("physical-therapy", .trialDocumented, nil, .treatment, "delivered-care")

private func yes(_ code: String, _ date: PartialDate? = daysAgo(0)) -> Observation {
    answer(code, .boolean(true), date)
}
private func no(_ code: String, _ date: PartialDate? = daysAgo(0)) -> Observation {
    answer(code, .boolean(false), date)
}
/// The whole screen denied today, and something beside it.
private func denied(_ change: (inout ClinicalRecord) -> Void) -> ClinicalRecord {
    record {
        $0.observations = screenDenied()
        change(&$0)
    }
}
private func deniedBeside(_ observations: Observation...) -> ClinicalRecord {
    denied { $0.observations += observations }
}
private func deniedBeside(_ conditions: Condition...) -> ClinicalRecord {
    denied { $0.conditions += conditions }
}
private func drug(
    _ set: ValueSetName, _ criterion: CriterionID?, _ component: String?, kind: MedicationUse.Kind = .request,
    standing: MedicationUse.Standing = .counts, active: Bool = true, authored: Int = 5, supply: Int? = nil
) -> MedicationUse {
    MedicationUse(
        provenance: place("MedicationRequest/d"), kind: kind,
        concepts: [concept(set, criterion, component, .risk, "medication")], standing: standing, isActive: active,
        route: .systemic, authored: daysAgo(authored), supplyDays: supply)
}

/// What is not dated, not readable or not current is never a silent "no" beside a screen that was denied.
@Suite("Open evidence beside a denied screen (2.1, R36-R39)")
struct OpenEvidenceTests {
    static let rows = [
        // Strength
        CriterionRow(
            "2/5 without a date", .progressiveDeficit, .suspected,
            deniedBeside(answer("strength-leg-left", .text("2/5"), nil))),
        CriterionRow(
            "2/5 of this year", .progressiveDeficit, .suspected,
            deniedBeside(answer("strength-leg-left", .text("2/5"), PartialDate("2025")))),
        CriterionRow(
            "2/5 on both sides without a date", .caudaEquina, .suspected,
            deniedBeside(
                answer("strength-leg-left", .text("2/5"), nil), answer("strength-leg-right", .text("2/5"), nil))),
        CriterionRow(
            "4+ on both sides asks (R37)", .caudaEquina, .unknown,
            deniedBeside(answer("strength-leg-left", .text("4+/5")), answer("strength-leg-right", .text("4+/5")))),
        CriterionRow(
            "full knees today, a weak ankle five days ago", .progressiveDeficit, .unknown,
            record {
                $0.observations = [
                    answer("strength-ankle-dorsiflexion-left", .text("4/5"), daysAgo(5)),
                    answer("strength-knee-extension-left", .text("5/5")),
                    answer("strength-knee-extension-right", .text("5/5")),
                ]
            }),
        CriterionRow(
            "weaker than before the episode is not stable", .progressiveDeficit, .unknown,
            deniedBeside(
                answer("strength-leg-left", .text("5/5"), daysAgo(100)), answer("strength-leg-left", .text("4/5")))),
        // Cauda equina
        CriterionRow(
            "250 mL yesterday, 50 mL today", .caudaEquina, .met,
            deniedBeside(
                measurement(finding("pvr-ml"), 250, "mL", daysAgo(1)), measurement(finding("pvr-ml"), 50, "mL"))),
        CriterionRow(
            "below 200 mL as a bound", .caudaEquina, .notMet,
            deniedBeside(measurement(finding("pvr-ml"), 200, "mL", comparator: .less))),
        CriterionRow(
            "below 999 mL may be retention", .caudaEquina, .unknown,
            deniedBeside(measurement(finding("pvr-ml"), 999, "mL", comparator: .less))),
        CriterionRow("0.4 L is 400 mL", .caudaEquina, .met, deniedBeside(measurement(finding("pvr-ml"), 0.4, "L"))),
        CriterionRow(
            "400 without a unit", .caudaEquina, .unknown, deniedBeside(measurement(finding("pvr-ml"), 400, nil))),
        CriterionRow(
            "inactive, began five days ago, no end date", .caudaEquina, .met,
            deniedBeside(condition(retention, onset: daysAgo(5), status: .inactive))),
        CriterionRow(
            "inactive, began long ago, no end date", .caudaEquina, .notMet,
            deniedBeside(condition(retention, onset: daysAgo(500), status: .inactive))),
        CriterionRow(
            "inactive foot drop of this episode", .progressiveDeficit, .met,
            deniedBeside(condition(footDrop, onset: daysAgo(3), status: .inactive))),
        CriterionRow(
            "inactive hint of this episode", .caudaEquina, .suspected,
            deniedBeside(condition(hesitancy, onset: daysAgo(3), status: .inactive))),
        CriterionRow(
            "older, no cause documented: unknown whatever was answered (R38)", .caudaEquina, .unknown,
            deniedBeside(condition(retention, onset: daysAgo(400)))),
        CriterionRow(
            "a yes without a date against a no of today", .caudaEquina, .unknown,
            deniedBeside(yes("saddle-sensory-loss", nil))),
        CriterionRow(
            "a yes of this month beside a no of today", .caudaEquina, .met,
            record {
                $0.observations =
                    screenDenied() + [yes("saddle-sensory-loss", PartialDate("2025-06"))]
            }),
        CriterionRow(
            "anal tone absent, not dated, normal today", .caudaEquina, .unknown,
            deniedBeside(answer("anal-tone", choice("absent"), nil), answer("anal-tone", choice("normal")))),
        CriterionRow(
            "a refutation dated in the future", .caudaEquina, .met,
            deniedBeside(
                condition(saddle, onset: daysAgo(5)), condition(saddle, recorded: daysAgo(-30), certainty: .refuted))),
        CriterionRow(
            "a finding written down in the future", .malignancy, .notMet,
            deniedBeside(condition(cancer, recorded: daysAgo(-30)))),
        CriterionRow(
            "both sides coded, denied long ago", .caudaEquina, .suspected,
            denied {
                for side in [CodeUse.Qualifier.left, .right] {
                    let sciatica = concept(
                        "hints", .caudaEquina, "hint", .hint, "hint", .no, qualifiers: [.bothSides, side])
                    $0.conditions.append(condition(sciatica))
                }
                $0.observations.append(no("bilateral-sciatica", daysAgo(300)))
            }),
        CriterionRow(
            "an anticoagulant known by its dispense (R42)", .caudaEquina, .suspected,
            record(onset: daysAgo(10)) {
                $0.observations = screenDenied()
                $0.medications = [drug("anticoagulants", nil, nil, kind: .dispense, active: false, supply: 30)]
            }),
        CriterionRow(
            "a dispense that has run out", .caudaEquina, .notMet,
            record(onset: daysAgo(10)) {
                $0.observations = screenDenied()
                $0.medications = [
                    drug("anticoagulants", nil, nil, kind: .dispense, active: false, authored: 40, supply: 30)
                ]
            }),
        // Infection
        CriterionRow(
            "39.2 Cel without a date", .infection, .unknown,
            deniedBeside(measurement(InfectionTests.temperature, 39.2, "Cel", nil))),
        CriterionRow(
            "39.5 without a unit", .infection, .suspected,
            deniedBeside(measurement(InfectionTests.temperature, 39.5, nil))),
        CriterionRow(
            "36.8 without a unit", .infection, .notMet, deniedBeside(measurement(InfectionTests.temperature, 36.8, nil))
        ),
        CriterionRow(
            "CRP 80 without a date", .infection, .suspected,
            deniedBeside(measurement(InfectionTests.crp, 80, "mg/L", nil))),
        CriterionRow(
            "spinal procedure of an unknown day", .infection, .unknown,
            denied {
                $0.procedures = [
                    ClinicalModel.Procedure(
                        provenance: place("Procedure/i"),
                        concepts: [concept("spinal-procedure", .infection, "procedure", .hint, "hint", .no)],
                        state: .completed)
                ]
            }),
        CriterionRow(
            "a completed procedure in the future", .infection, .notMet,
            denied {
                $0.procedures = [
                    ClinicalModel.Procedure(
                        provenance: place("Procedure/i"),
                        concepts: [concept("spinal-procedure", .infection, "procedure", .hint, "hint", .no)],
                        state: .completed, start: daysAgo(-30))
                ]
            }),
        CriterionRow(
            "drug use resolved is a hint, never a no (R39)", .infection, .suspected,
            deniedBeside(condition(drugUse, onset: daysAgo(900), status: .resolved))),
        CriterionRow(
            "injected 400 days ago", .infection, .suspected,
            record { $0.observations = [yes("iv-drug-use", daysAgo(400))] }),
        CriterionRow(
            "injected 400 days ago, not since", .infection, .suspected, deniedBeside(yes("iv-drug-use", daysAgo(400)))),
        CriterionRow(
            "an immunosuppressant on hold", .infection, .suspected,
            denied {
                $0.medications = [
                    drug(
                        "immunosuppressant-medications", .infection, "immunosuppression", standing: .unclear,
                        active: false)
                ]
            }),
        CriterionRow(
            "an immunosuppressant ordered for the future", .infection, .notMet,
            denied {
                $0.medications = [
                    drug("immunosuppressant-medications", .infection, "immunosuppression", authored: -30)
                ]
            }),
        CriterionRow(
            "386 Cel is no temperature", .infection, .unknown,
            deniedBeside(measurement(InfectionTests.temperature, 386, "Cel"))),
        CriterionRow(
            "an answer in an unknown code beside an older no", .caudaEquina, .unknown,
            deniedBeside(answer("saddle-sensory-loss", .concepts([Concept(Code(system: "urn:test", code: "J"))])))),
        CriterionRow(
            "an answer in words", .caudaEquina, .unknown, deniedBeside(answer("saddle-sensory-loss", .text("yes")))),
        CriterionRow(
            "an Observation that could not be used", .caudaEquina, .unknown, denied { $0.refused = [.observations] }),
        CriterionRow(
            "an Observation that could not be used", .recordComplete, .notMet, denied { $0.refused = [.observations] }),
        CriterionRow(
            "a device that could not be used decides no red flag", .recordComplete, .met,
            denied { $0.refused = [.devices] }),
        CriterionRow(
            "a document that could not be read may hold a red flag", .caudaEquina, .unknown,
            denied { $0.refused = [.documentReferences] }),
        CriterionRow(
            "a document that could not be read leaves the record incomplete", .recordComplete, .notMet,
            denied { $0.refused = [.documentReferences] }),
        CriterionRow(
            "a document that was not sent may hold a red flag", .malignancy, .unknown,
            denied { $0.unreadTexts = [UnreadText(provenance: place("d"), part: .documentReferences)] }),
        CriterionRow(
            "a document that was not sent is no search that failed", .recordComplete, .met,
            denied { $0.unreadTexts = [UnreadText(provenance: place("d"), part: .documentReferences)] }),
        CriterionRow(
            "documents that nobody searched for", .malignancy, .notMet,
            denied { $0.notRetrieved = [.documentReferences] }),
        // Malignancy and fracture
        CriterionRow(
            "80 kg in December, 70 kg today", .malignancy, .met,
            deniedBeside(
                measurement(MalignancyTests.weight, 80, "kg", PartialDate("2024-12")),
                measurement(MalignancyTests.weight, 70, "kg"))),
        CriterionRow(
            "a steroid on hold for half a year", .fracture, .suspected,
            denied {
                var onHold = FractureTests.steroid(180, 0)
                onHold.standing = .unclear
                $0.medications = [onHold]
            }),
        CriterionRow(
            "a weight without a unit", .malignancy, .unknown,
            deniedBeside(measurement(MalignancyTests.weight, 70, nil, daysAgo(30)))),
        CriterionRow(
            "cancer answered yes, not dated: any time counts", .malignancy, .met,
            record { $0.observations = [yes("personal-cancer", nil)] }),
        CriterionRow(
            "osteoporosis answered yes, not dated", .fracture, .met,
            record { $0.observations = [yes("osteoporosis-or-fragility-fracture", nil)] }),
        CriterionRow(
            "a fall at 67 without a date", .fracture, .unknown,
            record(birth: "1958-01-01") {
                $0.observations = screenDenied()
                $0.conditions.append(condition(FractureTests.fall))
            }),
        CriterionRow(
            "encounters not retrieved", .fracture, .unknown, denied { $0.notRetrieved = [.encounters] }),
        CriterionRow(
            "encounters not retrieved", .recordComplete, .notMet, denied { $0.notRetrieved = [.encounters] }),
    ]

    @Test("criterion", arguments: rows)
    func open(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }

    @Test(
        "a problem that could not be read keeps every family unknown, with its reason", arguments: CriterionID.redFlags)
    func unread(_ family: CriterionID) {
        let record = denied { $0.unreadTexts = [UnreadText(provenance: place("Condition/t"), part: .conditions)] }
        let criterion = criterion(family, record)
        #expect(criterion.result == .unknown)
        #expect(criterion.missing.contains { $0.reason == .textNotRead })
        #expect(result(family, denied { _ in }) == .notMet)
    }

    @Test("of one day the lower weight counts as the later, in either order")
    func order() {
        let weights = [
            measurement(MalignancyTests.weight, 80, "kg", daysAgo(60)), measurement(MalignancyTests.weight, 80, "kg"),
            measurement(MalignancyTests.weight, 75, "kg"),
        ]
        #expect(result(.malignancy, record { $0.observations = weights }) == .met)
        #expect(result(.malignancy, record { $0.observations = weights.reversed() }) == .met)
    }
}

@Suite("Open evidence of order, course and safety")
struct OpenCourseTests {
    private static func active(_ ago: Int) -> ServiceRequest {
        var order = imagingOrder(priority: .stat)
        order.provenance = place("ServiceRequest/other")
        order.status = .active
        order.authored = daysAgo(ago)
        return order
    }
    private static func mri(_ ago: Int) -> ImagingExamination {
        ImagingExamination(
            provenance: place("ImagingStudy/i"), test: ImagingTest(modality: .mriWithout, region: .lumbar),
            date: daysAgo(ago))
    }
    private static let diagnosis = concept("cauda-equina-syndrome", .caudaEquina, "diagnosis")
    private static func reason(_ concept: Concept) -> OrderReason { OrderReason(concepts: [concept], at: "$.r") }
    private static func bone(_ reasons: OrderReason...) -> ServiceRequest {
        var order = imagingOrder(.boneScan, reasons: reasons)
        order.concepts = [
            Concept(
                Code(system: "urn:test", code: "bone"),
                test: ImagingTest(modality: .boneScan, region: .notStated, needsPainReason: true))
        ]
        return order
    }

    static let rows = [
        CriterionRow(
            "an active order dated in the future silences nothing", .activeAdequate, .noneOnRecord,
            record {
                $0.observations = OrderTests.caudaEquina; $0.serviceRequests = [active(-30)]
            }, order: nil),
        CriterionRow(
            "an MRI never silences a finding without a date", .activeAdequate, .noneOnRecord,
            record {
                $0.conditions.append(condition(diagnosis))
                $0.observations = [no("saddle-sensory-loss", daysAgo(10))]
                $0.examinations = [mri(5)]
            }, order: nil),
        CriterionRow(
            "a later denial does not date the finding", .activeAdequate, .met,
            record {
                $0.conditions.append(condition(diagnosis, onset: daysAgo(10)))
                $0.observations = [no("fever-or-chills", daysAgo(1))]
                $0.examinations = [mri(5)]
            }, order: nil),
        CriterionRow(
            "two entries, the older one only written down", .sixWeeks, .met,
            record(onset: daysAgo(10)) { $0.conditions.append(condition(radiculopathy, recorded: daysAgo(300))) }),
        CriterionRow(
            "one missed session beside 30 days of care", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) {
                $0.procedures = [
                    ClinicalModel.Procedure(
                        provenance: place("Procedure/1"), concepts: [therapy], state: .completed, start: daysAgo(50),
                        end: daysAgo(20)),
                    ClinicalModel.Procedure(
                        provenance: place("Procedure/2"), concepts: [therapy], state: .notDone, start: daysAgo(15)),
                ]
            }),
        CriterionRow(
            "care not done at an unknown time", .trialDocumented, .unknown,
            record(onset: daysAgo(70)) {
                $0.procedures = [
                    ClinicalModel.Procedure(provenance: place("Procedure/2"), concepts: [therapy], state: .notDone)
                ]
            }),
        CriterionRow(
            "a safe device says nothing of a coded pacemaker", .mrDevice, .met,
            record {
                $0.conditions.append(condition(pacemaker))
                $0.devices = [Device(provenance: place("Device/1"), types: [], safety: [conditional])]
            }),
        CriterionRow(
            "a conditional pacemaker speaks for the coded one", .mrDevice, .noneOnRecord,
            record {
                $0.conditions.append(condition(pacemaker))
                $0.devices = [Device(provenance: place("Device/1"), types: [pacemaker], safety: [conditional])]
            }),
        CriterionRow(
            "an answer older than the pacemaker", .mrDevice, .met,
            record {
                $0.conditions.append(condition(pacemaker, onset: daysAgo(20)))
                $0.observations = [answer("mri-safety", choice("safe"), daysAgo(100))]
            }),
        CriterionRow(
            "an answer of long ago no longer clears", .mrDevice, .met,
            record {
                $0.conditions.append(condition(pacemaker))
                $0.observations = [answer("mri-safety", choice("safe"), daysAgo(366))]
            }),
        CriterionRow(
            "metastases as the reason of a bone scan are staging", .radiculopathy, .notMet, record(),
            order: bone(reason(cancer))),
        CriterionRow(
            "heart failure as the reason of a bone scan, sciatica on record", .radiculopathy, .notMet, record(),
            order: bone(reason(heartFailure))),
        CriterionRow(
            "back pain as the reason of a bone scan", .radiculopathy, .met, record(),
            order: bone(reason(concept("low-back-pain", .radiculopathy, nil, .presenting, "context", .no)))),
        CriterionRow("a bone scan without a reason, sciatica on record", .radiculopathy, .met, record(), order: bone()),
        CriterionRow(
            "pain from 0 to 7 has not improved", .trialFailed, .met,
            record(onset: daysAgo(70)) {
                let pain = concept(
                    "pain-and-function-scores", .trialFailed, nil, .presenting, "measurement", .no,
                    qualifiers: ["measure:pain"])
                $0.procedures = [
                    ClinicalModel.Procedure(
                        provenance: place("Procedure/1"), concepts: [therapy], state: .completed, start: daysAgo(66),
                        end: daysAgo(5))
                ]
                $0.observations = [
                    measurement(pain, 0, "{score}", daysAgo(66)), measurement(pain, 7, "{score}", daysAgo(0)),
                ]
            }),
        CriterionRow(
            "a new deficit attested without a date voids the MRI", .priorLumbarMRI, .noneOnRecord,
            record {
                $0.examinations = [mri(200)]
                $0.observations = [yes("new-deficit-since-prior-imaging", nil)]
            }),
    ]

    @Test("criterion", arguments: rows)
    func open(_ row: CriterionRow) {
        #expect(result(row.id, row.record, order: row.order) == row.expected)
    }
}
