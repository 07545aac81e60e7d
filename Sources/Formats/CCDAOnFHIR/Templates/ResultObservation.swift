import CCDA
import JSONTree

/// Result Observation (`.4.2`) → Observation, and a DiagnosticReport where it is an imaging test by itself.
extension DocumentMapper {
    /// One result. Not denied ones: they say that there is none.
    mutating func resultObservation(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let isImaging = isImaging(statement, in: around.section)
        let shape = ObservationShape(
            category: isImaging ? [ImagingCategory.observation] : [], isMeasurement: true)
        let outcome = observation(statement, around, shape)
        if isImaging, statement.negation == .no, case .mapped(let made) = outcome {
            reportImaging(statement, around, result: made)
        }
        return outcome
    }

    /// A report for an imaging result that stands in no report of imaging: an Observation alone proves no examination.
    mutating func reportImaging(_ statement: Statement, _ around: Surroundings, result: String) {
        let outer = around.around.last
        let hasReport = around.parent.flatMap { sink.type(of: $0) } == "DiagnosticReport"
        if hasReport, ImagingCategory.holds(outer?.code) { return }
        // A procedure that was mapped already is the examination.
        if around.parent.flatMap({ sink.type(of: $0) }) == "Procedure" { return }
        guard ImagingCategory.holds(statement.code), let code = code(of: statement) else { return }
        let values = statement.nullFlavor == nil ? statement.values.filter(\.isSomething) : []
        let text = values.lazy.compactMap { value -> String? in
            if case .text(let words, nil) = value { words } else { nil }
        }.first
        let report = sink.add(
            "DiagnosticReport", from: statement.element, role: "imaging", key: key(of: statement, statement.code),
            [
                ("identifier", identifiers(of: statement)),
                ("status", .string(observationStatus(statement, hasValue: !values.isEmpty))),
                ("category", [ImagingCategory.report]), ("code", code), ("subject", subject),
                ("encounter", encounter(around)),
            ] + effective(of: statement, around) + [
                ("result", [reference(result)]), ("conclusion", text.map { .string($0) }),
            ])
        list(report, around)
    }
}
