import CCDA
import JSONTree

/// Functional Status Observation (`.4.67`), Functional Status Problem (`.4.68`), Self-Care (`.4.128`), Sensory Status (`.4.127`),
/// Disability Status (`.4.505`) and Functional Status Organizer (`.4.66`) → Observation.
extension DocumentMapper {
    /// What the patient can and cannot do: bladder and bowel, feeling, strength, walking.
    mutating func functionalStatus(_ statement: Statement, _ around: Surroundings) -> Outcome {
        observation(
            statement, around,
            ObservationShape(category: [.usCoreCategory("functional-status", "Functional Status")], isFinding: true))
    }

    /// A group of observations: a panel where it says of what.
    mutating func functionalOrganizer(_ statement: Statement, _ around: Surroundings) -> Outcome {
        panel(statement, around, .usCoreCategory("functional-status", "Functional Status"))
    }

    /// An Observation that only holds others; none without a code.
    mutating func panel(_ statement: Statement, _ around: Surroundings, _ category: JSONValue) -> Outcome {
        if statement.negation == .yes { return .asText("a group that is denied") }
        guard !statement.related.isEmpty else { return .asText("an organizer with nothing in it") }
        guard let code = concept(statement.code) else { return .covered }
        let made = observation(
            statement, around, ObservationShape(role: "panel", category: [category]), ObservationContent(code: code))
        link(made, in: around)
        return .mapped(made)
    }
}
