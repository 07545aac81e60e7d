import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a report of an imaging examination: that there is one proves the examination, its words set nothing.
    mutating func readDiagnosticReport(_ resource: ResourceContext) -> Outcome {
        let codeNode = elements[.code]
        let quick = codeNode.map { codes($0) } ?? CodeReading()
        let isImaging =
            quick.concepts.contains { $0.test != nil } || elements[.category].map(ImagingCodes.mark) ?? false
        guard isImaging else { return .notNeeded }
        switch elements[.status]?.stringBytes {
        case .some("final"), .some("amended"), .some("corrected"), .some("appended"), .some("preliminary"),
            .some("partial"):
            break
        case .some("registered"), .some("cancelled"), .some("entered-in-error"), .some("unknown"): return .notNeeded
        default: return refuseStatus(.diagnosticReports, resource)
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .diagnosticReports) }
        if let codeNode, quick.isUnread {
            report(quick, at: codeNode, "code", in: resource, textIs: .information)
            _ = leaveUnread(resource, .diagnosticReports)
        }
        let when =
            date(elements[.effectiveDateTime], "effectiveDateTime", in: resource)
            ?? period(elements[.effectivePeriod], "effectivePeriod", in: resource).flatMap {
                PartialDate.between($0.start, $0.end)
            } ?? date(elements[.issued], "issued", in: resource)
        // A code that is read and names no test of the lists is another examination.
        guard quick.concepts.contains(where: { $0.test != nil }) || quick.isUnread else { return .notNeeded }
        let examination = ImagingExamination(
            provenance: provenance(resource), test: quick.concepts.lazy.compactMap(\.test).first, date: when,
            conclusion: elements[.conclusion]?.string)
        facts.examinations.append(
            Pending(fact: examination, subject: resource.subject ?? 0, entry: resource.entry))
        return .used
    }
}
