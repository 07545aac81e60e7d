import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Goal Observation (`.4.121`), and every other act, observation or procedure in mood GOL → Goal.
extension DocumentMapper {
    /// What is to be reached, never what was found.
    mutating func goal(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.isInstruction || statement.has(.entryReference) || statement.has(.commentActivity) {
            return .asText("words about a goal")
        }
        if statement.negation == .yes { return .asText("a goal that is denied") }
        guard let description = code(of: statement) else { return .refused("neither code nor text", type: nil) }
        let time = statement.effectiveTime
        let author = ownAuthor(of: statement, around)
        let types: Set = ["Patient", "Practitioner", "PractitionerRole", "RelatedPerson"]
        let isPerson = author?.type.map(types.contains) == true
        let made = sink.add(
            "Goal", from: statement.element, key: key(of: statement, statement.code),
            [
                ("identifier", identifiers(of: statement)), ("lifecycleStatus", .string(goalStatus(statement))),
                ("description", description), ("subject", subject),
                ("startDate", time?.start.map { .string($0.fhirDate) }),
                ("target", target(of: statement).map { [$0] }),
                ("statusDate", author?.latest.map { .string($0.fhirDate) }),
                ("expressedBy", isPerson ? author?.reference : nil),
                ("note", notes(of: statement, with: instructions(of: statement))),
            ])
        return .mapped(made)
    }

    /// What is to be measured, the value wanted, and by when.
    private func target(of statement: Statement) -> JSONValue? {
        let due = statement.effectiveTime?.high.time.map { JSONValue.string($0.fhirDate) }
        let types: Set = ["Quantity", "Range", "CodeableConcept", "String", "Boolean", "Integer", "Ratio"]
        // Without a code there is nothing to measure; the words of the value are the description.
        let measure = code(of: statement)
        let values = measure == nil ? [] : statement.values
        let detail = values.lazy.compactMap { $0.choice(in: context) }.first { types.contains($0.type) }
        guard due != nil || detail != nil else { return nil }
        return .object([
            ("measure", detail == nil ? nil : measure),
            (detail.map { "detail" + $0.type } ?? "", detail?.value), ("dueDate", due),
        ])
    }

    private func goalStatus(_ statement: Statement) -> String {
        switch statement.status {
        case .active: return "active"
        case .completed: return "completed"
        case .held, .suspended: return "on-hold"
        case .aborted, .cancelled: return "cancelled"
        case .nullified: return "entered-in-error"
        case .new: return "proposed"
        case .normal, .obsolete, nil:
            context.note(
                .ccdaStatus, at: statement.element, expected: "active, completed or cancelled",
                found: "no status that goals have; the goal counts as proposed")
            return "proposed"
        }
    }
}
