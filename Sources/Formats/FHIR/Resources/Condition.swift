import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a Condition whose code bears on the guideline, or could.
    mutating func readCondition(_ resource: ResourceContext) -> Outcome {
        guard let codeNode = elements[.code] else { return readConditionWithoutCode(resource) }
        let quick = codes(codeNode)
        let site = siteOfInterest()
        guard quick.findings.contains(.match) || quick.isUnread || quick.findings.contains(.malformed) || site else {
            return .notNeeded
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .conditions) }
        let full = codes(codeNode, .all)
        guard let certainty = certainty(in: resource) else { return leaveUnread(resource, .conditions) }
        guard certainty != .enteredInError else { return .notNeeded }
        report(full, at: codeNode, "code", in: resource)
        guard full.findings.contains(.match) || (site && !full.isUnread) else {
            return leaveUnread(resource, .conditions, outcome: .notNeeded)
        }
        reportDisplay(codeNode, full, in: resource)
        var pending = PendingCondition(
            condition: Condition(
                provenance: provenance(resource), concepts: full.concepts, bodySites: bodySites(elements[.bodySite]),
                status: clinicalStatus(in: resource), certainty: certainty.certainty ?? .notStated))
        readDates(of: &pending, in: resource)
        noteTextBeside(resource)
        facts.conditions.append(Pending(fact: pending, subject: resource.subject ?? 0, entry: resource.entry))
        return .used
    }

    /// Whether the finding sits in the lumbar spine or the saddle area: code and site together may say what no code says.
    private func siteOfInterest() -> Bool {
        guard let node = elements[.bodySite] else { return false }
        let sites = bodySites(node)
        return sites.contains(.lumbarOrSacral) || sites.contains(.saddle)
    }

    private mutating func readConditionWithoutCode(_ resource: ResourceContext) -> Outcome {
        var resource = resource
        guard admit(&resource) else { return .refused }
        note(
            .fhirMissingElement, .warning, at: resource.node, in: resource, expected: "a Condition with a code",
            found: "none; nothing to match")
        return .notNeeded
    }

    /// Lists a resource whose meaning could matter and was not read; what it may say stays unknown.
    mutating func leaveUnread(
        _ resource: ResourceContext, _ part: RecordPart, outcome: Outcome = .refused
    ) -> Outcome {
        let unread = UnreadText(provenance: provenance(resource), part: part)
        facts.unreadTexts.append(Pending(fact: unread, subject: resource.subject ?? 0, entry: resource.entry))
        return outcome
    }

    /// Findings that stand only as text in evidence or stage are never read, and that is said (quirk a25).
    private mutating func noteTextBeside(_ resource: ResourceContext) {
        for element in [Element.evidence, .stage] {
            guard let node = elements[element], hasText(node) else { continue }
            _ = leaveUnread(resource, .conditions)
            return
        }
    }

    private func hasText(_ node: JSONNode) -> Bool {
        for item in node.elements {
            for (name, value) in item.members where name == "code" || name == "summary" {
                if codes(value).isUnread { return true }
            }
        }
        return false
    }

    // MARK: Status

    /// What `verificationStatus` says; nil when it cannot be read, which makes the resource unusable.
    private mutating func certainty(in resource: ResourceContext) -> VerificationStatus? {
        guard let node = elements[.verificationStatus] else { return .notStated }
        let reading = node.statusConcept("condition-ver-status")
        if case .code(let code) = reading, let status = VerificationStatus(rawValue: code) { return status }
        note(
            .fhirModifierUnreadable, .error, at: node, "verificationStatus", in: resource,
            expected: "a code of condition-ver-status", found: "something else; the Condition is not used")
        return nil
    }

    private mutating func clinicalStatus(in resource: ResourceContext) -> ClinicalStatus {
        guard let node = elements[.clinicalStatus] else {
            if elements[.verificationStatus] == nil {
                note(
                    .fhirMissingElement, .warning, at: resource.node, in: resource,
                    expected: "a clinicalStatus or verificationStatus", found: "neither; status not stated")
            }
            return .notStated
        }
        if case .code(let code) = node.statusConcept("condition-clinical"), let status = ClinicalStatus(rawValue: code),
            status != .notStated
        {
            return status
        }
        note(
            .fhirUnknownCode, .warning, at: node, "clinicalStatus", in: resource,
            expected: "a code of condition-clinical", found: "something else; status not stated")
        return .notStated
    }

    // MARK: Dates

    private mutating func readDates(of pending: inout PendingCondition, in resource: ResourceContext) {
        pending.condition.onset = onset(&pending, in: resource)
        pending.condition.recorded = date(elements[.recordedDate], "recordedDate", in: resource)
        pending.condition.abatement = abatement(&pending, in: resource)
        let hasAbated =
            elements.has(.abatementDateTime) || elements.has(.abatementPeriod) || elements.has(.abatementAge)
            || elements.has(.abatementRange) || elements.has(.abatementString)
        guard hasAbated else { return }
        switch pending.condition.status {
        case .active, .recurrence, .relapse:
            // con-4: an abatement ends a condition. The safer reading is that it goes on.
            note(
                .fhirContradiction, .warning, at: resource.node, in: resource,
                expected: "no abatement while the status is active", found: "both; read as going on")
            pending.condition.abatement = nil
        case .notStated: pending.condition.status = .resolved
        case .inactive, .remission, .resolved: break
        }
    }

    private mutating func onset(_ pending: inout PendingCondition, in resource: ResourceContext) -> PartialDate? {
        if let node = elements[.onsetDateTime] { return date(node, "onsetDateTime", in: resource) }
        if let period = period(elements[.onsetPeriod], "onsetPeriod", in: resource) {
            // A period without end says when it began.
            return period.end == nil ? period.start : PartialDate.between(period.start, period.end)
        }
        if let node = elements[.onsetAge] { pending.onsetAge = years(node, "onsetAge", in: resource) }
        if let node = elements[.onsetRange] {
            note(
                .fhirUnreadKind, .warning, at: node, "onsetRange", in: resource, expected: "a date, an age or a period",
                found: "a range; onset not known")
        }
        return nil
    }

    private mutating func abatement(_ pending: inout PendingCondition, in resource: ResourceContext) -> PartialDate? {
        if let node = elements[.abatementDateTime] { return date(node, "abatementDateTime", in: resource) }
        if let period = period(elements[.abatementPeriod], "abatementPeriod", in: resource) {
            return PartialDate.between(period.start, period.end)
        }
        if let node = elements[.abatementAge] { pending.abatementAge = years(node, "abatementAge", in: resource) }
        return nil
    }

    /// An Age as the interval of years it stands for: 40 a is any day from the 40th to the 41st birthday.
    mutating func years(_ node: JSONNode, _ member: String, in resource: ResourceContext) -> ClosedRange<Double>? {
        guard let days = days(node, member, in: resource), days >= 0, days < 60_000 else { return nil }
        let unit = (node["code"] ?? node["unit"])?.string.flatMap(Unit.init(ucum:)) ?? .year
        let width = unit.convert(1, to: .day) ?? 365.25
        return (days / 365.25)...((days + width) / 365.25)
    }
}

/// The codes of condition-ver-status and allergyintolerance-verification.
enum VerificationStatus: String {
    case confirmed
    case unconfirmed
    case provisional
    case differential
    case refuted
    case enteredInError = "entered-in-error"
    case notStated = ""

    /// Nil for entered in error, which is no statement at all.
    var certainty: Certainty? {
        switch self {
        case .confirmed: .confirmed
        case .unconfirmed, .provisional, .differential: .suspected
        case .refuted: .refuted
        case .notStated: .notStated
        case .enteredInError: nil
        }
    }
}
