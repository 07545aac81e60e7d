import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Documents that a record carries as attachments, and whether two records are of one person.
@Suite("Attached documents")
struct AttachmentTests {
    struct Row: CustomTestStringConvertible {
        let resources: [String]
        /// `data`, or `-` for a document that was not sent along.
        let documents: [String]
        var refused: Set<RecordPart> = []
        let because: String
        var testDescription: String { because }
    }

    static func reference(
        _ attachment: String, _ more: String = #","status":"current""#, subject: String = Small.subject
    ) -> String {
        #""resourceType":"DocumentReference","id":"d1",\#(subject)\#(more),"content":[{"attachment":{\#(attachment)}}]"#
    }

    static func binary(_ id: String, _ type: String = "text/xml") -> String {
        #""resourceType":"Binary","id":"\#(id)","contentType":"\#(type)","data":"QUJD""#
    }

    static let inline = #""contentType":"text/xml","data":"QUJD""#
    static let rows = [
        Row(resources: [reference(inline)], documents: ["QUJD"], because: "inline"),
        Row(
            resources: [reference(#""contentType":"application/hl7-cda+xml; charset=utf-8","data":"QUJD""#)],
            documents: ["QUJD"], because: "a media type of CDA with a parameter"),
        Row(
            resources: [reference(#""data":"QUJD""#)], documents: ["QUJD"],
            because: "no type: its bytes will tell"),
        Row(
            resources: [reference(#""contentType":"application/pdf","data":"QUJD""#)], documents: [],
            because: "another kind"),
        Row(
            resources: [reference(#""contentType":"application/xhtml+xml","data":"QUJD""#)], documents: [],
            because: "a page"),
        Row(
            resources: [reference(#""contentType":"text/xml","url":"Binary/b1""#), binary("b1")],
            documents: ["QUJD"], because: "a Binary beside it"),
        Row(
            resources: [binary("b1"), reference(#""contentType":"text/xml","url":"Binary/b1/_history/2""#)],
            documents: ["QUJD"], because: "a Binary before it, by version"),
        Row(
            resources: [
                reference(#""contentType":"text/xml","url":"https://ehr.example/fhir/Binary/b1""#), binary("b1"),
            ],
            documents: ["QUJD"], because: "a Binary by its address"),
        Row(
            resources: [
                reference(##""contentType":"text/xml","url":"#b""##)
                    + #","contained":[{\#(binary("b"))}]"#
            ], documents: ["QUJD"], because: "a contained Binary"),
        Row(
            resources: [reference(#""contentType":"text/xml","url":"Binary/b2""#), binary("b1")], documents: ["-"],
            because: "a Binary that was not sent"),
        Row(
            resources: [reference(#""contentType":"text/xml","url":"Condition/b1""#), binary("b1")], documents: ["-"],
            because: "no Binary at all"),
        Row(
            resources: [reference(#""url":"Binary/b1""#), binary("b1", "application/pdf")], documents: ["QUJD"],
            because: "the Binary says what it is"),
        Row(
            resources: [reference(inline, #","status":"superseded""#)], documents: [], because: "superseded"),
        Row(
            resources: [reference(inline, #","status":"entered-in-error""#)], documents: [],
            because: "entered in error"),
        Row(
            resources: [reference(inline, #","status":"current","docStatus":"entered-in-error""#)], documents: [],
            because: "a document that was an error"),
        Row(
            resources: [reference(inline, #","status":"valid""#)], documents: [], refused: [.documentReferences],
            because: "a status that R4 does not have"),
        Row(
            resources: [reference(inline, "")], documents: [], refused: [.documentReferences], because: "no status"),
        Row(
            resources: [
                reference(inline, #","status":"current","modifierExtension":[{"url":"http://example.org/x"}]"#)
            ], documents: [], refused: [.documentReferences], because: "a modifier that is not known"),
        Row(
            resources: [reference(inline, subject: #""subject":{"reference":"Patient/p2"}"#)], documents: [],
            because: "another patient's"),
        Row(
            resources: [reference(inline, subject: #""subject":{"display":"Doe"}"#)], documents: [],
            refused: [.documentReferences], because: "nobody knows whose"),
        Row(
            resources: [
                #""resourceType":"DocumentReference","status":"current",\#(Small.subject),"content":[{"attachment":{"contentType":"application/pdf"}},{"attachment":{\#(inline)}},{"attachment":{\#(inline)}}]"#
            ], documents: ["QUJD"], because: "one document in several formats"),
    ]

    @Test("are found with their bytes", arguments: rows)
    func row(_ row: Row) throws {
        let record = try JoiningTests.record(row.resources)
        #expect(record.attachments.map { $0.base64 ?? "-" } == row.documents)
        #expect(record.record.refused == row.refused)
    }

    @Test("each is known by its reference and the path of its attachment")
    func place() throws {
        let document = try #require(try JoiningTests.record([Self.reference(Self.inline)]).attachments.first)
        #expect(document.reference == "DocumentReference/d1")
        #expect(document.at == "$.entry[1].resource.content[0].attachment")
        #expect(document.isDeclaredXML == true)
    }

    @Test("other kinds are counted, without a word for each")
    func otherKinds() throws {
        let pdf = Self.reference(#""contentType":"application/pdf","data":"QUJD""#)
        let record = try JoiningTests.record([pdf, pdf.replacing("d1", with: "d2")])
        let issues = record.issues.filter { $0.code == .fhirOtherAttachment }
        #expect(issues.map(\.found) == ["2 of other kinds, not read"])
        #expect(issues.map(\.severity) == [.information])
    }

    struct Persons: CustomTestStringConvertible {
        let first: String
        let second: String
        let expected: SamePerson
        let because: String
        var testDescription: String { because }
    }

    static let name = #""name":[{"family":"Roe","given":["Ann","B"]}]"#
    static func identifier(_ system: String, _ value: String) -> String {
        #""identifier":[{"system":"\#(system)","value":"\#(value)"}]"#
    }
    static let persons = [
        Persons(
            first: identifier("urn:a", "1"), second: identifier("urn:a", "1"), expected: .same,
            because: "an identifier in common"),
        Persons(
            first: identifier("urn:a", "1"), second: identifier("urn:a", "2"), expected: .other,
            because: "two numbers of one assigner"),
        Persons(
            first: #""identifier":[{"system":"urn:a","value":"1"},{"system":"urn:b","value":"1"}]"#,
            second: #""identifier":[{"system":"urn:a","value":"2"},{"system":"urn:b","value":"1"}]"#, expected: .same,
            because: "one of several in common"),
        Persons(
            first: identifier("urn:a", "1") + #","birthDate":"1970-01-01","# + name,
            second: identifier("urn:a", "2") + #","birthDate":"1970-01-01","# + name, expected: .other,
            because: "names do not undo two numbers"),
        Persons(
            first: identifier("urn:ietf:rfc:3986", "urn:uuid:1"), second: identifier("urn:ietf:rfc:3986", "urn:uuid:2"),
            expected: .notShown, because: "two URIs are two names, not two people"),
        Persons(
            first: #""birthDate":"1970-01-01","# + name,
            second: #""birthDate":"1970-01-01","name":[{"family":" roe ","given":["b"]}]"#, expected: .same,
            because: "birth date, family name and a given name"),
        Persons(
            first: #""birthDate":"1970-01-01","# + name, second: #""birthDate":"1970-01-02","# + name,
            expected: .notShown, because: "another birth date"),
        Persons(
            first: #""birthDate":"1970-01","# + name, second: #""birthDate":"1970-01","# + name, expected: .notShown,
            because: "birth dates that are not known to the day"),
        Persons(
            first: #""birthDate":"1970-01-01","# + name,
            second: #""birthDate":"1970-01-01","name":[{"family":"Roe","given":["Carl"]}]"#, expected: .notShown,
            because: "another given name, a twin perhaps"),
        Persons(
            first: #""birthDate":"1970-01-01","# + name,
            second: #""birthDate":"1970-01-01","name":[{"family":"Doe","given":["Ann"]}]"#, expected: .notShown,
            because: "another family name"),
        Persons(
            first: #""birthDate":"1970-01-01","name":[{"given":["Ann"]}]"#,
            second: #""birthDate":"1970-01-01","name":[{"given":["Ann"]}]"#, expected: .notShown,
            because: "no family name"),
        Persons(first: #""id":"p1""#, second: #""id":"p1""#, expected: .notShown, because: "equal ids alone"),
    ]

    @Test("two records are of one person only when something shows it", arguments: persons)
    func checkPersons(_ row: Persons) throws {
        func record(_ members: String) throws -> PatientRecord {
            try #require(Small.read(#"{"resourceType":"Patient",\#(members)}"#).records.first)
        }
        let (first, second) = (try record(row.first), try record(row.second))
        #expect(first.isSamePerson(as: second) == row.expected)
        #expect(second.isSamePerson(as: first) == row.expected)
    }
}
