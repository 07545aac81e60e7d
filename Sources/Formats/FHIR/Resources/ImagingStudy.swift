import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads an ImagingStudy whose pictures are there: the test from its procedure code, else from modality and site.
    mutating func readImagingStudy(_ resource: ResourceContext) -> Outcome {
        guard let status = elements[.status]?.stringBytes else { return refuseStatus(.imagingStudies, resource) }
        guard status == "available" || status == "registered" || status == "unknown" else {
            if status == "cancelled" || status == "entered-in-error" { return .notNeeded }
            return refuseStatus(.imagingStudies, resource)
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .imagingStudies) }
        // Registered means that the pictures are not there yet.
        guard status == "available" else { return .notNeeded }
        var sites: [BodySite] = []
        var tests = elements[.procedureCode].map { codes($0).concepts.compactMap(\.test) } ?? []
        var modalities = elements[.modality].map { coding($0).concepts.compactMap(\.test) } ?? []
        for series in elements[.series].items {
            if let modality = series["modality"] { modalities += coding(modality).concepts.compactMap(\.test) }
            sites += bodySites(coding: series["bodySite"]) + bodySites(coding: series["laterality"])
        }
        if tests.isEmpty { tests = modalities }
        guard let test = tests.first else { return .notNeeded }
        let examination = ImagingExamination(
            provenance: provenance(resource), test: test, bodySites: Set(sites).sorted { $0.rawValue < $1.rawValue },
            date: date(elements[.started], "started", in: resource))
        facts.examinations.append(
            Pending(fact: examination, subject: resource.subject ?? 0, entry: resource.entry))
        return .used
    }

    /// Says that a status cannot be read and leaves the resource out.
    mutating func refuseStatus(_ part: RecordPart, _ resource: ResourceContext) -> Outcome {
        var resource = resource
        _ = admit(&resource)
        note(
            .fhirModifierUnreadable, .error, at: elements[.status] ?? resource.node, "status", in: resource,
            expected: "a status code of \(resource.type.name)", found: "something else; the resource is not used")
        return leaveUnread(resource, part)
    }
}
