/// The rules of the indication table (section 3.2, rulings R32, R33) and the course table (3.3), by id.
public indirect enum Rule: Sendable, Hashable {
    case caudaEquina
    case progressiveDeficit
    case underAge
    case otherIndication
    case infectionOrMalignancy
    case fracture
    case ageUnknown
    case radiculopathyNotEstablished
    case priorSurgery
    case course(CourseReason)
    case repeated
    case repeatedForPlanning
    /// Soft age flag over the rule that would have decided.
    case elderly(Rule)
    /// A hint or an urgent context over the rule that would have decided.
    case hint(Rule)
    /// Part of the record was not retrieved; over the rule that would have decided.
    case unread(Rule)

    /// Id as printed, for example `A13-HINT(A10-EARLY)`.
    public var id: String {
        switch self {
        case .caudaEquina: "A1"
        case .progressiveDeficit: "A2"
        case .underAge: "A3"
        case .otherIndication: "A4"
        case .infectionOrMalignancy: "A5"
        case .fracture: "A6"
        case .ageUnknown: "A7"
        case .radiculopathyNotEstablished: "A8"
        case .priorSurgery: "A9"
        case .course(let reason): "A10-\(reason.rawValue)"
        case .repeated: "A11-REPEAT"
        case .repeatedForPlanning: "A11-REPEAT-PLANNING"
        case .elderly(let rule): "A12-ELDERLY(\(rule.id))"
        case .hint(let rule): "A13-HINT(\(rule.id))"
        case .unread(let rule): "A14-UNREAD(\(rule.id))"
        }
    }

    /// The guideline statements that the rule carries out (section 1); empty for rules of scope and for public criteria.
    public var statements: [String] {
        switch self {
        case .caudaEquina: ["G27", "G28", "G34"]
        case .progressiveDeficit: ["G27", "G32", "G34"]
        case .underAge, .otherIndication, .ageUnknown, .radiculopathyNotEstablished, .priorSurgery: []
        case .infectionOrMalignancy: ["G27", "G29", "G30", "G34"]
        case .fracture: ["G27", "G31", "G34"]
        case .course(let reason): reason.statements
        case .repeated, .repeatedForPlanning: ["G44"]
        case .elderly(let rule), .hint(let rule), .unread(let rule): rule.statements
        }
    }
}

/// What the course table (section 3.3) came to.
public enum CourseReason: String, Sendable, Hashable, CaseIterable {
    case indicated = "INDICATED"
    case early = "EARLY"
    case noTrial = "NOTRIAL"
    case improving = "IMPROVING"
    case notCandidate = "NOTCAND"
    case askOnset = "ASK-ONSET"
    case askTrial = "ASK-TRIAL"
    case askResponse = "ASK-RESPONSE"
    case askCandidate = "ASK-CAND"

    /// The rating that goes with the reason.
    public var rating: Rating {
        switch self {
        case .indicated: .usuallyAppropriate
        case .early, .noTrial, .improving, .notCandidate: .usuallyNotAppropriate
        case .askOnset, .askTrial, .askResponse: .insufficientData
        case .askCandidate: .mayBeAppropriate
        }
    }

    var statements: [String] {
        switch self {
        case .early: ["G01", "G02", "G19"]
        case .noTrial: ["G01", "G03", "G17", "G19"]
        case .improving: ["G19", "G21", "G33"]
        case .notCandidate: ["G33"]
        case .indicated: ["G19", "G33", "G34"]
        case .askOnset: ["G19"]
        case .askTrial: ["G01", "G19"]
        case .askResponse, .askCandidate: ["G19", "G33"]
        }
    }
}
