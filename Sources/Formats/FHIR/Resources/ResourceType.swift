import ClinicalModel
import JSONTree

/// The resource types of FHIR R4 (4.0.1).
enum ResourceType: UInt8, CaseIterable, Sendable {
    case
        account, activityDefinition, adverseEvent, allergyIntolerance, appointment, appointmentResponse, auditEvent,
        basic, binary, biologicallyDerivedProduct, bodyStructure, bundle, capabilityStatement, carePlan, careTeam,
        catalogEntry, chargeItem, chargeItemDefinition, claim, claimResponse, clinicalImpression, codeSystem,
        communication, communicationRequest, compartmentDefinition, composition, conceptMap, condition, consent,
        contract, coverage, coverageEligibilityRequest, coverageEligibilityResponse, detectedIssue, device,
        deviceDefinition, deviceMetric, deviceRequest, deviceUseStatement, diagnosticReport, documentManifest,
        documentReference, effectEvidenceSynthesis, encounter, endpoint, enrollmentRequest, enrollmentResponse,
        episodeOfCare, eventDefinition, evidence, evidenceVariable, exampleScenario, explanationOfBenefit,
        familyMemberHistory, flag, goal, graphDefinition, group, guidanceResponse, healthcareService, imagingStudy,
        immunization, immunizationEvaluation, immunizationRecommendation, implementationGuide, insurancePlan,
        invoice, library, linkage, list, location, measure, measureReport, media, medication,
        medicationAdministration, medicationDispense, medicationKnowledge, medicationRequest, medicationStatement,
        medicinalProduct, medicinalProductAuthorization, medicinalProductContraindication,
        medicinalProductIndication, medicinalProductIngredient, medicinalProductInteraction,
        medicinalProductManufactured, medicinalProductPackaged, medicinalProductPharmaceutical,
        medicinalProductUndesirableEffect, messageDefinition, messageHeader, molecularSequence, namingSystem,
        nutritionOrder, observation, observationDefinition, operationDefinition, operationOutcome, organization,
        organizationAffiliation, parameters, patient, paymentNotice, paymentReconciliation, person, planDefinition,
        practitioner, practitionerRole, procedure, provenance, questionnaire, questionnaireResponse, relatedPerson,
        requestGroup, researchDefinition, researchElementDefinition, researchStudy, researchSubject, riskAssessment,
        riskEvidenceSynthesis, schedule, searchParameter, serviceRequest, slot, specimen, specimenDefinition,
        structureDefinition, structureMap, subscription, substance, substanceNucleicAcid, substancePolymer,
        substanceProtein, substanceReferenceInformation, substanceSourceMaterial, substanceSpecification,
        supplyDelivery, supplyRequest, task, terminologyCapabilities, testReport, testScript, valueSet,
        verificationResult, visionPrescription

    /// The name as FHIR writes it.
    var name: String { Self.allNames[Int(rawValue)] }

    /// The type of a name as written; nil for a type that R4 does not have.
    static func named(_ name: JSONBytes) -> ResourceType? { names[text: name]?.type }

    private static let allNames = allCases.map { type in
        let name = "\(type)"
        return name.prefix(1).uppercased() + name.dropFirst()
    }
    private static let names = JSONNames<Named>()

    private struct Named: RawRepresentable, CaseIterable, Sendable {
        let type: ResourceType

        init(_ type: ResourceType) { self.type = type }

        init?(rawValue: String) {
            guard let match = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = match
        }

        var rawValue: String { type.name }

        static let allCases = ResourceType.allCases.map(Named.init)
    }

    /// Whether resources of the type are read; the rest is counted and left alone.
    var isRead: Bool {
        switch self {
        case .patient, .condition, .observation, .medicationRequest, .medicationStatement, .medicationDispense,
            .medicationAdministration, .medication, .procedure, .serviceRequest, .diagnosticReport, .imagingStudy,
            .encounter, .allergyIntolerance, .device, .flag, .carePlan, .communication, .goal, .familyMemberHistory,
            .questionnaireResponse, .composition, .documentReference, .binary, .practitionerRole:
            true
        default: false
        }
    }

    /// The part of a record that resources of the type belong to; nil for the types that no search asks for.
    var part: RecordPart? {
        switch self {
        case .patient: .patient
        case .condition: .conditions
        case .observation: .observations
        case .medicationRequest: .medicationRequests
        case .medicationStatement: .medicationStatements
        case .medicationDispense: .medicationDispenses
        case .procedure: .procedures
        case .serviceRequest: .serviceRequests
        case .diagnosticReport: .diagnosticReports
        case .imagingStudy: .imagingStudies
        case .device: .devices
        case .allergyIntolerance: .allergyIntolerances
        case .encounter: .encounters
        case .questionnaireResponse: .questionnaireResponses
        case .documentReference: .documentReferences
        default: nil
        }
    }
}
