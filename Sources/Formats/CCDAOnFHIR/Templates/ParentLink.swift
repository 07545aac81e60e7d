import CCDA
import JSONTree

extension DocumentMapper {
    /// Links a resource with the one made from the nearest statement around it, where R4 has a place for that (section 7.19).
    mutating func link(_ made: String, in around: Surroundings) {
        guard let parent = around.parent, let outer = sink.type(of: parent), let inner = sink.type(of: made) else {
            return
        }
        switch (outer, inner) {
        case ("DiagnosticReport", "Observation"): append(made, to: "result", of: parent)
        case ("Observation", "Observation"): append(made, to: "hasMember", of: parent)
        case ("Procedure", "DiagnosticReport"): append(made, to: "report", of: parent)
        case ("Procedure", "Observation"), ("Immunization", "Observation"), ("ImagingStudy", "Observation"),
            ("MedicationAdministration", "Observation"), ("Procedure", "Procedure"), ("Observation", "Procedure"):
            append(parent, to: "partOf", of: made)
        case ("ServiceRequest", "ServiceRequest"), ("ServiceRequest", "DeviceRequest"):
            append(parent, to: "basedOn", of: made)
        case ("Encounter", "ServiceRequest"), ("Encounter", "DeviceRequest"): break
        case (_, "ServiceRequest"): append(parent, to: "supportingInfo", of: made)
        default: break
        }
    }

    /// Adds a reference to a list of a resource that was made before.
    mutating func append(_ target: String, to member: String, of resource: String) {
        sink.change(resource) { members in
            guard let index = members.firstIndex(where: { $0.0 == member }), case .array(var items)? = members[index].1
            else {
                members.append((member, [reference(target)]))
                return
            }
            // Taken out first, so that a long list is not copied for each of its items.
            members[index].1 = nil
            items.append(reference(target))
            members[index].1 = .array(items)
        }
    }
}
