import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Functional and mental status, assessment scales and examination: present, absent, unknown (sections 4.6 and 7.10).
@Suite("Functional status")
struct FindingStatusTests {
    static let negated = " negationInd='true'"
    static let functional = Entries.code("54522-8", Entries.loinc, "Functional status")
    static let incontinence = Entries.value("165232002", "Urinary incontinence")
    static func found(
        _ attributes: String = "", template: String = "67", code: String = functional, status: String? = "completed",
        at time: String = "20250615", value: String = incontinence, inside: String = ""
    ) -> String {
        Entries.statement(
            "observation", [template], attributes: attributes, code: code, status: status, at: time,
            inside: value + inside)
    }
    static func row(
        _ name: String, section: String = "47420-5", _ entry: String, _ expected: [String: String] = [:], made: Int = 1,
        losses: [String] = [], issue: IssueCode? = nil
    ) -> ActivityRow {
        ActivityRow(
            name, section: section, entry, Array(repeating: "Observation", count: made),
            Dictionary(
                uniqueKeysWithValues: expected.map {
                    ($0.hasPrefix("#") ? "Observation" + $0 : "Observation." + $0, $1)
                }),
            losses: losses, issue: issue)
    }

    // MARK: Codes that ask nothing

    static let kinds = [
        ("LOINC functional status", functional),
        ("assertion", Entries.code("ASSERTION", "2.16.840.1.113883.5.4")),
        ("cognitive function finding", Entries.code("373930000", Entries.snomed)),
        ("complaint", Entries.code("409586006", Entries.snomed)),
        ("functional limitation", Entries.code("248536006", Entries.snomed)),
        ("finding", Entries.code("404684003", Entries.snomed)),
        ("problem", Entries.code("55607006", Entries.snomed)),
        ("condition", Entries.code("64572001", Entries.snomed)),
        ("diagnosis", Entries.code("282291009", Entries.snomed)),
        ("symptom", Entries.code("418799008", Entries.snomed)),
        ("null", "<code nullFlavor='UNK'/>"),
        ("none", ""),
    ]
    static let generic = kinds.flatMap { name, code in
        [
            row(
                "\(name): present", found(code: code),
                ["valueCodeableConcept.coding.0.code": "165232002", "valueBoolean": "-"]),
            row(
                "\(name): absent", found(negated, code: code),
                [
                    "code.coding.0.code": "165232002", "code.coding.1": "-", "valueBoolean": "false",
                    "valueCodeableConcept": "-",
                ]),
            row(
                "\(name): names nothing", found(code: code, value: ""), made: 0, losses: ["asText: names no finding"]),
            row(
                "\(name): denies nothing", found(negated, code: code, value: ""), made: 0,
                losses: ["asText: denies nothing that it names"]),
        ]
    }

    @Test("Codes that ask nothing", arguments: generic)
    func asksNothing(_ row: ActivityRow) throws { try row.check() }

    @Test("A value that is the finding is told as an assertion", arguments: kinds)
    func assertion(_ name: String, _ code: String) throws {
        let made = try Sample.convert("47420-5", Self.found(code: code)).all("Observation")
        let codes = made.first?.at("code.coding")?.items.compactMap { $0.text("code") } ?? []
        #expect(codes.filter { $0 == "ASSERTION" }.count == 1)
        #expect(codes.last == "ASSERTION")
    }

    // MARK: Present, absent, unknown

    static let bladder = Entries.code("129011004", Entries.snomed, "Bladder control")
    static let findings = [
        row(
            "question and answer", found(code: bladder),
            [
                "code.coding.0.code": "129011004", "code.coding.1": "-",
                "valueCodeableConcept.coding.0.code": "165232002", "effectiveDateTime": "2025-06-15",
                "category.0.coding.0.code": "functional-status", "status": "final",
            ]),
        row(
            "a question whose answer is denied", found(negated, code: bladder),
            ["code.coding.0.code": "165232002", "code.coding.1.code": "129011004", "valueBoolean": "false"]),
        row(
            "a denied finding in the code", found(negated, code: bladder, value: Entries.null("NI")),
            ["code.coding.0.code": "129011004", "valueBoolean": "false"]),
        row(
            "a denied finding in words",
            found(negated, value: Entries.null("OTH", "<originalText>Saddle anesthesia</originalText>")),
            ["code.text": "Saddle anesthesia", "code.coding": "-", "valueBoolean": "false"]),
        row(
            "a denied finding as text", found(negated, value: Entries.text("Foot drop")),
            ["code.text": "Foot drop", "valueBoolean": "false", "valueString": "-"]),
        row(
            "a denied finding that only a translation codes",
            found(
                negated,
                value: Entries.null("OTH", "<translation code='165232002' codeSystem='\(Entries.snomed)'/>")),
            ["code.coding.0.code": "165232002", "valueBoolean": "false"]),
        row(
            "a yes that is denied", found(negated, code: bladder, value: Entries.value("373066001", "Yes")),
            ["code.coding.0.code": "129011004", "valueBoolean": "false"]),
        row(
            "a no that is denied", found(negated, code: bladder, value: Entries.value("373067005", "No")), made: 0,
            losses: ["refused: negated, and the answer is no"], issue: .ccdaContradiction),
        row(
            "true that is denied", found(negated, code: bladder, value: "<value xsi:type='BL' value='true'/>"),
            ["valueBoolean": "false"]),
        row(
            "false that is denied", found(negated, code: bladder, value: "<value xsi:type='BL' value='false'/>"),
            made: 0, losses: ["refused: negated, and the answer is no"]),
        row(
            "null as a whole", found(" nullFlavor='UNK'"),
            ["code.coding.0.code": "165232002", "valueCodeableConcept": "-", "dataAbsentReason": "*"]),
        row(
            "nullified", found(status: "nullified"), ["status": "entered-in-error"]),
        row("no status", found(status: nil), ["status": "unknown"], issue: .ccdaStatus),
        row(
            "problem of R1.1", found(template: "68", code: Entries.code("409586006", Entries.snomed)),
            ["code.coding.1.code": "ASSERTION", "valueCodeableConcept.coding.0.code": "165232002"]),
        row(
            "mental status", section: "10190-7",
            found(
                template: "74", code: Entries.code("373930000", Entries.snomed),
                value: Entries.value("48167000", "Amnesia")),
            ["category.0.coding.0.code": "cognitive-status", "valueCodeableConcept.coding.0.code": "48167000"]),
        row(
            "cognitive problem of R1.1", found(negated, template: "73", value: Entries.value("371632003", "Comatose")),
            ["code.coding.0.code": "371632003", "valueBoolean": "false"]),
        row(
            "examination without a template", section: "29545-1", found(template: "99999"),
            ["category.0.coding.0.code": "exam", "code.coding.1.code": "ASSERTION"]),
        row(
            "result and functional status in one",
            found(negated, template: "2", value: Entries.value("165232002", "x"))
                .replacing(Sample.template("2"), with: Sample.template("2") + Sample.template("67")),
            ["code.coding.0.code": "165232002", "valueBoolean": "false"]),
        row(
            "side of a finding",
            found(
                value: Entries.value(
                    "26544005", "Weakness",
                    inside: """
                        <qualifier><name code='272741003' codeSystem='\(Entries.snomed)'/>\
                        <value code='7771000' codeSystem='\(Entries.snomed)'/></qualifier>
                        """)), ["bodySite.coding.0.code": "7771000"]),
    ]

