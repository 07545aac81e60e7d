import CCDA
import Diagnostics
import JSONTree
import XMLTree

extension DocumentMapper {
    /// Maps a Medication Activity `.4.16`, or a substanceAdministration without a known template: a drug that is taken,
    /// prescribed, given during the encounter, or planned (section 7.3). Mood and section tell which.
    mutating func medicationActivity(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.mood == .event {
            return Self.rolesOfGiven.contains(around.section.role)
                ? administration(statement, around) : medicationRequest(statement, around)
        }
        let isPlanned = statement.mood != .intent && statement.mood != .request
        if isPlanned || Self.rolesOfGiven.contains(around.section.role)
            || Self.rolesOfPlans.contains(around.section.role)
        {
            return plannedMedication(statement, around)
        }
        return medicationRequest(statement, around)
    }

    /// Sections of what was given during the encounter, anesthesia among it.
    private static let rolesOfGiven: Set<Section.Role> = [.medicationsAdministered, .operationNarrative]
    /// Sections of what is to come.
    private static let rolesOfPlans: Set<Section.Role> = [
        .planOfTreatment, .plannedProcedure, .assessment, .goals, .interventions,
    ]

    /// Maps the acts around the drugs of an admission or discharge, `.4.36` and `.4.35`.
    mutating func medicationAct(_ statement: Statement, _ around: Surroundings) -> Outcome {
        statement.inner.isEmpty ? .asText("an act that holds no drug") : .covered
    }

    private mutating func medicationRequest(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let drug = Drug(statement)
        let isDenied = statement.negation == .yes
        if saysNoDrug(drug, isDenied: isDenied) { return noDrugs(statement, around) }
        guard let drug, let concept = drug.concept(words: words(of: statement), in: context) else {
            return .refused("a drug without a code or name", type: "MedicationRequest")
        }
        let dosage = dosage(of: statement)
        let evidence = medicationEvidence(of: statement, dosage)
        if let doubt = evidence.doubt, !isDenied {
            context.note(
                evidence.state == .endedFlagged ? .ccdaContradiction : .ccdaStatus, at: statement.element,
                expected: "a status and an end that agree", found: doubt)
        }
        let author = author(of: statement, around)
        let request = sink.add(
            "MedicationRequest", from: statement.element, key: key(of: statement, drug.code),
            [
                ("extension", .when(evidence.state == .possiblyCurrent && !isDenied, Self.possiblyCurrent)),
                ("identifier", identifiers(of: statement)), ("status", .string(evidence.requestStatus)),
                ("intent", statement.mood == .event ? "plan" : "order"), ("doNotPerform", .when(isDenied, true)),
                // US Core: what somebody reports is taken, a plan alone is not.
                ("reportedBoolean", .when(statement.mood == .event, true)),
                medication(drug, concept, of: statement), ("subject", subject), ("encounter", encounter(around)),
                ("authoredOn", author.date), ("requester", author.reference), ("reasonCode", reasons(of: statement)),
                ("note", (medicationNotes(of: statement) + datesAsWritten(dosage.course)).nonEmptyArray),
                ("dosageInstruction", instructions(dosage, of: statement)),
                ("dispenseRequest", dispenseRequest(of: statement, around)),
            ])
        if !isDenied, !statement.isNullified { addDispenses(of: statement, around, request) }
        return .mapped(request)
    }

    /// Extension of a MedicationRequest that is `completed` only as far as the writing goes: nobody says that the drug ended.
    static let possiblyCurrentURL = "https://spinehook.example/fhir/StructureDefinition/possibly-current"
    private static let possiblyCurrent: JSONValue = [["url": .string(possiblyCurrentURL), "valueBoolean": true]]

    // MARK: No drugs

    /// Whether a statement says that there is no drug, not that one is not taken.
    func saysNoDrug(_ drug: Drug?, isDenied: Bool) -> Bool {
        NoneKnown.isSaid(by: drug?.code) || isDenied && (drug?.namesNone ?? true)
    }

    /// "No medications": the section has nothing to list.
    mutating func noDrugs(_ statement: Statement, _ around: Surroundings) -> Outcome {
        nilKnown.insert(around.section.index)
        return .covered
    }

    // MARK: Status

    private func medicationEvidence(of statement: Statement, _ dosage: Dosage) -> MedicationEvidence {
        let course = dosage.course
        let mood: MedicationEvidence.Mood =
            switch statement.mood {
            case .event: .reported
            case .intent: .ordered
            default: .requested
            }
        return MedicationEvidence(
            mood: mood, isNullified: statement.isNullified, status: statement.status,
            isAhead: course?.start.map(isAfterReference) ?? false, end: course?.end.map(side) ?? .unknown)
    }

    private func side(of end: Timestamp) -> MedicationEvidence.End {
        guard let reference = document.effectiveTime else { return .unknown }
        return end.days.upperBound < reference.days.lowerBound ? .past : .open
    }

    /// Comments, and what an adherence observation says.
    mutating func medicationNotes(of statement: Statement) -> [JSONValue] {
        let adherence = statement.related.map(\.statement).filter { inner in
            inner.has(.adherence) && !inner.isNullified && inner.negation == .no && !namesOther(inner)
        }
        consume(adherence)
        return adherence.compactMap { valueText(of: $0) }.map { .text("Adherence: \($0)") } + comments(of: statement)
    }
}
