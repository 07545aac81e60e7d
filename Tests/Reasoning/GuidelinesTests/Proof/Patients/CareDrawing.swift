import ClinicalModel
import Guidelines

extension FactDrawing {
    // MARK: Drugs

    private struct Drug {
        let words: String
        let coded: CodedFinding
        var forbidsNSAID = false
    }
    private static let drugs = [
        Drug(
            words: "prednisone",
            coded: CodedFinding(
                "prednisone", CodedFinding.use("systemic-corticosteroids", .fracture, "steroids", .risk, "course", .no),
                CodedFinding.use("systemic-corticosteroids", .infection, "immunosuppression", .risk, "course", .no),
                ingredients: [Ingredient(rxNorm: "8640", strengthMg: 10, prednisoneEquivalent: 5)])),
        Drug(
            words: "methotrexate",
            coded: CodedFinding(
                "methotrexate",
                CodedFinding.use(
                    "immunosuppressant-medications", .infection, "immunosuppression", .risk, "medication"))),
        Drug(
            words: "warfarin", coded: CodedFinding("warfarin", CodedFinding.helper("anticoagulants")),
            forbidsNSAID: true),
        Drug(
            words: "ibuprofen",
            coded: CodedFinding("ibuprofen", CodedFinding.use("nsaids", .trialDocumented, nil, .treatment, "course"))),
        Drug(words: "a drug of no value set", coded: CodedFinding("a drug of no value set")),
    ]

    mutating func drug() -> PatientFact {
        let drug = one(FactDrawing.drugs)
        let kind = one([MedicationUse.Kind.request, .statement, .dispense])
        let standing = one([MedicationUse.Standing.counts, .counts, .counts, .unclear])
        let route = one([MedicationUse.Route.systemic, .systemic, .notStated, .topical])
        let isActive = chance(60)
        let (start, end) = (maybeWhen(), chance(40) ? when() : nil)
        let supply = chance(30) ? one([7, 28, 42, 90]) : nil
        let dose = chance(50) ? one([10.0, 20, 40]) : nil
        let part: RecordPart =
            switch kind {
            case .request: .medicationRequests
            case .statement: .medicationStatements
            case .dispense, .administration: .medicationDispenses
            }
        let dates = [("from", start), ("to", end)].compactMap { name, when in when.map { "\(name) \($0.words)" } }
        let words =
            "\(kind.rawValue) of \(drug.words), \(standing.rawValue), \(route.rawValue)\(isActive ? ", active" : "")"
            + (supply.map { ", \($0) days" } ?? "") + (dose.map { ", \($0) mg a day" } ?? "")
        // Taken on the day for certain: begun, active, and its standing clear.
        let isTaken = isActive && standing == .counts && (start?.earliest ?? 0) >= 0
        return PatientFact(
            words: "\(words), \(dates.joined(separator: " "))", part: part, forbidsNSAID: drug.forbidsNSAID && isTaken
        ) { record, asOf, id in
            record.medications.append(
                MedicationUse(
                    provenance: Provenance(resource: "\(part)/\(id)", at: "$.\(id)"), kind: kind,
                    concepts: [drug.coded.concept], standing: standing, isActive: isActive, route: route,
                    start: start?.date(asOf: asOf), end: end?.date(asOf: asOf), supplyDays: supply,
                    dailyDose: dose.map { Quantity(literal: "\($0)", value: $0, unit: "mg") }))
        }
    }

    // MARK: Procedures, examinations, orders, devices

    private static let procedures = [
        CodedFinding.physiotherapy,
        CodedFinding("laminectomy", CodedFinding.use("spine-surgery", .priorLumbarSurgery, nil, .history, "study")),
        CodedFinding(
            "lumbar puncture", CodedFinding.use("spinal-procedure", .infection, "procedure", .hint, "hint", .no)),
        CodedFinding("a procedure of no value set"),
    ]

