import CCDA
import JSONTree
import XMLTree

/// componentOf/encompassingEncounter → Encounter.
extension DocumentMapper {
    /// Makes the Encounter of the document, or completes the one that an entry with the same id became. To be called
    /// behind the last section.
    ///
    /// - Returns: Its reference; nil when the document names none.
    mutating func mapEncompassingEncounter() -> String? {
        guard let element = document.root.first("componentOf")?.first("encompassingEncounter") else { return nil }
        let members = encounterMembers(element)
        let targets = element.instanceIdentifiers.compactMap { links.target(of: $0) }
        if let known = targets.first(where: { sink.type(of: $0) == "Encounter" }) {
            sink.change(known) { entry in
                let names = Set(entry.filter { $0.1 != nil }.map(\.0))
                entry += members.filter { !names.contains($0.0) }
            }
            return known
        }
        let key = element.instanceIdentifiers.compactMap(\.key)
        return sink.add("Encounter", from: element, role: "encompassing", key: key, group: .encounter, members)
    }

    private mutating func encounterMembers(_ element: XMLElement) -> [(String, JSONValue?)] {
        let code = element.first("code").map { CodedValue($0, in: context) }
        let time = element.first("effectiveTime").map { TimeExpression($0, in: context) }
        let disposition =
            element.first("dischargeDispositionCode") ?? element.first("dischargeDispositionCode", in: .sdtc)
        let participants = encounterParticipants(element)
        let facility = element.first("location")?.first("healthCareFacility")
        let owner = facility?.first("serviceProviderOrganization")
        let place = facility.flatMap { self.place($0, $0.first("location"), owner: owner) }
        let provider = owner.flatMap { organization($0) }
        return [
            ("identifier", element.identifiersJSON), ("status", .string(encounterStatus(time))),
            ("class", encounterClass(code)), ("type", code?.codeableConcept(in: context).map { [$0] }),
            ("subject", reference(patient)), ("participant", participants), ("period", time?.period),
            (
                "hospitalization",
                context.concept(disposition).map { .object([("dischargeDisposition", $0)]) }
            ),
            ("location", place.map { [["location": reference($0)]] }),
            ("serviceProvider", provider.map { reference($0) }),
        ]
    }

    /// encounterParticipant and responsibleParty who are persons.
    private mutating func encounterParticipants(_ element: XMLElement) -> JSONValue? {
        var participants: [JSONValue] = []
        for child in element.elements where child.isInRootNamespace {
            guard child.name == "encounterParticipant" || child.name == "responsibleParty",
                let role = child.first("assignedEntity"), let who = participantResource(role),
                ["Practitioner", "PractitionerRole", "RelatedPerson"].contains(who.type)
            else { continue }
            let type = child.name == "responsibleParty" ? "RESP" : child["typeCode"]?.trimmingBlanks()
            let isKnown = type.map(Self.participations.contains) == true
            participants.append(
                .object([
                    (
                        "type",
                        isKnown ? type.map { [.concept(Self.participationType, $0)] } : nil
                    ),
                    ("period", child.first("time").flatMap { TimeExpression($0, in: context).period }),
                    ("individual", reference(who.reference)),
                ]))
        }
        return participants.nonEmptyArray
    }

    private static let participationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
    /// Codes of ParticipationType that encounterParticipant may have, and the responsible party.
    private static let participations: Set = ["ADM", "ATND", "CON", "DIS", "REF", "RESP"]
}
