import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Planned Act, Encounter, Procedure, Observation (`.4.39`, `.40`, `.41`, `.44`), Patient Referral (`.4.140`), and every other
/// act, encounter, procedure or observation that is planned → ServiceRequest.
///
/// An appointment becomes a request too: FHIR's Appointment needs start and end to the second, and documents give a day.
extension DocumentMapper {
    /// What is wanted, ordered or foreseen: never a fact, whatever its status.
    mutating func plannedActivity(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if let words = plannedInWords(statement, around) { return .asText(words) }
        guard let code = code(of: statement) else { return .refused("neither code nor text", type: "ServiceRequest") }
        if statement.negation == .yes, statement.code?.codings.isEmpty ?? true {
            return .asText("denies plans without naming one")
        }
        let status = requestStatus(statement)
        let author = author(of: statement, around)
        let members: Members =
            [
                ("identifier", identifiers(of: statement)), ("status", .string(status)),
                ("intent", .string(statement.mood.intent)),
                ("category", categories(of: statement, around).nonEmptyArray),
                ("priority", priority(of: statement).map { .string($0) }),
                ("doNotPerform", .when(statement.negation == .yes, true)), ("code", code), ("subject", subject),
                ("encounter", encounter(around)),
            ] + occurrence(of: statement)
        let made = sink.add(
            "ServiceRequest", from: statement.element, key: key(of: statement, statement.code),
            tag: statement.mood.tag, members + request(statement, author))
        link(made, in: around)
        activityState.orders.append((made, author.earliest))
        return .mapped(made)
    }

    /// Who asked, who is to do it, why, where on the body, and what was remarked.
    private mutating func request(_ statement: Statement, _ author: Authorship) -> Members {
        let isPlain = statement.negation == .no && !statement.isNullified
        let instructions = instructions(of: statement)
        return [
            ("authoredOn", author.earliest.map { .string($0.fhir) }),
            ("requester", author.isInherited ? nil : author.reference),
            ("performer", performers(of: statement).nonEmptyArray),
            ("locationReference", places(of: statement).nonEmptyArray),
            ("reasonCode", isPlain ? reasons(of: statement) : nil),
            ("bodySite", bodySites(of: statement).nonEmptyArray),
            ("note", notes(of: statement, with: statement.allCoded("methodCode").compactMap(\.text))),
            (
                "patientInstruction",
                .when(!instructions.isEmpty, .string(instructions.joined(separator: "\n")))
            ),
        ]
    }

    private func categories(of statement: Statement, _ around: Surroundings) -> [JSONValue] {
        statedCategories(of: statement) + (isImaging(statement, in: around.section) ? [ImagingCategory.service] : [])
    }

    /// Plans that are no orders for the patient's care; nil for all others.
    private mutating func plannedInWords(_ statement: Statement, _ around: Surroundings) -> String? {
        if statement.isInstruction { return "an instruction" }
        let isPaid = statement.has(.plannedCoverage) || around.around.contains { shared(by: $0).isCoverage }
        if isPaid || around.section.role == .payers {
            return "who is to pay"
        }
        if statement.has(.entryReference) { return "a reference to another entry" }
        if statement.has(.commentActivity) { return "a comment" }
        if statement.hasAny(.intervention, .plannedIntervention) {
            return "groups plans, which are mapped by themselves"
        }
        return nil
    }

    /// When it is to be done.
    private func occurrence(of statement: Statement) -> Members {
        guard let time = statement.effectiveTime else { return [] }
        if time.high.time == nil, let start = time.start { return [("occurrenceDateTime", .string(start.fhir))] }
        return time.members("occurrence")
    }

    /// ServiceRequest.status and DeviceRequest.status. `completed` says that it was written or carried out, which proves
    /// nothing (section 7.6).
    func requestStatus(_ statement: Statement) -> String {
        if statement.nullFlavor != nil, !statement.isNullified { return "unknown" }
        switch statement.status {
        case .active, .new: return "active"
        case .completed: return "completed"
        case .held, .suspended: return "on-hold"
        case .aborted, .cancelled: return "revoked"
        case .nullified: return "entered-in-error"
        case .normal, .obsolete, nil:
            context.note(
                .ccdaStatus, at: statement.element, expected: "active, completed, held or cancelled",
                found: statement.element.first("statusCode") == nil ? "no statusCode" : "another status")
            return "unknown"
        }
    }

    /// Request.priority; nil when none is stated, or one that FHIR does not tell apart.
    ///
    /// A Priority Preference (`.4.143`) says it where the statement itself does not; it is consumed.
    mutating func priority(of statement: Statement) -> String? {
        for coding in statement.coded("priorityCode")?.codings ?? [] where coding.system == Self.actPriority {
            if let priority = Self.priorities[coding.code] { return priority }
        }
        guard let preference = statement.related(.priorityPreference), preference.negation == .no,
            let value = preference.values.lazy.compactMap(\.coded).first
        else { return nil }
        for (code, priority) in Self.preferences where value.has(code, CodeSystemOID.snomed) {
            consume([preference])
            return priority
        }
        return nil
    }

    /// SNOMED CT "High priority" and "Normal priority"
    private static let preferences = [("394849002", "urgent"), ("394848005", "routine")]

    /// HL7 ActPriority
    private static let actPriority = "2.16.840.1.113883.5.7"
    /// Of codes of ActPriority that say how soon something is to be done. Source: their definitions.
    private static let priorities = [
        "A": "asap", "EL": "routine", "EM": "stat", "R": "routine", "S": "stat", "UR": "urgent",
    ]
}
