import CCDA
import JSONTree

/// Mental Status Observation (`.4.74`), Cognitive Status Problem (`.4.73`) and Mental Status Organizer (`.4.75`) → Observation.
extension DocumentMapper {
    /// Memory, mood, orientation.
    mutating func mentalStatus(_ statement: Statement, _ around: Surroundings) -> Outcome {
        observation(
            statement, around,
            ObservationShape(category: [.usCoreCategory("cognitive-status", "Cognitive Status")], isFinding: true))
    }

    /// A group of observations: a panel where it says of what.
    mutating func mentalOrganizer(_ statement: Statement, _ around: Surroundings) -> Outcome {
        panel(statement, around, .usCoreCategory("cognitive-status", "Cognitive Status"))
    }
}
