import CCDA
import Diagnostics
import JSONTree
import XMLTree

extension DocumentMapper {
    /// What the statements inside an allergy add to the AllergyIntolerance.
    struct AllergyParts {
        var criticality: String?
        var reactions: [JSONValue] = []
        var notes: [JSONValue] = []
    }

    /// Reads and consumes status, severity, criticality, reactions and comments of an allergy.
    mutating func allergyParts(of statement: Statement) -> AllergyParts {
        var parts = AllergyParts()
        let inner = statement.related.map(\.statement).filter { $0.kind == .observation && !namesOther($0) }
        let severity = severity(in: inner, &parts.notes)
        for observation in inner {
            if observation.has(.reaction) {
                readReaction(observation, severity, into: &parts)
            } else if observation.has(.criticality) || hasCode("82606-5", observation) {
                parts.criticality = parts.criticality ?? criticality(observation)
                consume([observation])
            } else if isAllergyStatus(observation) || isSeverity(observation) {
                consume([observation])
            }
        }
        if parts.reactions.isEmpty, let severity { parts.notes.append(.text("Severity: \(severity)")) }
        parts.notes += comments(of: statement)
        return parts
    }

    /// `severity` of a reaction, with a note where R4 has no word as strong.
    private func severity(in statements: [Statement], _ notes: inout [JSONValue]) -> String? {
        for observation in statements where isSeverity(observation) && counts(observation) {
            guard let value = observation.coded("value") else { continue }
            for coding in value.codings where coding.system == CodeSystemOID.snomed {
                guard let severity = Self.severities[coding.code] else { continue }
                if coding.code == "399166001" { notes.append(.text("Severity: fatal")) }
                return severity
            }
            if let text = value.text { notes.append(.text("Severity: \(text)")) }
        }
        return nil
    }

    /// SNOMED CT: mild, moderate, severe, mild to moderate, moderate to severe, fatal (section 7.4).
    private static let severities = [
        "255604002": "mild", "6736007": "moderate", "24484000": "severe", "371923003": "moderate",
        "371924009": "severe", "399166001": "severe",
    ]

    /// A reaction, with the severity of its own, else that of the allergy. One that does not say what it was is no reaction
    /// to R4, but how severe it was is kept.
    private mutating func readReaction(_ reaction: Statement, _ fallback: String?, into parts: inout AllergyParts) {
        guard counts(reaction) else { return }
        let inner = reaction.related.map(\.statement).filter { $0.kind == .observation && isSeverity($0) }
        let own = severity(in: inner, &parts.notes)
        consume(inner)
        parts.notes += comments(of: reaction)
        // What was done about the reaction is mapped by itself.
        ledger.settle(reaction, .mapped)
        let words = words(of: reaction)
        let manifestation =
            reaction.coded("value")?.codeableConcept(text: words, in: context) ?? words.map { .text($0) }
        guard let manifestation else {
            if let own { parts.notes.append(.text("Severity of a reaction: \(own)")) }
            return
        }
        parts.reactions.append(
            .object([
                ("manifestation", [manifestation]),
                ("onset", reaction.effectiveTime?.start.map { .string($0.fhir) }),
                ("severity", (own ?? fallback).map { .string($0) }),
            ]))
    }

    /// A Reaction Observation `.4.9` that no allergy around it has taken: denied, withdrawn, or of something else.
    mutating func loneReaction(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .asText(statement.negation == .yes ? "a reaction that did not occur" : "a reaction apart from an allergy")
    }

    private func counts(_ statement: Statement) -> Bool { !statement.isNullified && statement.negation == .no }

    private func criticality(_ statement: Statement) -> String? {
        guard counts(statement), let value = statement.coded("value") else { return nil }
        return value.codings.lazy.compactMap { Self.criticalities[$0.code] }.first
    }

    /// HL7 ObservationValue (ConceptMap CF-Criticality).
    private static let criticalities = ["CRITH": "high", "CRITL": "low", "CRITU": "unable-to-assess"]

    private func isSeverity(_ statement: Statement) -> Bool { statement.has(.severity) || hasCode("SEV", statement) }

    private func isAllergyStatus(_ statement: Statement) -> Bool {
        statement.has(.allergyStatus) || hasCode("33999-4", statement)
    }

    private func hasCode(_ code: String, _ statement: Statement) -> Bool {
        statement.element.first("code").map { $0.hasAttribute("code", equalTo: code) } ?? false
    }

    /// What Allergy Status `.4.28` says (ConceptMap CF-AllergyStatus): the first that can be read.
    func reportedAllergyStatus(of statement: Statement) -> AllergyStatusRule.Status? {
        for related in statement.related {
            let inner = related.statement
            guard inner.kind == .observation, isAllergyStatus(inner), counts(inner), let value = inner.coded("value")
            else { continue }
            let codes = value.codings.filter { $0.system == nil || $0.system == CodeSystemOID.snomed }
            if let status = codes.lazy.compactMap({ Self.allergyStatuses[$0.code] }).first { return status }
            let status = value.text.flatMap { AllergyStatusRule.Status(rawValue: $0.lowercased()) }
            if !value.isEmpty {
                context.note(
                    .ccdaStatus, at: value.element, expected: "a code of the allergy statuses",
                    found: status == nil ? "another; it is not used" : "another; its words are used")
            }
            if let status { return status }
        }
        return nil
    }

    private static let allergyStatuses: [String: AllergyStatusRule.Status] = [
        "55561003": .active, "73425007": .inactive, "413322009": .resolved,
    ]
}
