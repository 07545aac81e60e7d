import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Settles whom a resource is about.
    mutating func readSubject(_ resource: inout ResourceContext, _ element: Element) {
        guard let node = elements[element], node.isObject else {
            resource.subject = subjects.indexOfMissing()
            return
        }
        guard let reference = node["reference"], let text = reference.stringBytes else {
            resource.subject = subjectByIdentifier(node)
            return
        }
        if let type = node["type"]?.string, type != "Patient", text.hasPrefix("Patient/") {
            note(
                .fhirReferenceType, .warning, at: node, "\(element)", in: resource,
                expected: "a type that agrees with the reference", found: "another type; the reference counts")
        }
        if text.hasPrefix("#") {
            resource.subject = containedSubject(text.part(1..<text.count), in: resource)
        } else {
            resource.subject = subjects.index(of: text, in: resource.base, bases: &bases)
        }
    }

    private mutating func subjectByIdentifier(_ node: JSONNode) -> Int {
        guard let identifier = node["identifier"].flatMap(BusinessIdentifier.init) else {
            return subjects.add(.init(naming: .unresolvable, text: nil))
        }
        return subjects.add(.init(naming: .identifier(identifier), text: nil))
    }

    /// A Patient inside the resource itself.
    private mutating func containedSubject(_ id: JSONBytes, in resource: ResourceContext) -> Int {
        for inner in elements[.contained].items
        where inner["id"]?.stringBytes == id && inner["resourceType"]?.stringBytes.map({ $0 == "Patient" }) == true {
            let path = resource.place.path(of: "contained")
            let patient = patientEntry(
                inner, birthDate: inner["birthDate"], deceased: inner["deceasedBoolean"],
                deathDate: inner["deceasedDateTime"], identifiers: inner["identifier"], path: path, in: resource)
            patients.append(patient)
            let index = subjects.add(.init(naming: .containedPatient(patients.count - 1), text: nil))
            patients[patients.count - 1].containedFor = index
            return index
        }
        return subjects.add(.init(naming: .unresolvable, text: nil))
    }
}

extension JSONNode? {
    /// The elements of a list that may be missing.
    var items: [JSONNode] { self.map { Array($0.elements) } ?? [] }
}

extension BusinessIdentifier {
    /// Reads an Identifier that has both a system and a value.
    init?(_ node: JSONNode) {
        guard let system = node["system"]?.string, let value = node["value"]?.string, !system.isEmpty, !value.isEmpty
        else { return nil }
        self.init(system: system, value: value)
    }
}
