import CCDA
import JSONTree
import XMLTree

/// Who took part in a document: each person, organization and device once.
struct Participants {
    /// A resource that stands for a participant.
    struct Resource {
        var reference: String
        /// Resource type.
        var type: String
    }
    /// By what tells participants apart: identifiers and name.
    var resources: [String: Resource] = [:]
    /// By the rank of the element, which may be asked for many times.
    var byElement: [Int: Resource?] = [:]
    /// Authors of the document and of sections, by the rank of the element.
    var inheritable: [Int: Authorship?] = [:]
    /// The authors that a statement states, by the rank of its element; nil for none.
    var stated: [Int: Authorship?] = [:]
    /// The element that describes the participant of an id; nil where several differ.
    private var described: [String: XMLElement?] = [:]

    /// Finds every element that describes a person or device. One walk over the document.
    init(_ document: ClinicalDocument) {
        for element in document.root.descendants() {
            guard element.has(name: "assignedAuthor") || element.has(name: "assignedEntity"), Self.describes(element)
            else { continue }
            for key in element.instanceIdentifiers.compactMap(\.key) {
                guard let known = described[key] else {
                    described[key] = element
                    continue
                }
                if let known, Self.name(of: known) != Self.name(of: element) { described[key] = .some(nil) }
            }
        }
    }

    /// Whether a role names a person or device rather than only an id.
    static func describes(_ role: XMLElement) -> Bool { name(of: role) != nil }

    private static func name(of role: XMLElement) -> String? {
        if let person = role.first("assignedPerson"), let name = person.first("name")?.words { return name }
        return role.first("assignedAuthoringDevice")?.words
    }

    /// The element that describes the participant whom a role only names by id; nil when there is none or several.
    func description(of role: XMLElement) -> XMLElement? {
        role.instanceIdentifiers.lazy.compactMap(\.key).compactMap { described[$0] ?? nil }.first
    }
}

extension DocumentMapper {
    /// Reference to who stands behind an assignedAuthor, assignedEntity or relatedEntity; nil when nothing says who it is.
    ///
    /// The resource is made at the first call. One who is only named by an id is looked for in the whole document;
    /// where that leads nowhere, the reference holds the identifier alone.
    mutating func participant(_ assigned: XMLElement) -> JSONValue? {
        if let known = participantResource(assigned) { return reference(known.reference) }
        let identifier = assigned.instanceIdentifiers.lazy.compactMap(\.json).first
        return identifier.map { ["identifier": $0] }
    }

    /// The resource behind a role, with its type; nil when there is none.
    mutating func participantResource(_ assigned: XMLElement) -> Participants.Resource? {
        if let known = participants.byElement[assigned.index] { return known }
        let resource = makeParticipant(assigned)
        participants.byElement[assigned.index] = .some(resource)
        return resource
    }

    private mutating func makeParticipant(_ assigned: XMLElement) -> Participants.Resource? {
        if isPatient(assigned) { return .init(reference: patient, type: "Patient") }
        if assigned.name == "relatedEntity" { return relatedPerson(assigned, assigned.first("relatedPerson")) }
        let role =
            Participants.describes(assigned) ? assigned : participants.description(of: assigned) ?? assigned
        if let device = role.first("assignedAuthoringDevice") { return authoringDevice(role, device) }
        if let person = role.first("assignedPerson"), person.first("name")?.words != nil {
            if let kinship = person.first("asPatientRelationship", in: .sdtc) {
                return relatedPerson(role, person, kinship: kinship.first("code", in: .sdtc))
            }
            return practitioner(role, person)
        }
        return role.first("representedOrganization").flatMap { organization($0) }.map {
            .init(reference: $0, type: "Organization")
        }
    }

    /// Whether a role is played by the patient: it says so, or has an id of the patient.
    private func isPatient(_ role: XMLElement) -> Bool {
        if role.first("code")?.hasAttribute("code", equalTo: "ONESELF") == true { return true }
        let own = Set(document.patientRole.instanceIdentifiers.filter { $0.extensionText != nil }.compactMap(\.key))
        return role.instanceIdentifiers.contains { $0.key.map(own.contains) == true }
    }

    /// Makes a resource unless one of the same name and identifiers was made before.
    mutating func once(
        _ type: String, from element: XMLElement, known signature: [String], _ members: [(String, JSONValue?)]
    ) -> Participants.Resource {
        let name = ([type] + signature).joined(separator: "|")
        if let known = participants.resources[name] { return known }
        let made = Participants.Resource(
            reference: sink.add(type, from: element, key: signature, group: .participant, members), type: type)
        participants.resources[name] = made
        return made
    }

    /// What tells a person or organization from others: ids and name; without ids also address and telecom.
    func signature(of role: XMLElement, name: String?) -> [String] {
        let ids = role.instanceIdentifiers.compactMap(\.key)
        guard ids.isEmpty else { return ids + [name ?? ""] }
        return [
            name ?? "", role.elements("addr").lazy.compactMap(\.words).first ?? "",
            role.elements("telecom").lazy.compactMap { $0["value"] }.first ?? "",
        ]
    }
}
