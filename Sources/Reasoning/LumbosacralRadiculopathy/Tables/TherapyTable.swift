/// The rules for orders of drugs, of rest and of procedures (section 3.7, ruling R22), by id, in the order of reading.
public enum TherapyRule: String, Sendable, Hashable, CaseIterable {
    case opioidOutOfScope = "D-OP0"
    case opioidWithSedative = "D-OP1"
    case opioidOverLimit = "D-OP2"
    case opioidBelowSeverePain = "D-OP3"
    case opioidNotKnown = "D-OP4"
    case opioidWithinLimits = "D-OP5"
    case neuropathicOutOfScope = "D-NP0"
    case gabapentinoidWithOpioid = "D-NP1"
    case neuropathic = "D-NP2"
    case nsaidOutOfScope = "D-NS0"
    case nsaidContraindicated = "D-NS1"
    case nsaid = "D-NS2"
    case relaxantOutOfScope = "D-MR0"
    case relaxantInOlderAdult = "D-MR1"
    case relaxant = "D-MR2"
    case restForAReason = "D-BR0"
    case rest = "D-BR1"
    case injectionWithRedFlag = "D-IV3"
    case procedureSupported = "D-IV0"
    case procedureEarly = "D-IV1"
    case procedureCourseUnknown = "D-IV2"

    /// The classes of orders that it is read for.
    public var orderClasses: [OrderClass] {
        switch self {
        case .opioidOutOfScope, .opioidWithSedative, .opioidOverLimit, .opioidBelowSeverePain, .opioidNotKnown,
            .opioidWithinLimits:
            [.opioid]
        case .neuropathicOutOfScope, .neuropathic: [.gabapentinoid, .tricyclic]
        case .gabapentinoidWithOpioid: [.gabapentinoid]
        case .nsaidOutOfScope, .nsaidContraindicated, .nsaid: [.nsaid]
        case .relaxantOutOfScope, .relaxantInOlderAdult, .relaxant: [.muscleRelaxant]
        case .restForAReason, .rest: [.bedRest]
        case .injectionWithRedFlag: [.epiduralInjection]
        case .procedureSupported, .procedureEarly, .procedureCourseUnknown: [.epiduralInjection, .spineSurgery]
        }
    }

    /// The guideline statements that the rule carries out (section 1); empty where an order is out of scope.
    public var statements: [String] {
        switch self {
        case .opioidOutOfScope, .neuropathicOutOfScope, .nsaidOutOfScope, .relaxantOutOfScope, .restForAReason,
            .procedureSupported:
            []
        case .opioidWithSedative, .opioidOverLimit, .opioidBelowSeverePain, .opioidNotKnown, .opioidWithinLimits:
            ["G03", "G09"]
        case .gabapentinoidWithOpioid: ["G09", "G12"]
        case .neuropathic: ["G10", "G11", "G12", "G43"]
        case .nsaidContraindicated, .nsaid: ["G03", "G07"]
        case .relaxantInOlderAdult, .relaxant: ["G03", "G08"]
        case .rest: ["G04", "G13", "G14", "G42"]
        case .injectionWithRedFlag: ["G20", "G27"]
        case .procedureEarly, .procedureCourseUnknown: ["G20"]
        }
    }

    /// The card that speaks for it, and how loudly; nil for silence.
    public var cardID: CardID? { card?.card }
    /// How loudly its card speaks; nil for silence.
    public var indicator: Indicator? { card?.indicator }

    var card: CardChoice? {
        switch self {
        case .opioidOutOfScope, .opioidWithinLimits, .neuropathicOutOfScope, .nsaidOutOfScope, .nsaid,
            .relaxantOutOfScope, .relaxant, .restForAReason, .procedureSupported:
            nil
        case .opioidWithSedative, .gabapentinoidWithOpioid: CardChoice(.k26, .warning)
        case .opioidOverLimit: CardChoice(.k27, .warning)
        case .opioidBelowSeverePain, .opioidNotKnown: CardChoice(.k28, .info)
        case .neuropathic: CardChoice(.k25, .info)
        case .nsaidContraindicated: CardChoice(.k29, .warning)
        case .relaxantInOlderAdult: CardChoice(.k31, .info)
        case .rest: CardChoice(.k24, .warning)
        case .injectionWithRedFlag: CardChoice(.k34, .warning)
        case .procedureEarly: CardChoice(.k30, .warning)
        case .procedureCourseUnknown: CardChoice(.k30, .info)
        }
    }
}

