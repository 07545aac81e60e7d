import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Sections H and K of the quirks: bytes, kinds of input, other versions.
@Suite("Inputs")
struct InputTests {
    @Test(
        "what is no FHIR R4 resource is refused with a code",
        arguments: [
            ("", "JSON-101"), ("<html><body>log in</body></html>", "JSON-103"), ("<Patient xmlns=\"x\"/>", "JSON-104"),
            ("[]", "FHIR-104"), ("42", "FHIR-105"), (#"{"a":1}"#, "FHIR-105"),
            (#"{"resourceType":"MedicationOrder"}"#, "FHIR-112"),
            (#"{"resourceType":"Ingredient"}"#, "FHIR-112"), (#"{"resourceType":"BackPainSurvey"}"#, "FHIR-111"),
            (#"{"resourceType":"Procedure","notDone":true}"#, "FHIR-112"),
            (#"{"resourceType":"ServiceRequest","code":{"concept":{}}}"#, "FHIR-112"),
            (#"{"resourceType":"MedicationRequest","medication":{"concept":{}}}"#, "FHIR-112"),
            (#"{"resourceType":"Condition","clinicalStatus":"active"}"#, "FHIR-112"),
            (#"{"resourceType":"Patient","id":"a","id":"b"}"#, "JSON-130"),
            (#"{"resourceType":"Patient","#, "JSON-111"),
        ])
    func refused(_ text: String, _ code: String) {
        let result = Small.read(text)
        #expect(result.records.isEmpty)
        #expect(result.refused.contains { $0.code.rawValue == code }, "\(result.refused.map(\.code.rawValue))")
    }

    @Test(
        "one bad resource, entry or line costs no other",
        arguments: [
            Small.bundle(#""resourceType":"Condition","code":7,"code":8"#, good),
            Small.bundle(#""resourceType":"BackPainSurvey""#, good),
            #"{"resourceType":"Bundle","type":"collection","entry":[null,7,{"resource":{\#(good)}},{"resource":"x"}]}"#,
            "{\(good)}\n{\"resourceType\":\n", "[1]\n{\(good)}\n", "{\(good)}\r\n\r\n7\r\n",
        ])
    func survives(_ text: String) {
        let records = Small.read(text).records
        #expect(records.map { $0.record.conditions.count } == [1])
    }

    static let good = #""resourceType":"Condition","id":"g",\#(Small.radiculopathy),\#(Small.subject)"#

    @Test("issues are located and hold nothing of the patient")
    func located() throws {
        let text =
            "{\"resourceType\":\"Condition\",\n\(Small.radiculopathy),\n\(Small.subject),\n \"onsetDateTime\":\"secret\"}"
        let issue = try #require(Small.read(text).records.first?.issues.first { $0.code == .fhirNotADate })
        #expect(issue.location.path == "$.onsetDateTime")
        #expect(issue.location.line == 4)
        #expect(issue.location.column == 18)
        #expect(!issue.description.contains("secret"))
    }

    @Test("the record's time is the latest of Bundle and Composition")
    func time() throws {
        let text =
            #"{"resourceType":"Bundle","type":"document","timestamp":"2026-11-01T00:00:00Z","entry":[{"resource":{"resourceType":"Composition","date":"2026-11-03"}}]}"#
        #expect(Small.read(text).records.first?.recordTime?.literal == "2026-11-03")
    }

    @Test("no issue code is given twice")
    func codes() {
        let codes: [IssueCode] = [
            .fhirArray, .fhirNoResource, .fhirBadLine, .fhirNoType, .fhirUnknownType, .fhirOtherVersion,
            .fhirModifierUnreadable, .fhirModifierExtension, .fhirImplicitRules, .fhirNotAnObject,
            .fhirOtherPatient, .fhirUnresolvedSubject, .fhirReferenceType, .fhirMissingTarget, .fhirNoPatient,
            .fhirAmbiguousIdentity, .fhirSeveralVersions, .fhirDeceased, .fhirOperationOutcome, .fhirFirstPage,
            .fhirPartNotRetrieved, .fhirBadEntry, .fhirBundleType, .fhirNestedBundle, .fhirParametersWrapper,
            .fhirWrongType, .fhirEmptyValue, .fhirUnknownMember, .fhirNotADate, .fhirPlaceholderDate,
            .fhirImpossibleDate,
            .fhirUnknownCode, .fhirMissingElement, .fhirTextOnly, .fhirCodeWithoutSystem, .fhirCodeRepaired,
            .fhirContradiction, .fhirNoUnit, .fhirNoValue, .fhirComments, .fhirTextValue, .fhirUnreadKind, .fhirDisplay,
            .fhirActiveNarrative,
        ]
        #expect(Set(codes.map(\.rawValue)).count == codes.count)
    }
}
