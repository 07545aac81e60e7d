import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Sections C and G of the quirks: who is who, copies, versions, deletions.
@Suite("References and identity")
struct ReferenceTests {
    static func condition(_ subject: String, id: String = "c1", _ more: String = "") -> String {
        #"{"resourceType":"Condition","id":"\#(id)",\#(Small.radiculopathy),"subject":\#(subject)\#(more)}"#
    }

    static func read(_ entries: [String], type: String = "collection") -> RecordReader.Result {
        Small.read(#"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries.joined(separator: ","))]}"#)
    }

    struct Row: CustomTestStringConvertible {
        let patient: String
        let condition: String
        /// Whether the Condition is the patient's.
        let isMine: Bool
        let because: String
        var testDescription: String { because }
    }

    static let base =
        #""fullUrl":"http://a.example/fhir/Patient/p1","resource":{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:s","value":"7"}]}"#
    static let urn = #""fullUrl":"urn:uuid:aaaa-1","resource":{"resourceType":"Patient"}"#

    static let rows = [
        Row(
            patient: base,
            condition:
                #""fullUrl":"http://a.example/fhir/Condition/c1","resource":\#(condition(#"{"reference":"Patient/p1"}"#))"#,
            isMine: true, because: "relative, same base"),
        Row(
            patient: base,
            condition:
                #""fullUrl":"http://b.example/fhir/Condition/c1","resource":\#(condition(#"{"reference":"Patient/p1"}"#))"#,
            isMine: false, because: "relative to another server"),
        Row(
            patient: base, condition: #""resource":\#(condition(#"{"reference":"Patient/p1"}"#))"#, isMine: true,
            because: "no fullUrl: type and id"),
        Row(
            patient: base,
            condition: #""resource":\#(condition(#"{"reference":"http://a.example/fhir/Patient/p1"}"#))"#, isMine: true,
            because: "absolute"),
        Row(
            patient: base,
            condition: #""resource":\#(condition(#"{"reference":"http://a.example/fhir/Patient/p1/_history/3"}"#))"#,
            isMine: true, because: "a version of the same patient"),
        Row(
            patient: base, condition: #""resource":\#(condition(#"{"reference":"Patient/P1"}"#))"#, isMine: false,
            because: "ids are case sensitive"),
        Row(
            patient: base, condition: #""resource":\#(condition(#"{"reference":"Patient/other"}"#))"#, isMine: false,
            because: "another patient"),
        Row(
            patient: base, condition: #""resource":\#(condition(#"{"display":"Doe"}"#))"#, isMine: false,
            because: "a name is no proof"),
        Row(
            patient: base, condition: #""resource":\#(condition(#"{"reference":"Patient?identifier=urn:s|7"}"#))"#,
            isMine: false, because: "a search cannot be resolved here"),
        Row(
            patient: base, condition: #""resource":\#(condition(#"{"identifier":{"system":"urn:s","value":"7"}}"#))"#,
            isMine: true, because: "an identifier that is unique"),
        Row(
            patient: urn, condition: #""resource":\#(condition(#"{"reference":"urn:uuid:aaaa-1"}"#))"#, isMine: true,
            because: "urn:uuid by fullUrl"),
        Row(
            patient: urn, condition: #""resource":\#(condition(#"{"reference":"urn:uuid:aaaa-2"}"#))"#, isMine: false,
            because: "another urn"),
    ]

    @Test("decide whose a resource is", arguments: rows)
    func row(_ row: Row) throws {
        let record = try #require(Self.read(["{\(row.patient)}", "{\(row.condition)}"]).records.first)
        #expect(record.record.conditions.count == (row.isMine ? 1 : 0))
        if !row.isMine { #expect(record.otherPatientsItems + record.record.unreadTexts.count == 1) }
    }

    @Test("two patients are evaluated apart")
    func twoPatients() {
        let result = Self.read([
            #"{"resource":{"resourceType":"Patient","id":"a"}}"#, #"{"resource":{"resourceType":"Patient","id":"b"}}"#,
            #"{"resource":\#(Self.condition(#"{"reference":"Patient/b"}"#))}"#,
        ])
        #expect(result.records.map(\.record.subject) == ["Patient/a", "Patient/b"])
        #expect(result.records.map { $0.record.conditions.count } == [0, 1])
    }

    struct Versions: CustomTestStringConvertible {
        let entries: [String]
        var type = "collection"
        let statuses: [ClinicalStatus]
        let because: String
        var testDescription: String { because }
    }

    static func version(_ meta: String, _ status: String) -> String {
        #"{"resource":\#(condition(#"{"reference":"Patient/p1"}"#, #","meta":{\#(meta)},\#(ConditionTests.clinical(status))"#))}"#
    }

    static let deletion =
        #"{"fullUrl":"http://a.example/fhir/Condition/c1","request":{"method":"DELETE","url":"Condition/c1"}}"#

    static let versions = [
        Versions(
            entries: [version(#""versionId":"2""#, "resolved"), version(#""versionId":"1""#, "active")],
            statuses: [.resolved], because: "the higher version wins, first"),
        Versions(
            entries: [version(#""versionId":"9""#, "active"), version(#""versionId":"10""#, "resolved")],
            statuses: [.resolved], because: "versions are numbers, not text"),
        Versions(
            entries: [
                version(#""lastUpdated":"2026-01-01T00:30:00+02:00""#, "active"),
                version(#""lastUpdated":"2025-12-31T23:00:00Z""#, "resolved"),
            ], statuses: [.resolved], because: "instants are compared, not texts"),
        Versions(
            entries: [version("", "active"), version("", "active")], statuses: [.active], because: "copies count once"),
        Versions(
            entries: [version("", "active"), version("", "resolved")], statuses: [.active, .resolved],
            because: "neither newer: both are shown"),
        Versions(
            entries: [version("", "active"), version("", "resolved")], type: "history", statuses: [.active],
            because: "a history stands newest first"),
        Versions(
            entries: [deletion, version("", "active")], type: "history", statuses: [],
            because: "deleted after it was written"),
        Versions(
            entries: [version("", "active"), deletion], type: "history", statuses: [.active],
            because: "written again after the deletion"),
        Versions(
            entries: [version("", "active"), deletion], type: "transaction", statuses: [],
            because: "a transaction that deletes it"),
    ]

    @Test("the newest version counts", arguments: versions)
    func newest(_ row: Versions) throws {
        let patient = #"{"resource":{"resourceType":"Patient","id":"p1"}}"#
        let record = try #require(Self.read([patient] + row.entries, type: row.type).records.first)
        #expect(record.record.conditions.map(\.status) == row.statuses)
    }

    @Test(
        "a page without the rest, an outcome, a refused part: not retrieved",
        arguments: [
            (
                #"{"resourceType":"Bundle","type":"searchset","total":5,"entry":[{"resource":{"resourceType":"Condition"}}]}"#,
                [RecordPart.conditions]
            ),
            (
                #"{"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"x"},{"relation":"self","url":"http://a/Procedure?patient=1"}]}"#,
                [.procedures]
            ),
            (#"{"resourceType":"Bundle","type":"searchset","total":0}"#, []),
        ])
    func incomplete(_ text: String, _ parts: [RecordPart]) throws {
        let record = try #require(Small.read(text).records.first)
        #expect(record.record.notRetrieved == Set(parts))
    }

    @Test("a batch with a refused part loses what was not answered, not what was")
    func batch() throws {
        let text =
            #"{"resourceType":"Bundle","type":"batch-response","entry":[{"resource":{"resourceType":"Bundle","type":"searchset","link":[{"relation":"self","url":"Condition?patient=1"}],"entry":[{"resource":\#(Self.condition(#"{"reference":"Patient/p1"}"#))}]},"response":{"status":"200"}},{"response":{"status":"403 Forbidden"}}]}"#
        let record = try #require(Small.read(text).records.first)
        #expect(record.record.conditions.count == 1)
        #expect(!record.record.notRetrieved.contains(.conditions))
        #expect(record.record.notRetrieved.contains(.observations))
    }
}
