import Guidelines

/// What a rule asks of the criteria, in a form that programs can follow.
///
/// The rules are read in the order of ``RuleWords/inReadingOrder``; the first whose condition holds decides. The tests walk
/// the states and hold that this says the same as the tables of the logic.
indirect enum RuleCondition {
    /// The criterion came to the result.
    case equals(CriterionID, CriterionResult)
    /// The criterion came to anything else.
    case differs(CriterionID, CriterionResult)
    /// A red-flag family is met by a presenting feature.
    case presenting(CriterionID)
    /// Every part holds; without parts always.
    case all([RuleCondition])
    case any([RuleCondition])

    /// Whether a state fulfils the condition.
    func holds(in state: GuidelineState) -> Bool {
        switch self {
        case .equals(let id, let result): state[id] == result
        case .differs(let id, let result): state[id] != result
        case .presenting(let id): state.isPresenting(id)
        case .all(let parts): parts.allSatisfy { $0.holds(in: state) }
        case .any(let parts): parts.contains { $0.holds(in: state) }
        }
    }

    /// The condition as FHIRPath: each criterion is an environment variable of its id that holds its result.
    var fhirPath: String {
        switch self {
        case .equals(let id, let result): "%`\(id.rawValue)` = '\(result.rawValue)'"
        case .differs(let id, let result): "%`\(id.rawValue)` != '\(result.rawValue)'"
        case .presenting(let id): "'\(id.rawValue)' in %presentingFlags"
        case .all(let parts): parts.isEmpty ? "true" : Self.joined(parts, by: " and ")
        case .any(let parts): Self.joined(parts, by: " or ")
        }
    }

    /// The criteria that it asks about.
    var criteria: Set<CriterionID> {
        switch self {
        case .equals(let id, _), .differs(let id, _), .presenting(let id): [id]
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.criteria) }
        }
    }

    private static func joined(_ parts: [RuleCondition], by word: String) -> String {
        parts.map { part in
            switch part {
            case .equals, .differs, .presenting: part.fhirPath
            case .all, .any: "(\(part.fhirPath))"
            }
        }.joined(separator: word)
    }

    /// The state changed as little as it takes to fulfil the condition.
    func fulfilled(by state: GuidelineState) -> GuidelineState {
        if holds(in: state) { return state }
        var state = state
        switch self {
        case .equals(let id, let result): state[id] = result
        case .differs(let id, let result): state[id] = result == .unknown ? .met : .unknown
        case .presenting(let id): state.setPresenting(id)
        case .all(let parts): for part in parts { state = part.fulfilled(by: state) }
        case .any(let parts): state = parts.first?.fulfilled(by: state) ?? state
        }
        return state
    }
}

extension RuleWords {
    /// A rule with its words and its condition.
    struct Formal {
        let words: RuleWords
        let condition: RuleCondition
    }

    /// Every rule of the indication table, the first that holds decides.
    ///
    /// The rules that lift a discouraging rating stand before the course that they lift.
    static let inReadingOrder: [Formal] = (redFlagConditions + scopeConditions + overlayConditions + courseConditions)
        .compactMap { rule, condition in
            all.first { $0.rule == rule }.map { Formal(words: $0, condition: condition) }
        }

    private static let redFlagConditions: [(Rule, RuleCondition)] = [
        (.caudaEquina, .equals(.caudaEquina, .met)), (.progressiveDeficit, .equals(.progressiveDeficit, .met)),
        (.underAge, .equals(.adult, .notMet)), (.otherIndication, .equals(.radiculopathy, .notMet)),
        (.infectionOrMalignancy, .any([.equals(.infection, .met), .equals(.malignancy, .met)])),
        (.fracture, .equals(.fracture, .met)),
    ]

    private static let scopeConditions: [(Rule, RuleCondition)] = [
        (.ageUnknown, .differs(.adult, .met)), (.radiculopathyNotEstablished, .differs(.radiculopathy, .met)),
        (.priorSurgery, .equals(.priorLumbarSurgery, .met)),
    ]

    private static let overlayConditions: [(Rule, RuleCondition)] = [
        (.unread(.course(.early)), .all([discouraged, .differs(.recordComplete, .met)])),
        (.hint(.course(.early)), .all([discouraged, .any(hints + [.equals(.urgentContext, .met)])])),
        (.elderly(.course(.early)), .all([discouraged, .equals(.ageOver70, .met)])),
        (.repeated, .all([discouraged, .equals(.priorLumbarMRI, .met)])),
        (.repeatedForPlanning, .all(indicated + [.equals(.priorLumbarMRI, .met)])),
    ]

    private static let courseConditions: [(Rule, RuleCondition)] = [
        (.course(.askOnset), .any([contradiction, .all(noObstacle + [onsetOpen])])),
        (.course(.early), .equals(.sixWeeks, .notMet)), (.course(.noTrial), .equals(.trialDocumented, .notMet)),
        (.course(.improving), .equals(.trialFailed, .notMet)),
        (.course(.notCandidate), .equals(.procedureCandidate, .notMet)),
        (.course(.askTrial), .all([.equals(.sixWeeks, .met), .differs(.trialDocumented, .met)])),
        (.course(.askResponse), .all([.equals(.trialDocumented, .met), .differs(.trialFailed, .met)])),
        (
            .course(.askCandidate),
            .all([
                .equals(.trialDocumented, .met), .equals(.trialFailed, .met), .differs(.procedureCandidate, .met),
            ])
        ), (.course(.indicated), .all(indicated)),
    ]

    private static let hints = CriterionID.redFlags.map { RuleCondition.equals($0, .suspected) }
    /// An onset under six weeks beside a documented treatment of six weeks (ruling R26).
    private static let contradiction = RuleCondition.all([.equals(.sixWeeks, .notMet), .equals(.trialDocumented, .met)])
    private static let onsetOpen = RuleCondition.all([.differs(.sixWeeks, .met), .differs(.trialDocumented, .met)])
    private static let obstacles: [CriterionID] = [.sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate]
    private static let noObstacle = obstacles.map { RuleCondition.differs($0, .notMet) }
    /// The course would discourage.
    private static let discouraged = RuleCondition.all([
        .any(obstacles.map { .equals($0, .notMet) }),
        .any([.differs(.sixWeeks, .notMet), .differs(.trialDocumented, .met)]),
    ])
    private static let indicated: [RuleCondition] = [
        .differs(.sixWeeks, .notMet), .equals(.trialDocumented, .met), .equals(.trialFailed, .met),
        .equals(.procedureCandidate, .met),
    ]
}
