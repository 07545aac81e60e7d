import ClinicalModel
import Guidelines
import Testing

private let therapy = concept("physical-therapy", .trialDocumented, nil, .treatment, "delivered-care")
private let nsaid = concept("nsaids", .trialDocumented, nil, .treatment, "course")
private let pain = concept(
    "pain-and-function-scores", .trialFailed, nil, .presenting, "measurement", .no, qualifiers: ["measure:pain"])
private let laminectomy = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "study")
private let temperature = concept("vitals-labs", .infection, "fever", .presenting, "measurement", .no)
private let crp = concept("vitals-labs", .infection, "crp-esr", .hint, "measurement", .no, qualifiers: ["measure:crp"])
private let esr = concept("vitals-labs", .infection, "crp-esr", .hint, "measurement", .no, qualifiers: ["measure:esr"])
private let cd4 = concept("vitals-labs", .infection, "immunosuppression", .risk, "measurement", .no)
private let weight = concept("vitals-labs", .malignancy, "weight-loss", .presenting, "measurement", .no)
private let discitis = concept("spinal-infection", .infection, "diagnosis")
private let suppressant = concept("immunosuppressant-medications", .infection, "immunosuppression", .risk, "medication")

private func session(_ from: Int, _ to: Int, _ state: ClinicalModel.Procedure.State = .completed)
    -> ClinicalModel.Procedure
{
    ClinicalModel.Procedure(
        provenance: place("Procedure/\(from)"), concepts: [therapy], state: state, start: daysAgo(from),
        end: daysAgo(to))
}
private func operated(_ ago: Int, _ state: ClinicalModel.Procedure.State = .completed) -> ClinicalModel.Procedure {
    ClinicalModel.Procedure(
        provenance: place("Procedure/s\(ago)"), concepts: [laminectomy], state: state, start: daysAgo(ago),
        end: daysAgo(ago))
}
private func score(_ value: Double, _ ago: Int, _ unit: String = "{score}") -> Observation {
    measurement(pain, value, unit, daysAgo(ago))
}
private func treated(_ from: Int, _ to: Int, _ scores: Observation...) -> ClinicalRecord {
    record(onset: daysAgo(70)) {
        $0.procedures = [session(from, to)]
        $0.observations = scores
    }
}
private func measured(_ observations: Observation...) -> ClinicalRecord { record { $0.observations = observations } }
private func request(_ concept: Concept, isOrder: Bool = true, status: ServiceRequest.Status = .active)
    -> ServiceRequest
{
    var request = ServiceRequest(
        provenance: place("ServiceRequest/r"), concepts: [concept], status: status, authored: daysAgo(4))
    request.isOrder = isOrder
    return request
}
private func referral(_ alone: CodeUse.Alone = .yes) -> Concept {
    concept("spine-surgery-referral", .procedureCandidate, nil, .treatment, "referral", alone)
}
private func asking(_ concept: Concept, isOrder: Bool = true, status: ServiceRequest.Status = .active)
    -> ClinicalRecord
{
    record { $0.serviceRequests = [request(concept, isOrder: isOrder, status: status)] }
}
private func drug(
    _ concept: Concept, _ from: Int, _ to: Int?, kind: MedicationUse.Kind = .statement,
    route: MedicationUse.Route = .systemic, dose: Double? = nil
) -> MedicationUse {
    MedicationUse(
        provenance: place("MedicationStatement/\(from)"), kind: kind, concepts: [concept], standing: .counts,
        isActive: to == nil, route: route, start: daysAgo(from), end: to.map(daysAgo),
        dailyDose: dose.map { Quantity(literal: "\($0)", value: $0, unit: "mg") })
}
private func steroid(
    _ part: CodeUse.Part = .risk, criterion: CriterionID = .fracture, component: String = "steroids",
    equivalent: Double = 5
) -> Concept {
    concept(
        "systemic-corticosteroids", criterion, component, part, "course", .no,
        ingredients: [Ingredient(rxNorm: "8640", strengthMg: 10, prednisoneEquivalent: equivalent)])
}
private func taking(_ drugs: MedicationUse...) -> ClinicalRecord { record { $0.medications = drugs } }

