import CCDA

extension DocumentMapper {
    /// A template's mapping.
    typealias Handler = @Sendable (inout DocumentMapper, Statement, Surroundings) -> Outcome

    /// Finds the mapping of a statement: by element, template and mood, else by element, mood and section (sections 2 and 7.18).
    mutating func dispatch(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if document.kind.reading == .headerAndNarrative { return unread(statement, around) }
        let (mood, templates) = (statement.mood, statement.templates)
        for row in Self.handlers[statement.kind] ?? [] where templates.contains(row.template) {
            if row.moods.accept(mood) { return row.handler(&self, statement, around) }
        }
        return document.kind.reading == .full ? untemplated(statement, around) : unread(statement, around)
    }

    /// A statement of a document whose kind is not read, or not without a C-CDA template: its words are kept, and the
    /// record is not whole where it belongs.
    private mutating func unread(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if around.around.isEmpty, let type = around.section.role.resourceType ?? resourceType(of: statement) {
            refusedTypes.append((type, statement))
        }
        return .asText("entries of this kind of document are not read (\(document.kind.name))")
    }

    /// Which moods a mapping takes.
    enum Moods: Sendable {
        case event, plan, goal, any

        func accept(_ mood: Statement.Mood) -> Bool {
            switch self {
            case .event: mood == .event
            case .plan: mood.isPlan
            case .goal: mood == .goal
            case .any: true
            }
        }
    }

    /// One row of the table of templates.
    struct Row: Sendable {
        let kind: Statement.Kind
        let template: Template
        let moods: Moods
        let handler: Handler
    }
}

extension DocumentMapper {
    /// The rows by element; within one element the first that fits counts, so wrappers stand behind what they wrap.
    static let handlers: [Statement.Kind: [Row]] = Dictionary(grouping: findings + activities, by: \.kind)
}

extension Section.Role {
    /// The resources that the statements of such a section become first of all; nil where the statement itself tells more.
    fileprivate var resourceType: String? {
        switch self {
        case .problems, .healthConcerns, .pastMedicalHistory, .medicalHistory, .admissionDiagnosis, .dischargeDiagnosis,
            .operationDiagnosis:
            "Condition"
        case .medications, .admissionMedications, .dischargeMedications: "MedicationRequest"
        case .medicationsAdministered: "MedicationAdministration"
        case .allergies: "AllergyIntolerance"
        case .results, .vitalSigns, .socialHistory, .functionalStatus, .mentalStatus, .physicalExam: "Observation"
        case .medicalEquipment: "Device"
        case .immunizations: "Immunization"
        default: nil
        }
    }
}
