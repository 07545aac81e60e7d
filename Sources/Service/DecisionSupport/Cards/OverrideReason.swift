public import Guidelines

/// Why a clinician may set a card aside: the codes of the product's code system `override-reasons`.
public enum OverrideReason: String, Sendable, Hashable, CaseIterable {
    case alreadySentToEmergency = "already-sent-to-emergency"
    case findingExplained = "finding-explained"
    case imagingDoneElsewhere = "imaging-done-elsewhere"
    case dataIncorrect = "data-incorrect"
    case workupAlreadyArranged = "workup-already-arranged"
    case redFlagPresentNotCoded = "red-flag-present-not-coded"
    case progressiveDeficitObserved = "progressive-deficit-observed"
    case severeDisablingPain = "severe-disabling-pain"
    case specialistRequest = "specialist-request"
    case patientPreferenceAfterDiscussion = "patient-preference-after-discussion"
    case requirementLegalOrPayer = "requirement-legal-or-payer"
    case guidelineNotApplicable = "guideline-not-applicable"
    case therapyCompletedElsewhere = "therapy-completed-elsewhere"
    case therapyNotTolerated = "therapy-not-tolerated"
    case clinicalWorseningNotRecorded = "clinical-worsening-not-recorded"
    case responsePoorNotRecorded = "response-poor-not-recorded"
    case candidateAfterAll = "candidate-after-all"
    case prognosisQuestion = "prognosis-question"
    case surgicalOrESICandidate = "surgical-or-esi-candidate"
    case durationOverSixWeeks = "duration-over-six-weeks"
    case otherIndication = "other-indication"
    case mriContraindicated = "mri-contraindicated"
    case mriNotAvailableInTime = "mri-not-available-in-time"
    case availability
    case clinicalChangeSincePrior = "clinical-change-since-prior"
    case priorImagingUnavailable = "prior-imaging-unavailable"
    case priorImagingInadequate = "prior-imaging-inadequate"
    case planningNeedsCurrentImages = "planning-needs-current-images"
    case deviceConfirmedConditional = "device-confirmed-conditional"
    case intendedSecondStudy = "intended-second-study"
    case benefitOutweighs = "benefit-outweighs"
    case shortRestSeverePain = "short-rest-severe-pain"
    case trialWithStopDate = "trial-with-stop-date"
    case alreadyBenefiting = "already-benefiting"
    case patientToleratesKnown = "patient-tolerates-known"
    case taperInProgress = "taper-in-progress"
    case sedativeStopped = "sedative-stopped"
    case chronicStableTherapy = "chronic-stable-therapy"
    case specialistPlan = "specialist-plan"
    case excludedPopulation = "excluded-population"
    case severePainNotRecorded = "severe-pain-not-recorded"
    case nsaidContraindicated = "nsaid-contraindicated"
    case monitored

    /// Canonical URL of the code system.
    public static let system = "https://spinehook.example/fhir/CodeSystem/override-reasons"

    /// What the clinician reads; under 60 characters.
    public var display: String {
        switch self {
        case .alreadySentToEmergency: "Already sent to emergency care"
        case .findingExplained: "The finding has another explanation"
        case .imagingDoneElsewhere: "Imaging was done elsewhere"
        case .dataIncorrect: "The recorded data are incorrect"
        case .workupAlreadyArranged: "The work-up is already arranged"
        case .redFlagPresentNotCoded: "A red flag is present but not coded"
        case .progressiveDeficitObserved: "Progressive deficit seen on examination"
        case .severeDisablingPain: "Severe disabling pain"
        case .specialistRequest: "Requested by a specialist"
        case .patientPreferenceAfterDiscussion: "Patient preference after discussion"
        case .requirementLegalOrPayer: "Legal or payer requirement"
        case .guidelineNotApplicable: "The guideline does not apply to this patient"
        case .therapyCompletedElsewhere: "Treatment was completed elsewhere"
        case .therapyNotTolerated: "Treatment was not tolerated"
        case .clinicalWorseningNotRecorded: "Worsening that is not recorded"
        case .responsePoorNotRecorded: "Poor response that is not recorded"
        case .candidateAfterAll: "Surgery or injection is an option after all"
        case .prognosisQuestion: "Imaging is needed for prognosis"
        case .surgicalOrESICandidate: "Candidate for surgery or epidural injection"
        case .durationOverSixWeeks: "Symptoms for more than six weeks"
        case .otherIndication: "Another indication"
        case .mriContraindicated: "MRI is contraindicated"
        case .mriNotAvailableInTime: "MRI is not available in time"
        case .availability: "The preferred test is not available"
        case .clinicalChangeSincePrior: "Clinical change since the earlier MRI"
        case .priorImagingUnavailable: "The earlier images are not available"
        case .priorImagingInadequate: "The earlier images are inadequate"
        case .planningNeedsCurrentImages: "Procedure planning needs current images"
        case .deviceConfirmedConditional: "Device confirmed as MR conditional"
        case .intendedSecondStudy: "A second study is intended"
        case .benefitOutweighs: "The benefit outweighs the risk"
        case .shortRestSeverePain: "Short rest for severe pain"
        case .trialWithStopDate: "Trial with a stop date"
        case .alreadyBenefiting: "The patient already benefits"
        case .patientToleratesKnown: "Known to be tolerated by the patient"
        case .taperInProgress: "A taper is in progress"
        case .sedativeStopped: "The sedative was stopped"
        case .chronicStableTherapy: "Stable long-term treatment"
        case .specialistPlan: "Part of a specialist's plan"
        case .excludedPopulation: "The patient is outside the opioid rules"
        case .severePainNotRecorded: "Severe pain that is not recorded"
        case .nsaidContraindicated: "NSAIDs are contraindicated"
        case .monitored: "The patient is monitored"
        }
    }

