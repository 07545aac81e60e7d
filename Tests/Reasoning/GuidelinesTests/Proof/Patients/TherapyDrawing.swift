import ClinicalModel
import Guidelines

extension FactDrawing {
    /// A patient with what the rules for drugs, rest and procedures read beside what imaging reads.
    mutating func patientWithTherapy() -> GeneratedPatient {
        var patient = patient()
        for _ in 0..<Int.random(in: 0...5, using: &generator) { patient = patient.adding(therapyFact()) }
        return patient
    }

    private static let takenDrugs = [
        CodedFinding("oxycodone", CodedFinding.use("opioids-outpatient", .overlappingOpioid, nil, .order, "order")),
        CodedFinding(
            "alprazolam", CodedFinding.use("benzodiazepines", .overlappingSedative, nil, .order, "medication")),
        CodedFinding("warfarin", CodedFinding.helper("anticoagulants")),
    ]
    private static let conditions = [
        CodedFinding("ulcer", CodedFinding.use("gi-bleed-ulcer", .nsaidContraindicated)),
        CodedFinding("bypass", CodedFinding.use("cabg", .nsaidContraindicated)),
        CodedFinding("allergy to NSAIDs", CodedFinding.use("nsaid-allergy", .nsaidContraindicated)),
        CodedFinding("diabetic neuropathy", CodedFinding.use("neuropathic-other-indication", .otherIndication)),
        CodedFinding("sickle cell disease", CodedFinding.use("opioid-excluded-population", .excludedPopulation)),
    ]
    private static let severity = Concept(
        Code(system: "urn:proof", code: "pain severity"),
        uses: [CodedFinding.use("pain-and-function-scores", .severePain, nil, .presenting, "measurement", .no)])
    private static let kidney = Concept(
        Code(system: "urn:proof", code: "filtration rate"),
        uses: [CodedFinding.measure("vitals-labs", nil, nil, "egfr")])
    private static let delivery = Concept(
        Code(system: "urn:proof", code: "expected delivery"),
        uses: [CodedFinding.measure("pregnancy-status", .pregnant, nil, "due-date")])

    private mutating func therapyFact() -> PatientFact {
        switch one([0, 1, 2, 3, 4]) {
        case 0: return takenDrug()
        case 1: return problem(one(FactDrawing.conditions))
        case 2:
            let value = one([3.0, 6, 7, 9])
            return FactDrawing.observation(
                "pain severity \(value)", [FactDrawing.severity],
                .quantity(Quantity(literal: "\(value)", value: value, unit: "{score}")), maybeWhen(90))
        case 3:
            let value = one([15.0, 29, 30, 80])
            return FactDrawing.observation(
                "eGFR \(value)", [FactDrawing.kidney],
                .quantity(Quantity(literal: "\(value)", value: value, unit: "mL/min/{1.73_m2}")), maybeWhen(90))
        default: return expectedDelivery()
        }
    }

    private mutating func expectedDelivery() -> PatientFact {
        let ahead = one([1, 139, 140, 141, 250])
        return PatientFact(words: "delivery expected in \(ahead) days", part: .observations) { record, asOf, id in
            record.observations.append(
                Observation(
                    provenance: Provenance(resource: "Observation/\(id)", at: "$.\(id)"),
                    concepts: [FactDrawing.delivery], value: .date(PartialDate(asOf + ahead)),
                    effective: PartialDate(asOf)))
        }
    }

    private mutating func takenDrug() -> PatientFact {
        let drug = one(FactDrawing.takenDrugs)
        let kind = one([MedicationUse.Kind.request, .statement, .dispense])
        let standing = one([MedicationUse.Standing.counts, .counts, .unclear])
        let (isActive, start, supply) = (chance(60), maybeWhen(), chance(50) ? one([7, 30, 90]) : nil)
        let part: RecordPart =
            kind == .dispense ? .medicationDispenses : kind == .statement ? .medicationStatements : .medicationRequests
        return PatientFact(
            words:
                "\(kind.rawValue) of \(drug.words), \(standing.rawValue)\(isActive ? ", active" : ""), \(start.words)",
            part: part
        ) { record, asOf, id in
            record.medications.append(
                MedicationUse(
                    provenance: Provenance(resource: "\(part)/\(id)", at: "$.\(id)"), kind: kind,
                    concepts: [drug.concept], standing: standing, isActive: isActive, route: .systemic,
                    start: start?.date(asOf: asOf), supplyDays: supply))
        }
    }
}

extension GeneratedPatient {
    /// The decisions on one order of each class, for the reasons of the patient's order.
    func decideTherapies(asOf: Day = GeneratedPatient.today) -> [Decision] {
        let (record, order) = build(asOf: asOf)
        let reasons = order?.reasons ?? []
        let drugs = [opioid(), gabapentin, amitriptyline, ibuprofen, relaxant].map { code in
            var drug = draft(code, reasons: reasons, hasReasonText: order?.hasReasonText ?? false)
            drug.authored = PartialDate(asOf)
            return TherapyOrder(drug)
        }
        let services = (["bed-rest-order", "epidural-steroid-injection", "spine-surgery"] as [ValueSetName]).map {
            set in
            var request = service(set, reasons: reasons)
            request.authored = PartialDate(asOf)
            return TherapyOrder(request)
        }
        return (drugs + services).compactMap { $0 }.map {
            GeneratedPatient.guideline.review($0, in: record, asOf: asOf)
        }
    }
}
