import CCDA
import Diagnostics

/// Statements whose template is not known: by element, mood and section (section 7.18).
extension DocumentMapper {
    /// Nothing that has a code is dropped; what only qualifies another statement does not stand for itself.
    mutating func untemplated(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if let words = inWords(statement, around) { return .asText(words) }
        if statement.mood == .goal { return goal(statement, around) }
        if statement.mood.isPlan { return plan(statement, around) }
        switch statement.kind {
        case .observation: return looseObservation(statement, around)
        case .procedure: return procedureActivity(statement, around)
        case .act: return looseAct(statement, around)
        case .encounter: return encounterActivity(statement, around)
        case .organizer: return looseOrganizer(statement, around)
        case .supply: return looseSupply(statement, around)
        case .substanceAdministration: return looseDrug(statement, around)
        case .observationMedia, .regionOfInterest: return .asText("a picture")
        }
    }

    /// Statements that are kept in words whatever their element.
    private func inWords(_ statement: Statement, _ around: Surroundings) -> String? {
        switch around.section.role {
        case .payers: return "who is to pay"
        case .careTeams: return "who cares for the patient"
        default: break
        }
        if Self.qualifiers.contains(where: { statement.has($0) }) { return "only qualifies another statement" }
        // LOINC "Status", of whatever the statement around is.
        if !around.around.isEmpty, statement.code?.has("33999-4", CodeSystemOID.loinc) == true {
            return "only qualifies another statement"
        }
        return nil
    }

    /// Templates of what only has a meaning beside another statement, which takes it up.
    private static let qualifiers: [Template] =
        [
            .problemStatus, .healthStatus, .severity, .reaction, .allergyStatus, .ageObservation, .indication,
            .priorityPreference, .reason, .entryReference, .commentActivity, .instruction, .purposeOfReference,
        ] + ["24", "25", "53", "113", "145", "147", "421"].map(Template.entry) + Template.statusOf2007
        + Template.instructionsOf2007

    private mutating func plan(_ statement: Statement, _ around: Surroundings) -> Outcome {
        switch statement.kind {
        case .act, .encounter, .observation, .procedure: plannedActivity(statement, around)
        case .supply: plannedSupply(statement, around)
        case .substanceAdministration: looseDrug(statement, around)
        case .organizer: .asText("a group of plans, which are mapped by themselves")
        case .observationMedia, .regionOfInterest: .asText("a picture")
        }
    }

    /// An observation by its section; elsewhere without a category.
    private mutating func looseObservation(_ statement: Statement, _ around: Surroundings) -> Outcome {
        switch around.section.role {
        case .results, .dischargeStudies: return resultObservation(statement, around)
        case .vitalSigns: return vitalSign(statement, around)
        case .socialHistory: return socialHistory(statement, around)
        case .functionalStatus: return functionalStatus(statement, around)
        case .mentalStatus: return mentalStatus(statement, around)
        case .physicalExam:
            return observation(
                statement, around, ObservationShape(category: [.category("exam", "Exam")], isFinding: true))
        default: break
        }
        let outcome = observation(statement, around, ObservationShape())
        if statement.negation == .no, case .mapped(let made) = outcome {
            reportImaging(statement, around, result: made)
        }
        return outcome
    }

    /// An act says too little of itself to be anything but words, unless its code is that of an imaging test.
    private mutating func looseAct(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if ImagingCategory.holds(statement.code) { return procedureActivity(statement, around) }
        return .asText("an act without a template that is known")
    }

    private mutating func looseOrganizer(_ statement: Statement, _ around: Surroundings) -> Outcome {
        switch around.section.role {
        case .results, .dischargeStudies: return resultOrganizer(statement, around)
        case .vitalSigns: return vitalSignsOrganizer(statement, around)
        case .medicalEquipment: return equipmentOrganizer(statement, around)
        default: break
        }
        return statement.related.isEmpty || statement.negation == .yes
            ? .asText("an organizer without a template that is known") : .covered
    }

    private mutating func looseSupply(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if let drug = Drug(statement)?.code,
            drug.codings.contains(where: { Self.drugSystems.contains($0.system ?? "") })
        {
            return .refused("a supply of a drug without a template that is known", type: "MedicationRequest")
        }
        guard around.section.role == .medicalEquipment || namesDevice(statement) else {
            return .asText("a supply without a template that is known")
        }
        return nonMedicinalSupply(statement, around)
    }

    /// A drug by its section: a vaccine, a plan, or one that the patient takes.
    private mutating func looseDrug(_ statement: Statement, _ around: Surroundings) -> Outcome {
        context.note(
            .ccdaTemplate, at: statement.element, expected: "a template that is known",
            found: "none; read as a drug by its section")
        switch around.section.role {
        case .immunizations: return immunization(statement, around)
        case .planOfTreatment, .plannedProcedure, .assessment, .goals, .interventions:
            return plannedMedication(statement, around)
        default: return medicationActivity(statement, around)
        }
    }
}