    mutating func procedure() -> PatientFact {
        let state = one([Procedure.State.completed, .completed, .completed, .notDone, .undecided, .planned])
        let start = maybeWhen(90)
        let length = one([0, 0, 30, 41, 42, 60])
        return FactDrawing.procedure(
            one(FactDrawing.procedures), state, from: start, to: start.map { When(max($0.latest - length, 0)) })
    }

    private static func procedure(
        _ coded: CodedFinding, _ state: Procedure.State, from start: When?, to end: When?
    ) -> PatientFact {
        PatientFact(words: "\(coded.words) \(state.rawValue) from \(start.words) to \(end.words)", part: .procedures) {
            record, asOf, id in
            record.procedures.append(
                Procedure(
                    provenance: Provenance(resource: "Procedure/\(id)", at: "$.\(id)"), concepts: [coded.concept],
                    state: state, start: start?.date(asOf: asOf), end: end?.date(asOf: asOf)))
        }
    }

    mutating func examination() -> PatientFact {
        let modality = one([Modality.mriWithout, .mriWithoutAndWith, .ctWithout, .radiograph])
        let region = one([ImagingTest.Region.lumbar, .lumbar, .other, .notStated])
        let side = one([BodySite?.none, .left, .right])
        let date = maybeWhen(90)
        let place = "\(region.rawValue)\(side.map { ", \($0.rawValue)" } ?? "")"
        return PatientFact(words: "examination \(modality.rawValue) \(place), \(date.words)", part: .imagingStudies) {
            record, asOf, id in
            record.examinations.append(
                ImagingExamination(
                    provenance: Provenance(resource: "ImagingStudy/\(id)", at: "$.\(id)"),
                    test: ImagingTest(modality: modality, region: region), bodySites: [side].compactMap { $0 },
                    date: date?.date(asOf: asOf)))
        }
    }

    private static let referral = CodedFinding(
        "referral to spine surgery",
        CodedFinding.use("spine-surgery-referral", .procedureCandidate, nil, .treatment, "referral"))

    mutating func request() -> PatientFact {
        let modality: Modality? = chance(70) ? one([.mriWithout, .mriWithoutAndWith, .ctWithout]) : nil
        let status = one([ServiceRequest.Status.active, .active, .completed, .onHold, .unknown])
        let priority = one([Priority?.none, .routine, .urgent, .stat])
        let authored = maybeWhen(90)
        let what = modality?.rawValue ?? FactDrawing.referral.words
        return PatientFact(
            words: "\(status.rawValue) order of \(what), \(priority?.rawValue ?? "no priority"), \(authored.words)",
            part: .serviceRequests
        ) { record, asOf, id in
            record.serviceRequests.append(
                ServiceRequest(
                    provenance: Provenance(resource: "ServiceRequest/\(id)", at: "$.\(id)"),
                    concepts: [modality.map { CodedFinding.test($0) } ?? FactDrawing.referral.concept], status: status,
                    priority: priority, authored: authored?.date(asOf: asOf)))
        }
    }

    mutating func device() -> PatientFact {
        let pacemaker = CodedFinding(
            "pacemaker", CodedFinding.use("mri-contraindications", .mrDevice, "device", .presenting, "device"))
        let unsafe = CodedFinding(
            "MR unsafe",
            CodedFinding.use("device-mr-safety", .mriContraindicated, "not-mr-safe", .presenting, "not-mr-safe"))
        let type = one([pacemaker, CodedFinding("a device of no value set")])
        let isUnsafe = chance(30)
        return PatientFact(words: "device \(type.words)\(isUnsafe ? ", MR unsafe" : "")", part: .devices) {
            record, _, id in
            record.devices.append(
                Device(
                    provenance: Provenance(resource: "Device/\(id)", at: "$.\(id)"), types: [type.concept],
                    safety: isUnsafe ? [unsafe.concept] : []))
        }
    }

