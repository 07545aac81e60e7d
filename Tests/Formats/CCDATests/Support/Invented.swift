import CCDA
import Diagnostics
import XMLTree

/// Small invented documents for tests.
enum Invented {
    static let prologue =
        "<ClinicalDocument xmlns='urn:hl7-org:v3' xmlns:sdtc='urn:hl7-org:sdtc' "
        + "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
    static let patient =
        "<recordTarget><patientRole><id root='2.16.840.1.113883.19.5' extension='P1'/></patientRole></recordTarget>"
    /// Templates of a CCD of R2.1.
    static let ccd =
        "<templateId root='2.16.840.1.113883.10.20.22.1.1' extension='2015-08-01'/>"
        + "<templateId root='2.16.840.1.113883.10.20.22.1.2' extension='2015-08-01'/>"

    /// A document with what stands before the patient, and behind.
    static func document(_ header: String = Invented.ccd, patient: String = Invented.patient, body: String = "")
        -> String
    {
        prologue + header + patient + body + "</ClinicalDocument>"
    }

    /// A document of a structured body.
    static func structured(_ sections: String...) -> String {
        document(
            body: "<component><structuredBody>"
                + sections.map { "<component>\($0)</component>" }.joined() + "</structuredBody></component>")
    }

    /// Reads a document.
    static func read(_ text: String) throws -> ClinicalDocument {
        try ClinicalDocument(XMLDocument(Array(text.utf8), namespaces: [.cda, .sdtc, .xsi]), source: "x.xml")
    }

    /// The issue with which a document is refused, as `CCDA-101: found`; nil when it is read.
    static func refusal(of text: String) throws -> String? {
        let tree = try XMLDocument(Array(text.utf8), namespaces: [.cda, .sdtc, .xsi])
        do throws(DocumentRefused) {
            _ = try ClinicalDocument(tree, source: "x.xml")
            return nil
        } catch {
            return error.issues.map { "\($0.code.rawValue): \($0.found)" }.joined(separator: "; ")
        }
    }
}
