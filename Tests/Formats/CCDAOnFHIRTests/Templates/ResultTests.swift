import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Result Organizer and Result Observation, laboratory and imaging (sections 4.3, 4.6, 7.7 and 7.15).
@Suite("Results")
struct ResultTests {
    static let crp = Entries.code("1988-5", Entries.loinc, "C reactive protein")
    static func result(
        _ value: String = Entries.quantity("48.20", "mg/L"), attributes: String = "", code: String = crp,
        status: String? = "completed", at time: String = "20250610", inside: String = ""
    ) -> String {
        Entries.statement(
            "observation", ["2"], attributes: attributes, code: code, status: status, at: time, inside: value + inside)
    }
    static func organizer(
        _ results: String..., attributes: String = "", code: String = Entries.code("24323-8", Entries.loinc, "Panel"),
        status: String? = "completed", at time: String = "", inside: String = ""
    ) -> String {
        Entries.statement(
            "organizer", ["1"], attributes: attributes, code: code, status: status, at: time,
            inside: inside + results.map { "<component>\($0)</component>" }.joined())
    }
    static func row(
        _ name: String, _ entry: String, _ made: [String], _ expected: [String: String] = [:], losses: [String] = [],
        issue: IssueCode? = nil
    ) -> ActivityRow {
        ActivityRow(name, section: "30954-2", entry, made, expected, losses: losses, issue: issue)
    }

    // MARK: Status

    static func state(_ name: String, _ status: String?, with: String, without: String, issue: IssueCode? = nil)
        -> [ActivityRow]
    {
        [
            row(
                "\(name), with a value", result(status: status), ["Observation"], ["Observation.status": with],
                issue: issue),
            row(
                "\(name), without a value", result("<value xsi:type='PQ' nullFlavor='UNK'/>", status: status),
                ["Observation"], ["Observation.status": without], issue: issue),
            row(
                "report \(name), with a value", organizer(result(), status: status),
                ["DiagnosticReport", "Observation"], ["DiagnosticReport.status": with], issue: issue),
            row(
                "report \(name), without a value",
                organizer(result("<value xsi:type='PQ' nullFlavor='UNK'/>"), status: status),
                ["DiagnosticReport", "Observation"], ["DiagnosticReport.status": without], issue: issue),
        ]
    }
    static let states =
        state("completed", "completed", with: "final", without: "final")
        + state("active", "active", with: "preliminary", without: "registered")
        + state("held", "held", with: "registered", without: "registered")
        + state("suspended", "suspended", with: "registered", without: "registered")
        + state("aborted", "aborted", with: "cancelled", without: "cancelled")
        + state("cancelled", "cancelled", with: "cancelled", without: "cancelled")
        + state("no status", nil, with: "unknown", without: "unknown", issue: .ccdaStatus)
        + [
            row(
                "nullified", result(status: "nullified"), ["Observation"], ["Observation.status": "entered-in-error"]),
            row(
                "report nullified", organizer(result(), status: "nullified"), ["DiagnosticReport"],
                ["DiagnosticReport.status": "entered-in-error", "DiagnosticReport.result": "-"],
                losses: ["asText: inside a statement entered in error"]),
        ]

    @Test("Status", arguments: states)
    func status(_ row: ActivityRow) throws { try row.check() }

    // MARK: Negation

    static let negated = " negationInd='true'"
    static let denials = [
        row(
            "denied without a value", result("<value xsi:type='CD' nullFlavor='NA'/>", attributes: negated), [],
            losses: ["asText: negated, without a value: no result"]),
        row(
            "denied with a value", result(attributes: negated), ["Observation"],
            [
                "Observation.valueQuantity": "-", "Observation.dataAbsentReason.coding.0.code": "unknown",
                "Observation.code.coding.0.code": "1988-5",
            ], issue: .ccdaContradiction),
        row(
            "denied with a coded value", result(Entries.value("260373001", "Detected"), attributes: negated),
            ["Observation"],
            [
                "Observation.valueCodeableConcept": "-", "Observation.valueBoolean": "-",
                "Observation.dataAbsentReason": "*",
            ]),
        row(
            "denied report", organizer(result(), attributes: negated), [],
            losses: ["asText: negated: no results", "asText: inside a negated statement"]),
    ]

