public import ClinicalModel

extension Reading {
    /// The same test of the same region already ordered and active (ruling R20).
    func duplicate() -> Criterion {
        guard let order, case .lumbar(let modality) = LumbarImaging.scope(of: order) else {
            return Criterion(.duplicate, .noneOnRecord)
        }
        if let other = duplicateOrder(of: order, modality) {
            let because = "the same test ordered within \(thresholds.duplicateDays) days, \(other.status.rawValue)"
            return Criterion(
                .duplicate, .met,
                evidence: [
                    Evidence(other.provenance, code: other.concepts.first?.code, date: other.authored, because: because)
                ])
        }
        return lacks(.serviceRequests)
            ? Criterion(.duplicate, .unknown, missing: [DataGap("active orders", .notRetrieved)])
            : Criterion(.duplicate, .noneOnRecord)
    }

    /// The active order that the one under review repeats; nil when there is none.
    func duplicateOrder(of order: ServiceRequest, _ modality: Modality) -> ServiceRequest? {
        record.serviceRequests.first { other in
            other.provenance != order.provenance && other.status == .active && other.isOrder
                && LumbarImaging.scope(of: other) == .lumbar(modality)
                && isWithin(thresholds.duplicateDays, other.authored) == .yes
        }
    }

    /// Something about the order asks not to discourage it: priority, setting, or a reason that was not read (ruling R32).
    func urgentContext() -> Criterion {
        var evidence: [Evidence] = []
        if let order {
            if let priority = order.priority, priority > .routine {
                evidence.append(Evidence(order.provenance, value: priority.rawValue, because: "priority of the order"))
            }
            if order.hasReasonText {
                evidence.append(Evidence(order.provenance, because: "reason given as text, not read"))
            }
        }
        let setting = order.map { $0.setting == .notStated ? record.setting : $0.setting } ?? record.setting
        if setting == .emergency || setting == .inpatient {
            evidence.append(
                Evidence(
                    resource: order?.provenance.resource, value: setting.rawValue, at: order?.provenance.at,
                    because: "setting of the encounter"))
        }
        return evidence.isEmpty
            ? Criterion(.urgentContext, .noneOnRecord) : Criterion(.urgentContext, .met, evidence: evidence)
    }

    /// Whether every search was retrieved that red flags, surgery or an earlier MRI depend on (ruling R33).
    func recordComplete() -> Criterion {
        let missing = record.notRetrieved.intersection(Reading.decidingParts)
        let refused = record.refused.intersection(Reading.decidingParts.union([.documentReferences])).subtracting(
            missing)
        guard !missing.isEmpty || !refused.isEmpty else {
            return Criterion(
                .recordComplete, .met, evidence: [Evidence(resource: nil, because: "every search needed was retrieved")]
            )
        }
        let evidence = [(missing, "not retrieved"), (refused, "of some a resource could not be read")]
            .filter { !$0.0.isEmpty }
            .map { Evidence(resource: nil, because: "\($0.1): \($0.0.names)") }
        let gaps = RecordPart.allCases.compactMap { part in
            missing.contains(part)
                ? DataGap(part.words, .notRetrieved) : refused.contains(part) ? DataGap(part.words, .textNotRead) : nil
        }
        return Criterion(.recordComplete, .notMet, evidence: evidence, missing: gaps)
    }

    /// The searches that red flags, surgery and earlier MRI depend on.
    static let decidingParts: Set<RecordPart> = [
        .conditions, .observations, .medicationRequests, .medicationStatements, .medicationDispenses, .procedures,
        .diagnosticReports, .imagingStudies, .encounters, .questionnaireResponses,
    ]

    /// In a patient view: an active lumbar order that answers the finding, or an MRI done since (ruling R16).
    ///
    /// - Parameters:
    ///   - state: The state of the patient view, with every other criterion read.
    ///   - rule: The rule that would speak.
    ///   - findings: The evidence by which families are met, denials and hints apart.
    func activeAdequate(_ state: GuidelineState, rule: Rule, findings: [Evidence]) -> Criterion {
        let contextClass = Indication(state).contextClass
        for other in record.serviceRequests
        where other.status == .active && other.isOrder && other.provenance != order?.provenance {
            guard case .lumbar(let modality) = LumbarImaging.scope(of: other),
                isWithin(thresholds.activeOrderDays, other.authored) == .yes,
                [.preferred, .acceptable].contains(FitTable.fit(modality, contextClass, state)),
                CardTable.isAdequate(other.priority ?? .routine, for: rule),
                !(state.hasPresentingFlag && rule != .caudaEquina && rule != .progressiveDeficit
                    && (other.priority ?? .routine) == .routine)
            else { continue }
            let because = "active lumbar imaging order of the last \(thresholds.activeOrderDays) days"
            return Criterion(
                .activeAdequate, .met,
                evidence: [
                    Evidence(other.provenance, code: other.concepts.first?.code, date: other.authored, because: because)
                ])
        }
        let days = findings.map { $0.date.flatMap { PartialDate($0)?.latest } }
        // A finding without a date may be newer than any examination.
        if !days.contains(nil), let newest = days.compactMap({ $0 }).max(), let examination = latestLumbarMRI(),
            (examination.date?.earliest).map({ $0 > newest && $0 <= asOf }) ?? false
        {
            return Criterion(
                .activeAdequate, .met,
                evidence: [
                    Evidence(
                        examination.provenance, date: examination.date,
                        because: "lumbar MRI completed after the finding")
                ])
        }
        return lacks(.serviceRequests)
            ? Criterion(.activeAdequate, .unknown, missing: [DataGap("active orders", .notRetrieved)])
            : Criterion(.activeAdequate, .noneOnRecord)
    }
}

extension Set<RecordPart> {
    /// Names in the order of the contract, for sentences.
    var names: String { RecordPart.allCases.filter(contains).map(\.words).joined(separator: ", ") }
}

extension RecordPart {
    /// The part in a clinician's words.
    public var words: String {
        switch self {
        case .patient: "patient data"
        case .conditions: "problems and diagnoses"
        case .observations: "observations and results"
        case .medicationRequests: "prescriptions"
        case .medicationStatements: "medication list"
        case .medicationDispenses: "dispensed drugs"
        case .procedures: "procedures"
        case .serviceRequests: "orders"
        case .diagnosticReports: "reports"
        case .imagingStudies: "imaging studies"
        case .devices: "devices"
        case .allergyIntolerances: "allergies"
        case .encounters: "encounters"
        case .questionnaireResponses: "questionnaires"
        case .documentReferences: "documents"
        }
    }
}
