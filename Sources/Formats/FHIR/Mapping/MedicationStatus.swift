import ClinicalModel
import Diagnostics
import JSONTree

/// The status of a drug resource and whether the drug counts as taken.
struct MedicationStatus {
    let code: String
    /// Nil for a status that is no use of the drug at all.
    let standing: MedicationUse.Standing?
}

extension RecordBuilder {
    /// Nil, with an issue, when the status cannot be read.
    mutating func standing(_ kind: MedicationUse.Kind, in resource: ResourceContext) -> MedicationStatus? {
        guard let node = elements[.status] else {
            let isDraft = resource.origin == .draftOrders
            note(
                .fhirMissingElement, .warning, at: resource.node, "status", in: resource, expected: "a status",
                found: isDraft ? "none; read as draft" : "none; whether it was taken is not known")
            return isDraft
                ? MedicationStatus(code: "draft", standing: nil) : MedicationStatus(code: "", standing: .unclear)
        }
        if case .code(let code) = node.statusCode, let effect = Self.effects(kind)[code] {
            return MedicationStatus(code: code, standing: effect.standing)
        }
        note(
            .fhirModifierUnreadable, .error, at: node, "status", in: resource,
            expected: "a status code of \(resource.type.name)", found: "something else; the resource is not used")
        return nil
    }

    private static func effects(_ kind: MedicationUse.Kind) -> [String: Effect] {
        switch kind {
        case .request: requests
        case .statement: statements
        case .dispense: dispenses
        case .administration: administrations
        }
    }

    /// What a status makes of the drug.
    private enum Effect {
        case counts
        case unclear
        /// No use of the drug.
        case no

        var standing: MedicationUse.Standing? {
            switch self {
            case .counts: .counts
            case .unclear: .unclear
            case .no: nil
            }
        }
    }

    private static let requests: [String: Effect] = [
        "active": .counts, "completed": .counts, "stopped": .counts, "on-hold": .unclear, "unknown": .unclear,
        "cancelled": .no, "entered-in-error": .no, "draft": .no,
    ]
    private static let statements: [String: Effect] = [
        "active": .counts, "completed": .counts, "stopped": .counts, "on-hold": .unclear, "unknown": .unclear,
        "intended": .no, "not-taken": .no, "entered-in-error": .no,
    ]
    private static let dispenses: [String: Effect] = [
        "completed": .counts, "in-progress": .unclear, "stopped": .unclear, "on-hold": .unclear, "unknown": .unclear,
        "preparation": .no, "cancelled": .no, "declined": .no, "entered-in-error": .no,
    ]
    private static let administrations: [String: Effect] = [
        "completed": .counts, "in-progress": .counts, "stopped": .counts, "on-hold": .unclear, "unknown": .unclear,
        "not-done": .no, "entered-in-error": .no,
    ]

    /// Whether the intent makes a MedicationRequest an order, or it reports what is taken; nil when it cannot be read.
    ///
    /// US Core writes self-reported drugs as `plan` with `reported[x]`.
    mutating func isOrdered(in resource: ResourceContext) -> Bool? {
        guard let node = elements[.intent] else {
            note(
                .fhirMissingElement, .warning, at: resource.node, "intent", in: resource, expected: "an intent",
                found: "none; read as an order")
            return true
        }
        switch node.string {
        case "order", "original-order", "reflex-order", "filler-order", "instance-order": return true
        case "proposal", "plan", "option":
            return elements[.reportedBoolean]?.bool == true || elements.has(.reportedReference)
        default:
            note(
                .fhirModifierUnreadable, .error, at: node, "intent", in: resource,
                expected: "a code of medicationrequest-intent", found: "something else; the request is not used")
            return nil
        }
    }
}