    @Test("Negation", arguments: denials)
    func negation(_ row: ActivityRow) throws { try row.check() }

    // MARK: Values

    static func value(_ name: String, _ value: String, _ expected: [String: String]) -> ActivityRow {
        row(
            name, result(value), ["Observation"],
            Dictionary(uniqueKeysWithValues: expected.map { ("Observation." + $0, $1) }))
    }
    static let values = [
        value(
            "PQ", Entries.quantity("48.20", "mg/L"),
            ["valueQuantity.value": "48.20", "valueQuantity.code": "mg/L", "dataAbsentReason": "-"]),
        value(
            "PQ with a unit that is not UCUM's", Entries.quantity("14.2", "K/uL"),
            ["valueQuantity.value": "14.2", "valueQuantity.unit": "K/uL", "valueQuantity.code": "-"]),
        value(
            "IVL_PQ with a start only",
            "<value xsi:type='IVL_PQ'><low value='100' unit='mm/h' inclusive='false'/></value>",
            ["valueQuantity.value": "100", "valueQuantity.comparator": ">"]),
        value(
            "IVL_PQ", "<value xsi:type='IVL_PQ'><low value='2' unit='mg/L'/><high value='4' unit='mg/L'/></value>",
            ["valueRange.low.value": "2", "valueRange.high.value": "4"]),
        value("ST", Entries.text("&gt;60"), ["valueString": ">60", "valueQuantity": "-"]),
        value("INT", "<value xsi:type='INT' value='7'/>", ["valueInteger": "7"]),
        value(
            "REAL", "<value xsi:type='REAL' value='1.1'/>", ["valueQuantity.value": "1.1", "valueQuantity.unit": "-"]),
        value("CD", Entries.value("260385009", "Negative"), ["valueCodeableConcept.coding.0.code": "260385009"]),
        value("CO", "<value xsi:type='CO' value='2'/>", ["valueQuantity.value": "2"]),
        value("BL", "<value xsi:type='BL' value='false'/>", ["valueBoolean": "false"]),
        value("TS", "<value xsi:type='TS' value='20250801'/>", ["valueDateTime": "2025-08-01"]),
        value(
            "RTO",
            "<value xsi:type='RTO'><numerator xsi:type='INT' value='1'/><denominator xsi:type='INT' value='4'/></value>",
            ["valueRatio.numerator.value": "1", "valueRatio.denominator.value": "4"]),
        value(
            "not asked", "<value xsi:type='PQ' nullFlavor='NASK'/>", ["dataAbsentReason.coding.0.code": "not-asked"]),
        value("masked", "<value xsi:type='PQ' nullFlavor='MSK'/>", ["dataAbsentReason.coding.0.code": "masked"]),
        value("none", "", ["dataAbsentReason.coding.0.code": "unknown"]),
        value(
            "two values", Entries.text("yellow") + Entries.text("cloudy"),
            [
                "valueString": "-", "component.0.valueString": "yellow", "component.1.valueString": "cloudy",
                "component.0.code.coding.0.code": "1988-5",
            ]),
        value(
            "a file", "<value xsi:type='ED' mediaType='application/pdf' representation='B64'>QUJD</value>",
            ["dataAbsentReason.coding.0.code": "unsupported", "derivedFrom.0.reference": "*"]
        ).making(["Observation", "DocumentReference"]),
    ]

    @Test("Values", arguments: values)
    func measured(_ row: ActivityRow) throws { try row.check() }

    // MARK: Members

