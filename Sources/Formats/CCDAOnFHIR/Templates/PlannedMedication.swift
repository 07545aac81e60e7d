import CCDA
import JSONTree
import XMLTree

extension DocumentMapper {
    /// Maps a Planned Medication `.4.42` or Planned Immunization `.4.120`, and any drug in a plan: never a drug that is taken.
    ///
    /// Its intent is never `order`, which would make it a prescription; the mood stands in the tag.
    mutating func plannedMedication(_ statement: Statement, _ around: Surroundings) -> Outcome {
        // The mood decides: what happened is no plan, whatever its template.
        if statement.mood == .event { return medicationActivity(statement, around) }
        let drug = Drug(statement)
        let isDenied = statement.negation == .yes
        if saysNoDrug(drug, isDenied: isDenied) { return .covered }
        guard let drug, let concept = drug.concept(words: words(of: statement), in: context) else {
            return .asText("a planned drug without a code or name")
        }
        let dosage = dosage(of: statement)
        let author = author(of: statement, around)
        return .mapped(
            sink.add(
                "MedicationRequest", from: statement.element, key: key(of: statement, drug.code),
                tag: statement.mood.tag,
                [
                    ("identifier", identifiers(of: statement)), ("status", .string(planStatus(statement))),
                    ("intent", statement.mood.intent == "proposal" ? "proposal" : "plan"),
                    ("doNotPerform", .when(isDenied, true)), ("medicationCodeableConcept", concept),
                    ("subject", subject), ("encounter", encounter(around)), ("authoredOn", author.date),
                    ("requester", author.reference), ("reasonCode", reasons(of: statement)),
                    ("note", medicationNotes(of: statement).nonEmptyArray),
                    ("dosageInstruction", instructions(dosage, of: statement)),
                    ("dispenseRequest", dispenseRequest(of: statement, around)),
                ]))
    }

    private func planStatus(_ statement: Statement) -> String {
        switch statement.status {
        case .active, .new: "active"
        case .completed: "completed"
        case .held, .suspended: "on-hold"
        case .aborted: "stopped"
        case .cancelled: "cancelled"
        case .nullified: "entered-in-error"
        case .obsolete, .normal, nil: "unknown"
        }
    }
}
