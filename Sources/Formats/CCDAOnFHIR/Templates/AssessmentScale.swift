import CCDA
import JSONTree

/// Assessment Scale (`.4.69`) and its items (`.4.86`) → Observation; the items are members of the scale.
extension DocumentMapper {
    /// A score, or one question of it. The answers to the red-flag screen come this way.
    mutating func assessment(_ statement: Statement, _ around: Surroundings) -> Outcome {
        observation(statement, around, ObservationShape(category: [.category("survey", "Survey")]))
    }
}
