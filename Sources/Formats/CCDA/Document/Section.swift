public import XMLTree

/// A section of the structured body, at any depth.
public struct Section {
    /// What the section is about: by LOINC code, else template, else title (section 6).
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case problems, healthConcerns, pastMedicalHistory, medicalHistory, encounters, admissionDiagnosis
        case dischargeDiagnosis, operationDiagnosis, medications, admissionMedications, dischargeMedications
        case medicationsAdministered, allergies, procedures, results, dischargeStudies, vitalSigns, socialHistory
        case functionalStatus, mentalStatus, physicalExam, planOfTreatment, assessment, plannedProcedure, reason
        case presentIllness, hospitalCourse, instructions, familyHistory, medicalEquipment, goals, interventions
        case outcomes, immunizations, notes, imagingFindings, imagingCatalog, imagingNarrative, operationNarrative
        case payers, advanceDirectives, careTeams
        /// None of those that are told apart.
        case other
    }

    /// The element itself.
    public let element: XMLElement
    /// What it is about.
    public let role: Role
    /// `code`; nil when there is none.
    public let code: CodedValue?
    /// `title`; nil when there is none.
    public let title: String?
    /// Rank among the sections in document order.
    public let index: Int
    /// Rank of the section around it; nil at the top.
    public let parent: Int?
    /// `nullFlavor` of the section: no information for it, which does not mean none.
    public let nullFlavor: NullFlavor?
    /// Its code as written, usually LOINC, else the first translation of it; nil when it has none.
    public let loinc: String?
    /// `entry` elements, in order.
    public var entries: [XMLElement] { Array(element.elements("entry")) }
    /// `text`, the narrative; nil when there is none.
    public var narrative: XMLElement? { element.first("text") }
    /// Whether the narrative says anything.
    public var hasWords: Bool {
        guard let narrative else { return false }
        return !narrative.ownText.trimmingBlanks().isEmpty
            || narrative.descendants().contains { !$0.ownText.trimmingBlanks().isEmpty }
    }
}