/// What the mutation check found of the course, of limits in days, and of measured values.
@Suite("Limits one step off")
struct CourseBoundaryTests {
    static let failures = [
        CriterionRow(
            "42 days of care, scored on the last", .trialFailed, .met, treated(60, 19, score(8, 60), score(7, 19))),
        CriterionRow(
            "care that goes on, scored before six weeks", .trialFailed, .unknown,
            treated(45, 0, score(8, 45), score(7, 10))),
        CriterionRow(
            "care that has ended, scored of late", .trialFailed, .met, treated(45, 4, score(8, 45), score(7, 10))),
        CriterionRow("scored 14 days ago", .trialFailed, .met, treated(50, 9, score(8, 50), score(7, 14))),
        CriterionRow("scored 15 days ago", .trialFailed, .unknown, treated(50, 9, score(8, 50), score(7, 15))),
        CriterionRow(
            "scored tomorrow, as the record has it", .trialFailed, .met, treated(66, 10, score(8, 66), score(7, -1))),
        CriterionRow(
            "3 and 7 on one day: the higher counts", .trialFailed, .met,
            treated(66, 10, score(8, 66), score(3, 0), score(7, 0))),
        CriterionRow("6 then 4", .trialFailed, .met, treated(66, 10, score(6, 66), score(4, 0))),
        CriterionRow("6 then 3.95", .trialFailed, .unknown, treated(66, 10, score(6, 66), score(3.95, 0))),
        CriterionRow("5 then 3.05", .trialFailed, .unknown, treated(66, 10, score(5, 66), score(3.05, 0))),
        CriterionRow("8 then 4.004: 49.95% better", .trialFailed, .met, treated(66, 10, score(8, 66), score(4.004, 0))),
        CriterionRow(
            "a score in millimetres is none", .trialFailed, .unknown,
            treated(66, 10, score(8, 66, "mm"), score(7, 0, "mm"))),
        CriterionRow(
            "a score with the unit 1", .trialFailed, .met, treated(66, 10, score(8, 66, "1"), score(7, 0, "1"))),
    ]

    static let candidates = [
        CriterionRow("a referral", .procedureCandidate, .met, asking(referral())),
        CriterionRow("a referral that is never enough", .procedureCandidate, .unknown, asking(referral(.no))),
        CriterionRow("a proposal", .procedureCandidate, .unknown, asking(referral(), isOrder: false)),
        CriterionRow("a draft", .procedureCandidate, .met, asking(referral(), isOrder: false, status: .draft)),
        CriterionRow("an order of physiotherapy", .procedureCandidate, .unknown, asking(therapy)),
        CriterionRow(
            "another code of spine surgery", .procedureCandidate, .unknown,
            asking(concept("spine-surgery", .infection, nil, .hint, "hint"))),
        CriterionRow(
            "another set of earlier surgery", .procedureCandidate, .unknown,
            asking(concept("other-surgery", .priorLumbarSurgery, nil, .history, "study"))),
        CriterionRow(
            "an operation planned", .procedureCandidate, .met, record { $0.procedures = [operated(-10, .planned)] }),
        CriterionRow("an operation done", .procedureCandidate, .unknown, record { $0.procedures = [operated(10)] }),
    ]

