/// The kinds of orders that are reviewed beside imaging, by the words of the contract.
public enum OrderClass: String, Sendable, Hashable, CaseIterable {
    case opioid
    case gabapentinoid
    case tricyclic
    case nsaid
    case muscleRelaxant = "muscle-relaxant"
    case bedRest = "bed-rest"
    case epiduralInjection = "epidural-injection"
    case spineSurgery = "spine-surgery"

    /// The slot that decisions on such an order name.
    public var slot: Slot {
        switch self {
        case .opioid, .gabapentinoid, .tricyclic, .nsaid, .muscleRelaxant: .drug
        case .bedRest: .activity
        case .epiduralInjection, .spineSurgery: .procedure
        }
    }

    /// The criteria that its rules and the suggestions of its cards read, in the order in which decisions list them.
    public var criteria: [CriterionID] {
        let scope: [CriterionID] = [.adult, .radiculopathy]
        return switch self {
        case .opioid:
            scope + [
                .otherIndication, .excludedPopulation, .overlappingSedative, .extendedRelease, .dose, .supply,
                .severePain,
            ]
        case .gabapentinoid: scope + [.otherIndication, .overlappingOpioid]
        case .tricyclic: scope + [.otherIndication]
        case .nsaid: scope + [.otherIndication, .nsaidContraindicated]
        case .muscleRelaxant: scope + [.otherIndication, .olderAdult]
        case .bedRest: scope + CriterionID.redFlags + [.activityOtherReason]
        case .epiduralInjection:
            scope + CriterionID.redFlags + [.sixWeeks, .mriContraindicated, .mrDevice, .procedureTrialDocumented]
        case .spineSurgery: scope + CriterionID.redFlags + [.sixWeeks, .procedureTrialDocumented]
        }
    }
}
