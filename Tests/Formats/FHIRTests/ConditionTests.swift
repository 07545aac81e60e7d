import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Section A of the quirks: is it true of this patient, now?
@Suite("Conditions")
struct ConditionTests {
    struct Row: CustomTestStringConvertible {
        let members: String
        /// Nil when the Condition must not become a fact.
        let status: ClinicalStatus?
        var certainty: Certainty = .notStated
        var onset: String?
        var issue: IssueCode?
        let because: String
        var testDescription: String { because }
    }

    static func clinical(_ code: String) -> String {
        #""clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"\#(code)"}]}"#
    }
    static func verification(_ code: String) -> String {
        #""verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"\#(code)"}]}"#
    }

    static let rows = [
        Row(members: verification("entered-in-error"), status: nil, because: "entered in error was never true"),
        Row(
            members: verification("refuted"), status: .notStated, certainty: .refuted,
            because: "refuted is kept as ruled out"),
        Row(
            members: verification("provisional"), status: .notStated, certainty: .suspected,
            because: "provisional is suspected"),
        Row(
            members: verification("differential"), status: .notStated, certainty: .suspected,
            because: "a differential is suspected"),
        Row(
            members: verification("unconfirmed"), status: .notStated, certainty: .suspected,
            because: "unconfirmed is suspected"),
        Row(members: verification("confirmed"), status: .notStated, certainty: .confirmed, because: "confirmed"),
        Row(
            members: verification("certainly"), status: nil, issue: .fhirModifierUnreadable,
            because: "an unknown verification could be a refutation"),
        Row(
            members: #""verificationStatus":{"text":"Refuted"}"#, status: nil, issue: .fhirModifierUnreadable,
            because: "text could be a refutation"),
        Row(
            members: #""verificationStatus":"refuted""#, status: nil, issue: .fhirOtherVersion,
            because: "a string is the STU3 form"),
        Row(
            members:
                #""verificationStatus":{"coding":[{"system":"urn:local","code":"x"},{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"refuted"}]}"#,
            status: .notStated, certainty: .refuted, because: "the standard coding may come second"),
        Row(
            members: #""recorder":{"display":"x"}"#, status: .notStated, issue: .fhirMissingElement,
            because: "no status at all is not inactive"),
        Row(members: clinical("resolved"), status: .resolved, because: "resolved"),
        Row(members: clinical("recurrence"), status: .recurrence, because: "recurrence is an active value"),
        Row(
            members: #""clinicalStatus":{"text":"Active"}"#, status: .notStated, issue: .fhirUnknownCode,
            because: "a status as text is not stated"),
        Row(
            members: clinical("active") + #","abatementString":"improving""#, status: .active,
            issue: .fhirContradiction, because: "active with an abatement is read as going on"),
        Row(
            members: #""abatementDateTime":"2020-01-01""#, status: .resolved, issue: .fhirMissingElement,
            because: "any abatement means ended"),
        Row(
            members: #""onsetDateTime":"2026-03""#, status: .notStated, onset: "2026-03-01 to 2026-03-31",
            because: "a month is an interval"),
        Row(
            members: #""onsetPeriod":{"start":"2026-03-05"}"#, status: .notStated, onset: "2026-03-05 to 2026-03-05",
            because: "an open period says when it began"),
        Row(
            members: #""onsetAge":{"value":40,"system":"http://unitsofmeasure.org","code":"a"}"#, status: .notStated,
            onset: "2010-01-01 to 2010-12-31", because: "an age is a year from the birth date"),
        Row(
            members: #""onsetRange":{"low":{"value":40}}"#, status: .notStated, issue: .fhirUnreadKind,
            because: "a range is not a date"),
        Row(members: #""onsetString":"last spring""#, status: .notStated, because: "text is not a date"),
        Row(
            members: #""onsetDateTime":"2026-02-30""#, status: .notStated, issue: .fhirNotADate,
            because: "no such day, never rolled over"),
        Row(
            members: #""onsetDateTime":"2026-02-10T10:30""#, status: .notStated, issue: .fhirNotADate,
            because: "minutes without seconds"),
        Row(
            members: #""onsetDateTime":"0001-01-01""#, status: .notStated, issue: .fhirPlaceholderDate,
            because: "a placeholder"),
        Row(
            members: #""onsetDateTime":"1960-05-05""#, status: .notStated, issue: .fhirImpossibleDate,
            because: "before birth"),
        Row(members: #""recordedDate":"2026-05-05""#, status: .notStated, because: "recorded is no onset"),
        Row(
            members: #""modifierExtension":[{"url":"http://example.org/negated","valueBoolean":true}]"#, status: nil,
            issue: .fhirModifierExtension, because: "an unknown modifier may turn the meaning round"),
        Row(
            members: #""implicitRules":"http://example.org/rules""#, status: nil, issue: .fhirImplicitRules,
            because: "unknown rules"),
        Row(
            members: clinical("active") + "," + clinical("resolved"), status: nil,
            because: "a member twice: first-wins and last-wins readers disagree"),
        Row(
            members: #""patient":{"reference":"Patient/p1"}"#, status: nil, issue: .fhirOtherVersion,
            because: "patient instead of subject is DSTU2"),
        Row(
            members: #""painScore":7"#, status: .notStated, issue: .fhirUnknownMember,
            because: "unknown members are said, not obeyed"),
        Row(members: #""note":null"#, status: .notStated, issue: .fhirEmptyValue, because: "null is no value"),
        Row(
            members: #""category":{"text":"x"}"#, status: .notStated, issue: .fhirWrongType,
            because: "an object for an array"),
        Row(members: #""fhir_comments":["x"]"#, status: .notStated, issue: .fhirComments, because: "a habit of DSTU2"),
    ]

    @Test("read by status and dates", arguments: rows)
    func row(_ row: Row) throws {
        let resource =
            #""resourceType":"Condition","id":"c1",\#(Small.radiculopathy),\#(Small.subject),\#(row.members)"#
        let record = try #require(Small.record(resource))
        let condition = record.record.conditions.first
        #expect(condition?.status == row.status)
        if row.status != nil {
            #expect(condition?.certainty == row.certainty)
            let onset = condition?.onset.map { "\($0.earliest?.description ?? "") to \($0.latest?.description ?? "")" }
            #expect(onset == row.onset)
        }
        if let issue = row.issue { #expect(record.issues.contains { $0.code == issue }) }
    }

    @Test(
        "text, local codes and masked codes are named as unread; codes of no list are not",
        arguments: [
            (#""code":{"text":"Sciatica"}"#, 1), (#""code":{"coding":[{"system":"urn:local","code":"7"}]}"#, 1),
            (#""code":{"coding":[{"code":"M54.16"}]}"#, 1),
            (
                #""code":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}"#,
                1
            ),
            (#""code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"Z80.3"}]}"#, 0),
            (#""code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"J45.909"}]}"#, 0),
            (
                #""code":{"coding":[{"system":"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips","code":"no-known-problems"}]}"#,
                0
            ),
        ])
    func unread(_ code: String, _ count: Int) throws {
        let record = try #require(Small.record(#""resourceType":"Condition",\#(code),\#(Small.subject)"#))
        #expect(record.record.conditions.isEmpty)
        #expect(record.record.unreadTexts.count == count)
    }

    @Test("a relative's disease is never the patient's")
    func family() throws {
        let history =
            #""resourceType":"FamilyMemberHistory","status":"completed","patient":{"reference":"Patient/p1"},"condition":[{\#(Small.cancer)}]"#
        let record = try #require(Small.record(history))
        #expect(record.record.conditions.isEmpty)
        #expect(record.counts["FamilyMemberHistory"]?.notNeeded == 1)
    }
}