    static let limits = [
        CriterionRow(
            "saddle numbness 90 days ago, no onset known", .caudaEquina, .met,
            record(onset: nil) { $0.observations = [answer("saddle-sensory-loss", .boolean(true), daysAgo(90))] }),
        CriterionRow(
            "91 days ago", .caudaEquina, .unknown,
            record(onset: nil) { $0.observations = [answer("saddle-sensory-loss", .boolean(true), daysAgo(91))] }),
        CriterionRow("199.95 mL", .caudaEquina, .unknown, measured(measurement(finding("pvr-ml"), 199.95, "mL"))),
        CriterionRow(
            "an anticoagulant, a spinal procedure 30 days ago", .caudaEquina, .suspected,
            record(onset: daysAgo(70)) {
                $0.medications = [drug(concept("anticoagulants", nil), 60, nil)]; $0.procedures = [operated(30)]
            }),
        CriterionRow(
            "31 days ago", .caudaEquina, .unknown,
            record(onset: daysAgo(70)) {
                $0.medications = [drug(concept("anticoagulants", nil), 60, nil)]; $0.procedures = [operated(31)]
            }),
        CriterionRow("CD4 199.95", .infection, .met, measured(measurement(cd4, 199.95, "/uL"))),
        CriterionRow("CRP 10.05", .infection, .suspected, measured(measurement(crp, 10.05, "mg/L"))),
        CriterionRow("CRP 49.95", .infection, .suspected, measured(measurement(crp, 49.95, "mg/L"))),
        CriterionRow("CRP 50, 30 days old", .infection, .met, measured(measurement(crp, 50, "mg/L", daysAgo(30)))),
        CriterionRow("ESR 30", .infection, .unknown, measured(measurement(esr, 30, "mm/h"))),
        CriterionRow("ESR 30.05", .infection, .suspected, measured(measurement(esr, 30.05, "mm/h"))),
        CriterionRow("ESR 49.95", .infection, .suspected, measured(measurement(esr, 49.95, "mm/h"))),
        CriterionRow("37.95 Cel", .infection, .unknown, measured(measurement(temperature, 37.95, "Cel"))),
        CriterionRow(
            "a fever measured tomorrow, as the record has it", .infection, .met,
            measured(measurement(temperature, 38.5, "Cel", daysAgo(-1)))),
        CriterionRow("an immunosuppressant until 90 days ago", .infection, .met, taking(drug(suppressant, 200, 90))),
        CriterionRow("until 91 days ago", .infection, .unknown, taking(drug(suppressant, 200, 91))),
        CriterionRow(
            "discitis over for 12 months", .infection, .met,
            record {
                $0.conditions.append(
                    condition(discitis, onset: daysAgo(500), abatement: PartialDate("2024-06-16"), status: .resolved))
            }),
        CriterionRow(
            "discitis over for a day longer", .infection, .suspected,
            record {
                $0.conditions.append(
                    condition(discitis, onset: daysAgo(500), abatement: PartialDate("2024-06-15"), status: .resolved))
            }),
        CriterionRow(
            "19.95 mg prednisone for 14 days", .infection, .unknown, taking(drug(steroid(), 20, 7, dose: 19.95))),
        CriterionRow("20 mg on 14 of the last 30 days", .infection, .met, taking(drug(steroid(), 60, 17, dose: 20))),
        CriterionRow("20 mg on 13 of them", .infection, .unknown, taking(drug(steroid(), 60, 18, dose: 20))),
        CriterionRow(
            "a steroid of no known strength", .infection, .unknown,
            taking(drug(steroid(equivalent: 0), 20, 7, dose: 20))),
        CriterionRow(
            "80 to 76.07 kg: 4.9%", .malignancy, .unknown,
            measured(measurement(weight, 80, "kg", daysAgo(60)), measurement(weight, 76.07, "kg"))),
        CriterionRow("90 steroid days in the year", .fracture, .met, taking(drug(steroid(), 500, 275))),
        CriterionRow("89 of them in the year", .fracture, .unknown, taking(drug(steroid(), 500, 276))),
        CriterionRow(
            "a course of something else in the family", .fracture, .unknown,
            taking(drug(steroid(component: "trauma"), 100, 1))),
        CriterionRow(
            "a steroid course of another family", .fracture, .unknown,
            taking(drug(steroid(criterion: .infection), 100, 1))),
        CriterionRow("a substance with local forms, by mouth", .fracture, .met, taking(drug(steroid(.hint), 100, 1))),
        CriterionRow(
            "a substance with local forms, route not stated", .fracture, .suspected,
            taking(drug(steroid(.hint), 100, 1, route: .notStated))),
        CriterionRow(
            "another one, route not stated", .fracture, .met, taking(drug(steroid(), 100, 1, route: .notStated))),
        CriterionRow("surgery on the day of the MRI", .priorLumbarMRI, .met, imaged(200, operated(200))),
        CriterionRow(
            "surgery tomorrow, as the record has it", .priorLumbarMRI, .noneOnRecord, imaged(200, operated(-1))),
        CriterionRow("surgery the day after", .priorLumbarMRI, .met, imaged(200, operated(-2))),
        CriterionRow(
            "no red flag, an order at hand", .activeAdequate, .noneOnRecord,
            record { $0.serviceRequests = [activeMRI] }, order: nil),
    ]
    private static var activeMRI: ServiceRequest {
        var order = imagingOrder(priority: .stat)
        order.provenance = place("ServiceRequest/a")
        order.status = .active
        return order
    }
    private static func imaged(_ ago: Int, _ procedure: ClinicalModel.Procedure) -> ClinicalRecord {
        record {
            $0.examinations = [
                ImagingExamination(
                    provenance: place("ImagingStudy/i"), test: ImagingTest(modality: .mriWithout, region: .lumbar),
                    date: daysAgo(ago))
            ]
            $0.procedures = [procedure]
        }
    }