    static let specimen = """
        <specimen><specimenRole><id root='2.16.840.1.113883.19.5.99999.9' extension='S1'/><specimenPlayingEntity>\
        \(Entries.code("119297000", Entries.snomed, "Blood specimen"))</specimenPlayingEntity></specimenRole></specimen>
        """
    static func range(_ value: String, _ interpretation: String = "") -> String {
        "<referenceRange><observationRange>\(value)\(interpretation)</observationRange></referenceRange>"
    }
    static func interpretation(_ code: String) -> String {
        "<interpretationCode code='\(code)' codeSystem='2.16.840.1.113883.5.83'/>"
    }
    static let fiveToTen = "<value xsi:type='IVL_PQ'><low value='5' unit='mg/L'/><high value='10' unit='mg/L'/></value>"
    static let members = [
        row(
            "results of a report", organizer(result(), result(code: Entries.code("4537-7", Entries.loinc))),
            ["DiagnosticReport", "Observation", "Observation"],
            [
                "DiagnosticReport.code.coding.0.code": "24323-8", "DiagnosticReport.result.0.reference": "*",
                "DiagnosticReport.result.1.reference": "*", "DiagnosticReport.effectiveDateTime": "2025-06-10",
                "DiagnosticReport.category": "-",
            ]),
        row(
            "no report without a code", organizer(result(), code: "<code nullFlavor='UNK'/>"), ["Observation"]),
        row(
            "a report with a name only",
            organizer(result(), code: "<code nullFlavor='OTH'><originalText>Blood count</originalText></code>"),
            ["DiagnosticReport", "Observation"], ["DiagnosticReport.code.text": "Blood count"]),
        row(
            "time of the report for a result without one", organizer(result(at: ""), at: "20250609"),
            ["DiagnosticReport", "Observation"],
            [
                "Observation.effectiveDateTime": "2025-06-09",
                "Observation._effectiveDateTime.extension.0.valueBoolean": "true",
            ]),
        row(
            "a result's own time", organizer(result(), at: "20250609"), ["DiagnosticReport", "Observation"],
            [
                "Observation.effectiveDateTime": "2025-06-10", "Observation._effectiveDateTime": "-",
                "DiagnosticReport.effectiveDateTime": "2025-06-09",
            ]),
        row(
            "no time of the report where its results differ", organizer(result(), result(at: "20250611")),
            ["DiagnosticReport", "Observation", "Observation"],
            ["DiagnosticReport.effectiveDateTime": "-", "DiagnosticReport.effectivePeriod": "-"]),
        row(
            "interpretation", result(inside: interpretation("H")), ["Observation"],
            ["Observation.interpretation.0.coding.0.code": "H"]),
        row(
            "normal range", result(inside: range(fiveToTen, interpretation("N"))), ["Observation"],
            ["Observation.referenceRange.0.low.value": "5", "Observation.referenceRange.0.high.value": "10"]),
        row(
            "range without interpretation", result(inside: range(fiveToTen)), ["Observation"],
            ["Observation.referenceRange.0.low.value": "5"]),
        row(
            "range of another interpretation", result(inside: range(fiveToTen, interpretation("H"))), ["Observation"],
            ["Observation.referenceRange": "-"]),
        row(
            "range with an end only",
            result(inside: range("<value xsi:type='IVL_PQ'><high value='5' unit='mg/L'/></value>")), ["Observation"],
            [
                "Observation.referenceRange.0.high.value": "5", "Observation.referenceRange.0.high.comparator": "-",
                "Observation.referenceRange.0.low": "-",
            ]),
        row(
            "range in words", result(inside: range("<text>negative</text>")), ["Observation"],
            ["Observation.referenceRange.0.text": "negative"]),
        row(
            "specimen, once",
            organizer(result(), result(code: Entries.code("4537-7", Entries.loinc)), inside: specimen),
            ["DiagnosticReport", "Specimen", "Observation", "Observation"],
            [
                "DiagnosticReport.specimen.0.reference": "*", "Observation.specimen.reference": "*",
                "Observation#2.specimen.reference": "*", "Specimen.type.coding.0.code": "119297000",
            ]),
        row(
            "stated category",
            organizer(
                result(), inside: "<sdtc:category code='LAB' codeSystem='2.16.840.1.113883.12.74'/>"),
            ["DiagnosticReport", "Observation"],
            ["DiagnosticReport.category.0.coding.0.system": "http://terminology.hl7.org/CodeSystem/v2-0074"]),
        row(
            "two values of one test at one time", organizer(result(), result(Entries.quantity("50", "mg/L"))),
            ["DiagnosticReport", "Observation", "Observation"], issue: .ccdaContradiction),
        row(
            "neither code nor text", result(code: "<code nullFlavor='UNK'/>"), [],
            losses: ["refused: neither code nor text"]),
        row(
            "the words of a result do not name it",
            result(
                code: crp, inside: "<text>48.20 mg/L</text>"), ["Observation"],
            ["Observation.code.text": "C reactive protein"]),
    ]

