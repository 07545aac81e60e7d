import CCDA

extension DocumentMapper {
    /// Problems, allergies, drugs, immunizations, family history: templates and the files that map them.
    static let findings: [Row] = []

    /// A statement about a relative, or somebody else: never a fact of the patient (section 7.11).
    mutating func relative(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .asText("about somebody else than the patient")
    }

    /// Links what could only be linked once every entry was mapped: reasons to the problems they name, evidence to the
    /// problems it supports. To be called once, behind the last section.
    mutating func finishFindings() {}
}
