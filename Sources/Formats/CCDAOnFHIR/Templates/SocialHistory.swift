import CCDA
import JSONTree

/// Social History Observation (`.4.38`) and Birth Sex (`.4.200`).
extension DocumentMapper {
    /// Drugs, alcohol, work, home: question and answer.
    mutating func socialHistory(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.has(.genderIdentity), addsGenderIdentity(statement) { return .covered }
        return observation(
            statement, around, ObservationShape(category: [.category("social-history", "Social History")]))
    }

    /// Sex at birth stands in the Patient.
    mutating func birthSex(_ statement: Statement, _ around: Surroundings) -> Outcome {
        statement.negation == .yes || statement.isNullified || statement.values.allSatisfy { !$0.isSomething }
            ? .asText("sex at birth, not stated") : .covered
    }

    /// Gender identity as extension of the Patient.
    private mutating func addsGenderIdentity(_ statement: Statement) -> Bool {
        guard statement.negation == .no, !statement.isNullified, statement.nullFlavor == nil,
            let value = statement.values.lazy.compactMap(\.coded).first, let concept = concept(value)
        else { return false }
        let url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity"
        sink.change(patient) { members in
            let item = JSONValue.object([("url", .string(url)), ("valueCodeableConcept", concept)])
            guard let index = members.firstIndex(where: { $0.0 == "extension" }) else {
                members.append(("extension", [item]))
                return
            }
            members[index].1 = .array((members[index].1?.elements ?? []) + [item])
        }
        return true
    }
}
