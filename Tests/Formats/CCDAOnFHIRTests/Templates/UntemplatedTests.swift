import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Statements of templates that are not known, in each mood (sections 7.18 and 7.19).
@Suite("Unknown templates")
struct UntemplatedTests {
    static let elements = ["observation", "procedure", "act", "encounter"]
    static let templates = ["1.2.3.4.5", "2.16.840.1.113883.10.20.22.4.99999"]

    static func loose(
        _ element: String, mood: String = "EVN", attributes: String = "", template: String = "1.2.3.4.5",
        code: String = Entries.code("225358003", Entries.snomed, "Wound care"), inside: String = ""
    ) -> String {
        Entries.statement(element, [template], mood: mood, attributes: attributes, code: code, inside: inside)
    }

    static let happened: [String: (made: [String], losses: [String])] = [
        "observation": (["Observation"], []), "procedure": (["Procedure"], []), "encounter": (["Encounter"], []),
        "act": ([], ["asText: an act without a template that is known"]),
    ]
    static let neither = ["DEF", "EVN.CRT", "GOL.CRT", "OPT"]
    static let plans = ["INT", "RQO", "PRMS", "PRP", "ARQ", "APT", "PERM"]

    /// One element in every mood.
    static func moods(of element: String) -> [ActivityRow] {
        func row(_ mood: String, _ made: [String], _ expected: [String: String] = [:], losses: [String] = [])
            -> ActivityRow
        {
            ActivityRow(
                "\(element) in mood \(mood)", section: "10164-2", loose(element, mood: mood), made, expected,
                losses: losses)
        }
        var rows = [row("EVN", happened[element]?.made ?? [], losses: happened[element]?.losses ?? [])]
        rows += plans.map { row($0, ["ServiceRequest"], ["ServiceRequest.meta.tag.0.code": $0]) }
        rows += neither.map { row($0, [], losses: ["asText: mood \($0): neither a fact nor an order"]) }
        rows.append(row("XYZ", [], losses: ["refused: no mood that is known"]))
        if element != "encounter" { rows.append(row("GOL", ["Goal"])) }
        return rows
    }
    static let moods = elements.flatMap { moods(of: $0) }

    @Test("Moods", arguments: moods)
    func mood(_ row: ActivityRow) throws { try row.check() }

    static let negated = " negationInd='true'"
    static let finding = Entries.value("165232002", "Urinary incontinence")
    static let others = [
        ActivityRow(
            "observation denied", section: "10164-2", loose("observation", attributes: negated, inside: finding),
            ["Observation"],
            [
                "Observation.code.coding.0.code": "165232002", "Observation.valueBoolean": "false",
                "Observation.category": "-",
            ]),
        ActivityRow(
            "procedure denied", section: "10164-2", loose("procedure", attributes: negated), ["Procedure"],
            ["Procedure.status": "not-done"]),
        ActivityRow(
            "order denied", section: "10164-2", loose("act", mood: "RQO", attributes: negated), ["ServiceRequest"],
            ["ServiceRequest.doNotPerform": "true"]),
        ActivityRow(
            "act that is imaging by its code", section: "10164-2", loose("act", code: Entries.mri), ["Procedure"]),
        ActivityRow(
            "act that is imaging and was not done", section: "10164-2",
            loose("act", attributes: negated, code: Entries.mri),
            ["Procedure"], ["Procedure.status": "not-done"]),
        ActivityRow(
            "observation that is imaging by its code", section: "10164-2",
            loose("observation", code: Entries.mri, inside: Entries.text("Normal")),
            ["Observation", "DiagnosticReport"],
            ["DiagnosticReport.status": "final"]),
        ActivityRow(
            "observation that is imaging and was not done", section: "10164-2",
            loose("observation", attributes: negated, code: Entries.mri), ["Observation"],
            ["Observation.valueBoolean": "false"]),
        ActivityRow(
            "result without a template", section: "30954-2",
            loose("organizer", inside: Entries.components(loose("observation", inside: Entries.quantity("5", "mg/L")))),
            ["DiagnosticReport", "Observation"], ["DiagnosticReport.result.0.reference": "*"]),
        ActivityRow(
            "organizer of no section", section: "10164-2",
            loose("organizer", inside: Entries.components(loose("observation", inside: finding))), ["Observation"]),
        ActivityRow(
            "organizer that is denied", section: "10164-2",
            loose("organizer", attributes: negated, inside: Entries.components(loose("observation", inside: finding))),
            losses: [
                "asText: an organizer without a template that is known", "asText: inside a negated statement",
            ]),
        ActivityRow(
            "supply of no device", section: "10164-2", loose("supply"),
            losses: ["asText: a supply without a template that is known"]),
        ActivityRow(
            "status of another statement", section: "30954-2",
            Entries.statement(
                "observation", ["2"], code: Entries.code("1988-5", Entries.loinc),
                inside: Entries.quantity("5", "mg/L")
                    + Entries.related(
                        loose("observation", code: Entries.code("33999-4", Entries.loinc), inside: finding))),
            ["Observation"], losses: ["asText: only qualifies another statement"]),
        ActivityRow(
            "severity alone", section: "10164-2",
            Entries.statement(
                "observation", ["8"], code: Entries.code("SEV", "2.16.840.1.113883.5.4"), inside: finding),
            losses: ["asText: only qualifies another statement"]),
        ActivityRow(
            "comment alone", section: "10164-2",
            "<act classCode='ACT' moodCode='EVN'>\(Sample.template("64"))<text>Words</text></act>",
            losses: ["asText: only qualifies another statement"]),
        ActivityRow(
            "a nested finding", section: "10164-2",
            loose("observation", inside: Entries.related(loose("observation", inside: finding), "COMP")),
            ["Observation", "Observation"], ["Observation.hasMember.0.reference": "*"]),
        ActivityRow(
            "care team", section: "85847-2",
            Entries.statement("organizer", ["500"], inside: Entries.components(loose("act"))),
            losses: ["asText: who cares for the patient", "asText: who cares for the patient"]),
        ActivityRow("a picture", section: "10164-2", loose("observationMedia"), losses: ["asText: a picture"]),
        ActivityRow(
            "drug in the plan", section: "18776-5", Entries.drug(mood: "INT", template: "99999"), ["MedicationRequest"],
            ["MedicationRequest.intent": "plan", "MedicationRequest.meta.tag.0.code": "INT"], issue: .ccdaTemplate),
        ActivityRow(
            "drug of the patient", section: "10160-0", Entries.drug(template: "99999"), ["MedicationRequest"],
            issue: .ccdaTemplate),
        ActivityRow(
            "about the mother", section: "10164-2",
            loose("observation", inside: finding + Entries.subject("MTH")).replacing(
                "<value", with: "<value"), losses: ["asText: about somebody else than the patient"]),
    ]

    @Test("Others", arguments: others)
    func other(_ row: ActivityRow) throws { try row.check() }
}
