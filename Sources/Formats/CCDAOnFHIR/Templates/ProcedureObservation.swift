import CCDA
import JSONTree

/// Procedure Activity Observation (`.4.13`) → Procedure, and Observation of what it found.
extension DocumentMapper {
    /// It was done, whatever it found; what it found is an Observation beside.
    mutating func procedureObservation(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let status = procedureStatus(statement)
        let outcome = procedureActivity(statement, around, status)
        guard case .mapped(let procedure) = outcome, sink.type(of: procedure) == "Procedure",
            !status.isDenial, statement.values.contains(where: \.isSomething)
        else { return outcome }
        var inside = around
        inside.parent = procedure
        if case .mapped(let found) = observation(statement, inside, ObservationShape(role: "value")) {
            list(found, around)
        }
        return outcome
    }
}
