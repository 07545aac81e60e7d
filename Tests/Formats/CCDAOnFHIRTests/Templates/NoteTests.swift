import CCDA
import CCDAOnFHIR
import Foundation
import JSONTree
import Testing

/// Note Activity and reports of imaging (sections 7.14 and 7.15).
@Suite("Notes and imaging reports")
struct NoteTests {
    static let code = Entries.code(
        "34109-9", Entries.loinc, "Note",
        inside: "<translation code='11488-4' codeSystem='\(Entries.loinc)' displayName='Consult note'/>")
    static func note(
        _ attributes: String = "", status: String? = "completed", text: String = "<text>Seen today.</text>",
        inside: String = ""
    ) -> String {
        Entries.statement(
            "act", ["202"], attributes: attributes, code: code, status: status, at: "20250610", inside: text + inside)
    }
    static func row(
        _ name: String, _ entry: String, _ made: [String], _ expected: [String: String] = [:], losses: [String] = []
    )
        -> ActivityRow
    { ActivityRow(name, section: "34109-9", entry, made, expected, losses: losses) }

    static let notes = [
        row(
            "words", note(inside: Entries.author("20250611083215-0500")), ["DocumentReference"],
            [
                "DocumentReference.status": "current", "DocumentReference.docStatus": "final",
                "DocumentReference.type.coding.0.code": "11488-4", "DocumentReference.type.coding.1.code": "34109-9",
                "DocumentReference.content.0.attachment.contentType": "text/plain",
                "DocumentReference.content.0.attachment.data": Data("Seen today.".utf8).base64EncodedString(),
                "DocumentReference.date": "2025-06-11T08:32:15-05:00", "DocumentReference.author.0.reference": "*",
                "DocumentReference.context.period.start": "2025-06-10",
            ]),
        row(
            "a file", note(text: "<text mediaType='application/pdf' representation='B64'>QUJD\n REVG</text>"),
            ["DocumentReference"],
            [
                "DocumentReference.content.0.attachment.contentType": "application/pdf",
                "DocumentReference.content.0.attachment.data": "QUJDREVG",
            ]),
        row(
            "preliminary", note(status: "active"), ["DocumentReference"], ["DocumentReference.docStatus": "preliminary"]
        ),
        row("no status", note(status: nil), ["DocumentReference"], ["DocumentReference.docStatus": "-"]),
        row(
            "entered in error", note(status: "nullified"), ["DocumentReference"],
            ["DocumentReference.status": "entered-in-error"]),
        row("denied", note(" negationInd='true'"), [], losses: ["asText: a note that is denied"]),
        row("without words", note(text: ""), [], losses: ["asText: a note without words of its own"]),
        row(
            "of a procedure",
            Entries.statement("procedure", ["14"], inside: Entries.related(note(), "COMP")),
            ["Procedure", "DocumentReference"], ["DocumentReference.context.related.0.reference": "*"]),
    ]

    @Test("Notes", arguments: notes)
    func noted(_ row: ActivityRow) throws { try row.check() }

    // MARK: Imaging reports

    static let instance = Entries.statement(
        "observation", ["2.16.840.1.113883.10.20.6.2.8"],
        code: Entries.code("1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.2.6.1", "MR image"), status: nil, at: "",
        inside: "<id root='1.2.840.99999.3'/>")
    static let series = Entries.statement(
        "act", ["63"],
        code: """
            <code code='113015' codeSystem='1.2.840.10008.2.16.4'><qualifier><name code='121139' \
            codeSystem='1.2.840.10008.2.16.4'/><value code='MR' codeSystem='1.2.840.10008.2.16.4'/></qualifier></code>
            """, status: nil, at: "20250601101500-0500",
        inside: "<id root='1.2.840.99999.2'/>" + Entries.related(instance, "COMP"))
    static func study(
        _ attributes: String = "", id: String = "<id root='1.2.840.99999.1'/>", at time: String = "20250601"
    )
        -> String
    {
        Entries.statement(
            "act", ["2.16.840.1.113883.10.20.6.2.6"], attributes: attributes,
            code: Entries.code("113014", "1.2.840.10008.2.16.4"), status: nil, at: time,
            inside: id + Entries.related(series, "COMP"))
    }
    /// A report of what a service event says.
    static func report(
        _ sections: [String], event: String = Entries.mri + Entries.time("20250601"), code: String = "18748-4"
    ) throws -> Converted {
        let event = "<documentationOf><serviceEvent classCode='ACT'>\(event)</serviceEvent></documentationOf>"
        let bytes = String(decoding: Sample.document(sections), as: UTF8.self)
            .replacing("<component><structuredBody>", with: event + "<component><structuredBody>")
            .replacing("<code code=\"34133-9\"", with: "<code code=\"\(code)\"")
        return Converted(try DocumentConverter().convert(Array(bytes.utf8)))
    }