    @Test("Findings", arguments: findings)
    func finding(_ row: ActivityRow) throws { try row.check() }

    // MARK: Organizers and scales

    static func group(_ template: String, _ code: String, _ inside: String...) -> String {
        Entries.statement(
            "organizer", [template], code: code, at: "20250610",
            inside: inside.map { "<component>\($0)</component>" }.joined())
    }
    static func answer(_ code: String, _ value: String, attributes: String = "", at time: String = "20250616") -> String
    {
        Entries.statement(
            "observation", ["86"], attributes: attributes, code: Entries.code(code, Entries.own), at: time,
            inside: value)
    }
    static let no = Entries.value("N", "No", "2.16.840.1.113883.12.136")
    static let yes = Entries.value("Y", "Yes", "2.16.840.1.113883.12.136")
    static let findingSystem = "https://spinehook.example/fhir/CodeSystem/lumbosacral-findings"
    static let groups = [
        row(
            "a group with a code", group("66", Entries.code("d5", "2.16.840.1.113883.6.254"), found(at: "")),
            [
                "#1.code.coding.0.code": "d5", "#1.hasMember.0.reference": "*", "#1.dataAbsentReason": "-",
                "#2.effectiveDateTime": "2025-06-10", "#2._effectiveDateTime": "*",
            ], made: 2),
        row("a group without a code", group("66", "<code nullFlavor='NI'/>", found()), ["hasMember": "-"]),
        row(
            "scale with items", section: "51848-0",
            found(
                template: "69", code: Entries.code("54614-3", Entries.loinc),
                value: "<value xsi:type='INT' value='7'/>",
                inside: Entries.related(answer("saddle-sensory-loss", no, at: ""), "COMP")),
            [
                "#1.valueInteger": "7", "#1.hasMember.0.reference": "*", "#1.category.0.coding.0.code": "survey",
                "#2.code.coding.0.system": findingSystem, "#2.code.coding.0.code": "saddle-sensory-loss",
                "#2.valueCodeableConcept.coding.0.code": "N",
                "#2.valueCodeableConcept.coding.0.system": "http://terminology.hl7.org/CodeSystem/v2-0136",
                "#2.effectiveDateTime": "2025-06-15",
            ], made: 2),
        row(
            "an answer yes", section: "51848-0", answer("leg-weakness-worsening", yes),
            ["code.coding.0.system": findingSystem, "valueCodeableConcept.coding.0.code": "Y"]),
        row(
            "an answer true", section: "51848-0",
            answer("leg-weakness-worsening", "<value xsi:type='BL' value='true'/>"),
            ["valueBoolean": "true"]),
        row(
            "a yes that is denied", section: "51848-0", answer("leg-weakness-worsening", yes, attributes: negated),
            ["code.coding.0.code": "leg-weakness-worsening", "valueBoolean": "false"]),
        row(
            "a no that is denied", section: "51848-0", answer("leg-weakness-worsening", no, attributes: negated),
            made: 0,
            losses: ["refused: negated, and the answer is no"]),
        row(
            "one of several answers", section: "51848-0",
            answer("perianal-sensation", Entries.value("reduced", "Reduced", Entries.own)),
            [
                "valueCodeableConcept.coding.0.code": "reduced", "valueCodeableConcept.coding.0.system": findingSystem,
            ]),
        row(
            "one of several answers denied", section: "51848-0",
            answer("perianal-sensation", Entries.value("reduced", "Reduced", Entries.own), attributes: negated),
            made: 0,
            losses: ["refused: denies one of several answers"]),
        row(
            "a grade", section: "51848-0", answer("strength-ankle-dorsiflexion-left", Entries.text("3/5")),
            ["valueString": "3/5"]),
    ]

    @Test("Groups and scales", arguments: groups)
    func grouped(_ row: ActivityRow) throws { try row.check() }
}
