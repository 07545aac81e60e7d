import CCDA
import JSONTree

/// Pregnancy Observation and Estimated Date of Delivery → Observation.
extension DocumentMapper {
    /// Whether the patient was pregnant on a day. A denied one says that she was not.
    mutating func pregnancy(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let code = JSONValue.concept("http://loinc.org", "82810-3", "Pregnancy status")
        return observation(
            statement, around,
            ObservationShape(category: [.category("social-history", "Social History")], code: asked(statement, code)))
    }

    /// The day on which the child is expected.
    mutating func estimatedDelivery(_ statement: Statement, _ around: Surroundings) -> Outcome {
        observation(
            statement, around,
            ObservationShape(category: [.category("social-history", "Social History")], isMeasurement: true))
    }
}
