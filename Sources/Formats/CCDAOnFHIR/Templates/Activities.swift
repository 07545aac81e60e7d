import CCDA

extension DocumentMapper {
    /// Procedures, plans, results, vital signs, history, devices, encounters, notes: templates and the files that map them.
    static let activities: [Row] = []

    /// A statement without a known template: by element and section (section 7.18).
    mutating func untemplated(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .asText("no template that is known")
    }

    /// Links what could only be linked once every entry was mapped. To be called once, behind the last section.
    mutating func finishActivities() {}
}
