import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads the activities of a CarePlan; only those marked as done are delivered care.
    mutating func readCarePlan(_ resource: ResourceContext) -> Outcome {
        guard let activities = elements[.activity], activities.elements.contains(where: { isInUse($0) }) else {
            return .notNeeded
        }
        switch elements[.status]?.stringBytes {
        case .some("active"), .some("completed"), .some("on-hold"), .some("unknown"): break
        case .some("draft"), .some("revoked"), .some("entered-in-error"): return .notNeeded
        default: return refuseStatus(.procedures, resource)
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .procedures) }
        let period = period(elements[.period], "period", in: resource)
        for (index, activity) in activities.elements.enumerated() where isInUse(activity) {
            readActivity(activity, "activity[\(index)]", period, in: resource)
        }
        return .used
    }

    private func isInUse(_ activity: JSONNode) -> Bool {
        activity["detail"]?["code"].map { codes($0).findings.contains(.match) } ?? false
    }

    private mutating func readActivity(
        _ activity: JSONNode, _ member: String, _ plan: (start: PartialDate?, end: PartialDate?)?,
        in resource: ResourceContext
    ) {
        guard let detail = activity["detail"], let code = detail["code"], !isModified(activity, member, in: resource),
            let state = activityState(detail, member, in: resource)
        else { return }
        let span =
            period(detail["scheduledPeriod"], "\(member).detail.scheduledPeriod", in: resource)
            ?? timing(detail["scheduledTiming"], "\(member).detail.scheduledTiming", in: resource) ?? plan
        let procedure = Procedure(
            provenance: Provenance(
                resource: resource.reference ?? resource.type.name, at: resource.place.path(of: member),
                source: source), concepts: codes(code, .all).concepts, state: state, start: span?.start, end: span?.end)
        append(procedure, in: resource)
    }

    private mutating func activityState(
        _ detail: JSONNode, _ member: String, in resource: ResourceContext
    ) -> Procedure.State? {
        if let forbidden = detail["doNotPerform"] {
            guard let value = forbidden.bool else {
                note(
                    .fhirModifierUnreadable, .error, at: forbidden, "\(member).detail.doNotPerform", in: resource,
                    expected: "true or false", found: "\(forbidden.shape); the activity is not used")
                return nil
            }
            if value { return nil }
        }
        switch detail["status"]?.string {
        case "completed": return .completed
        case "not-started", "scheduled": return .planned
        case "in-progress", "on-hold", "stopped", "unknown": return .undecided
        case "cancelled": return .notDone
        default: return nil
        }
    }

    /// Reads a Communication of education or advice of the guideline; what was written in it is not read.
    mutating func readCommunication(_ resource: ResourceContext) -> Outcome {
        let nodes = [elements[.topic], elements[.reasonCode], elements[.category]].compactMap { $0 }
        let concepts = nodes.flatMap { codes($0).concepts.filter { $0.uses.contains { $0.role == "delivered-care" } } }
        guard !concepts.isEmpty else { return .notNeeded }
        let state: Procedure.State
        switch elements[.status]?.stringBytes {
        case .some("completed"): state = .completed
        case .some("not-done"): state = .notDone
        case .some("preparation"): state = .planned
        case .some("in-progress"), .some("on-hold"), .some("stopped"), .some("unknown"): state = .undecided
        case .some("entered-in-error"): return .notNeeded
        default: return refuseStatus(.procedures, resource)
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .procedures) }
        let day = date(elements[.sent] ?? elements[.received], "sent", in: resource)
        append(
            Procedure(
                provenance: provenance(resource), concepts: concepts, state: state,
                statusReasons: elements[.statusReason].map { codes($0, .all).concepts } ?? [], start: day, end: day),
            in: resource)
        return .used
    }

    /// Reads a Goal about pain or function: what came of it is the response to care.
    mutating func readGoal(_ resource: ResourceContext) -> Outcome {
        guard isAboutPain(), let achievement = elements[.achievementStatus] else { return .notNeeded }
        switch elements[.lifecycleStatus]?.stringBytes {
        case .some("active"), .some("completed"), .some("on-hold"): break
        case .some("proposed"), .some("planned"), .some("accepted"), .some("cancelled"), .some("rejected"),
            .some("entered-in-error"):
            return .notNeeded
        default: return .notNeeded
        }
        guard case .code(let code) = achievement.statusConcept("goal-achievement"), let answer = Self.responses[code]
        else { return .notNeeded }
        var resource = resource
        guard admit(&resource) else { return .refused }
        let observation = Observation(
            provenance: provenance(resource),
            concepts: [terminology.concept(Code(system: CodeSystem.findings, code: "response-to-care"))],
            value: .concepts([terminology.concept(Code(system: CodeSystem.findings, code: answer))]),
            effective: date(elements[.statusDate], "statusDate", in: resource))
        facts.observations.append(
            Pending(fact: observation, subject: resource.subject ?? 0, entry: resource.entry))
        return .used
    }

    private func isAboutPain() -> Bool {
        var nodes = elements[.target].items.compactMap { $0["measure"] }
        if let description = elements[.description] { nodes.append(description) }
        return nodes.contains { codes($0).concepts.contains { $0.isMember(of: .painAndFunctionScores) } }
    }

    /// Codes of goal-achievement that say how care worked; `in-progress` and `sustaining` do not.
    private static let responses: [String: String] = [
        "improving": "improved", "achieved": "improved", "no-change": "not-improved", "no-progress": "not-improved",
        "not-achieved": "not-improved", "not-attainable": "not-improved", "worsening": "worse",
    ]
}
