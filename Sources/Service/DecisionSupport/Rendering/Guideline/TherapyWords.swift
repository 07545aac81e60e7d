import Guidelines

/// A rule for orders of drugs, of rest or of procedures, with its condition in words and for programs.
///
/// Within the rules of a kind of order the first that holds decides.
struct TherapyWords {
    let rule: TherapyRule

    /// All rules in the order in which they are read.
    static let all = TherapyRule.allCases.map(TherapyWords.init)

    /// When it holds.
    var words: String {
        switch rule {
        case .opioidOutOfScope:
            "No adult with a radiculopathy, another indication, or a population that the rules for opioids leave out."
        case .opioidWithSedative: "A benzodiazepine or gabapentinoid is taken at the same time."
        case .opioidOverLimit: "Extended release, or the daily dose or the supply is over the limit."
        case .opioidBelowSeverePain: "Pain is documented below severe."
        case .opioidNotKnown: "Severity of pain, dose or supply is not known."
        case .opioidWithinLimits: "Severe pain, a short supply within the dose limit, no sedative beside it."
        case .neuropathicOutOfScope: "No adult with a radiculopathy, or another indication of the drug."
        case .gabapentinoidWithOpioid: "A gabapentinoid while an opioid is taken."
        case .neuropathic: "A gabapentinoid or tricyclic for radiculopathy."
        case .nsaidOutOfScope: "No adult with a radiculopathy, or another indication of the drug."
        case .nsaidContraindicated: "A contraindication of NSAIDs is on record."
        case .nsaid: "No contraindication of NSAIDs is on record."
        case .relaxantOutOfScope: "No adult with a radiculopathy, or another indication of the drug."
        case .relaxantInOlderAdult: "An older adult."
        case .relaxant: "Under the age of the caution."
        case .restForAReason: "No adult with a radiculopathy, a red flag, or another reason for rest."
        case .rest: "Bed rest without a red flag and without another reason."
        case .injectionWithRedFlag:
            "A red flag that has to be imaged before an injection: cauda equina syndrome, severe or progressive weakness, "
                + "infection, or a presenting feature of malignancy or fracture; at any age, with or without radiculopathy."
        case .procedureSupported:
            "No adult with a radiculopathy, a red flag, or conservative treatment of sufficient length is documented."
        case .procedureEarly: "Less than six weeks since onset, or conservative treatment was declined or not done."
        case .procedureCourseUnknown: "Onset or treatment is not known, or they contradict each other."
        }
    }

    /// What it asks of the criteria, read after the rules of the same kind of order before it.
    var condition: RuleCondition {
        switch rule {
        case .opioidOutOfScope:
            .any(Self.outOfScope + [.equals(.otherIndication, .met), .equals(.excludedPopulation, .met)])
        case .opioidWithSedative: .equals(.overlappingSedative, .met)
        case .opioidOverLimit:
            .any([.equals(.extendedRelease, .met), .equals(.dose, .met), .equals(.supply, .met)])
        case .opioidBelowSeverePain: .equals(.severePain, .notMet)
        case .opioidNotKnown:
            .any([.differs(.severePain, .met), .differs(.dose, .notMet), .differs(.supply, .notMet)])
        case .neuropathicOutOfScope, .nsaidOutOfScope, .relaxantOutOfScope:
            .any(Self.outOfScope + [.equals(.otherIndication, .met)])
        case .gabapentinoidWithOpioid: .equals(.overlappingOpioid, .met)
        case .nsaidContraindicated: .equals(.nsaidContraindicated, .met)
        case .relaxantInOlderAdult: .equals(.olderAdult, .met)
        case .restForAReason: .any(Self.outOfScope + Self.redFlags + [.equals(.activityOtherReason, .met)])
        case .injectionWithRedFlag:
            .any([
                .equals(.caudaEquina, .met), .equals(.progressiveDeficit, .met), .equals(.infection, .met),
                .all([.equals(.malignancy, .met), .presenting(.malignancy)]),
                .all([.equals(.fracture, .met), .presenting(.fracture)]),
            ])
        case .procedureSupported:
            .any(
                Self.outOfScope + Self.redFlags + [
                    .all([.equals(.procedureTrialDocumented, .met), .differs(.sixWeeks, .notMet)])
                ])
        case .procedureEarly:
            .any([
                .equals(.procedureTrialDocumented, .notMet),
                .all([.equals(.sixWeeks, .notMet), .differs(.procedureTrialDocumented, .met)]),
            ])
        case .opioidWithinLimits:
            .all([.equals(.severePain, .met), .equals(.dose, .notMet), .equals(.supply, .notMet)])
        case .neuropathic, .nsaid, .relaxant, .rest, .procedureCourseUnknown: .all([])
        }
    }

    private static let outOfScope: [RuleCondition] = [.differs(.adult, .met), .differs(.radiculopathy, .met)]
    private static let redFlags = CriterionID.redFlags.map { RuleCondition.equals($0, .met) }
}
