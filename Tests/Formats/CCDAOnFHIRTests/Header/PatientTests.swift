import CCDA
import CCDAOnFHIR
import JSONTree
import Testing

@Suite("The patient")
struct PatientTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        /// What stands in `patientRole`.
        var role = ""
        /// What stands in `patient`.
        var person = ""
        let path: String
        let expected: String?
        var doubts: [String] = []
        var testDescription: String { because }
    }

    static func gender(_ attributes: String) -> String { "<administrativeGenderCode \(attributes)/>" }
    static let id = "<id root='2.16.840.1.113883.4.1' extension='999-00-0001'/>"

    static let demographics = [
        Row(
            because: "id of a known system", role: id, path: "identifier.0.system",
            expected: "http://hl7.org/fhir/sid/us-ssn"),
        Row(because: "male", person: gender("code='M'"), path: "gender", expected: "male"),
        Row(because: "female", person: gender("code='F'"), path: "gender", expected: "female"),
        Row(because: "undifferentiated is other", person: gender("code='UN'"), path: "gender", expected: "other"),
        Row(because: "a gender that is null", person: gender("nullFlavor='UNK'"), path: "gender", expected: "unknown"),
        Row(because: "no gender at all", path: "gender", expected: "unknown"),
        Row(
            because: "a gender beside a nullFlavor", person: gender("code='M' nullFlavor='UNK'"), path: "gender",
            expected: "unknown"),
        Row(
            because: "a gender of no vocabulary", person: gender("code='Z'"), path: "gender", expected: "unknown",
            doubts: ["CCDA-223 warning: another code, taken for unknown"]),
        Row(because: "a birth day", person: "<birthTime value='19700501'/>", path: "birthDate", expected: "1970-05-01"),
        Row(
            because: "a birth year stays a year", person: "<birthTime value='1970'/>", path: "birthDate",
            expected: "1970"),
        Row(
            because: "a birth time late in the day keeps its day", person: "<birthTime value='19700501233000-0500'/>",
            path: "birthDate", expected: "1970-05-01"),
        Row(
            because: "and the time stands beside it", person: "<birthTime value='19700501233000-0500'/>",
            path: "_birthDate.extension.0.valueDateTime", expected: "1970-05-01T23:30:00-05:00"),
        Row(
            because: "a birth day has no time beside it", person: "<birthTime value='19700501'/>", path: "_birthDate",
            expected: nil),
        Row(because: "no birth date", person: "<birthTime nullFlavor='UNK'/>", path: "birthDate", expected: nil),
        Row(
            because: "marital status", person: "<maritalStatusCode code='M' codeSystem='2.16.840.1.113883.5.2'/>",
            path: "maritalStatus.coding.0.system", expected: "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus"),
        Row(
            because: "born as a twin", person: "<sdtc:multipleBirthInd value='true'/>", path: "multipleBirthBoolean",
            expected: "true"),
        Row(
            because: "born second",
            person: "<sdtc:multipleBirthInd value='true'/><sdtc:multipleBirthOrderNumber value='2'/>",
            path: "multipleBirthInteger", expected: "2"),
        Row(
            because: "a name that is not there says why", person: "<name nullFlavor='MSK'/>",
            path: "name.0.extension.0.valueCode", expected: "masked"),
        Row(because: "no person at all still has a name", path: "name.0.extension.0.valueCode", expected: "unknown"),
        Row(
            because: "every name is kept",
            person: "<name use='L'><family>New</family></name><name><family>Old</family></name>", path: "name.1.family",
            expected: "Old"),
        Row(
            because: "a telecom", role: "<telecom use='HP' value='tel:+1-555-0100'/>", path: "telecom.0.system",
            expected: "phone"),
        Row(
            because: "an address", role: "<addr use='HP'><city>Anytown</city></addr>", path: "address.0.city",
            expected: "Anytown"),
    ]

    @Test("has what the header says", arguments: demographics)
    func hasDemographics(_ row: Row) throws { try check(row) }

    static let deaths = [
        Row(because: "alive", person: "<sdtc:deceasedInd value='false'/>", path: "deceasedBoolean", expected: "false"),
        Row(because: "dead", person: "<sdtc:deceasedInd value='true'/>", path: "deceasedBoolean", expected: "true"),
        Row(because: "nothing said", path: "deceasedBoolean", expected: nil),
        Row(
            because: "not known", person: "<sdtc:deceasedInd nullFlavor='UNK'/>", path: "deceasedBoolean", expected: nil
        ),
        Row(
            because: "dead, and when", person: "<sdtc:deceasedInd value='true'/><sdtc:deceasedTime value='20250101'/>",
            path: "deceasedDateTime", expected: "2025-01-01"),
        Row(
            because: "when, without the other", person: "<sdtc:deceasedTime value='202501'/>", path: "deceasedDateTime",
            expected: "2025-01"),
        Row(
            because: "one of the two only",
            person: "<sdtc:deceasedInd value='true'/><sdtc:deceasedTime value='20250101'/>", path: "deceasedBoolean",
            expected: nil),
        Row(
            because: "alive with a time of death is neither",
            person: "<sdtc:deceasedInd value='false'/><sdtc:deceasedTime value='20250101'/>", path: "deceasedDateTime",
            expected: nil, doubts: ["CCDA-219 warning: false; neither is used"]),
        Row(
            because: "alive with a time that cannot be read",
            person: "<sdtc:deceasedInd value='false'/><sdtc:deceasedTime/>",
            path: "deceasedBoolean", expected: "false"),
        Row(
            because: "of CDA's own namespace it is nothing", person: "<deceasedInd value='true'/>",
            path: "deceasedBoolean", expected: nil),
    ]

    @Test("is alive or dead as the header says", arguments: deaths)
    func isAliveOrDead(_ row: Row) throws { try check(row) }

    static func race(_ code: String, prefix: String = "", attributes: String = "") -> String {
        "<\(prefix)raceCode code='\(code)' codeSystem='2.16.840.1.113883.6.238' \(attributes)/>"
    }

    static let extensions = [
        Row(
            because: "race by category", person: race("2106-3", attributes: "displayName='White'"),
            path: "extension.0.extension.0.valueCoding.system", expected: "urn:oid:2.16.840.1.113883.6.238"),
        Row(
            because: "race in words, too", person: race("2106-3", attributes: "displayName='White'"),
            path: "extension.0.extension.1.valueString", expected: "White"),
        Row(
            because: "the finer race is no category", person: race("2106-3") + race("2108-9", prefix: "sdtc:"),
            path: "extension.0.extension.1.url", expected: "detailed"),
        Row(
            because: "several categories", person: race("2106-3") + race("2028-9", prefix: "sdtc:"),
            path: "extension.0.extension.1.url", expected: "ombCategory"),
        Row(
            because: "a race once, though it is said twice", person: race("2106-3") + race("2106-3", prefix: "sdtc:"),
            path: "extension.0.extension.1.url", expected: "text"),
        Row(
            because: "a race that was asked for and not told", person: "<raceCode nullFlavor='ASKU'/>",
            path: "extension.0.extension.0.valueCoding.code", expected: "ASKU"),
        Row(
            because: "a race that is null for another reason has words only", person: "<raceCode nullFlavor='NI'/>",
            path: "extension.0.extension.0.valueString", expected: "Unknown"),
        Row(
            because: "a race of another system has words only",
            person: "<raceCode code='W' codeSystem='1.2.3' displayName='White'/>",
            path: "extension.0.extension.0.valueString", expected: "White"),
        Row(
            because: "ethnicity",
            person: "<ethnicGroupCode code='2186-5' codeSystem='2.16.840.1.113883.6.238'/>", path: "extension.0.url",
            expected: "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity"),
        Row(
            because: "birthplace", person: "<birthplace><place><addr><city>Anytown</city></addr></place></birthplace>",
            path: "extension.0.valueAddress.city", expected: "Anytown"),
        Row(
            because: "religion",
            person: "<religiousAffiliationCode code='1013' codeSystem='2.16.840.1.113883.5.1076'/>",
            path: "extension.0.url", expected: "http://hl7.org/fhir/StructureDefinition/patient-religion"),
        Row(because: "nothing said, no extension", path: "extension", expected: nil),
    ]

    @Test("has race, ethnicity, birthplace and religion", arguments: extensions)
    func hasExtensions(_ row: Row) throws { try check(row) }

    static func language(_ content: String) -> String { "<languageCommunication>\(content)</languageCommunication>" }

    static let languages = [
        Row(
            because: "the language", person: language("<languageCode code='es'/>"),
            path: "communication.0.language.coding.0.code", expected: "es"),
        Row(
            because: "preferred", person: language("<languageCode code='es'/><preferenceInd value='true'/>"),
            path: "communication.0.preferred", expected: "true"),
        Row(
            because: "nothing said of a preference", person: language("<languageCode code='es'/>"),
            path: "communication.0.preferred", expected: nil),
        Row(
            because: "how well",
            person: language(
                "<languageCode code='es'/><proficiencyLevelCode code='G' codeSystem='2.16.840.1.113883.5.61'/>"),
            path: "communication.0.extension.0.extension.0.url", expected: "level"),
        Row(
            because: "in what way",
            person: language(
                "<languageCode code='es'/><modeCode code='ESP' codeSystem='2.16.840.1.113883.5.60'/>"),
            path: "communication.0.extension.0.extension.0.valueCoding.code", expected: "ESP"),
        Row(
            because: "a language that is null is none", person: language("<languageCode nullFlavor='UNK'/>"),
            path: "communication", expected: nil),
    ]

    @Test("speaks languages", arguments: languages)
    func speaks(_ row: Row) throws { try check(row) }

    private func check(_ row: Row) throws {
        let person = row.person.isEmpty ? "" : "<patient>\(row.person)</patient>"
        // providerOrganization stands behind patient.
        let target = "<recordTarget><patientRole>\(row.role)\(person)</patientRole></recordTarget>"
        let converted = try HeaderDocument.convert(patient: target)
        #expect(converted.first("Patient")?.said(row.path) == row.expected)
        #expect(converted.doubts == row.doubts)
        #expect(BundleCheck(converted.document).faults == [])
    }

    @Test("is kept by an organization")
    func manager() throws {
        let target =
            "<recordTarget><patientRole><providerOrganization><name>Invented Clinic</name></providerOrganization></patientRole></recordTarget>"
        let converted = try HeaderDocument.convert(patient: target)
        let manager = converted.target(converted.first("Patient")?["managingOrganization"])
        #expect(manager?.text("name") == "Invented Clinic")
    }

    struct Contact: CustomTestStringConvertible {
        let because: String
        var person = ""
        var header = ""
        let codes: [String]
        var testDescription: String { because }
    }

    static let name = "<name><given>Gus</given><family>Guard</family></name>"
    static func participant(_ role: String, _ content: String = "<associatedPerson>\(name)</associatedPerson>")
        -> String
    {
        "<participant typeCode='IND'><associatedEntity classCode='\(role)'><code code='MTH' codeSystem='2.16.840.1.113883.5.111'/>\(content)</associatedEntity></participant>"
    }

    static let contacts = [
        Contact(
            because: "a guardian",
            person:
                "<guardian><code code='FTH' codeSystem='2.16.840.1.113883.5.111'/><guardianPerson>\(name)</guardianPerson></guardian>",
            codes: ["GUARD", "FTH"]),
        Contact(
            because: "a guardian with nothing but a code",
            person: "<guardian><code code='FTH' codeSystem='2.16.840.1.113883.5.111'/></guardian>", codes: []),
        Contact(
            because: "an organization as guardian",
            person: "<guardian><guardianOrganization><name>County</name></guardianOrganization></guardian>",
            codes: ["GUARD"]),
        Contact(because: "next of kin", header: participant("NOK"), codes: ["NOK", "MTH"]),
        Contact(because: "an emergency contact", header: participant("ECON"), codes: ["ECON", "MTH"]),
        Contact(because: "a policy holder is no contact", header: participant("POLHOLD"), codes: []),
        Contact(because: "a provider is no contact", header: participant("PROV"), codes: []),
        Contact(because: "next of kin without name", header: participant("NOK", ""), codes: []),
    ]

    @Test("has contacts", arguments: contacts)
    func hasContacts(_ row: Contact) throws {
        let target = "<recordTarget><patientRole><patient>\(row.person)</patient></patientRole></recordTarget>"
        let converted = try HeaderDocument.convert(row.header, patient: target)
        let contacts = converted.first("Patient")?["contact"]?.items ?? []
        let codes = contacts.flatMap { $0["relationship"]?.items ?? [] }.compactMap { $0.text("coding.0.code") }
        #expect(codes == row.codes)
        #expect(BundleCheck(converted.document).faults == [])
    }

    struct BirthSex: CustomTestStringConvertible {
        let because: String
        let observations: [String]
        let code: String?
        var section = "29762-2"
        var testDescription: String { because }
    }

    static func sex(_ value: String, attributes: String = "moodCode='EVN'", status: String = "completed") -> String {
        "<observation classCode='OBS' \(attributes)>\(Sample.template("200"))<code code='76689-9' codeSystem='2.16.840.1.113883.6.1'/><statusCode code='\(status)'/><value xsi:type='CD' \(value)/></observation>"
    }

    static let birthSexes = [
        BirthSex(because: "female", observations: [sex("code='F'")], code: "F"),
        BirthSex(because: "unknown", observations: [sex("nullFlavor='UNK'")], code: "UNK"),
        BirthSex(because: "what is known wins", observations: [sex("nullFlavor='UNK'"), sex("code='M'")], code: "M"),
        BirthSex(because: "said twice", observations: [sex("code='M'"), sex("code='M'")], code: "M"),
        BirthSex(because: "two that disagree", observations: [sex("code='F'"), sex("code='M'")], code: nil),
        BirthSex(because: "no code of the value set", observations: [sex("code='UN'")], code: nil),
        BirthSex(
            because: "denied", observations: [sex("code='F'", attributes: "moodCode='EVN' negationInd='true'")],
            code: nil),
        BirthSex(because: "a criterion", observations: [sex("code='F'", attributes: "moodCode='EVN.CRT'")], code: nil),
        BirthSex(because: "entered in error", observations: [sex("code='F'", status: "nullified")], code: nil),
        BirthSex(because: "of a relative", observations: [sex("code='F'")], code: nil, section: "10157-6"),
    ]

    @Test("has a birth sex", arguments: birthSexes)
    func birthSex(_ row: BirthSex) throws {
        let converted = try HeaderDocument.convert(
            sections: [Sample.section(row.section, entries: row.observations)])
        let found = converted.first("Patient")?["extension"]?.items.first {
            $0.text("url") == "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
        }
        #expect(found?.text("valueCode") == row.code)
    }
}
