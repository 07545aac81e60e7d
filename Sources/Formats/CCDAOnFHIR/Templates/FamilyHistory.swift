import CCDA
import JSONTree
import XMLTree

/// A relative and what is said of them, while it is collected.
struct Relative {
    /// `relatedSubject`; nil when the document names nobody.
    let subject: XMLElement?
    var conditions: [JSONValue] = []
    var notes: [JSONValue] = []
    /// Whether an observation says that the relative is dead.
    var isDead = false
    /// Age at death, where it is said.
    var ageAtDeath: JSONValue?
    /// Whether it is said that the relatives have no disease at all.
    var hasNone = false

    /// Whether something is said of a person, beside that they exist.
    var saysAnything: Bool { !conditions.isEmpty || !notes.isEmpty || isDead || ageAtDeath != nil }
}

extension DocumentMapper {
    /// A statement about a relative, or somebody else: never a fact of the patient (section 7.11). Diseases of the family
    /// become a FamilyMemberHistory, whatever template they have and however they are nested; the rest stays words.
    mutating func relative(_ statement: Statement, _ around: Surroundings) -> Outcome {
        guard isOfFamily(statement, around), statement.mood == .event, statement.negation != .unreadable,
            !statement.isSuperseded, !around.isSuperseded, !around.isNullified, around.outerMood == nil
        else { return .asText("about somebody else than the patient") }
        var relative = Relative(subject: relatedSubject(of: statement, around))
        if let code = relative.subject?.first("code")?["code"], code == "SELF" || code == "ONESELF" {
            return .asText("about the patient, in the history of the family")
        }
        collect(statement, isDenied: around.isNegated, around, into: &relative)
        if !relative.saysAnything {
            guard relative.hasNone else { return .asText("no disease of a relative") }
            nilKnown.insert(around.section.index)
            return .covered
        }
        return .mapped(addRelative(relative, statement, around))
    }

    /// Whether diseases in a statement are those of the family: by section or template, or a problem of somebody else.
    private func isOfFamily(_ statement: Statement, _ around: Surroundings) -> Bool {
        guard [.organizer, .observation, .act].contains(statement.kind) else { return false }
        return around.section.role == .familyHistory || statement.has(.problemObservation)
            || statement.inner.contains { $0.has(.problemObservation) }
            || (around.around + [statement]).contains(where: hasFamilyTemplate)
    }

    private func relatedSubject(of statement: Statement, _ around: Surroundings) -> XMLElement? {
        let holders = [statement.element] + around.around.reversed().map(\.element) + [around.section.element]
        return holders.lazy.compactMap { $0.first("subject") }.first?.first("relatedSubject")
    }

    // MARK: What is said

    /// Takes what a statement says of the relative; whatever it says of another one is left for itself.
    private mutating func collect(
        _ statement: Statement, isDenied: Bool, _ around: Surroundings, into relative: inout Relative
    ) {
        let isDenied = isDenied || statement.negation == .yes
        guard statement.kind != .observation else {
            return collectObservation(statement, isDenied: isDenied, around, into: &relative)
        }
        relative.notes += comments(of: statement)
        for inner in statement.inner where inner.element.first("subject") == nil && !ledger.isSettled(inner) {
            guard [.observation, .organizer, .act].contains(inner.kind), inner.mood == .event, !inner.isNullified,
                !inner.isSuperseded, inner.negation != .unreadable
            else {
                keepAsText([inner], "said of a relative, not used", around)
                continue
            }
            collect(inner, isDenied: isDenied, around, into: &relative)
            // The first word counts: what the observation kept as words stays so.
            ledger.settle(inner, .mapped)
        }
    }

    private mutating func collectObservation(
        _ statement: Statement, isDenied: Bool, _ around: Surroundings, into relative: inout Relative
    ) {
        if statement.has(.familyHistoryDeath) {
            if !isDenied { takeDeath(statement, into: &relative) }
            return consume([statement])
        }
        let parts = familyParts(of: statement)
        keepAsText(statement.inner.filter { !ledger.isSettled($0) }, "qualifies a relative's disease", around)
        guard let code = familyCode(statement, isDenied: isDenied) else {
            if isDenied {
                relative.hasNone = true
            } else {
                settleAsText(statement, "no disease of a relative", in: around.section)
            }
            return
        }
        relative.notes += parts.notes
        if isDenied {
            relative.notes.append(.text("Denied: \(code.name ?? "a disease")"))
        } else {
            if parts.isCauseOfDeath { relative.isDead = true }
            relative.ageAtDeath = relative.ageAtDeath ?? parts.ageAtDeath
            relative.conditions.append(
                .object([
                    ("code", code), ("contributedToDeath", .when(parts.isCauseOfDeath, true)),
                    ("onsetAge", parts.onsetAge),
                ]))
        }
    }

