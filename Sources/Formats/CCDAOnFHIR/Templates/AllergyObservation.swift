import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// An Allergy Observation while it is mapped.
struct Allergy {
    let statement: Statement
    /// Code of the substance; nil when there is no such element.
    let agent: CodedValue?
    /// Name of the substance beside its code.
    let agentName: String?
    /// `value`: the kind of allergy.
    let kind: CodedValue?
    let rule: AllergyStatusRule

    /// Whether no substance is named. A name beside a code that does not apply, as some write "no known allergies", is none.
    var namesNoAgent: Bool {
        guard let agent else { return agentName == nil }
        if agent.nullFlavor?.isMasked == true { return false }
        return agent.isEmpty && (agentName == nil || agent.nullFlavor?.rawValue == "NA")
    }
}

extension DocumentMapper {
    /// Maps an Allergy - Intolerance Observation `.4.7` (section 7.4).
    mutating func allergyObservation(_ statement: Statement, _ around: Surroundings) -> Outcome {
        let allergy = allergy(statement, around)
        let isNoneKnown = NoneKnown.isSaid(by: allergy.agent) || NoneKnown.isSaid(by: allergy.kind)
        if !allergy.rule.isNullified, isNoneKnown || allergy.rule.isDenied && allergy.namesNoAgent {
            return noKnownAllergy(allergy, around)
        }
        guard let code = allergyCode(allergy) else {
            if allergy.rule.isNullified { return .asText("entered in error, and without a substance") }
            return .refused("an allergy without a substance or words", type: "AllergyIntolerance")
        }
        if let doubt = allergy.rule.doubt {
            context.note(
                allergy.rule.reported == nil ? .ccdaStatus : .ccdaContradiction, at: statement.element,
                expected: "a status of the allergy", found: doubt)
        }
        return .mapped(
            addAllergy(
                AllergyClaim(
                    code: code, clinical: allergy.rule.status?.rawValue, verification: allergy.rule.verification,
                    onset: statement.effectiveTime?.start.map { .string($0.fhir) }),
                of: allergy, around))
    }

    private mutating func allergy(_ statement: Statement, _ around: Surroundings) -> Allergy {
        let entity = statement.element.elements("participant")
            .first { $0.hasAttribute("typeCode", equalTo: "CSM") }?.first("participantRole")?.first("playingEntity")
        let concern = around.around.last { $0.has(.allergyConcern) }
        return Allergy(
            statement: statement, agent: entity?.first("code").map { CodedValue($0, in: context) },
            agentName: entity.flatMap { context.text(of: $0.first("name")) }, kind: statement.coded("value"),
            rule: AllergyStatusRule(
                isNullified: statement.isNullified || around.isNullified, isDenied: isDenied(statement, around),
                reported: reportedAllergyStatus(of: statement), concern: concern?.status))
    }

    /// The substance; without one the kind of allergy where that says more than its kind; else the words.
    private func allergyCode(_ allergy: Allergy) -> JSONValue? {
        if let code = allergy.agent?.codeableConcept(text: allergy.agentName, in: context) { return code }
        if let name = allergy.agentName { return .text(name) }
        guard allergy.agent?.nullFlavor?.isMasked != true else { return nil }
        let words = words(of: allergy.statement)
        if let kind = allergy.kind, !kind.isEmpty, !AllergyKinds.isKind(kind) {
            return kind.codeableConcept(text: words, in: context)
        }
        return (allergy.kind?.originalText ?? words).map { .text($0) }
    }

    /// What an AllergyIntolerance says.
    private struct AllergyClaim {
        let code: JSONValue
        var clinical: String?
        var verification: String?
        /// When the allergy began.
        var onset: JSONValue?
        /// When it was said, where no author says so.
        var date: JSONValue?
        /// Whether reactions and criticality are meant: not where none is known.
        var isOfAgent = true
    }

    private mutating func addAllergy(_ claim: AllergyClaim, of allergy: Allergy, _ around: Surroundings) -> String {
        let statement = allergy.statement
        let parts = allergyParts(of: statement)
        let author = author(of: statement, around)
        return sink.add(
            "AllergyIntolerance", from: statement.element, key: key(of: statement, allergy.agent),
            [
                ("identifier", identifiers(of: statement)),
                ("clinicalStatus", claim.clinical.map { .concept(FHIRSystem.allergyClinical, $0) }),
                ("verificationStatus", claim.verification.map { .concept(FHIRSystem.allergyVerification, $0) }),
                ("type", allergy.kind.flatMap(AllergyKinds.type).map { .string($0) }),
                ("category", allergy.kind.flatMap(AllergyKinds.category).map { [.string($0)] }),
                ("criticality", .when(claim.isOfAgent, parts.criticality.map { .string($0) })), ("code", claim.code),
                ("patient", subject), ("encounter", encounter(around)), ("onsetDateTime", claim.onset),
                ("recordedDate", author.date ?? claim.date), ("recorder", author.person),
                ("note", parts.notes.nonEmptyArray),
                ("reaction", .when(claim.isOfAgent, parts.reactions.nonEmptyArray)),
            ])
    }

    /// "No known allergy" of a kind, as the code for it where there is one.
    private mutating func noKnownAllergy(_ allergy: Allergy, _ around: Surroundings) -> Outcome {
        let said = [allergy.agent, allergy.kind].compactMap { $0 }.first { NoneKnown.isSaid(by: $0) }
        let none = allergy.kind.flatMap(AllergyKinds.noneKnown)
        let kind = allergy.kind?.codings.first?.display?.lowercased()
        let code =
            said?.codeableConcept(in: context)
            ?? none.map { .concept(FHIRSystem.snomed, $0.code, $0.display) }
            ?? .text("No known \(kind ?? "allergies of that kind")")
        return .mapped(
            addAllergy(
                AllergyClaim(
                    code: code, clinical: "active", verification: "confirmed",
                    date: allergy.statement.effectiveTime?.start.map { .string($0.fhir) }, isOfAgent: false),
                of: allergy, around))
    }
}
