import CCDA
import JSONTree
import XMLTree

/// recordTarget/patientRole → Patient.
extension DocumentMapper {
    /// Makes the Patient of the document.
    mutating func mapPatient() {
        let role = document.patientRole
        patient = sink.add("Patient", from: role, key: role.instanceIdentifiers.compactMap(\.key), group: .patient, [])
        let person = role.first("patient")
        let contacts = patientContacts(person)
        let manager = role.first("providerOrganization").flatMap { organization($0) }
        let birth = birthDate(person)
        let members: [(String, JSONValue?)] = [
            ("extension", patientExtensions(person)), ("identifier", role.identifiersJSON),
            ("name", names(of: person) ?? [.absent(person?.first("name")?["nullFlavor"].map(NullFlavor.init))]),
            ("telecom", role.telecomsJSON), ("gender", .string(gender(person))), ("birthDate", birth.date),
            ("_birthDate", birth.time), deceased(person), ("address", role.addressesJSON),
            ("maritalStatus", context.concept(person?.first("maritalStatusCode"))), multipleBirth(person),
            ("contact", contacts), ("communication", languages(person)),
            ("generalPractitioner", generalPractitioners()), ("managingOrganization", manager.map { reference($0) }),
        ]
        sink.change(patient) { $0 = members }
    }

    /// administrativeGenderCode; what it does not say is unknown, UN is other.
    private func gender(_ person: XMLElement?) -> String {
        guard let element = person?.first("administrativeGenderCode"), element["nullFlavor"] == nil,
            let code = element["code"]?.trimmingBlanks().uppercased()
        else { return "unknown" }
        switch code {
        case "M": return "male"
        case "F": return "female"
        case "UN": return "other"
        default:
            context.note(
                .ccdaDemographics, at: element, expected: "M, F or UN", found: "another code, taken for unknown")
            return "unknown"
        }
    }

    /// The date as written, in its own zone; a time of day in an extension.
    private func birthDate(_ person: XMLElement?) -> (date: JSONValue?, time: JSONValue?) {
        guard let time = context.time(person?.first("birthTime")) else { return (nil, nil) }
        let exact = time.instant.map { instant in
            ["extension": [JSONValue.ext(Self.birthTime, "DateTime", .string(instant))]] as JSONValue
        }
        return (.string(time.fhirDate), exact)
    }

    /// The time wins where both are given, unless the patient is said to be alive: then neither is used.
    private func deceased(_ person: XMLElement?) -> (String, JSONValue?) {
        let element = person?.first("deceasedInd", in: .sdtc)
        let time = context.time(person?.first("deceasedTime", in: .sdtc))
        guard let time else { return ("deceasedBoolean", element?.flag.map { .bool($0) }) }
        guard let element, element.flag == false else { return ("deceasedDateTime", .string(time.fhir)) }
        context.note(
            .ccdaContradiction, at: element, expected: "deceasedInd true beside a deceasedTime",
            found: "false; neither is used")
        return ("deceasedDateTime", nil)
    }

    private func multipleBirth(_ person: XMLElement?) -> (String, JSONValue?) {
        let order = person?.first("multipleBirthOrderNumber", in: .sdtc)?["value"].flatMap { Int($0) }
        if let order { return ("multipleBirthInteger", .number(order)) }
        return ("multipleBirthBoolean", person?.first("multipleBirthInd", in: .sdtc)?.flag.map { .bool($0) })
    }

    /// languageCommunication
    private func languages(_ person: XMLElement?) -> JSONValue? {
        let all = (person.map { Array($0.elements("languageCommunication")) } ?? []).compactMap {
            spoken -> JSONValue? in
            guard let code = spoken.first("languageCode")?["code"]?.trimmingBlanks(), !code.isEmpty else { return nil }
            let parts = [("level", "proficiencyLevelCode"), ("type", "modeCode")].compactMap { name, element in
                spoken.first(element).flatMap { CodedValue($0, in: context).root }.map {
                    JSONValue.ext(name, "Coding", $0.json)
                }
            }
            let proficiency = JSONValue.object([("extension", .array(parts)), ("url", .string(Self.proficiency))])
            return .object([
                ("extension", parts.isEmpty ? nil : [proficiency]),
                ("language", .concept("urn:ietf:bcp:47", code)),
                ("preferred", spoken.first("preferenceInd")?.flag.map { .bool($0) }),
            ])
        }
        return all.nonEmptyArray
    }

    private static let birthTime = "http://hl7.org/fhir/StructureDefinition/patient-birthTime"
    private static let proficiency = "http://hl7.org/fhir/StructureDefinition/patient-proficiency"
}
