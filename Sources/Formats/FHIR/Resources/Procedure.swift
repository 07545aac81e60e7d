import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a Procedure: treatment, surgery, or an imaging examination.
    mutating func readProcedure(_ resource: ResourceContext) -> Outcome {
        guard let codeNode = elements[.code] else { return .notNeeded }
        let quick = codes(codeNode)
        guard quick.findings.contains(.match) || quick.isUnread else { return .notNeeded }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .procedures) }
        guard let status = procedureState(in: resource) else { return leaveUnread(resource, .procedures) }
        guard let state = status.state else { return .notNeeded }
        let full = codes(codeNode, .all)
        report(full, at: codeNode, "code", in: resource, textIs: .information)
        reportDisplay(codeNode, full, in: resource)
        guard quick.findings.contains(.match) else { return leaveUnread(resource, .procedures, outcome: .notNeeded) }
        let span = performed(in: resource)
        let procedure = Procedure(
            provenance: provenance(resource), concepts: full.concepts, bodySites: bodySites(elements[.bodySite]),
            state: state,
            statusReasons: elements[.statusReason].map { codes($0, .all).concepts } ?? [], start: span.start,
            end: span.end)
        append(procedure, in: resource)
        return .used
    }

    /// Adds a procedure and, where its code names an imaging test that was done, the examination.
    mutating func append(_ procedure: Procedure, in resource: ResourceContext) {
        let subject = resource.subject ?? 0
        facts.procedures.append(Pending(fact: procedure, subject: subject, entry: resource.entry))
        guard procedure.state == .completed, let test = procedure.concepts.lazy.compactMap(\.test).first else { return }
        let examination = ImagingExamination(
            provenance: procedure.provenance, test: test, bodySites: procedure.bodySites,
            date: PartialDate.between(procedure.start, procedure.end))
        facts.examinations.append(Pending(fact: examination, subject: subject, entry: resource.entry))
    }

    /// Nil when the status cannot be read; a state of nil when it is no statement.
    private mutating func procedureState(in resource: ResourceContext) -> (state: Procedure.State?, Void)? {
        guard let node = elements[.status] else {
            note(
                .fhirMissingElement, .warning, at: resource.node, "status", in: resource, expected: "a status",
                found: "none; neither done nor not done")
            return (.undecided, ())
        }
        switch node.statusCode {
        case .code("completed"): return (.completed, ())
        case .code("not-done"): return (.notDone, ())
        case .code("preparation"): return (.planned, ())
        case .code("in-progress"), .code("on-hold"), .code("stopped"), .code("unknown"): return (.undecided, ())
        case .code("entered-in-error"): return (nil, ())
        default:
            note(
                .fhirModifierUnreadable, .error, at: node, "status", in: resource, expected: "a code of event-status",
                found: "something else; the Procedure is not used")
            return nil
        }
    }

    /// performed[x]: a date or a period; text, age and range leave the date unknown (quirks f03, f04).
    private mutating func performed(in resource: ResourceContext) -> (start: PartialDate?, end: PartialDate?) {
        if let day = date(elements[.performedDateTime], "performedDateTime", in: resource) { return (day, day) }
        if let period = period(elements[.performedPeriod], "performedPeriod", in: resource) { return period }
        return (nil, nil)
    }
}
