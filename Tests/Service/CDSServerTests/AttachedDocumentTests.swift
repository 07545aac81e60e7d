import CDSServer
import Foundation
import SampleDocuments
import Testing

/// C-CDA documents that a request carries: DocumentReferences with the document inline, or in a Binary that came along.
@Suite("Documents in a request")
struct AttachedDocumentTests {
    struct Row: CustomTestStringConvertible {
        var attachment = inline
        /// Further members of the DocumentReference.
        var more = #","status":"current""#
        var subject = "Patient/p1"
        /// Further keys of prefetch.
        var prefetch = ""
        let rule: String
        /// Issues of the decision with severity error.
        var errors: [String] = []
        let because: String
        var testDescription: String { because }
    }

    /// A document with a breast cancer, which the request itself does not know of.
    static let document = SampleDocument(SampleDocument.problems(("C50.911", "20100101")))
    static let inline = attachment(document)
    static let binary =
        #"{"resourceType":"Binary","id":"b1","contentType":"application/xml","data":"\#(document.base64)"}"#

    static func attachment(_ document: SampleDocument) -> String {
        #""contentType":"application/xml","data":"\#(document.base64)""#
    }

    static let other: SampleDocument = {
        var document = AttachedDocumentTests.document
        document.identifiers = [("2.16.840.1.113883.19.5", "p2")]
        return document
    }()
    static let stranger: SampleDocument = {
        var document = AttachedDocumentTests.document
        document.identifiers = [("2.16.840.1.113883.19.6", "p1")]
        return document
    }()

    static let rows = [
        Row(rule: "A5", because: "inline"),
        Row(
            attachment: #""contentType":"application/xml","url":"Binary/b1""#, prefetch: #","binaries":\#(binary)"#,
            rule: "A5", because: "a Binary under a key of its own"),
        Row(
            attachment: #""contentType":"application/xml","url":"urn:uuid:b1""#,
            prefetch:
                #","more":{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:b1","resource":\#(binary)}]}"#,
            rule: "A5", because: "a Binary in another Bundle"),
        Row(
            attachment: ##""contentType":"application/xml","url":"#b1""##,
            more: #","status":"current","contained":[\#(binary)]"#, rule: "A5", because: "a contained Binary"),
        Row(
            attachment: #""contentType":"application/xml","url":"Binary/b1""#, rule: "A10-EARLY",
            because: "a Binary that was not sent"),
        Row(
            attachment: #""contentType":"application/xml","data":"*""#, rule: "A14-UNREAD(A10-EARLY)",
            errors: ["DOCUMENT-101"], because: "no base64"),
        Row(
            attachment: attachment(other), rule: "A10-EARLY", errors: ["CCDA-105"],
            because: "another patient's document"),
        Row(
            attachment: attachment(stranger), rule: "A14-UNREAD(A10-EARLY)", errors: ["DOCUMENT-102"],
            because: "a document of nobody knows whom"),
        Row(subject: "Patient/p2", rule: "A10-EARLY", because: "a reference of another patient"),
        Row(more: #","status":"superseded""#, rule: "A10-EARLY", because: "superseded"),
        Row(
            more: #","status":"current","docStatus":"entered-in-error""#, rule: "A10-EARLY",
            because: "entered in error"),
        Row(more: "", rule: "A14-UNREAD(A10-EARLY)", errors: ["FHIR-114"], because: "no status"),
        Row(
            attachment: #""contentType":"application/pdf","data":"QUJD""#, rule: "A10-EARLY", because: "another kind"),
    ]

    @Test("decide with the record when they are the patient's", arguments: rows)
    func row(_ row: Row) throws {
        let decisions = try Self.decisions(
            Self.request(row.attachment, more: row.more, subject: row.subject, prefetch: row.prefetch))
        #expect(decisions.map(\.rule) == [row.rule])
        #expect(decisions.map(\.order?.reference) == ["ServiceRequest/o1"])
        let errors = decisions.first?.issues.filter { $0.severity == "error" }.map(\.code)
        #expect(errors == row.errors)
    }

    @Test("a document that is cut short is refused with its place, and nothing of it is used")
    func cut() throws {
        let data = Data(Self.document.bytes.dropLast(40)).base64EncodedString()
        let decisions = try Self.decisions(Self.request(#""contentType":"text/xml","data":"\#(data)""#))
        #expect(decisions.map(\.rule) == ["A14-UNREAD(A10-EARLY)"])
        let places = decisions.first?.issues.filter { $0.code.hasPrefix("XML-") }.map(\.at)
        #expect(places == ["$.prefetch.documentReferences.content[0].attachment"])
    }

    @Test("evidence names the attachment and the element")
    func evidence() throws {
        let decisions = try Self.decisions(Self.request(Self.inline))
        let evidence = try #require(
            decisions.first?.criteria.first { $0.id == "redflag.malignancy" }?.evidence?.first)
        #expect(
            evidence.at?.hasPrefix(
                "$.prefetch.documentReferences.content[0].attachment#/ClinicalDocument/component/structuredBody/")
                == true)
    }

    @Test("the orders of a document are not reviewed and do not fill in for a missing draft")
    func orders() throws {
        let document = SampleDocument(SampleDocument.plan(("72131", "20250616")))
        let decisions = try Self.decisions(Self.request(Self.attachment(document)))
        #expect(decisions.map(\.order?.reference) == ["ServiceRequest/o1"])
    }

    static func request(
        _ attachment: String, more: String = #","status":"current""#, subject: String = "Patient/p1",
        prefetch: String = ""
    ) -> String {
        let reference = """
            {"resourceType":"DocumentReference","id":"d1","subject":{"reference":"\(subject)"}\(more),\
            "content":[{"attachment":{\(attachment)}}]}
            """
        let name = #""name":[{"family":"Quillfeather"}]"#
        let identifier = #""identifier":[{"system":"urn:oid:2.16.840.1.113883.19.5","value":"p1"}]"#
        return RoutesTests.request().replacing(name, with: "\(identifier),\(name)")
            .replacing("\"prefetch\":{", with: "\"prefetch\":{\"documentReferences\":\(reference)\(prefetch),")
    }

    static func decisions(_ body: String) throws -> [Decision] {
        let answer = try RoutesTests.routes().answer(RoutesTests.post(body))
        #expect(answer.status == 200)
        return try JSONDecoder().decode(Body.self, from: Data(answer.body)).extension.decisions
    }

    struct Body: Decodable {
        let `extension`: Extension
        struct Extension: Decodable {
            let decisions: [Decision]
            enum CodingKeys: String, CodingKey { case decisions = "org.spinehook.decisions" }
        }
    }

    struct Decision: Decodable {
        let rule: String?
        let order: Order?
        let criteria: [Criterion]
        let issues: [Issue]
        struct Order: Decodable { let reference: String? }
        struct Criterion: Decodable {
            let id: String
            let evidence: [Evidence]?
        }
        struct Evidence: Decodable { let at: String? }
        struct Issue: Decodable {
            let code: String
            let severity: String
            let at: String?
        }
    }
}
