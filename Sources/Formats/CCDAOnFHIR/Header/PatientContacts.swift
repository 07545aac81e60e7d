import CCDA
import JSONTree
import XMLTree

/// Guardians and those who take part for the patient → Patient.contact.
extension DocumentMapper {
    /// Guardians first, then the document's participants who are relatives, contacts or caregivers.
    mutating func patientContacts(_ person: XMLElement?) -> JSONValue? {
        var contacts: [JSONValue] = []
        for guardian in person.map({ Array($0.elements("guardian")) }) ?? [] {
            let inner = guardian.first("guardianPerson")
            let kinship = inner?.first("asPatientRelationship", in: .sdtc)?.first("code", in: .sdtc)
            contacts += contact(
                guardian, person: inner, organization: guardian.first("guardianOrganization"),
                relationship: [.concept(Self.roleCode, "GUARD", "guardian")],
                codes: [guardian.first("code"), kinship].compactMap { $0 })
        }
        for participant in document.root.elements("participant") {
            guard let entity = participant.first("associatedEntity"), let role = entity["classCode"],
                Self.contactClasses.contains(role)
            else { continue }
            contacts += contact(
                entity, person: entity.first("associatedPerson"), organization: entity.first("scopingOrganization"),
                relationship: [.concept(Self.roleClass, role)], codes: Array(entity.elements("code")))
        }
        return contacts.nonEmptyArray
    }

    /// One contact; none without a name, telecom, address or organization, since FHIR has no such contact.
    private mutating func contact(
        _ role: XMLElement, person: XMLElement?, organization: XMLElement?, relationship: [JSONValue],
        codes: [XMLElement]
    ) -> [JSONValue] {
        let name = person?.elements("name").lazy.compactMap { PersonName($0).json }.first
        let address = role.elements("addr").lazy.compactMap { PostalAddress($0).json }.first
        let employer = organization.flatMap { self.organization($0) }
        guard name != nil || address != nil || employer != nil || role.telecomsJSON != nil else { return [] }
        return [
            .object([
                ("relationship", .array(relationship + codes.compactMap { context.concept($0) })), ("name", name),
                ("telecom", role.telecomsJSON), ("address", address), ("organization", employer.map { reference($0) }),
            ])
        ]
    }

    /// Roles of associatedEntity that are contacts of the patient: agent, caregiver, emergency contact, guardian, next
    /// of kin, personal relationship.
    private static let contactClasses: Set = ["AGNT", "CAREGIVER", "ECON", "GUARD", "NOK", "PRS"]
    private static let roleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
    private static let roleClass = "http://terminology.hl7.org/CodeSystem/v3-RoleClass"
}
