import CCDA
import JSONTree
import XMLTree

/// Where the resources come from → Provenance.
extension DocumentMapper {
    /// Makes the Provenance of the whole document.
    ///
    /// - Parameters:
    ///   - target: The Composition, or the DocumentReference of a document without structured body.
    ///   - original: The DocumentReference that holds the document itself; nil when it is not kept.
    mutating func mapProvenance(of target: String, original: String?) {
        let root = document.root
        let source: JSONValue =
            original.map { reference($0) } ?? documentIdentifier.map { ["identifier": $0] } ?? [
                "display": "C-CDA document"
            ]
        let instant = document.effectiveTime?.instant
        let agents = agents()
        _ = sink.add(
            "Provenance", from: root, key: root.instanceIdentifiers.compactMap(\.key), group: .document,
            [
                ("target", [reference(target)]), ("recorded", instant.map { .string($0) }),
                ("_recorded", instant == nil ? .absent() : nil), ("agent", .array(agents)),
                ("entity", [["role": "source", "what": source]]),
            ])
    }

    /// Author, custodian, informants and who typed it in.
    private mutating func agents() -> [JSONValue] {
        var agents = agents("author", of: document.root.elements("author").compactMap { $0.first("assignedAuthor") })
        if agents.isEmpty { agents = [agent("author", ["display": "Author not stated"])] }
        if let custodian = custodian() { agents.append(agent("custodian", custodian)) }
        agents += self.agents(
            "informant",
            of: document.root.elements("informant").compactMap {
                $0.first("assignedEntity") ?? $0.first("relatedEntity")
            })
        agents += self.agents(
            "enterer", of: document.root.elements("dataEnterer").compactMap { $0.first("assignedEntity") })
        return agents
    }

    private mutating func agents(_ type: String, of roles: [XMLElement]) -> [JSONValue] {
        var agents: [JSONValue] = []
        for role in roles {
            guard let who = participant(role) else { continue }
            let employer = role.first("representedOrganization").flatMap { organization($0) }
            // A PractitionerRole names its organization itself.
            let needsEmployer = ["Device", "Practitioner"].contains(participantResource(role)?.type)
            let agent = agent(type, who, onBehalfOf: needsEmployer ? employer : nil)
            if !agents.contains(agent) { agents.append(agent) }
        }
        return agents
    }

    private func agent(_ type: String, _ who: JSONValue, onBehalfOf: String? = nil) -> JSONValue {
        .object([
            ("type", .concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", type)),
            ("who", who), ("onBehalfOf", onBehalfOf.map { reference($0) }),
        ])
    }
}
