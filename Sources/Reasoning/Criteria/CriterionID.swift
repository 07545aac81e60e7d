/// The criteria by the ids of the contract, in the order in which decisions list them: those of imaging first.
public enum CriterionID: String, Sendable, Hashable, CaseIterable {
    case adult
    case radiculopathy
    case caudaEquina = "redflag.caudaEquina"
    case progressiveDeficit = "redflag.progressiveDeficit"
    case infection = "redflag.infection"
    case malignancy = "redflag.malignancy"
    case fracture = "redflag.fracture"
    case sixWeeks = "course.sixWeeks"
    case trialDocumented = "course.trialDocumented"
    case trialFailed = "course.trialFailed"
    case procedureCandidate = "course.procedureCandidate"
    case priorLumbarMRI = "history.priorLumbarMRI"
    case priorLumbarSurgery = "history.priorLumbarSurgery"
    case ageOver70 = "modifier.ageOver70"
    case pregnant = "modifier.pregnant"
    case mriContraindicated = "modifier.mriContraindicated"
    case mrDevice = "modifier.mrDevice"
    case duplicate = "order.duplicate"
    case urgentContext = "order.urgentContext"
    case activeAdequate = "order.activeAdequate"
    case recordComplete = "record.complete"
    case otherIndication = "drug.otherIndication"
    case excludedPopulation = "drug.excludedPopulation"
    case overlappingOpioid = "drug.overlappingOpioid"
    case overlappingSedative = "drug.overlappingSedative"
    case extendedRelease = "drug.extendedRelease"
    /// The daily dose is over the limit.
    case dose = "drug.dose"
    /// The days of supply are over the limit.
    case supply = "drug.supply"
    /// Met: severe; not met: documented below severe.
    case severePain = "drug.severePain"
    case nsaidContraindicated = "drug.nsaidContraindicated"
    case olderAdult = "drug.olderAdult"
    case activityOtherReason = "activity.otherReason"
    case procedureTrialDocumented = "procedure.trialDocumented"

    /// Those of the imaging slot, which every imaging decision lists.
    public static let imaging = Array(allCases[...(allCases.firstIndex(of: .recordComplete) ?? 0)])

    /// The five red-flag families, emergency families first.
    public static let redFlags: [CriterionID] = [.caudaEquina, .progressiveDeficit, .infection, .malignancy, .fracture]

    /// What a criterion comes to when nobody says anything about it (contract, `guideline decide`).
    public var defaultResult: CriterionResult {
        switch self {
        case .adult, .radiculopathy, .caudaEquina, .progressiveDeficit, .infection, .malignancy, .fracture, .sixWeeks,
            .trialDocumented, .trialFailed, .procedureCandidate:
            .unknown
        case .recordComplete: .met
        case .priorLumbarMRI, .priorLumbarSurgery, .ageOver70, .pregnant, .mriContraindicated, .mrDevice, .duplicate,
            .urgentContext, .activeAdequate, .otherIndication, .excludedPopulation, .overlappingOpioid,
            .overlappingSedative, .extendedRelease, .dose, .supply, .severePain, .nsaidContraindicated, .olderAdult,
            .activityOtherReason, .procedureTrialDocumented:
            .noneOnRecord
        }
    }
}

/// What a criterion came to.
public enum CriterionResult: String, Sendable, Hashable, CaseIterable {
    case met
    case notMet = "not-met"
    /// A red-flag family that is hinted at, not established (ruling R31).
    case suspected
    case unknown
    /// A history or safety item of which the record is silent: it does not trigger, and the trace says so.
    case noneOnRecord = "none-on-record"
}
