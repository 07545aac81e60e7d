import CCDA
import JSONTree

/// Codes that say by themselves that there is none of a kind (section 4.6).
enum NoneKnown {
    /// SNOMED CT: no current problems or disability, no known allergies, no known drug, latex, food allergy.
    static let codes: Set = ["160245001", "160244002", "716186003", "409137002", "428607008", "429625007"]

    /// Whether a value says so.
    static func isSaid(by value: CodedValue?) -> Bool { value?.hasAny(codes, CodeSystemOID.snomed) ?? false }
}

extension DocumentMapper {
    /// Whether a problem only says that there is none: a denied kind of problem, or a code for it. Both together are no
    /// double negation.
    func saysNoneKnown(_ problem: Problem) -> Bool {
        NoneKnown.isSaid(by: problem.value) || problem.evidence.isDenied && ProblemTypes.namesNone(problem.value)
    }

    /// "No known problems": a Condition in the problem list and among concerns, elsewhere a section with nothing to list.
    mutating func noKnownProblems(_ problem: Problem, _ around: Surroundings) -> Outcome {
        let isCoded = NoneKnown.isSaid(by: problem.value)
        guard isCoded || problem.frame.category != .encounterDiagnosis && problem.frame.setting == .problem else {
            nilKnown.insert(around.section.index)
            return .covered
        }
        let code: JSONValue? = .when(isCoded, problem.value?.codeableConcept(in: context))
        let author = author(of: problem.statement, around)
        let date = author.date ?? problem.time?.start.map { .string($0.fhir) }
        return .mapped(
            sink.add(
                "Condition", from: problem.statement.element, key: key(of: problem.statement, problem.value),
                [
                    ("identifier", identifiers(of: problem.statement)),
                    ("clinicalStatus", .concept(FHIRSystem.conditionClinical, "active")),
                    ("verificationStatus", .concept(FHIRSystem.conditionVerification, "confirmed")),
                    ("category", [problem.frame.category.json]),
                    (
                        "code",
                        code
                            ?? .concept(
                                FHIRSystem.snomed, "160245001", "No current problems or disability")
                    ), ("subject", subject), ("encounter", encounter(around)), ("recordedDate", date),
                    ("recorder", author.person),
                ]))
    }
}
