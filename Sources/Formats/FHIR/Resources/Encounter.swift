import ClinicalModel
import JSONTree

extension RecordBuilder {
    /// Reads an Encounter: the setting of orders, care that was delivered in it, and injuries as its reason.
    mutating func readEncounter(_ resource: ResourceContext) -> Outcome {
        guard let status = elements[.status]?.stringBytes else { return .notNeeded }
        guard !(status == "entered-in-error"), !(status == "cancelled") else { return .notNeeded }
        let setting = elements[.class].map { settingOf($0) } ?? .notStated
        let isInProgress = status == "in-progress" || status == "arrived" || status == "triaged" || status == "onleave"
        let care = careCodes()
        let injuries = injuries()
        let isUseful =
            setting == .emergency || setting == .inpatient || isInProgress || !care.isEmpty || !injuries.isEmpty
        // Ambulatory encounters of the past say only that an order was not urgent; that needs no subject.
        guard isUseful else {
            facts.encounters[resource.entry] = Pending(
                fact: EncounterEntry(setting: setting, isInProgress: false), subject: subjects.indexOfMissing(),
                entry: resource.entry)
            return .notNeeded
        }
        var resource = resource
        guard admit(&resource) else { return .refused }
        facts.encounters[resource.entry] = Pending(
            fact: EncounterEntry(setting: setting, isInProgress: isInProgress), subject: resource.subject ?? 0,
            entry: resource.entry)
        let span = period(elements[.period], "period", in: resource)
        if !care.isEmpty {
            let state: Procedure.State =
                status == "finished" ? .completed : status == "planned" ? .planned : .undecided
            append(
                Procedure(
                    provenance: provenance(resource), concepts: care, state: state, start: span?.start,
                    end: span?.end ?? span?.start), in: resource)
        }
        if !injuries.isEmpty { append(injuries, on: span?.start, in: resource) }
        return .used
    }

    private func settingOf(_ node: JSONNode) -> ServiceRequest.Setting {
        guard node.isObject, let code = node["code"]?.string, let system = node["system"]?.string else {
            return .notStated
        }
        return EncounterClasses.setting(Code(system: system, code: code))
    }

    /// Codes of the kind of encounter that are delivered care, for example physiotherapy.
    private func careCodes() -> [Concept] {
        [Element.type, .serviceType].flatMap { element in
            elements[element].map { codes($0).concepts.filter { $0.uses.contains { $0.role == "delivered-care" } } }
                ?? []
        }
    }

    /// Reasons of the encounter that are injuries; other reasons say what it was about, not what the patient has.
    private func injuries() -> [Concept] {
        guard let node = elements[.reasonCode] else { return [] }
        return codes(node).concepts.filter { $0.isMember(of: .traumaSignificant) || $0.isMember(of: .traumaMinor) }
    }

    private mutating func append(_ injuries: [Concept], on day: PartialDate?, in resource: ResourceContext) {
        let condition = Condition(
            provenance: provenance(resource), concepts: injuries, status: .notStated, certainty: .notStated,
            onset: day, recorded: day)
        facts.conditions.append(
            Pending(
                fact: PendingCondition(condition: condition), subject: resource.subject ?? 0, entry: resource.entry))
    }
}
