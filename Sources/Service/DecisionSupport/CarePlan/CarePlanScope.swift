import ClinicalModel
import Guidelines

/// Whether the conservative plan is for a patient: adult, with a radiculopathy, and no red-flag family met.
enum CarePlanScope: Equatable {
    case inScope
    case outOfScope(Reason)

    /// Why there is no plan, as responses name it.
    enum Reason: String, CaseIterable {
        case deceased
        case redFlagMet = "red-flag-met"
        case underAge = "under-age"
        case ageUnknown = "age-unknown"
        case noRadiculopathy = "no-radiculopathy"
        case radiculopathyUnknown = "radiculopathy-unknown"
        case notEvaluated = "not-evaluated"

        /// The reason as a sentence.
        var words: String {
            switch self {
            case .deceased: "The patient is recorded as deceased."
            case .redFlagMet: "A red flag is documented as present; it comes first."
            case .underAge: "The patient is under the age of the guideline."
            case .ageUnknown: "The age is not known; the guideline is for adults."
            case .noRadiculopathy: "No active lumbosacral radiculopathy is on record."
            case .radiculopathyUnknown: "Part of the record was not retrieved; a radiculopathy may stand in it."
            case .notEvaluated: "The record was not evaluated."
            }
        }
    }

    /// Reads the scope off a decision. Suspected and unknown families do not shut the plan out; they are named on it.
    init(_ decision: Decision) {
        guard decision.outcome.rule != nil else {
            let isDeceased = decision.because == LumbosacralRadiculopathy.deceased
            self = .outOfScope(isDeceased ? .deceased : .notEvaluated)
            return
        }
        if decision.hasFlag {
            self = .outOfScope(.redFlagMet)
        } else if decision.criterion(.adult).result == .notMet {
            self = .outOfScope(.underAge)
        } else if decision.criterion(.adult).result != .met {
            self = .outOfScope(.ageUnknown)
        } else if decision.criterion(.radiculopathy).result != .met {
            let isOpen = decision.criterion(.radiculopathy).missing.contains { $0.reason == .notRetrieved }
            self = .outOfScope(isOpen ? .radiculopathyUnknown : .noRadiculopathy)
        } else {
            self = .inScope
        }
    }
}

extension Decision {
    /// Whether conservative care is what the guideline advises now: a patient without an order, or an imaging order that is
    /// rated usually not appropriate, older age and hints that soften that rating included (rules A12, A13).
    var advisesConservativeCare: Bool {
        guard slot == .imaging else { return false }
        if order == nil || outcome.rating == .usuallyNotAppropriate { return true }
        return ruleName == "A12-ELDERLY" || ruleName == "A13-HINT"
    }
}
