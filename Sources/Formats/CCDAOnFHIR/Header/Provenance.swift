import CCDA
import JSONTree
import XMLTree

/// Resources by who wrote them and when, in the order in which that was met.
struct Writings {
    /// What one author wrote at one time.
    struct Writing {
        let who: JSONValue
        let time: Timestamp?
        var targets: [String]
    }
    private struct Key: Hashable {
        let who: JSONValue
        let time: String?
    }
    private(set) var all: [Writing] = []
    private var places: [Key: Int] = [:]

    mutating func add(_ resource: String, by who: JSONValue, at time: Timestamp?) {
        let key = Key(who: who, time: time?.fhir)
        if let place = places[key] { return all[place].targets.append(resource) }
        places[key] = all.count
        all.append(Writing(who: who, time: time, targets: [resource]))
    }
}

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

    /// Remembers who wrote a statement where it says so in the way of C-CDA's provenance, or a device wrote it, and that is
    /// not an author of the document.
    mutating func noteProvenance(of statement: Statement, _ resource: String) {
        for author in statement.element.elements("author") {
            guard let role = author.first("assignedAuthor"),
                role.first("assignedAuthoringDevice") != nil
                    || author.elements("templateId").contains(where: {
                        $0.hasAttribute("root", equalTo: Self.authorProvenance)
                    }),
                let who = participant(role), !authors(in: document.root).contains(who)
            else { continue }
            writings.add(resource, by: who, at: context.time(author.first("time")))
        }
    }

    /// Makes a Provenance for each author of statements who is no author of the document.
    mutating func mapWritings() {
        for writing in writings.all {
            let instant = writing.time?.instant
            _ = sink.add(
                "Provenance", from: document.root, role: "statement",
                key: [writing.targets[0], writing.time?.fhir ?? ""], group: .document,
                [
                    ("target", .array(writing.targets.map { reference($0) })),
                    ("recorded", instant.map { .string($0) }),
                    ("_recorded", instant == nil ? .absent() : nil), ("agent", [agent("author", writing.who)]),
                ])
        }
    }

    /// Author participation with provenance
    private static let authorProvenance = "2.16.840.1.113883.10.20.22.5.6"

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
