import CCDA

extension DocumentMapper {
    /// Problems, allergies, drugs, immunizations, family history: templates and the files that map them.
    static let findings: [Row] = [
        // Problems and diagnoses
        Row(kind: .act, template: .problemConcern, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .healthConcern, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .encounterDiagnosis, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .mistypedEncounterDiagnosis, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .admissionDiagnosis, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .dischargeDiagnosis, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .preoperativeDiagnosis, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .postprocedureDiagnosis, moods: .event) { $0.problemAct($1, $2) },
        Row(kind: .act, template: .riskConcern, moods: .any) { $0.riskConcern($1, $2) },
        Row(kind: .act, template: .entryReference, moods: .any) { $0.entryReference($1, $2) },
        Row(kind: .observation, template: .problemObservation, moods: .event) { $0.problemObservation($1, $2) },
        Row(kind: .observation, template: .problemObservation, moods: .any) { $0.expectedProblem($1, $2) },
        // Allergies
        Row(kind: .act, template: .allergyConcern, moods: .event) { $0.allergyConcern($1, $2) },
        Row(kind: .observation, template: .allergyObservation, moods: .event) { $0.allergyObservation($1, $2) },
        Row(kind: .observation, template: .substanceAllergy, moods: .event) { $0.allergyObservation($1, $2) },
        Row(kind: .observation, template: .allergyObservation, moods: .any) { $0.expectedAllergy($1, $2) },
        Row(kind: .observation, template: .reaction, moods: .any) { $0.loneReaction($1, $2) },
        // Drugs and vaccines
        Row(kind: .act, template: .admissionMedication, moods: .any) { $0.medicationAct($1, $2) },
        Row(kind: .act, template: .dischargeMedication, moods: .any) { $0.medicationAct($1, $2) },
        Row(kind: .substanceAdministration, template: .immunization, moods: .any) { $0.immunization($1, $2) },
        Row(kind: .substanceAdministration, template: .plannedImmunization, moods: .any) { $0.immunization($1, $2) },
        Row(kind: .substanceAdministration, template: .plannedMedication, moods: .any) { $0.plannedMedication($1, $2) },
        Row(kind: .substanceAdministration, template: .medicationActivity, moods: .any) {
            $0.medicationActivity($1, $2)
        },
        Row(kind: .supply, template: .dispense, moods: .event) { $0.dispense($1, $2) },
        // Reasons
        Row(kind: .observation, template: .indication, moods: .any) { $0.loneIndication($1, $2) },
        Row(kind: .act, template: .indication, moods: .any) { $0.loneIndication($1, $2) },
    ]

    /// Links what could only be linked once every entry was mapped: reasons to the problems they name, evidence to the
    /// problems it supports. To be called once, behind the last section.
    mutating func finishFindings() {
        mergeConditions()
        linkReasons()
    }
}
