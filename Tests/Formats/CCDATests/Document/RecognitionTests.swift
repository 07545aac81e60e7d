import CCDA
import Diagnostics
import Testing

@Suite("What a document is")
struct RecognitionTests {
    struct Refused: CustomTestStringConvertible {
        let what: String
        let document: String
        let issue: String
        var testDescription: String { what }
    }

    static let refused = [
        Refused(
            what: "FHIR in XML", document: "<Patient xmlns='http://hl7.org/fhir'><active value='true'/></Patient>",
            issue: "CCDA-101: a FHIR resource in XML, which is read as JSON only"),
        Refused(
            what: "a document inside SOAP 1.1",
            document:
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\(Invented.document())</s:Body></s:Envelope>",
            issue: "CCDA-101: a SOAP message; the document has to be taken out of it"),
        Refused(
            what: "a document inside SOAP 1.2", document: "<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'/>",
            issue: "CCDA-101: a SOAP message; the document has to be taken out of it"),
        Refused(
            what: "XHTML", document: "<html xmlns='http://www.w3.org/1999/xhtml'/>", issue: "CCDA-101: an HTML page"),
        Refused(what: "HTML in capitals", document: "<HTML><body/></HTML>", issue: "CCDA-101: an HTML page"),
        Refused(
            what: "a section alone", document: "<section xmlns='urn:hl7-org:v3'/>",
            issue: "CCDA-101: a part of a CDA document (section), without the document"),
        Refused(
            what: "an observation alone, without namespace", document: "<observation classCode='OBS'/>",
            issue: "CCDA-101: a part of a CDA document (observation), without the document"),
        Refused(
            what: "another root, whose name is not repeated", document: "<JohnDoe/>",
            issue: "CCDA-101: another root element"),
        Refused(
            what: "XML of another namespace", document: "<a xmlns='urn:other'/>", issue: "CCDA-101: XML of another kind"
        ),
        Refused(
            what: "ClinicalDocument without namespace",
            document: "<ClinicalDocument>\(Invented.patient)</ClinicalDocument>",
            issue: "CCDA-102: ClinicalDocument without a namespace"),
        Refused(
            what: "ClinicalDocument in another namespace",
            document: "<ClinicalDocument xmlns='urn:hl7-org:v2'>\(Invented.patient)</ClinicalDocument>",
            issue: "CCDA-102: ClinicalDocument in another namespace"),
        Refused(
            what: "QRDA I, though it states a C-CDA template",
            document: Invented.document(
                Invented.ccd + "<templateId root='2.16.840.1.113883.10.20.24.1.1' extension='2017-08-01'/>"),
            issue: "CCDA-103: a quality report (QRDA I), not a clinical document"),
        Refused(
            what: "QRDA III", document: Invented.document("<templateId root='2.16.840.1.113883.10.20.27.1.1'/>"),
            issue: "CCDA-103: a quality report over many patients (QRDA III), not a clinical document"),
        Refused(
            what: "a reportability response",
            document: Invented.document("<templateId root='2.16.840.1.113883.10.20.15.2.1.2'/><code code='88085-6'/>"),
            issue: "CCDA-103: a reportability response (RR), which holds no facts of the patient"),
        Refused(what: "no patient", document: Invented.document(patient: ""), issue: "CCDA-104: no patient"),
        Refused(
            what: "a recordTarget without patientRole", document: Invented.document(patient: "<recordTarget/>"),
            issue: "CCDA-104: no patient"),
        Refused(
            what: "several patients", document: Invented.document(patient: Invented.patient + Invented.patient),
            issue: "CCDA-104: several patients"),
    ]

    @Test("is refused, and the issue says what it is", arguments: refused)
    func refusal(_ row: Refused) throws {
        #expect(try Invented.refusal(of: row.document) == row.issue)
    }

    struct Read: CustomTestStringConvertible {
        let header: String
        let name: String
        let reading: DocumentKind.Reading
        var issues = 0
        var testDescription: String { name }
    }

    /// templateIds below the root of C-CDA's documents.
    static func ccda(_ templates: (end: String, version: String?)...) -> String {
        templates.map { template in
            let version = template.version.map { " extension='\($0)'" } ?? ""
            return "<templateId root='2.16.840.1.113883.10.20.22.1.\(template.end)'\(version)/>"
        }.joined()
    }