    @Test("A report with its pictures")
    func pictures() throws {
        let finding = Entries.statement(
            "observation", ["2.16.840.1.113883.10.20.6.2.12"],
            code: Entries.code("121071", "1.2.840.10008.2.16.4", "Finding"), inside: Entries.text("Disc protrusion"))
        let converted = try Self.report([
            Sample.section("121181", entries: [Self.study()]), Sample.section("18782-3", entries: [finding]),
            Sample.section("19005-8", text: "<paragraph>Protrusion L5/S1.</paragraph>"),
        ])
        let study = try #require(converted.all("ImagingStudy").first)
        for (path, value) in [
            "identifier.0.system": "urn:dicom:uid", "identifier.0.value": "urn:oid:1.2.840.99999.1",
            "status": "available", "started": "2025-06-01", "procedureCode.0.coding.0.code": "72148",
            "modality.0.code": "MR", "modality.1": "-", "numberOfSeries": "1", "series.0.uid": "1.2.840.99999.2",
            "series.0.modality.code": "MR", "series.0.instance.0.uid": "1.2.840.99999.3",
            "series.0.instance.0.sopClass.code": "urn:oid:1.2.840.10008.5.1.4.1.1.4",
        ] { study.expect(path, value) }
        let report = try #require(converted.all("DiagnosticReport").first)
        for (path, value) in [
            "status": "final", "category.0.coding.0.code": "RAD", "code.coding.0.code": "72148",
            "effectiveDateTime": "2025-06-01", "issued": "2025-06-16T09:30:00-05:00", "imagingStudy.0.reference": "*",
            "result.0.reference": "*", "conclusion": "Protrusion L5/S1.",
        ] { report.expect(path, value) }
        #expect(converted.all("DiagnosticReport").count == 1)
        #expect(converted.losses == [])
        converted.all("Observation").first?.expect("category.0.coding.0.code", "imaging")
    }

    @Test("What a section says was done stands beside the service event, at its time")
    func procedureContext() throws {
        let context = Entries.statement(
            "act", ["2.16.840.1.113883.10.20.6.2.5"], code: Entries.code("72100", Entries.cpt), status: nil, at: "")
        let converted = try Self.report([Sample.section("55111-9", entries: [context])])
        let procedure = try #require(converted.all("Procedure").first)
        procedure.expect("status", "completed")
        procedure.expect("code.coding.0.code", "72100")
        procedure.expect("performedDateTime", "2025-06-01")
    }

    @Test(
        "A report without a service event has its own code",
        arguments: [("18748-4", 1), ("24968-0", 1), ("34133-9", 0)])
    func ownCode(_ code: String, count: Int) throws {
        let converted = try Self.report([], event: "", code: code)
        #expect(
            converted.all("DiagnosticReport").compactMap { $0.text("code.coding.0.code") }
                == Array(repeating: code, count: count))
    }

    static let studies = [
        row(
            "denied", study(" negationInd='true'"), [],
            losses: [
                "asText: a study that is denied", "asText: inside a negated statement",
                "asText: inside a negated statement",
            ]),
        row(
            "without an identifier", study(id: "<id nullFlavor='UNK'/>"), [],
            losses: [
                "refused: a study without a unique identifier",
                "asText: a part of an imaging study, which stands elsewhere",
                "asText: a part of an imaging study, which stands elsewhere",
            ]),
        row("pictures alone", instance, [], losses: ["asText: a part of an imaging study, which stands elsewhere"]),
    ]

    @Test("Studies", arguments: studies)
    func studied(_ row: ActivityRow) throws { try row.check() }
}
