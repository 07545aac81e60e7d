import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Procedure Activity Procedure, Act and Observation (sections 4.6, 7.5 and 7.15).
@Suite("Procedures")
struct ProcedureTests {
    static func procedure(
        _ attributes: String = "", template: String = "14", element: String = "procedure", mood: String = "EVN",
        code: String = Entries.mri, status: String? = "completed", at time: String = "20250101", inside: String = ""
    ) -> String {
        Entries.statement(
            element, [template], mood: mood, attributes: attributes, code: code, status: status, at: time,
            inside: inside)
    }

    // MARK: Status, negation, dates

    static func done(
        _ name: String, _ attributes: String = "", status: String? = "completed", at time: String = "20250101",
        is expected: String, issue: IssueCode? = nil
    ) -> ActivityRow {
        ActivityRow(
            name, procedure(attributes, status: status, at: time), ["Procedure"], ["Procedure.status": expected],
            issue: issue)
    }
    static let negated = " negationInd='true'"

    static let states = [
        done("completed", is: "completed"),
        done("aborted", status: "aborted", is: "stopped"),
        done("cancelled", status: "cancelled", is: "not-done"),
        done("held", status: "held", is: "on-hold"),
        done("suspended", status: "suspended", is: "on-hold"),
        done("nullified", status: "nullified", is: "entered-in-error"),
        done("new", status: "new", is: "unknown", issue: .ccdaStatus),
        done("no status", status: nil, is: "unknown", issue: .ccdaStatus),
        done("a status of no vocabulary", status: "done", is: "unknown", issue: .ccdaStatus),
        done("status in capitals", status: "Completed", is: "completed"),
        done("negated and completed", negated, is: "not-done"),
        done("negated and active", negated, status: "active", is: "not-done"),
        done("negated and nullified", negated, status: "nullified", is: "entered-in-error"),
        done("not negated", " negationInd='false'", is: "completed"),
        done("null as a whole", " nullFlavor='UNK'", is: "unknown"),
        done(
            "active, a day before the document", status: "active", at: "20250615", is: "completed",
            issue: .ccdaContradiction),
        done("active on the document's day", status: "active", at: "20250616", is: "in-progress"),
        done("active, the month of the document", status: "active", at: "202506", is: "in-progress"),
        done("active, the month before", status: "active", at: "202505", is: "completed", issue: .ccdaContradiction),
        done("active since a day in the past", status: "active", at: "<low value='20250101'/>", is: "completed"),
        done(
            "active until a day in the past", status: "active", at: "<low value='20250101'/><high value='20250301'/>",
            is: "completed"),
        done(
            "active until a day to come", status: "active", at: "<low value='20250101'/><high value='20250801'/>",
            is: "in-progress"),
        done("active without a date", status: "active", at: "", is: "in-progress"),
        done("completed a day after the document", at: "20250617", is: "preparation", issue: .ccdaContradiction),
        done("completed on the document's day", at: "20250616", is: "completed"),
        done("active a day after the document", status: "active", at: "20250617", is: "preparation"),
        done("cancelled a day after the document", status: "cancelled", at: "20250617", is: "not-done"),
        done("negated for a day to come", negated, at: "20250617", is: "not-done"),
    ]

    @Test("Status", arguments: states)
    func status(_ row: ActivityRow) throws { try row.check() }

    // MARK: Elements and templates

    static let shapes = [
        ActivityRow(
            "act", procedure(template: "12", element: "act", code: Entries.code("97110", Entries.cpt)), ["Procedure"],
            ["Procedure.code.coding.0.code": "97110", "Procedure.category": "-"]),
        ActivityRow("procedure with the act's template", procedure(template: "12"), ["Procedure"]),
        ActivityRow("procedure with the observation's template", procedure(template: "13"), ["Procedure"]),
        ActivityRow(
            "observation without a value",
            procedure(template: "13", element: "observation", inside: "<value xsi:type='CD' nullFlavor='NI'/>"),
            ["Procedure"], ["Procedure.code.coding.0.code": "72148", "Procedure.performedDateTime": "2025-01-01"]),
        ActivityRow(
            "observation with a value",
            procedure(template: "13", element: "observation", inside: Entries.text("Stenosis at L4/5")),
            ["Procedure", "Observation"],
            [
                "Procedure.status": "completed", "Observation.status": "final",
                "Observation.code.coding.0.code": "72148", "Observation.valueString": "Stenosis at L4/5",
                "Observation.partOf.0.reference": "*",
            ]),
        ActivityRow(
            "observation with a value that was not done",
            procedure(negated, template: "13", element: "observation", inside: Entries.text("Stenosis")),
            ["Procedure"], ["Procedure.status": "not-done"]),
        ActivityRow(
            "observation with a value, cancelled",
            procedure(template: "13", element: "observation", status: "cancelled", inside: Entries.text("Stenosis")),
            ["Procedure"], ["Procedure.status": "not-done"]),
        ActivityRow(
            "the section decides nothing: done in the plan", section: "18776-5", procedure(), ["Procedure"],
            ["Procedure.status": "completed"]),
        ActivityRow(
            "the section decides nothing: intended among procedures", procedure(mood: "INT"), ["ServiceRequest"],
            ["ServiceRequest.intent": "plan", "ServiceRequest.meta.tag.0.code": "INT"]),
        ActivityRow(
            "defined", procedure(mood: "DEF"), losses: ["asText: mood DEF: neither a fact nor an order"]),
        ActivityRow(
            "neither code nor text", procedure(code: "<code nullFlavor='UNK'/>"),
            losses: ["refused: neither code nor text"]),
        ActivityRow(
            "text only", procedure(code: "<code nullFlavor='OTH'><originalText>Nerve root block</originalText></code>"),
            ["Procedure"], ["Procedure.code.text": "Nerve root block", "Procedure.code.coding": "-"]),
        ActivityRow(
            "a masked code", procedure(code: "<code nullFlavor='MSK'/>"), ["Procedure"],
            ["Procedure.code.extension.0.valueCode": "masked"]),
        ActivityRow(
            "no procedures at all", procedure(negated, code: Entries.code("71388002", Entries.snomed))),
        ActivityRow(
            "a denial that names a procedure in words",
            procedure(negated, code: "<code nullFlavor='OTH'><originalText>Myelography</originalText></code>"),
            ["Procedure"], ["Procedure.status": "not-done", "Procedure.code.text": "Myelography"]),
    ]

