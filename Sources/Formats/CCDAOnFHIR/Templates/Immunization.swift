import CCDA
import Diagnostics
import JSONTree
import XMLTree

extension DocumentMapper {
    /// Maps an Immunization Activity `.4.52` (section 7.17); one that is only meant is a planned drug.
    mutating func immunization(_ statement: Statement, _ around: Surroundings) -> Outcome {
        guard statement.mood == .event else { return plannedMedication(statement, around) }
        let vaccine = Drug(statement)
        let isDenied = statement.negation == .yes
        if saysNoDrug(vaccine, isDenied: isDenied) { return noDrugs(statement, around) }
        guard let vaccine, let concept = vaccine.concept(words: words(of: statement), in: context)
        else {
            return .refused("an immunization without a vaccine", type: "Immunization")
        }
        let course = Dosage(statement).course
        let author = author(of: statement, around)
        return .mapped(
            sink.add(
                "Immunization", from: statement.element, key: key(of: statement, vaccine.code),
                [
                    ("identifier", identifiers(of: statement)),
                    ("status", .string(immunizationStatus(statement, isDenied: isDenied))),
                    ("statusReason", refusal(of: statement)), ("vaccineCode", concept), ("patient", subject),
                    ("encounter", encounter(around)),
                    course?.start.map { ("occurrenceDateTime", .string($0.fhir)) }
                        ?? ("occurrenceString", "unknown"),
                    ("recorded", author.date),
                    ("manufacturer", vaccine.manufacturer.map { ["display": .string($0)] }),
                    ("lotNumber", vaccine.lot.map { .string($0) }), ("reasonCode", reasons(of: statement)),
                    ("note", comments(of: statement).nonEmptyArray),
                ]))
    }

    /// ConceptMap CF-ImmunizationStatus. R4 has no unknown status: what is stated as an event was given, with a doubt.
    private func immunizationStatus(_ statement: Statement, isDenied: Bool) -> String {
        if statement.isNullified { return "entered-in-error" }
        if isDenied { return "not-done" }
        switch statement.status {
        case .completed: return "completed"
        case .aborted, .cancelled, .held, .new, .suspended: return "not-done"
        case .active, .normal, .nullified, .obsolete, nil:
            context.note(
                .ccdaStatus, at: statement.element, expected: "a status that tells whether the vaccine was given",
                found: "none; read as given")
            return "completed"
        }
    }

    /// Immunization Refusal Reason `.4.53`, consumed.
    private mutating func refusal(of statement: Statement) -> JSONValue? {
        guard let refusal = statement.related(.immunizationRefusal), !namesOther(refusal) else { return nil }
        consume([refusal])
        return refusal.coded("value")?.codeableConcept(in: context)
            ?? refusal.code?.codeableConcept(text: words(of: refusal), in: context)
    }
}
