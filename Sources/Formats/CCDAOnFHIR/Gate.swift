import CCDA
import Diagnostics
import XMLTree

/// What is asked before code and value of any statement: whose it is, whether it is said at all (sections 4.6 to 4.8, 7.11).
extension DocumentMapper {
    /// The outcome of a statement that is no fact of the patient, whatever its template; nil lets it pass.
    mutating func gate(_ statement: Statement, _ around: Surroundings) -> Outcome? {
        if isOfOther(statement, around) { return relative(statement, around) }
        if statement.negation == .unreadable {
            context.note(
                .ccdaMeaningUnreadable, .error, at: statement.element, expected: "negationInd true or false",
                found: "another value; the statement is no fact and no denial")
            return .refused("negationInd is neither true nor false", type: resourceType(of: statement, around))
        }
        if let flavor = statement.nullFlavor, statement.code?.isEmpty ?? true, statement.values.isEmpty {
            return .asText("the statement itself is null (\(flavor.rawValue.prefix(4)))")
        }
        switch statement.mood {
        case .definition, .eventCriterion, .goalCriterion, .option:
            return .asText("mood \(statement.mood.rawValue): neither a fact nor an order")
        case .unknown: return .asText("no mood that is known")
        case .event:
            if let outer = around.outerMood { return .asText("inside a statement in mood \(outer.rawValue)") }
        default: break
        }
        return nil
    }

    /// Whether a statement is about somebody else: by section, template or an own or inherited subject.
    func isOfOther(_ statement: Statement, _ around: Surroundings) -> Bool {
        if around.section.role == .familyHistory { return true }
        for one in around.around + [statement] {
            if one.hasAny(.familyHistoryOrganizer, .familyHistoryObservation) { return true }
            if one.templates.contains(where: { Self.oldFamilyTemplates.contains($0.rawValue) }) { return true }
            if let subject = one.element.first("subject"), namesOther(subject) { return true }
        }
        return false
    }

    /// CCD R1 (2007): family history organizer and observation.
    private static let oldFamilyTemplates: Set = [
        "2.16.840.1.113883.10.20.1.22", "2.16.840.1.113883.10.20.1.23",
    ]

    private func namesOther(_ subject: XMLElement) -> Bool {
        guard let code = subject.first("relatedSubject")?.first("code")?["code"] else { return true }
        return code != "SELF" && code != "ONESELF"
    }

    /// What a statement would have become, so that its loss keeps that part of the record open.
    func resourceType(of statement: Statement, _ around: Surroundings) -> String? {
        switch statement.kind {
        case .substanceAdministration: "MedicationRequest"
        case .procedure: statement.mood == .event ? "Procedure" : "ServiceRequest"
        case .encounter: "Encounter"
        case .supply, .organizer, .observationMedia, .regionOfInterest: nil
        case .act: statement.mood == .event ? nil : "ServiceRequest"
        case .observation:
            statement.mood != .event
                ? "ServiceRequest" : statement.has(.problemObservation) ? "Condition" : "Observation"
        }
    }
}
