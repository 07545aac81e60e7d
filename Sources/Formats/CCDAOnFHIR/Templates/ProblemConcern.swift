import CCDA
import Diagnostics
import XMLTree

extension DocumentMapper {
    /// Maps an act that only holds problems: Problem Concern `.4.3`, Health Concern `.4.132`, the diagnosis acts. Its
    /// observations are Conditions of their own, and read its status.
    mutating func problemAct(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes {
            context.note(
                .ccdaContradiction, at: statement.element, expected: "a negation of the problem itself",
                found: "of the act around it; its problems are read as denied")
        }
        return statement.inner.isEmpty ? .asText("an act that holds no problem") : .covered
    }

    /// Maps a Risk Concern `.4.136`: a risk is no disease, so nothing in it is a fact.
    mutating func riskConcern(_ statement: Statement, _ around: Surroundings) -> Outcome {
        keepAsText(statement.inner, "part of a risk, which is no disease", around)
        return .asText("a risk, which is no disease")
    }

    /// Maps an Entry Reference `.4.122`: it points at a statement that is mapped where it stands.
    mutating func entryReference(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.ids.contains(where: { isIDOfOneStatement($0) }) { return .covered }
        context.note(
            .ccdaReference, at: statement.element, expected: "the id of one statement of the document",
            found: "one that no statement has, or several")
        return .asText("refers to no single statement of the document")
    }

    /// Whether exactly one statement of the document bears an id, references apart.
    private mutating func isIDOfOneStatement(_ id: InstanceIdentifier) -> Bool {
        let counts = findingState.statementsOfID ?? countStatementIDs()
        findingState.statementsOfID = counts
        return id.key.map { counts[$0] == 1 } ?? false
    }

    private func countStatementIDs() -> [String: Int] {
        var counts: [String: Int] = [:]
        for entry in document.sections.lazy.flatMap(\.entries) {
            for element in entry.descendants() {
                guard let statement = Statement(element, in: context), !statement.has(.entryReference) else { continue }
                for key in Set(statement.ids.compactMap(\.key)) { counts[key, default: 0] += 1 }
            }
        }
        return counts
    }

    /// Settles statements, and what is in them, as kept in words.
    mutating func keepAsText(_ statements: [Statement], _ reason: String, _ around: Surroundings) {
        for statement in statements {
            settleAsText(statement, reason, in: around.section)
            keepAsText(statement.inner, reason, around)
        }
    }
}
