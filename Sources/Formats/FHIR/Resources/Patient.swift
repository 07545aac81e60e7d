import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a Patient: birth date, death, identifiers, and the names, by which a document is told to be the same person's.
    mutating func readPatient(_ resource: ResourceContext) -> Outcome {
        var resource = resource
        resource.subject = nil
        guard admitPatient(resource) else { return .refused }
        var patient = patientEntry(
            resource.node, birthDate: elements[.birthDate], deceased: elements[.deceasedBoolean],
            deathDate: elements[.deceasedDateTime], identifiers: elements[.identifier], path: resource.place.path,
            in: resource)
        patient.fullUrl = resource.fullUrl?.string
        patient.names = PersonNames(elements[.name])
        if let twin = patients.firstIndex(where: { isSame($0, as: resource) }) {
            // Two contents for one patient, neither newer: what differs is not known.
            if patients[twin].birthDate != patient.birthDate { patients[twin].birthDate = nil }
            patients[twin].isDeceased = patients[twin].isDeceased || patient.isDeceased
            patients[twin].identifiers.formUnion(patient.identifiers)
            patients[twin].names.formUnion(patient.names)
            return .used
        }
        patients.append(patient)
        return .used
    }

    private mutating func admitPatient(_ resource: ResourceContext) -> Bool {
        var resource = resource
        let isAdmitted = admit(&resource)
        return isAdmitted
    }

    private func isSame(_ patient: PatientEntry, as resource: ResourceContext) -> Bool {
        guard patient.containedFor == nil, !registry[patient.entry].isSuperseded, let id = resource.id?.string,
            patient.id == id
        else { return false }
        guard let base = registry[patient.entry].base, let other = resource.base else { return true }
        return base == other
    }

    mutating func patientEntry(
        _ node: JSONNode, birthDate: JSONNode?, deceased: JSONNode?, deathDate: JSONNode?, identifiers: JSONNode?,
        path: String, in resource: ResourceContext
    ) -> PatientEntry {
        var known: Set<BusinessIdentifier> = []
        for identifier in identifiers.items {
            if let identifier = BusinessIdentifier(identifier) { known.insert(identifier) }
        }
        return PatientEntry(
            entry: resource.entry, id: node["id"]?.string, fullUrl: nil,
            birthDate: date(birthDate, "birthDate", in: resource),
            isDeceased: hasDied(deceased, deathDate, in: resource), identifiers: known, path: path)
    }

    /// A date of death says that the patient died, whatever its form; a boolean must be one.
    private mutating func hasDied(_ flag: JSONNode?, _ date: JSONNode?, in resource: ResourceContext) -> Bool {
        if let date, !date.isNull { return true }
        guard let flag else { return false }
        guard let value = flag.bool else {
            note(
                .fhirModifierUnreadable, .error, at: flag, "deceasedBoolean", in: resource, expected: "true or false",
                found: flag.shape)
            return false
        }
        return value
    }
}