    static let read = [
        Read(header: ccda(("1", nil), ("2", nil)), name: "C-CDA R1.1 CCD", reading: .full),
        Read(header: ccda(("8", "2014-06-09")), name: "C-CDA R2.0 Discharge Summary", reading: .full),
        Read(
            header: ccda(("2", nil), ("2", "2015-08-01"), ("1", "2014-06-09")), name: "C-CDA R2.1 CCD", reading: .full),
        Read(header: ccda(("14", "2015-08-01")), name: "C-CDA R2.1 Referral Note", reading: .full),
        Read(header: ccda(("4", "2023-05-01")), name: "C-CDA R2.1 (2023) Consultation Note", reading: .full),
        Read(header: ccda(("15", "2024-05-01")), name: "C-CDA 3.0 or later Care Plan", reading: .full),
        Read(
            header: ccda(("1", "2015-08-01")) + "<code code='18748-4'/>",
            name: "C-CDA R2.1 Diagnostic Imaging Report", reading: .full),
        Read(
            header: ccda(("1", "2015-08-01")) + "<code code='34847-4'/>", name: "C-CDA R2.1 document", reading: .full),
        Read(
            header: "<templateId root='2.16.840.1.113883.10.20.29.1'/>",
            name: "C-CDA R1.1 Patient Generated Document", reading: .full),
        Read(
            header: "<realmCode code='CH'/>" + ccda(("2", nil)), name: "C-CDA R1.1 CCD", reading: .full),
        Read(
            header: "<templateId root='2.16.840.1.113883.10.20.15.2'/><code code='55751-2'/>", name: "eICR",
            reading: .full, issues: 1),
        Read(
            header: "<templateId root='2.16.840.1.113883.10.20.1'/><templateId root='2.16.840.1.113883.3.88.11.32.1'/>",
            name: "HITSP C32/C83", reading: .statedTemplatesOnly, issues: 1),
        Read(
            header: "<templateId root='2.16.840.1.113883.10.20.1'/>", name: "CCD R1 (2007)",
            reading: .statedTemplatesOnly, issues: 1),
        Read(
            header: "<templateId root='1.3.6.1.4.1.19376.1.5.3.1.1.2'/>", name: "IHE PCC",
            reading: .statedTemplatesOnly, issues: 1),
        Read(
            header: "<templateId root='1.2.36.1.2001.1001.101.100.1002.2'/>", name: "CDA of Australia",
            reading: .headerAndNarrative, issues: 1),
        Read(
            header: "<templateId root='2.16.756.5.30.1.1.10.1.4'/>", name: "CDA of Switzerland",
            reading: .headerAndNarrative, issues: 1),
        Read(
            header: "<realmCode code='se'/>", name: "CDA of realm SE", reading: .headerAndNarrative, issues: 1),
        Read(
            header: "<realmCode code='Nowhere'/>", name: "CDA of another realm", reading: .headerAndNarrative, issues: 1
        ),
        Read(header: "<realmCode code='US'/>", name: "CDA R2", reading: .headerAndNarrative, issues: 1),
        Read(
            header: ccda(("20", "2015-08-01")), name: "CDA R2", reading: .headerAndNarrative, issues: 1),
        Read(
            header: "<templateId root='2.16.840.1.113883.10.20.241.1'/>", name: "CDA R2",
            reading: .headerAndNarrative, issues: 1),
    ]

    @Test("is named, and decides how much is read", arguments: read)
    func kind(_ row: Read) throws {
        let document = try Invented.read(Invented.document(row.header))
        #expect(document.kind.name == row.name)
        #expect(document.kind.reading == row.reading)
        #expect(document.context.issues.map(\.code) == Array(repeating: .ccdaReadInPart, count: row.issues))
    }

    @Test("A document whose every element has a prefix is read")
    func prefixes() throws {
        let text = """
            <cda:ClinicalDocument xmlns:cda='urn:hl7-org:v3'>
            <cda:templateId root='2.16.840.1.113883.10.20.22.1.2'/><cda:recordTarget><cda:patientRole/></cda:recordTarget>
            <cda:component><cda:structuredBody><cda:component><cda:section><cda:code code='11450-4'/></cda:section>
            </cda:component></cda:structuredBody></cda:component></cda:ClinicalDocument>
            """
        #expect(try Invented.read(text).sections.map(\.role) == [.problems])
    }
}
