import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads an AllergyIntolerance to a substance of the guideline.
    mutating func readAllergyIntolerance(_ resource: ResourceContext) -> Outcome {
        guard let codeNode = elements[.code] else { return .notNeeded }
        let quick = codes(codeNode)
        guard quick.findings.contains(.match) || quick.isUnread else { return .notNeeded }
        var resource = resource
        guard admit(&resource, subject: .patient) else { return leaveUnread(resource, .allergyIntolerances) }
        var certainty = Certainty.notStated
        if let node = elements[.verificationStatus] {
            guard case .code(let code) = node.statusConcept("allergyintolerance-verification"),
                let status = VerificationStatus(rawValue: code)
            else { return refuseVerification(node, resource) }
            guard let known = status.certainty else { return .notNeeded }
            certainty = known
        }
        report(quick, at: codeNode, "code", in: resource, textIs: .information)
        guard quick.findings.contains(.match) else {
            return leaveUnread(resource, .allergyIntolerances, outcome: .notNeeded)
        }
        var isActive = true
        if let node = elements[.clinicalStatus],
            case .code(let code) = node.statusConcept("allergyintolerance-clinical")
        {
            isActive = code == "active"
        }
        append(
            CodedStatement(
                provenance: provenance(resource), kind: .allergy, concepts: codes(codeNode, .all).concepts,
                isActive: isActive, certainty: certainty,
                recorded: date(elements[.recordedDate], "recordedDate", in: resource)), resource)
        return .used
    }

    private mutating func refuseVerification(_ node: JSONNode, _ resource: ResourceContext) -> Outcome {
        note(
            .fhirModifierUnreadable, .error, at: node, "verificationStatus", in: resource,
            expected: "a code of allergyintolerance-verification", found: "something else; the resource is not used")
        return leaveUnread(resource, .allergyIntolerances)
    }

    /// Reads a Flag with a code of the guideline.
    mutating func readFlag(_ resource: ResourceContext) -> Outcome {
        guard let codeNode = elements[.code] else { return .notNeeded }
        let quick = codes(codeNode)
        guard quick.findings.contains(.match) else { return .notNeeded }
        guard let status = elements[.status]?.stringBytes, status == "active" || status == "inactive" else {
            return elements[.status]?.stringBytes.map { $0 == "entered-in-error" } == true
                ? .notNeeded : refuseStatus(.conditions, resource)
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .conditions) }
        let period = period(elements[.period], "period", in: resource)
        append(
            CodedStatement(
                provenance: provenance(resource), kind: .flag, concepts: codes(codeNode, .all).concepts,
                isActive: status == "active", certainty: .notStated, recorded: period?.start), resource)
        return .used
    }

    private mutating func append(_ statement: CodedStatement, _ resource: ResourceContext) {
        facts.statements.append(Pending(fact: statement, subject: resource.subject ?? 0, entry: resource.entry))
    }

    /// Reads a Device of the patient that is in use.
    mutating func readDevice(_ resource: ResourceContext) -> Outcome {
        guard elements.has(.patient) else { return .notNeeded }
        switch elements[.status]?.stringBytes {
        case .some("active"), .some("unknown"), nil: break
        case .some("inactive"), .some("entered-in-error"): return .notNeeded
        default: return refuseStatus(.devices, resource)
        }
        var resource = resource
        guard admit(&resource, subject: .patient) else { return leaveUnread(resource, .devices) }
        let safety = elements[.safety].map { codes($0, .all).concepts } ?? []
        let type = elements[.type].map { codes($0, .all) } ?? CodeReading()
        let name = elements[.deviceName].items.lazy.compactMap { $0["name"]?.string }.first
        let device = Device(
            provenance: provenance(resource), types: type.concepts,
            name: name ?? elements[.type]?["text"]?.string, safety: safety)
        facts.devices.append(Pending(fact: device, subject: resource.subject ?? 0, entry: resource.entry))
        return .used
    }
}