extension LumbosacralRadiculopathy {
    /// What the rules say to an order of a drug, of rest or of a procedure. Total and deterministic.
    public func decide(_ orderClass: OrderClass, _ state: GuidelineState) -> Outcome {
        Outcome(rule(for: orderClass, state))
    }

    /// The rule that such an order falls under; the first match of its group (section 3.7).
    public func rule(for orderClass: OrderClass, _ state: GuidelineState) -> TherapyRule {
        switch orderClass {
        case .opioid: state.opioidRule
        case .gabapentinoid: state.neuropathicRule(isGabapentinoid: true)
        case .tricyclic: state.neuropathicRule(isGabapentinoid: false)
        case .nsaid:
            !state.isDrugInScope
                ? .nsaidOutOfScope : state[.nsaidContraindicated] == .met ? .nsaidContraindicated : .nsaid
        case .muscleRelaxant:
            !state.isDrugInScope
                ? .relaxantOutOfScope : state[.olderAdult] == .met ? .relaxantInOlderAdult : .relaxant
        case .bedRest:
            !state.isInScope || state.hasRedFlag || state[.activityOtherReason] == .met ? .restForAReason : .rest
        case .epiduralInjection: state.callsForImagingFirst ? .injectionWithRedFlag : state.procedureRule
        case .spineSurgery: state.procedureRule
        }
    }
}

extension GuidelineState {
    /// The precondition of section 3.7: an adult with a radiculopathy.
    fileprivate var isInScope: Bool { self[.adult] == .met && self[.radiculopathy] == .met }

    /// The same, and the drug is not ordered for something else.
    fileprivate var isDrugInScope: Bool { isInScope && self[.otherIndication] != .met }

    fileprivate var hasRedFlag: Bool { CriterionID.redFlags.contains { self[$0] == .met } }

    fileprivate var opioidRule: TherapyRule {
        guard isDrugInScope, self[.excludedPopulation] != .met else { return .opioidOutOfScope }
        if self[.overlappingSedative] == .met { return .opioidWithSedative }
        if [.extendedRelease, .dose, .supply].contains(where: { self[$0] == .met }) { return .opioidOverLimit }
        if self[.severePain] == .notMet { return .opioidBelowSeverePain }
        let isKnown = self[.severePain] == .met && self[.dose] == .notMet && self[.supply] == .notMet
        return isKnown ? .opioidWithinLimits : .opioidNotKnown
    }

    fileprivate func neuropathicRule(isGabapentinoid: Bool) -> TherapyRule {
        guard isDrugInScope else { return .neuropathicOutOfScope }
        return isGabapentinoid && self[.overlappingOpioid] == .met ? .gabapentinoidWithOpioid : .neuropathic
    }

    /// Red flags that an injection must not come before (ruling R50), at any age and without a radiculopathy too.
    fileprivate var callsForImagingFirst: Bool {
        [CriterionID.caudaEquina, .progressiveDeficit, .infection].contains { self[$0] == .met }
            || [CriterionID.malignancy, .fracture].contains { self[$0] == .met && isPresenting($0) }
    }

    /// A documented trial beside an onset of less than six weeks is a contradiction: the course is not known (as R26).
    fileprivate var procedureRule: TherapyRule {
        guard isInScope, !hasRedFlag else { return .procedureSupported }
        let isEarly = self[.sixWeeks] == .notMet
        switch self[.procedureTrialDocumented] {
        case .met: return isEarly ? .procedureCourseUnknown : .procedureSupported
        case .notMet: return .procedureEarly
        case .unknown, .suspected, .noneOnRecord: return isEarly ? .procedureEarly : .procedureCourseUnknown
        }
    }
}
