import CCDA
import JSONTree
import XMLTree

/// A person in a role → Practitioner, with PractitionerRole where a role or an organization is named.
extension DocumentMapper {
    /// The PractitionerRole, else the Practitioner, of an assigned role with a named person.
    mutating func practitioner(_ role: XMLElement, _ person: XMLElement) -> Participants.Resource {
        let made = once(
            "Practitioner", from: role, known: signature(of: role, name: person.first("name")?.words),
            [
                ("identifier", role.identifiersJSON), ("name", names(of: person)), ("telecom", role.telecomsJSON),
                ("address", role.addressesJSON),
            ])
        let employer = role.first("representedOrganization").flatMap { organization($0) }
        let code = role.first("code").map { CodedValue($0, in: context) }
        let concept = code?.codeableConcept(in: context)
        guard employer != nil || concept != nil else { return made }
        let isSpecialty = code?.codings.contains { $0.system == Self.providerTaxonomy } == true
        let codeName = code?.codings.first.map { "\($0.system ?? "")^\($0.code)" } ?? code?.text ?? ""
        return once(
            "PractitionerRole", from: role, known: [made.reference, employer ?? "", codeName],
            [
                ("practitioner", reference(made.reference)), ("organization", employer.map { reference($0) }),
                (isSpecialty ? "specialty" : "code", concept.map { [$0] }),
            ])
    }

    /// A relative or friend of the patient → RelatedPerson; nil for one without name, telecom and address.
    mutating func relatedPerson(
        _ role: XMLElement, _ person: XMLElement?, kinship: XMLElement? = nil
    ) -> Participants.Resource? {
        guard names(of: person) != nil || role.telecomsJSON != nil || role.addressesJSON != nil else { return nil }
        let codes = [kinship, role.first("code")].compactMap { context.concept($0) }
        return once(
            "RelatedPerson", from: role, known: signature(of: role, name: person?.first("name")?.words),
            [
                ("identifier", role.identifiersJSON), ("patient", reference(patient)),
                ("relationship", codes.nonEmptyArray), ("name", names(of: person)), ("telecom", role.telecomsJSON),
                ("address", role.addressesJSON),
            ])
    }

    /// Software or equipment that wrote an entry or the document → Device. It is no device of the patient.
    mutating func authoringDevice(_ role: XMLElement, _ device: XMLElement) -> Participants.Resource {
        let owner = role.first("representedOrganization").flatMap { organization($0) }
        let names: [JSONValue] = [("manufacturerModelName", "model-name"), ("softwareName", "other")]
            .compactMap { name, type in
                device.first(name)?.words.map { ["name": .string($0), "type": .string(type)] }
            }
        return once(
            "Device", from: role, known: signature(of: role, name: device.words) + [owner ?? ""],
            [
                ("identifier", role.identifiersJSON), ("deviceName", names.nonEmptyArray),
                ("type", context.concept(device.first("code"))), ("owner", owner.map { reference($0) }),
            ])
    }

    /// NUCC Health Care Provider Taxonomy
    private static let providerTaxonomy = "2.16.840.1.113883.6.101"
}