    @Test("Shape", arguments: shapes)
    func shape(_ row: ActivityRow) throws { try row.check() }

    // MARK: Members

    static let left = """
        <targetSiteCode code='122496007' codeSystem='\(Entries.snomed)' displayName='Lumbar spine'>\
        <qualifier><name code='272741003' codeSystem='\(Entries.snomed)'/>\
        <value code='7771000' codeSystem='\(Entries.snomed)' displayName='Left'/></qualifier></targetSiteCode>
        """
    static let reason = Entries.related(
        Entries.statement(
            "observation", ["2.16.840.1.113883.10.20.24.3.88"], code: Entries.code("77301-0", Entries.loinc),
            inside: Entries.value("105480006", "Declined by patient")), "REFR")

    static let members = [
        ActivityRow(
            "interval", procedure(at: "<low value='20231201'/><high value='20240112'/>"), ["Procedure"],
            ["Procedure.performedPeriod.start": "2023-12-01", "Procedure.performedPeriod.end": "2024-01-12"]),
        ActivityRow(
            "month", procedure(at: "202310"), ["Procedure"], ["Procedure.performedDateTime": "2023-10"]),
        ActivityRow(
            "no time", procedure(at: ""), ["Procedure"],
            [
                "Procedure.performedDateTime": "-", "Procedure.performedPeriod": "-",
                "Procedure._performedDateTime.extension.0.valueCode": "unknown",
            ]),
        ActivityRow(
            "site and side", procedure(inside: left), ["Procedure"],
            [
                "Procedure.bodySite.0.coding.0.code": "122496007", "Procedure.bodySite.1.coding.0.code": "7771000",
                "Procedure.bodySite.0.text": "Lumbar spine",
            ]),
        ActivityRow(
            "reason", procedure(inside: Entries.indication()), ["Procedure"],
            ["Procedure.reasonCode.0.coding.0.code": "279039007"]),
        ActivityRow(
            "reason of what was not done", procedure(negated, inside: Entries.indication()), ["Procedure"],
            ["Procedure.reasonCode": "-"], losses: ["asText: inside a negated statement"]),
        ActivityRow(
            "why it was not done", procedure(negated, inside: reason), ["Procedure"],
            ["Procedure.statusReason.coding.0.code": "105480006"]),
        ActivityRow(
            "comment and method",
            procedure(
                inside: Entries.comment("Well tolerated")
                    + "<methodCode code='1' codeSystem='\(Entries.snomed)' displayName='Open'/>"),
            ["Procedure"], ["Procedure.note.0.text": "Well tolerated", "Procedure.note.1.text": "Open"]),
        ActivityRow(
            "translations",
            procedure(
                code: Entries.code(
                    "433141005", Entries.snomed, "MRI",
                    inside: "<translation code='72148' codeSystem='\(Entries.cpt)'/>")), ["Procedure"],
            ["Procedure.code.coding.0.code": "433141005", "Procedure.code.coding.1.code": "72148"]),
        ActivityRow(
            "a procedure in a procedure",
            procedure(inside: Entries.related(procedure(code: Entries.code("63030", Entries.cpt)), "COMP")),
            ["Procedure", "Procedure"], ["Procedure.partOf": "-", "Procedure#2.partOf.0.reference": "*"]),
        ActivityRow(
            "an order in a procedure", procedure(inside: Entries.related(procedure(mood: "RQO"), "REFR")),
            ["Procedure", "ServiceRequest"], ["ServiceRequest.supportingInfo.0.reference": "*"]),
    ]

    @Test("Members", arguments: members)
    func member(_ row: ActivityRow) throws { try row.check() }

    @Test("A denial of all procedures leaves the section empty, and says so")
    func noProcedures() throws {
        let converted = try Sample.convert(
            "47519-4", Self.procedure(Self.negated, code: Entries.code("71388002", Entries.snomed)))
        #expect(converted.all("Composition").first?.text("section.0.emptyReason.coding.0.code") == "nilknown")
    }
}
