import CCDA
import ClinicalDocuments
import ClinicalModel
import Diagnostics
import FHIR
import JSONTree
import SampleDocuments
import Testing

/// Documents that a record carries: whose they are, what of them is used, what is said of those that cannot be.
@Suite("Documents in attachments")
struct AttachedDocumentsTests {
    struct Row: CustomTestStringConvertible {
        var document = SampleDocument(SampleDocument.problems(("C50.911", "20100101")))
        /// Members of the attachment; nil carries the document.
        var attachment: String?
        var patient = AttachedDocumentsTests.patient
        /// Codes of the conditions after reading.
        var conditions = ["M54.16"]
        var refused: Set<RecordPart> = []
        /// Parts of what is known of and not read.
        var unread: [RecordPart] = []
        /// Issues of severity warning and above.
        var issues: [IssueCode] = []
        let because: String
        var testDescription: String { because }
    }

    static let patient =
        #""identifier":[{"system":"urn:oid:2.16.840.1.113883.19.5","value":"p1"}],"birthDate":"1970-01-01""#
    static let nameOnly = #""birthDate":"1970-01-01","name":[{"family":"ROE","given":["Ann"]}]"#

    static func document(_ change: (inout SampleDocument) -> Void) -> SampleDocument {
        var document = SampleDocument(SampleDocument.problems(("C50.911", "20100101")))
        change(&document)
        return document
    }

    static let rows = [
        Row(conditions: ["M54.16", "C50.911"], because: "the same identifier"),
        Row(
            patient: nameOnly, conditions: ["M54.16", "C50.911"],
            because: "no system in common: birth date, family and given name agree"),
        Row(
            document: document { $0.identifiers = [("2.16.840.1.113883.19.5", "p2")] },
            issues: [.ccdaOtherPatient], because: "another number of the same assigner"),
        Row(
            document: document { $0.given = "Eve" }, patient: nameOnly, refused: [.documentReferences],
            issues: [.documentPatientNotShown], because: "another given name"),
        Row(
            document: document { $0.birth = "1970" }, patient: nameOnly, refused: [.documentReferences],
            issues: [.documentPatientNotShown], because: "a birth date that is not known to the day"),
        Row(
            patient: #""gender":"female""#, refused: [.documentReferences], issues: [.documentPatientNotShown],
            because: "a patient of whom nothing is known"),
        Row(
            document: document { $0.birth = "19710101" }, conditions: ["M54.16", "C50.911"],
            issues: [.fhirContradiction], because: "the same identifier and another birth date"),
        Row(
            attachment: #""contentType":"text/xml","data":"%%%""#, refused: [.documentReferences],
            issues: [.documentUnreadable], because: "no base64"),
        Row(
            attachment: #""contentType":"text/xml","data":"QUJD""#, refused: [.documentReferences],
            issues: [.documentUnreadable], because: "no XML"),
        Row(
            attachment: #""contentType":"text/xml","data":"PGh0bWwvPg==""#, refused: [.documentReferences],
            issues: [.ccdaNotCDA, .documentUnreadable], because: "XML that is no C-CDA"),
        Row(
            attachment: #""contentType":"text/xml","url":"Binary/b2""#, unread: [.documentReferences],
            issues: [.documentNotSent], because: "a document that was not sent"),
        Row(attachment: #""data":"QUJD""#, because: "bytes of no declared type that are no XML"),
        Row(attachment: #""url":"Binary/b2""#, because: "an address of nobody knows what"),
        Row(
            attachment: #""data":"\#(document { _ in }.base64)""#, conditions: ["M54.16", "C50.911"],
            because: "bytes of no declared type that are a document"),
        Row(
            attachment: #""contentType":"application/pdf","data":"QUJD""#, because: "another kind of document"),
    ]

    @Test("are used when they are the patient's", arguments: rows)
    func row(_ row: Row) throws {
        let attachment = row.attachment ?? #""contentType":"text/xml","data":"\#(row.document.base64)""#
        let record = try Self.record(row.patient, [attachment])
        #expect(record.record.conditions.flatMap(\.concepts).map(\.code.code) == row.conditions)
        #expect(record.record.refused == row.refused)
        #expect(record.record.unreadTexts.map(\.part) == row.unread)
        #expect(record.issues.filter { $0.severity >= .warning }.map(\.code) == row.issues)
        #expect(record.attachments.isEmpty)
    }

    @Test("a fact of a document names the attachment and the element")
    func place() throws {
        let text = SampleDocument(SampleDocument.problems(("C50.911", "20100101"))).base64
        let record = try Self.record(Self.patient, [#""contentType":"text/xml","data":"\#(text)""#])
        let place = try #require(record.record.conditions.last).provenance.at
        #expect(place.hasPrefix("$.entry[2].resource.content[0].attachment#/ClinicalDocument/component/"))
    }

    @Test("the same document twice says nothing more than once, nor does one that repeats the record")
    func twice() throws {
        let document = SampleDocument(SampleDocument.problems(("C50.911", "20100101"), ("M54.16", "20250528")))
        let attachment = #""contentType":"text/xml","data":"\#(document.base64)""#
        let once = try Self.record(Self.patient, [attachment])
        let twice = try Self.record(Self.patient, [attachment, attachment])
        #expect(once.record.conditions.flatMap(\.concepts).map(\.code.code) == ["M54.16", "C50.911"])
        #expect(twice.record.conditions.count == once.record.conditions.count)
    }

    @Test("orders of an attached document are on record and not under review")
    func orders() throws {
        let document = SampleDocument(SampleDocument.plan(("72148", "20250616")))
        let record = try Self.record(Self.patient, [#""contentType":"text/xml","data":"\#(document.base64)""#])
        #expect(record.record.serviceRequests.count == 1)
        #expect(record.planned.isEmpty && record.drafts.isEmpty)
    }

    /// A patient with a radiculopathy and attachments.
    static func record(_ patient: String, _ attachments: [String]) throws -> PatientRecord {
        let subject = #""subject":{"reference":"Patient/x"}"#
        let condition =
            #"{"resourceType":"Condition","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.16"}]},"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},"onsetDateTime":"2025-05-28","recordedDate":"2025-05-28",\#(subject)}"#
        let references = attachments.enumerated().map { index, attachment in
            #"{"resourceType":"DocumentReference","id":"d\#(index)","status":"current",\#(subject),"content":[{"attachment":{\#(attachment)}}]}"#
        }
        let resources = [#"{"resourceType":"Patient","id":"x",\#(patient)}"#, condition] + references
        let entries = resources.map { #"{"resource":\#($0)}"# }.joined(separator: ",")
        let bundle = #"{"resourceType":"Bundle","type":"collection","entry":[\#(entries)]}"#
        let terminology = try ClinicalDocumentReaderTests.terminology.get()
        var builder = RecordBuilder(terminology: terminology)
        builder.add(try JSONDocument(Array(bundle.utf8)))
        var record = try #require(builder.finish().first)
        AttachedDocuments(terminology: terminology).read(into: &record, asOf: nil)
        return record
    }
}