    @Test("criterion", arguments: failures + candidates + limits)
    func criterion(_ row: CriterionRow) { #expect(result(row.id, row.record, order: row.order) == row.expected) }

    @Test("a score is cited once, with how much better it is")
    func scoreEvidence() {
        let evidence = GuidelinesTests.criterion(.trialFailed, treated(66, 10, score(8, 66), score(7, 0))).evidence
        #expect(evidence.map(\.value) == ["7.0/10", "8.0/10"])
        let fromNothing = GuidelinesTests.criterion(.trialFailed, treated(66, 10, score(0, 66), score(7, 0))).evidence
        #expect(fromNothing.last?.because == "first pain score of the episode, improved by 0%")
    }

    @Test("what was said before is shown behind the newest statement")
    func candidateEvidence() {
        var record = asking(referral())
        record.observations = [answer("procedure-candidate", .boolean(false))]
        let evidence = GuidelinesTests.criterion(.procedureCandidate, record).evidence
        #expect(
            evidence.map(\.resource) == ["Observation/procedure-candidate-\(daysAgo(0).literal)", "ServiceRequest/r"])
    }

    @Test("a normal temperature is shown for 7 days")
    func normalTemperature() {
        for (ago, isShown) in [(7, true), (8, false)] {
            let record = measured(measurement(temperature, 36.8, "Cel", daysAgo(ago)))
            #expect(GuidelinesTests.criterion(.infection, record).evidence.isEmpty == !isShown)
        }
    }

    static let taken = [
        ("from tomorrow, as the record has it", drug(concept("anticoagulants", nil), -1, nil), true),
        ("from the day after", drug(concept("anticoagulants", nil), -2, nil), false),
        ("until today", drug(concept("anticoagulants", nil), 20, 0), true),
        ("until yesterday", drug(concept("anticoagulants", nil), 20, 1), false),
    ]

    @Test("a drug is being taken", arguments: taken)
    func isTaken(_ because: String, _ drug: MedicationUse, _ expected: Bool) {
        let decision = guidelineUnderTest.review(imagingOrder(), in: taking(drug), asOf: today)
        #expect((decision.cardFacts.anticoagulant != nil) == expected)
    }

    @Test("a prescription without an end covers 30 days")
    func openPrescription() {
        let record = record(onset: daysAgo(70)) { $0.medications = [drug(nsaid, 60, nil, kind: .request)] }
        #expect(guidelineUnderTest.review(imagingOrder(), in: record, asOf: today).cardFacts.trialDays == 30)
    }

    @Test("only what was not evaluated says why")
    func whyNot() {
        #expect(guidelineUnderTest.review(imagingOrder(), in: record(), asOf: today).because == nil)
        let child = guidelineUnderTest.review(imagingOrder(), in: record(birth: "2010-01-01"), asOf: today)
        #expect(child.because == "the patient is under the age of the adult guideline")
    }

    @Test(
        "a type alone is no reference",
        arguments: [("ServiceRequest/o", true), ("urn:uuid:1", true), ("ServiceRequest", false)])
    func reference(_ resource: String, _ isReference: Bool) {
        var order = imagingOrder()
        order.provenance = place(resource)
        #expect((OrderUnderReview(order).reference != nil) == isReference)
    }
}