    mutating func allergy() -> PatientFact {
        let isActive = chance(80)
        let coded = CodedFinding("NSAID allergy", CodedFinding.helper("nsaid-allergy"))
        return PatientFact(
            words: "allergy to NSAIDs\(isActive ? "" : ", inactive")", part: .allergyIntolerances,
            forbidsNSAID: isActive
        ) { record, _, id in
            record.statements.append(
                CodedStatement(
                    provenance: Provenance(resource: "AllergyIntolerance/\(id)", at: "$.\(id)"), kind: .allergy,
                    concepts: [coded.concept], isActive: isActive, certainty: .confirmed))
        }
    }

    // MARK: Patients

    mutating func anyFact() -> PatientFact {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<20: problem(one(CodedFinding.problems))
        case 20..<24: problem(one(CodedFinding.forbidNSAID), forbidsNSAID: true)
        case 24..<30: seen(one(CodedFinding.problems))
        case 30..<46: answer()
        case 46..<52: choice()
        case 52..<58: strength()
        case 58..<72: measurement()
        case 72..<75: pregnancyStatus()
        case 75..<83: drug()
        case 83..<89: procedure()
        case 89..<93: examination()
        case 93..<96: request()
        case 96..<98: device()
        default: allergy()
        }
    }

    /// Six weeks of care or a little less, pain before and after, and whether a procedure is an option.
    private mutating func course() -> [PatientFact] {
        var facts = [
            FactDrawing.procedure(
                CodedFinding.physiotherapy, .completed, from: When(55), to: When(one([0, 13, 14, 15]))),
            FactDrawing.pain(8, When(55)), FactDrawing.pain(one([2, 3, 4, 5, 7]), When(one([0, 1]))),
        ]
        if chance(70) { facts.append(FactDrawing.answer("procedure-candidate", chance(75), When(3))) }
        return facts
    }

    mutating func order() -> GeneratedOrder {
        var order = GeneratedOrder(
            modality: chance(60) ? .mriWithout : one(Modality.allCases),
            priority: chance(60) ? nil : one(Priority.allCases))
        while chance(25) {
            order.reasons.append(
                (one([.radiculopathy, .radiculopathy] + CodedFinding.problems), one([.notStated, .suspected])))
        }
        order.hasReasonText = chance(10)
        if chance(10) { order.setting = one([.emergency, .inpatient, .other]) }
        return order
    }

    mutating func patient() -> GeneratedPatient {
        var patient = GeneratedPatient()
        // Half a year from a birthday, so that no shift by a few days makes a year of difference; or near one.
        let age = one([17, 40, 40, 40, 64, 66, 69, 70, 71, 74, 75, 80])
        let sinceBirthday = drawsCalendarDays && chance(50) ? one([0, 1, 364]) : 180
        patient.birth = chance(95) ? When(age * 1461 / 4 + sinceBirthday) : nil
        patient.order = chance(85) ? order() : nil
        var facts: [PatientFact] = []
        let isTreated = chance(30)
        if chance(85) {
            let coded = one([CodedFinding.radiculopathy, .radiculopathy, .sciaticaLeft, .sciaticaRight])
            facts.append(FactDrawing.problem(coded, onset: isTreated ? When(one([60, 90])) : maybeWhen(85)))
        }
        if isTreated { facts += course() }
        if chance(60) {
            let date = When(one([0, 1, 2, 13, 14, 15]))
            for code in FactDrawing.screen.flatMap(\.codes) where chance(92) {
                facts.append(FactDrawing.answer(code, false, date))
            }
        }
        for _ in 0..<one([0, 1, 2, 3, 4, 6, 9]) { facts.append(anyFact()) }
        patient.facts = facts.enumerated().map { ($0.offset, $0.element) }
        if chance(10) { patient.notRetrieved = [one(RecordPart.allCases)] }
        if chance(5) { patient.refused = [one(RecordPart.allCases)] }
        if chance(5) { patient.unreadTexts = [.conditions] }
        return patient
    }
}
