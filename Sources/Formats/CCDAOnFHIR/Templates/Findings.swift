import CCDA

extension DocumentMapper {
    /// Problems, allergies, drugs, immunizations, family history: templates and the files that map them.
    static let findings: [Row] = []

    /// A statement about a relative, or somebody else: never a fact of the patient (section 7.11).
    mutating func relative(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .asText("about somebody else than the patient")
    }
}