    /// Whether the reason states a fact that the record lacks.
    ///
    /// The client should ask to record it, and the service counts it as a gap in the data, not as disagreement.
    public var addsFact: Bool {
        switch self {
        case .findingExplained, .imagingDoneElsewhere, .redFlagPresentNotCoded, .progressiveDeficitObserved,
            .therapyCompletedElsewhere, .therapyNotTolerated, .clinicalWorseningNotRecorded, .responsePoorNotRecorded,
            .candidateAfterAll, .surgicalOrESICandidate, .durationOverSixWeeks, .otherIndication, .mriContraindicated,
            .clinicalChangeSincePrior, .deviceConfirmedConditional, .alreadyBenefiting, .patientToleratesKnown,
            .taperInProgress, .sedativeStopped, .chronicStableTherapy, .excludedPopulation, .severePainNotRecorded,
            .nsaidContraindicated:
            true
        case .alreadySentToEmergency, .dataIncorrect, .workupAlreadyArranged, .severeDisablingPain, .specialistRequest,
            .patientPreferenceAfterDiscussion, .requirementLegalOrPayer, .guidelineNotApplicable, .prognosisQuestion,
            .mriNotAvailableInTime, .availability, .priorImagingUnavailable, .priorImagingInadequate,
            .planningNeedsCurrentImages, .intendedSecondStudy, .benefitOutweighs, .shortRestSeverePain,
            .trialWithStopDate, .specialistPlan, .monitored:
            false
        }
    }
}

extension CardID {
    /// The reasons that a card offers, by the catalogue (guideline section 4.2), likeliest first; none for K14 and K21.
    public var overrideReasons: [OverrideReason] {
        switch self {
        case .k01, .k02: [.alreadySentToEmergency, .findingExplained, .imagingDoneElsewhere, .dataIncorrect]
        case .k03, .k04: [.workupAlreadyArranged, .findingExplained, .dataIncorrect]
        case .k05: Self.discouraging()
        case .k06: Self.discouraging(after: .therapyCompletedElsewhere, .therapyNotTolerated)
        case .k07: Self.discouraging(after: .therapyCompletedElsewhere)
        case .k08: Self.discouraging(after: .clinicalWorseningNotRecorded, .severeDisablingPain)
        case .k09: Self.discouraging(after: .responsePoorNotRecorded)
        case .k10: Self.discouraging(after: .candidateAfterAll, .specialistRequest, .prognosisQuestion)
        case .k11: [.surgicalOrESICandidate]
        case .k12: [.durationOverSixWeeks]
        case .k13: [.otherIndication]
        case .k14, .k21: []
        case .k15: [.mriContraindicated, .mriNotAvailableInTime, .otherIndication, .specialistRequest]
        case .k16: [.mriContraindicated, .mriNotAvailableInTime, .availability, .specialistRequest]
        case .k17:
            Self.discouraging(after: .clinicalChangeSincePrior, .priorImagingUnavailable, .priorImagingInadequate)
        case .k18: [.planningNeedsCurrentImages, .priorImagingUnavailable]
        case .k19: [.deviceConfirmedConditional]
        case .k20: [.intendedSecondStudy]
        case .k22: [.benefitOutweighs]
        case .k23: [.imagingDoneElsewhere, .findingExplained]
        case .k24: [.otherIndication, .shortRestSeverePain]
        case .k25: [.otherIndication, .trialWithStopDate, .alreadyBenefiting]
        case .k26: [.patientToleratesKnown, .taperInProgress, .sedativeStopped]
        case .k27: [.chronicStableTherapy, .specialistPlan, .excludedPopulation]
        case .k28: [.severePainNotRecorded, .nsaidContraindicated]
        case .k29: [.benefitOutweighs, .monitored]
        case .k30: [.severeDisablingPain, .progressiveDeficitObserved, .specialistPlan]
        case .k31: [.benefitOutweighs]
        case .k32: [.redFlagPresentNotCoded, .findingExplained, .dataIncorrect]
        case .k33: [.redFlagPresentNotCoded, .specialistRequest, .guidelineNotApplicable]
        case .k34: [.imagingDoneElsewhere, .findingExplained, .dataIncorrect]
        }
    }

    /// Special reasons of a card, then those that every discouraging card offers, each once.
    private static func discouraging(after special: OverrideReason...) -> [OverrideReason] {
        let common: [OverrideReason] = [
            .redFlagPresentNotCoded, .progressiveDeficitObserved, .severeDisablingPain, .specialistRequest,
            .patientPreferenceAfterDiscussion, .requirementLegalOrPayer, .guidelineNotApplicable,
        ]
        return special + common.filter { !special.contains($0) }
    }
}
