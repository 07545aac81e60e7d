import ClinicalModel
import Diagnostics
import FHIR
import Testing

/// Section E of the quirks: what was observed, and what was only asked.
@Suite("Observations")
struct ObservationTests {
    struct Row: CustomTestStringConvertible {
        let members: String
        /// How the value reads; nil when the observation must not count.
        let value: String?
        var issue: IssueCode?
        let because: String
        var testDescription: String { because }
    }

    static let final = #""status":"final""#
    static func quantity(_ members: String) -> String { #"\#(final),"valueQuantity":{\#(members)}"# }

    static let rows = [
        Row(members: #"\#(final),"valueBoolean":false"#, value: "boolean false", because: "the value denies"),
        Row(
            members:
                #"\#(final),"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"373067005"}]}"#,
            value: "boolean false", because: "a coded no"),
        Row(
            members:
                #"\#(final),"valueCodeableConcept":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0136","code":"Y"}]}"#,
            value: "boolean true", because: "v2 table 0136"),
        Row(
            members: #"\#(final),"valueString":"Denies""#, value: "text", issue: .fhirTextValue,
            because: "text neither asserts nor denies"),
        Row(
            members: #"\#(final),"dataAbsentReason":{"coding":[{"code":"not-performed"}]}"#, value: "absent",
            because: "not assessed"),
        Row(members: final, value: "absent", issue: .fhirNoValue, because: "neither value nor reason"),
        Row(members: #""status":"entered-in-error","valueBoolean":true"#, value: nil, because: "entered in error"),
        Row(members: #""status":"cancelled","valueBoolean":true"#, value: nil, because: "cancelled"),
        Row(members: #""status":"registered","valueBoolean":true"#, value: nil, because: "not yet observed"),
        Row(
            members: #""status":"preliminary","valueBoolean":true"#, value: "boolean true",
            because: "preliminary counts"),
        Row(
            members: #""status":"guessed","valueBoolean":true"#, value: nil, issue: .fhirModifierUnreadable,
            because: "an unknown status"),
        Row(
            members: quantity(#""value":101.3,"system":"http://unitsofmeasure.org","code":"[degF]""#),
            value: "quantity 101.3 [degF] 38.5", because: "degrees Fahrenheit"),
        Row(
            members: quantity(#""value":38.6"#), value: "quantity 38.6 none none", issue: .fhirNoUnit,
            because: "no unit is not compared"),
        Row(
            members: quantity(#""value":38.6,"unit":"Cel""#), value: "quantity 38.6 none none", issue: .fhirNoUnit,
            because: "a unit for people is no code"),
        Row(
            members: quantity(#""value":7.50,"system":"http://unitsofmeasure.org","code":"Cel""#),
            value: "quantity 7.50 Cel 7.5", because: "decimals stay as written"),
        Row(
            members: quantity(#""value":"38.9","unit":"Cel""#), value: "absent", issue: .fhirWrongType,
            because: "a number as text"),
        Row(
            members: quantity(#""value":3,"comparator":"~""#), value: "absent", issue: .fhirModifierUnreadable,
            because: "an unknown comparator"),
        Row(
            members: #"\#(final),"valueRange":{"low":{"value":1}}"#, value: "other",
            because: "a type that no criterion reads"),
        Row(
            members: #"\#(final),"valueInteger":99999999999999999999"#,
            value: "quantity 99999999999999999999 {score} none", issue: .fhirWrongType,
            because: "an integer out of range"),
    ]

    @Test("values and statuses", arguments: rows)
    func row(_ row: Row) throws {
        let code = #""code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]}"#
        let record = try #require(
            Small.record(#""resourceType":"Observation","id":"o1",\#(code),\#(Small.subject),\#(row.members)"#))
        #expect(record.record.observations.first.map(Self.words) == row.value)
        if let issue = row.issue { #expect(record.issues.contains { $0.code == issue }) }
    }

    static func words(_ observation: Observation) -> String {
        switch observation.value {
        case .boolean(let truth): return "boolean \(truth)"
        case .quantity(let quantity):
            let celsius = quantity.value(in: .celsius).map { "\($0)" } ?? "none"
            return "quantity \(quantity.literal) \(quantity.unit ?? "none") \(celsius)"
        case .concepts: return "concepts"
        case .text: return "text"
        case .period: return "period"
        case .date: return "date"
        case .absent: return "absent"
        case .other: return "other"
        }
    }

    /// Codes named after what they measure.
    static let measures: Terminology = {
        var content = TerminologyContent()
        let names = ["egfr", "pain", "t-score", "pregnancy-status"]
        content.valueSets = [
            ValueSetContent(
                description: ValueSetDescription(
                    name: .vitalsLabs, url: "", version: "1", title: "measures", date: "", copyright: ""),
                groups: names.map { name in
                    .init(
                        system: CodeSystem.loinc, qualifiers: ["measure:\(name)"],
                        members: [(code: name, display: name)])
                })
        ]
        content.roles = [
            RoleRow(
                set: .vitalsLabs,
                use: CodeUse(
                    set: .vitalsLabs, criterion: nil, component: nil, part: .presenting, role: "measurement",
                    alone: .no))
        ]
        return Terminology(content)
    }()

    struct Number: CustomTestStringConvertible {
        let measure: String
        let value: String
        /// What the issue expects; nil when there is none.
        let expected: String?
        var testDescription: String { "\(measure) \(value)" }
    }

    static let numbers = [
        Number(measure: "egfr", value: #""valueInteger":0"#, expected: nil),
        Number(measure: "egfr", value: #""valueInteger":-5"#, expected: "a number of zero or more"),
        Number(measure: "pain", value: #""valueInteger":-1"#, expected: "a number of zero or more"),
        Number(measure: "t-score", value: #""valueInteger":-3"#, expected: nil),
        Number(measure: "egfr", value: #""valueString":"24""#, expected: "a Quantity"),
        Number(measure: "t-score", value: #""valueCodeableConcept":{"text":"low"}"#, expected: "a Quantity"),
        Number(measure: "pregnancy-status", value: #""valueString":"no""#, expected: "a coded or boolean answer"),
    ]

    @Test("a number that cannot be, and text in place of one, is said", arguments: numbers)
    func number(_ row: Number) throws {
        let code = #""code":{"coding":[{"system":"\#(CodeSystem.loinc)","code":"\#(row.measure)"}]}"#
        let observation =
            #""resourceType":"Observation","id":"o1",\#(code),\#(Small.subject),\#(Self.final),\#(row.value)"#
        let reader = RecordReader(terminology: Self.measures)
        let record = try #require(reader.read(Array(Small.bundle(observation).utf8), asOf: nil).records.first)
        #expect(record.record.observations.count == 1)
        #expect(record.issues.map(\.expected) == [row.expected].compactMap { $0 })
    }

    @Test(
        "the answer to an assertion, or to how drugs are misused, is the finding",
        arguments: [
            ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "ASSERTION", true),
            ("http://snomed.info/sct", "363908000", true), ("http://loinc.org", "11343-1", true),
            ("http://loinc.org", "72166-2", false), ("http://snomed.info/sct", "11343-1", false),
        ])
    func finding(_ system: String, _ code: String, _ isFinding: Bool) throws {
        let code = #""code":{"coding":[{"system":"\#(system)","code":"\#(code)"}]}"#
        let value = Small.cancer.replacing(#""code":{"#, with: #""valueCodeableConcept":{"#, maxReplacements: 1)
        let record = try #require(
            Small.record(#""resourceType":"Observation","id":"o1",\#(code),\#(Small.subject),\#(Self.final),\#(value)"#)
        )
        #expect(record.record.observations.map(Self.words) == (isFinding ? ["boolean true"] : []))
    }

    @Test(
        "when it was observed",
        arguments: [
            (#""effectiveDateTime":"2026-11-01T00:30:00+14:00""#, "2026-11-01 to 2026-11-01"),
            (#""effectiveInstant":"2026-10-31T10:30:00.000000001Z""#, "2026-10-31 to 2026-10-31"),
            (#""effectiveDateTime":"2016-12-31T23:59:60Z""#, "2016-12-31 to 2016-12-31"),
            (#""effectiveDateTime":"2026-10-31T24:00:00Z""#, nil), (#""effectiveDateTime":"2026-10-31T10:30:00""#, nil),
            (#""effectivePeriod":{"start":"2026-10","end":"2026-11-02"}"#, "2026-10-01 to 2026-11-02"),
            (#""effectiveTiming":{"event":["2026-10-28","2026-10-20"]}"#, "2026-10-20 to 2026-10-28"),
            (#""issued":"2026-10-28T00:00:00Z""#, nil),
        ] as [(String, String?)])
    func effective(_ members: String, _ expected: String?) throws {
        let code = #""code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]}"#
        let record = try #require(
            Small.record(
                #""resourceType":"Observation",\#(code),\#(Small.subject),"status":"final","valueBoolean":true,\#(members)"#
            ))
        let effective = try #require(record.record.observations.first).effective
        #expect(effective.map { "\($0.earliest?.description ?? "") to \($0.latest?.description ?? "")" } == expected)
    }

    @Test("components are observations of their own, a modified one is not read")
    func components() throws {
        let part =
            #"{"code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"valueQuantity":{"value":82,"system":"http://unitsofmeasure.org","code":"kg"}"#
        let record = try #require(
            Small.record(
                #""resourceType":"Observation","status":"final",\#(Small.subject),"code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"component":[\#(part)},\#(part),"modifierExtension":[{"url":"http://example.org/no"}]}]"#
            ))
        #expect(record.record.observations.count == 1)
        #expect(record.issues.contains { $0.code == .fhirModifierExtension })
    }
}
