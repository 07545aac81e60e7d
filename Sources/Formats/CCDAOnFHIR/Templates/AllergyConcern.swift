import CCDA
import Diagnostics

extension DocumentMapper {
    /// Maps an Allergy Concern Act `.4.30`: each observation in it is an AllergyIntolerance of its own, and reads its status.
    mutating func allergyConcern(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes {
            context.note(
                .ccdaContradiction, at: statement.element, expected: "a negation of the allergy itself",
                found: "of the act around it; its allergies are read as denied")
        }
        return statement.inner.isEmpty ? .asText("an act that holds no allergy") : .covered
    }

    /// An allergy that is planned or wanted: whether it is there cannot be told.
    mutating func expectedAllergy(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .refused("an allergy in mood \(statement.mood.rawValue)", type: "AllergyIntolerance")
    }
}

/// `clinicalStatus` of an AllergyIntolerance (section 7.4).
struct AllergyStatusRule: Sendable, Hashable {
    enum Status: String, Sendable, Hashable { case active, inactive, resolved }

    var isNullified = false
    var isDenied = false
    /// What Allergy Status `.4.28` says.
    var reported: Status?
    /// statusCode of the Allergy Concern Act around it.
    var concern: Statement.ActStatus?

    /// Nil only for what is entered in error: R4 demands a status everywhere else (ait-1, ait-2).
    var status: Status? {
        if isNullified { return nil }
        // The allergy is not there; a reader that overlooks the denial must not meet it as active.
        if isDenied { return .inactive }
        return reported ?? concernStatus ?? .active
    }

    /// `verificationStatus`; nil where the document only states the allergy.
    var verification: String? { isNullified ? "entered-in-error" : isDenied ? "refuted" : nil }

    /// What the concern says; nil when it says nothing of it.
    var concernStatus: Status? {
        switch concern {
        case .active: .active
        case .completed, .aborted: .resolved
        case .suspended: .inactive
        default: nil
        }
    }

    /// What is contradictory or missing, in words; nil when nothing is.
    var doubt: String? {
        if isNullified || isDenied { return nil }
        if reported == nil, concernStatus == nil { return "no evidence of the allergy's status; read as active" }
        if reported == .active, let concernStatus, concernStatus != .active {
            return "Allergy Status active, and a concern that is no longer active"
        }
        return nil
    }
}
