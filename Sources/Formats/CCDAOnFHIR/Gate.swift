import CCDA
import Diagnostics
import XMLTree

/// What is asked before code and value of any statement: whose it is, whether it is said at all (sections 4.6 to 4.8, 7.11).
extension DocumentMapper {
    /// The outcome of a statement that is no fact of the patient, whatever its template; nil lets it pass.
    mutating func gate(_ statement: Statement, _ around: Surroundings) -> Outcome? {
        if around.isOfOther || namesOther(statement) { return relative(statement, around) }
        if statement.negation == .unreadable {
            context.note(
                .ccdaMeaningUnreadable, .error, at: statement.element, expected: "negationInd true or false",
                found: "another value; the statement is no fact and no denial")
            return .refused("negationInd is neither true nor false", type: resourceType(of: statement, around))
        }
        if let flavor = statement.nullFlavor, statement.code?.isEmpty ?? true, statement.values.isEmpty {
            return .asText("the statement itself is null (\(flavor.rawValue.prefix(4)))")
        }
        return void(statement, around) ?? mood(of: statement, around)
    }

    /// A statement that is superseded, or inside one that does not hold. Problems and allergies tell apart themselves
    /// what that makes of them: they become refuted or entered in error.
    private func void(_ statement: Statement, _ around: Surroundings) -> Outcome? {
        if statement.isSuperseded || around.isSuperseded {
            context.note(
                .ccdaStatus, at: statement.element, expected: "a statement that is in force",
                found: "one that is obsolete; not used")
            return .asText("superseded by a later statement (obsolete)")
        }
        if statement.hasAny(.problemObservation, .allergyObservation) { return nil }
        if around.isNullified { return .asText("inside a statement entered in error") }
        if around.isNegated { return .asText("inside a negated statement") }
        return nil
    }

    private func mood(of statement: Statement, _ around: Surroundings) -> Outcome? {
        switch statement.mood {
        case .definition, .eventCriterion, .goalCriterion, .option:
            return .asText("mood \(statement.mood.rawValue): neither a fact nor an order")
        case .unknown: return .asText("no mood that is known")
        case .event:
            guard let outer = around.outerMood else { return nil }
            let reason = "inside a statement in mood \(outer.rawValue)"
            // Whether such a problem is there or only expected cannot be told: the problems are not whole.
            return statement.has(.problemObservation) ? .refused(reason, type: "Condition") : .asText(reason)
        default: break
        }
        return nil
    }

    /// Whether a statement says of itself that it is about somebody else, by template or subject.
    func namesOther(_ statement: Statement) -> Bool {
        hasFamilyTemplate(statement) || namesOther(statement.element)
    }

    /// Whether a statement has a template of family history.
    func hasFamilyTemplate(_ statement: Statement) -> Bool {
        statement.hasAny(.familyHistoryOrganizer, .familyHistoryObservation)
            || statement.templates.contains { Self.oldFamilyTemplates.contains($0.rawValue) }
    }

    /// Whether a section, or one around it, is about somebody else.
    func namesOther(_ section: Section) -> Bool {
        var next: Section? = section
        while let section = next {
            if section.role == .familyHistory || namesOther(section.element) { return true }
            next = section.parent.map { document.sections[$0] }
        }
        return false
    }

    /// CCD R1 (2007): family history organizer and observation.
    private static let oldFamilyTemplates: Set = [
        "2.16.840.1.113883.10.20.1.22", "2.16.840.1.113883.10.20.1.23",
    ]

    /// Whether an element has a subject other than the patient; one that does not say who is a relative.
    private func namesOther(_ element: XMLElement) -> Bool {
        guard let subject = element.first("subject") else { return false }
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