    private func takeDeath(_ statement: Statement, into relative: inout Relative) {
        relative.isDead = true
        relative.ageAtDeath = relative.ageAtDeath ?? statement.related(.ageObservation).flatMap(age)
    }

    private struct FamilyParts {
        var onsetAge: JSONValue?
        var isCauseOfDeath = false
        var ageAtDeath: JSONValue?
        var notes: [JSONValue] = []
    }

    private mutating func familyParts(of statement: Statement) -> FamilyParts {
        var parts = FamilyParts()
        for related in statement.related {
            let inner = related.statement
            let counts = !inner.isNullified && inner.negation == .no
            if inner.has(.ageObservation) {
                if counts { parts.onsetAge = age(of: inner) }
                consume([inner])
            } else if inner.has(.familyHistoryDeath) {
                if counts {
                    parts.isCauseOfDeath = true
                    parts.ageAtDeath = inner.related(.ageObservation).flatMap(age)
                }
                consume([inner])
            }
        }
        parts.notes = comments(of: statement)
        return parts
    }

    /// The disease; nil when the observation names none. A denial of nothing in particular is not made one by its words.
    private func familyCode(_ statement: Statement, isDenied: Bool) -> JSONValue? {
        let words = isDenied ? nil : words(of: statement)
        switch statement.values.first {
        case .coded(let value):
            if ProblemTypes.namesNone(value), isDenied || value.text == nil && words == nil { return nil }
            return value.codeableConcept(text: words, in: context)
        case .text(let text, quantity: _): return .text(text)
        case nil, .null:
            guard let code = statement.code, !code.codings.isEmpty, !ProblemTypes.namesNone(code),
                !code.has("ASSERTION", CodeSystemOID.actCode)
            else { return words.map { .text($0) } }
            return code.codeableConcept(text: words, in: context)
        default: return nil
        }
    }

    // MARK: The resource

    private mutating func addRelative(
        _ relative: Relative, _ statement: Statement, _ around: Surroundings
    ) -> String {
        let person = relative.subject?.first("subject")
        let relation = relative.subject?.first("code").map { CodedValue($0, in: context) }
        let status =
            statement.isNullified ? "entered-in-error" : statement.status == .completed ? "completed" : "partial"
        return sink.add(
            "FamilyMemberHistory", from: statement.element, key: key(of: statement, relation),
            [
                ("identifier", identifiers(of: statement)), ("status", .string(status)), ("patient", subject),
                ("date", author(of: statement, around).date),
                (
                    "relationship",
                    relation?.codeableConcept(in: context)
                        ?? .concept(FHIRSystem.roleCode, "FAMMEMB", "family member")
                ), ("sex", sex(of: person)),
                ("bornDate", person?.first("birthTime").flatMap { date($0) }),
            ] + death(of: relative, person) + [
                ("note", relative.notes.nonEmptyArray), ("condition", relative.conditions.nonEmptyArray),
            ])
    }

    private func date(_ element: XMLElement) -> JSONValue? {
        TimeExpression(element, in: context).point.map { .string($0.fhirDate) }
    }

    private func sex(of person: XMLElement?) -> JSONValue? {
        let codes = ["M": "male", "F": "female", "UN": "other"]
        guard let code = person?.first("administrativeGenderCode")?["code"], let sex = codes[code] else { return nil }
        return .concept("http://hl7.org/fhir/administrative-gender", sex)
    }

    /// `deceased[x]`: the date, else the age, else the plain fact.
    private func death(of relative: Relative, _ person: XMLElement?) -> [(String, JSONValue?)] {
        if let date = person?.first("deceasedTime", in: .sdtc).flatMap({ date($0) }) { return [("deceasedDate", date)] }
        if let age = relative.ageAtDeath { return [("deceasedAge", age)] }
        if relative.isDead { return [("deceasedBoolean", true)] }
        guard let said = person?.first("deceasedInd", in: .sdtc)?["value"] else { return [] }
        return said == "true" || said == "false" ? [("deceasedBoolean", .bool(said == "true"))] : []
    }
}

extension JSONValue {
    /// The words of a CodeableConcept, else the display or code of its first coding.
    fileprivate var name: String? {
        if let text = self["text"]?.plainText { return text }
        guard case .array(let codings)? = self["coding"], let first = codings.first else { return nil }
        return (first["display"] ?? first["code"])?.plainText
    }
}
