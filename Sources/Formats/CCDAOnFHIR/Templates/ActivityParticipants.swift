import CCDA
import JSONTree
import XMLTree

/// Who did something, and where.
extension DocumentMapper {
    /// References of those who did it, in order, without repeats.
    ///
    /// - Parameter types: Resource types that the element takes; one who is only known by an id is taken always.
    mutating func performers(
        of statement: Statement, types: Set<String> = ["Practitioner", "PractitionerRole", "Organization"]
    ) -> [JSONValue] {
        var found: [JSONValue] = []
        for performer in statement.element.elements("performer") {
            guard let role = performer.first("assignedEntity"), let who = participant(role),
                participantResource(role).map({ types.contains($0.type) }) ?? true, !found.contains(who)
            else { continue }
            found.append(who)
        }
        return found
    }

    /// The statement's own author; nil when it names none.
    mutating func ownAuthor(of statement: Statement, _ around: Surroundings) -> Authorship? {
        guard statement.element.first("author") != nil else { return nil }
        let author = author(of: statement, around)
        return author.isInherited ? nil : author
    }

    /// References of the places where it was done (participant LOC, Service Delivery Location), in order.
    mutating func places(of statement: Statement) -> [JSONValue] {
        statement.element.elements("participant").filter { $0.hasAttribute("typeCode", equalTo: "LOC") }
            .compactMap { $0.first("participantRole") }.filter { !Self.isProductInstance($0) }
            .compactMap { serviceLocation($0) }.map { reference($0) }
    }

    /// Location of a participantRole; the same place is made once. Nil when it has neither name, code nor id.
    private mutating func serviceLocation(_ role: XMLElement) -> String? {
        let ids = role.elements("id").map { InstanceIdentifier($0) }
        let name = role.first("playingEntity")?.first("name").flatMap { context.text(of: $0) }
        let kind = role.first("code").map { CodedValue($0, in: context) }
        guard name != nil || !(kind?.isEmpty ?? true) || ids.contains(where: { $0.key != nil }) else { return nil }
        let key = ids.compactMap(\.key) + [name ?? "", kind?.codings.first?.code ?? ""]
        let signature = key.joined(separator: "|")
        if let known = activityState.locations[signature] { return known }
        let made = sink.add(
            "Location", from: role, key: key, group: .participant,
            [
                ("identifier", ids.compactMap(\.json).nonEmptyArray), ("status", "active"),
                ("name", name.map { .string($0) }), ("type", concept(kind).map { [$0] }),
                ("telecom", role.telecomsJSON), ("address", role.addressesJSON?.elements.first),
            ])
        activityState.locations[signature] = made
        return made
    }
}
