import CCDA
import Diagnostics
import XMLTree

/// What is asked before code and value of any statement: whose it is, whether it is said at all (sections 4.6 to 4.8, 7.11).
extension DocumentMapper {
    /// The outcome of a statement that is no fact of the patient, whatever its template; nil lets it pass.
    mutating func gate(_ statement: Statement, _ around: Surroundings) -> Outcome? {
        if around.isOfOther || hasFamilyTemplate(statement) || subject(of: statement.element) == .other {
            return relative(statement, around)
        }
        if around.isOfNobody || subject(of: statement.element) == .nobody {
            return unreadable(
                statement, "a subject that is the patient or a relative", "one that cannot be told",
                "whom it is about cannot be told")
        }
        if statement.negation == .unreadable {
            return unreadable(
                statement, "negationInd true or false", "another value", "negationInd is neither true nor false")
        }
        return null(statement) ?? void(statement, around) ?? mood(of: statement, around)
    }

    /// A statement that is no fact and no denial, because what decides about that cannot be read.
    private func unreadable(_ statement: Statement, _ expected: String, _ found: String, _ reason: String) -> Outcome {
        context.note(
            .ccdaMeaningUnreadable, .error, at: statement.element, expected: expected,
            found: "\(found); the statement is no fact and no denial")
        return .refused(reason, type: resourceType(of: statement))
    }

    /// A statement that is null as a whole. A problem, allergy or drug that says something all the same contradicts
    /// itself; other templates tell apart themselves what they make of it.
    private func null(_ statement: Statement) -> Outcome? {
        guard let flavor = statement.nullFlavor else { return nil }
        let reason = "the statement itself is null (\(flavor.rawValue.prefix(4)))"
        let contradicts =
            statement.kind == .substanceAdministration
            ? Drug(statement).map { !$0.namesNone } ?? false
            : statement.hasAny(.problemObservation, .allergyObservation)
                && statement.values.contains(where: \.isSomething)
        if contradicts { return .refused("\(reason) and says something", type: resourceType(of: statement)) }
        return (statement.code?.isEmpty ?? true) && statement.values.isEmpty ? .asText(reason) : nil
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
        case .unknown: return unreadable(statement, "a moodCode", "none that is known", "no mood that is known")
        case .event:
            guard let outer = around.outerMood else { return nil }
            let reason = "inside a statement in mood \(outer.rawValue)"
            // Whether such a problem, allergy or drug is there or only expected cannot be told: that part is not whole.
            let mayBeThere =
                statement.hasAny(.problemObservation, .allergyObservation)
                || statement.kind == .substanceAdministration && !statement.has(.immunization)
            return mayBeThere ? .refused(reason, type: resourceType(of: statement)) : .asText(reason)
        default: break
        }
        return nil
    }

    /// Whether a statement says of itself that it is about somebody else, by template or subject.
    func namesOther(_ statement: Statement) -> Bool {
        hasFamilyTemplate(statement) || subject(of: statement.element) != .patient
    }

    /// Whether a statement has a template of family history.
    func hasFamilyTemplate(_ statement: Statement) -> Bool {
        statement.hasAny(.familyHistoryOrganizer, .familyHistoryObservation)
            || statement.templates.contains { Self.oldFamilyTemplates.contains($0.rawValue) }
    }

    /// Whether a section, or one around it, is about somebody else or about whom cannot be told.
    func namesOther(_ section: Section) -> Bool { subject(of: section) != .patient }

    /// Whom the statements of a section are about, as far as it and those around it say.
    func subject(of section: Section) -> Subject {
        var next: Section? = section
        var found = Subject.patient
        while let section = next {
            let own = section.role == .familyHistory ? .other : subject(of: section.element)
            if own == .other { return .other }
            if own == .nobody { found = .nobody }
            next = section.parent.map { document.sections[$0] }
        }
        return found
    }

    /// CCD R1 (2007): family history organizer and observation.
    private static let oldFamilyTemplates: Set = [
        "2.16.840.1.113883.10.20.1.22", "2.16.840.1.113883.10.20.1.23",
    ]

    /// Whom something is about.
    enum Subject { case patient, other, nobody }

    /// Whom an element says that it is about: the patient, unless it has a subject with another role.
    func subject(of element: XMLElement) -> Subject {
        guard let subject = element.first("subject") else { return .patient }
        guard let role = subject.first("relatedSubject")?.first("code"), let code = role["code"]?.trimmingBlanks(),
            let system = role["codeSystem"]?.trimmingBlanks(), Self.roleSystems.contains(system)
        else { return .nobody }
        return ["SELF", "ONESELF"].contains(code.uppercased()) ? .patient : .other
    }

    /// HL7 RoleCode, and the value set of family members that is written in its place.
    private static let roleSystems: Set = ["2.16.840.1.113883.5.111", "2.16.840.1.113883.1.11.19563"]

    /// What a statement would have become, so that its loss keeps that part of the record open. One whose mood is not
    /// known may have happened.
    func resourceType(of statement: Statement) -> String? {
        switch statement.kind {
        case .substanceAdministration: "MedicationRequest"
        case .procedure: statement.mood.isPlan ? "ServiceRequest" : "Procedure"
        case .encounter: "Encounter"
        case .supply: Drug(statement) == nil ? nil : "MedicationRequest"
        case .organizer, .observationMedia, .regionOfInterest: nil
        case .act: statement.mood.isPlan ? "ServiceRequest" : nil
        case .observation:
            if statement.mood.isPlan {
                "ServiceRequest"
            } else if statement.has(.problemObservation) {
                "Condition"
            } else {
                statement.has(.allergyObservation) ? "AllergyIntolerance" : "Observation"
            }
        }
    }
}
