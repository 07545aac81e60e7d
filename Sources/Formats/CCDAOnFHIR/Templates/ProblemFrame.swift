import CCDA
import JSONTree
import XMLTree

/// The act and section around a problem: what tracks it, and what kind of Condition it is (sections 7.1 and 7.2).
struct ProblemFrame {
    /// The act directly around it; nil when there is none, or it neither tracks problems nor states diagnoses.
    let act: Statement?
    /// What a missing status means here.
    let setting: ProblemEvidence.Setting
    /// The strongest category that section and act give.
    let category: ConditionCategory

    init(_ around: DocumentMapper.Surroundings) {
        let act = around.around.last { $0.kind == .act }
        let isDiagnosis = act.map(Self.isDiagnosis) ?? false
        let isConcern = act.map(Self.isConcern) ?? false
        self.act = isDiagnosis || isConcern ? act : nil
        let isOfEncounter = isDiagnosis || Self.encounterRoles.contains(around.section.role)
        category =
            isOfEncounter
            ? .encounterDiagnosis
            : around.section.role == .healthConcerns ? .healthConcern : .problemListItem
        setting =
            around.section.role == .pastMedicalHistory
            ? .history : isOfEncounter && !isConcern ? .diagnosis : .problem
    }

    /// How far the act is.
    var concern: ProblemEvidence.Concern {
        switch act?.status {
        case .active: .active
        case .completed, .aborted, .suspended: .ended
        default: .unknown
        }
    }

    private static let encounterRoles: Set<Section.Role> = [
        .encounters, .admissionDiagnosis, .dischargeDiagnosis, .operationDiagnosis,
    ]

    static func isDiagnosis(_ act: Statement) -> Bool {
        act.hasAny(
            .encounterDiagnosis, .mistypedEncounterDiagnosis, .admissionDiagnosis, .dischargeDiagnosis,
            .preoperativeDiagnosis, .postprocedureDiagnosis)
    }

    private static func isConcern(_ act: Statement) -> Bool {
        if act.hasAny(.problemConcern, .healthConcern) { return true }
        return act.element.first("code").map { $0.hasAttribute("code", equalTo: "CONC") } ?? false
    }
}

/// Categories of a Condition, the strongest first (section 8).
enum ConditionCategory: String, Sendable, CaseIterable {
    case problemListItem = "problem-list-item"
    case healthConcern = "health-concern"
    case encounterDiagnosis = "encounter-diagnosis"

    var json: JSONValue { .concept(system, rawValue) }

    private var system: String {
        self == .healthConcern
            ? "http://hl7.org/fhir/us/core/CodeSystem/condition-category"
            : "http://terminology.hl7.org/CodeSystem/condition-category"
    }
}
