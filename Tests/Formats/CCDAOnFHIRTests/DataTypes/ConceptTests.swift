import CCDA
import JSONTree
import Testing

@testable import CCDAOnFHIR

/// CodeableConcept, Coding and the URIs of code systems (sections 4.4 and 10).
@Suite("Codes in FHIR")
struct ConceptTests {
    static let snomed = "codeSystem='2.16.840.1.113883.6.96'"

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        var text: String?
        var mapsQualifiers = false
        let json: String?
        var codes: [String] = []
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "code", xml: "<value code='22298006' \(snomed) displayName='MI'/>",
            json: #"{"coding":[{"system":"http://snomed.info/sct","code":"22298006","display":"MI"}],"text":"MI"}"#),
        Row(
            name: "code without display or text", xml: "<value code='22298006' \(snomed)/>",
            json: #"{"coding":[{"system":"http://snomed.info/sct","code":"22298006"}]}"#),
        Row(name: "code without system", xml: "<value code='X'/>", json: #"{"coding":[{"code":"X"}]}"#),
        Row(
            name: "system by unknown name", xml: "<value code='X' codeSystem='Mine'/>",
            json: #"{"coding":[{"code":"X"}]}"#,
            codes: ["CCDA-213"]),
        Row(
            name: "translations behind the root, each with its own display",
            xml:
                "<value code='A' displayName='a'><translation code='B' codeSystem='1.2.3'/><translation code='C' displayName='c'/></value>",
            json:
                #"{"coding":[{"code":"A","display":"a"},{"system":"urn:oid:1.2.3","code":"B"},{"code":"C","display":"c"}],"text":"a"}"#
        ),
        Row(
            name: "original text", xml: "<value code='A' displayName='a'><originalText>Words</originalText></value>",
            text: "Other words",
            json: #"{"coding":[{"code":"A","display":"a"}],"text":"Words"}"#),
        Row(
            name: "text of the statement before a display", xml: "<value code='A' displayName='a'/>", text: " Words ",
            json: #"{"coding":[{"code":"A","display":"a"}],"text":"Words"}"#),
        Row(
            name: "blank text of the statement", xml: "<value code='A' displayName='a'/>", text: " \n",
            json: #"{"coding":[{"code":"A","display":"a"}],"text":"a"}"#),
        Row(
            name: "long text of the statement", xml: "<value code='A' displayName='a'/>",
            text: String(repeating: "x", count: 2001),
            json: #"{"coding":[{"code":"A","display":"a"}],"text":"a"}"#),
        Row(name: "text only", xml: "<value nullFlavor='OTH'/>", text: "Words", json: #"{"text":"Words"}"#),
        Row(name: "nothing", xml: "<value nullFlavor='UNK'/>", json: nil),
        Row(
            name: "qualifier in the text",
            xml: """
                <value code='A' displayName='a'><qualifier><name displayName='Laterality' code='272741003' \(snomed)/>\
                <value code='7771000' \(snomed) displayName='Left'/></qualifier></value>
                """,
            json: #"{"coding":[{"code":"A","display":"a"}],"text":"a (Laterality: Left)"}"#, codes: ["CCDA-213"]),
        Row(
            name: "qualifier that the caller maps",
            xml:
                "<value code='A'><qualifier><name code='272741003' \(snomed)/><value code='7771000' \(snomed)/></qualifier></value>",
            mapsQualifiers: true, json: #"{"coding":[{"code":"A"}]}"#),
        Row(
            name: "qualifier without displays",
            xml:
                "<value code='A'><qualifier><name code='272741003' \(snomed)/><value code='7771000' \(snomed)/></qualifier></value>",
            json: #"{"coding":[{"code":"A"}],"text":"(272741003: 7771000)"}"#, codes: ["CCDA-213"]),
    ]

    @Test("CodeableConcept", arguments: rows)
    func concept(_ row: Row) throws {
        let piece = try Piece(row.xml)
        let value = CodedValue(try piece.element, in: piece.context)
        let json = value.codeableConcept(text: row.text, mapsQualifiers: row.mapsQualifiers, in: piece.context)
        #expect(json?.line == row.json)
        #expect(piece.codes == row.codes)
    }

    @Test(
        "URIs of code systems",
        arguments: [
            ("2.16.840.1.113883.6.1", "http://loinc.org"),
            ("2.16.840.1.113883.6.4", "http://www.cms.gov/Medicare/Coding/ICD10"),
            ("2.16.840.1.113883.6.3", "http://hl7.org/fhir/sid/icd-10"),
            ("2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm"),
            ("2.16.840.1.113883.6.104", "http://hl7.org/fhir/sid/icd-9-cm"),
            ("2.16.840.1.113883.6.59", "http://hl7.org/fhir/sid/cvx"),
            ("2.16.840.1.113883.6.238", "urn:oid:2.16.840.1.113883.6.238"),
            ("2.16.840.1.113883.5.83", "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"),
            ("2.16.840.1.113883.5.88", "http://terminology.hl7.org/CodeSystem/v3-ParticipationFunction"),
            ("2.16.840.1.113883.12.112", "http://terminology.hl7.org/CodeSystem/v2-0112"),
            ("2.16.840.1.113883.3.247.1.1", "urn:oid:2.16.840.1.113883.3.247.1.1"),
            ("2.16.840.1.113883.4.6", "urn:oid:2.16.840.1.113883.4.6"),
            (
                "2.25.212128376708657056537184201159124270098",
                "https://spinehook.example/fhir/CodeSystem/lumbosacral-findings"
            ),
            ("67265ED2-35BB-43F8-B9DE-91C5935625E0", "urn:uuid:67265ed2-35bb-43f8-b9de-91c5935625e0"),
            ("http://example.org/codes", "http://example.org/codes"),
        ])
    func systems(_ system: String, _ uri: String) { #expect(CodeSystemURI.of(system) == uri) }

    @Test(
        "Reasons for absence",
        arguments: [
            ("NI", "unknown"), ("UNK", "unknown"), ("ASKU", "asked-unknown"), ("NASK", "not-asked"),
            ("NAV", "temp-unknown"),
            ("MSK", "masked"), ("msk", "masked"), ("NA", "not-applicable"), ("OTH", "unsupported"),
            ("NINF", "negative-infinity"),
            ("PINF", "positive-infinity"), ("UNC", "unsupported"), ("TRC", "unsupported"), ("NP", "unknown"),
            ("INV", "unknown"),
            ("other", "unknown"),
        ])
    func absence(_ flavor: String, _ reason: String) {
        #expect(NullFlavor(rawValue: flavor).dataAbsentReason == reason)
    }
}
