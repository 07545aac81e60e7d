import CCDA
import JSONTree

extension JSONValue {
    /// Observation.category
    static func category(_ code: String, _ display: String) -> JSONValue {
        .concept("http://terminology.hl7.org/CodeSystem/observation-category", code, display)
    }

    /// Observation.category of US Core.
    static func usCoreCategory(_ code: String, _ display: String) -> JSONValue {
        .concept("http://hl7.org/fhir/us/core/CodeSystem/us-core-category", code, display)
    }
}

/// Smoking Status (`.4.78`, since 2024 `.4.511`) and Tobacco Use (`.4.85`) → Observation.
extension DocumentMapper {
    /// Whether the patient smokes at a point in time; of a range, as R1.1 has it, its start.
    mutating func smokingStatus(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let code = JSONValue.concept("http://loinc.org", "72166-2", "Tobacco smoking status")
        return observation(
            statement, around,
            ObservationShape(
                category: [.category("social-history", "Social History")], code: asked(statement, code),
                isMoment: true))
    }

    /// Use of tobacco over a time: with an end that has passed it is history.
    mutating func tobaccoUse(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let code = JSONValue.concept("http://loinc.org", "11367-0", "History of Tobacco use")
        return observation(
            statement, around,
            ObservationShape(
                category: [.category("social-history", "Social History")], code: asked(statement, code)))
    }

    /// What a template asks, for a statement whose own code asks nothing; nil for others.
    func asked(_ statement: Statement, _ code: JSONValue) -> JSONValue? {
        .when(GenericCode.isOne(statement.code) || statement.code?.isEmpty ?? true, code)
    }
}