    @Test("Members", arguments: members)
    func member(_ row: ActivityRow) throws { try row.check() }

    // MARK: Imaging

    static let loincMRI = Entries.code("24968-0", Entries.loinc, "MR Lumbar spine")
    static let report = Entries.text("No fracture. Disc protrusion L5/S1.")
    static let imaging = [
        row(
            "report of an imaging test",
            organizer(result(report, code: Entries.code("59776-5", Entries.loinc)), code: Entries.mri),
            ["DiagnosticReport", "Observation"],
            [
                "DiagnosticReport.category.0.coding.0.code": "RAD", "DiagnosticReport.status": "final",
                "DiagnosticReport.code.coding.0.code": "72148", "DiagnosticReport.effectiveDateTime": "2025-06-10",
                "DiagnosticReport.conclusion": "No fracture. Disc protrusion L5/S1.",
            ]),
        row(
            "one examination, not two", organizer(result(report, code: loincMRI), code: Entries.mri),
            ["DiagnosticReport", "Observation"]),
        row(
            "report of a test whose only result was cancelled",
            organizer(result(report, code: loincMRI, status: "cancelled"), code: Entries.mri),
            ["DiagnosticReport", "Observation"], ["DiagnosticReport.status": "unknown"]),
        row(
            "report of a test whose only result is null",
            organizer(result("<value xsi:type='ST' nullFlavor='NASK'/>", code: loincMRI), code: Entries.mri),
            ["DiagnosticReport", "Observation"], ["DiagnosticReport.status": "unknown"]),
        row(
            "imaging test inside another panel", organizer(result(report, code: loincMRI)),
            ["DiagnosticReport", "Observation", "DiagnosticReport"],
            [
                "DiagnosticReport.category": "-", "DiagnosticReport#2.code.coding.0.code": "24968-0",
                "DiagnosticReport#2.status": "final", "DiagnosticReport#2.effectiveDateTime": "2025-06-10",
                "DiagnosticReport#2.result.0.reference": "*", "Observation.category.0.coding.0.code": "imaging",
            ]),
        row(
            "imaging test alone", result(report, code: Entries.mri), ["Observation", "DiagnosticReport"],
            ["DiagnosticReport.status": "final", "DiagnosticReport.conclusion": "*"]),
        row(
            "imaging test that was not done",
            result("<value xsi:type='ST' nullFlavor='NI'/>", attributes: negated, code: Entries.mri), [],
            losses: ["asText: negated, without a value: no result"]),
        row(
            "imaging test denied with a value", result(report, attributes: negated, code: Entries.mri), ["Observation"],
            ["Observation.valueString": "-"]),
        row(
            "imaging test that is under way", result("", code: Entries.mri, status: "active"),
            ["Observation", "DiagnosticReport"], ["DiagnosticReport.status": "registered"]),
        row(
            "imaging test that was cancelled", result("", code: Entries.mri, status: "cancelled"),
            ["Observation", "DiagnosticReport"], ["DiagnosticReport.status": "cancelled"]),
        row(
            "imaging test entered in error", result(report, code: Entries.mri, status: "nullified"),
            ["Observation", "DiagnosticReport"], ["DiagnosticReport.status": "entered-in-error"]),
        row(
            "laboratory test alone", result(), ["Observation"], ["Observation.category": "-"]),
    ]

    @Test("Imaging", arguments: imaging)
    func examined(_ row: ActivityRow) throws { try row.check() }
}

extension ActivityRow {
    /// The same row with other resources.
    fileprivate func making(_ made: [String]) -> ActivityRow {
        ActivityRow(name, section: section, entry, made, expected, losses: losses, issue: issue)
    }
}
