import CCDAOnFHIR
import Foundation
import JSONTree
import Testing

/// What known documents of the corpus say of imaging, orders, results, devices and the rest, and the codes of imaging tests.
@Suite("Activities of the corpus")
struct ActivitiesCorpusTests {
    /// A resource in one line: type, status, code, and what is asked for.
    private static func line(_ resource: JSONValue, _ paths: [String]) -> String {
        let code = ["code", "type.0", "type", "description"].lazy.compactMap { resource.at($0) }.first
        let named = code?.text("coding.0.code") ?? code?.text("text") ?? "-"
        let state = resource.text("status") ?? resource.text("lifecycleStatus") ?? "-"
        return ([resource.text("resourceType") ?? "", state, named] + paths.map { resource.text($0) ?? "-" })
            .joined(separator: " ")
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        let types: Set<String>
        let paths: [String]
        /// Lines that must be there.
        let lines: [String]
        /// Codes and words of which no resource of these types may speak.
        var never: [String] = []
        var testDescription: String { name }
    }

    static let trap = "traps/lumbar-trap.xml"
    static let done: Set = ["Procedure", "DiagnosticReport", "ImagingStudy"]
    static let rows = [
        Row(
            name: "trap: imaging and procedures", file: trap, types: done,
            paths: ["performedDateTime", "performedPeriod.start", "performedPeriod.end"],
            lines: [
                "Procedure completed 72148 2023-11-20 - -", "Procedure completed 72100 2023-10 - -",
                "Procedure not-done 72158 2024-01-05 - -", "Procedure not-done 72132 2023-12-01 - -",
                "Procedure completed 63030 2015 - -", "Procedure completed 97110 - 2023-12-01 2024-01-12",
            ], never: ["72110", "97161"]),
        Row(
            name: "trap: orders", file: trap, types: ["ServiceRequest"],
            paths: ["intent", "meta.tag.0.code", "occurrenceDateTime", "doNotPerform"],
            lines: [
                "ServiceRequest active 72148 order RQO 2024-03-01 -",
                "ServiceRequest active 72110 plan INT 2024-02-22 -",
                "ServiceRequest completed 97161 plan INT 2024-02-20 -",
            ]),
        Row(
            name: "trap: results and vital signs", file: trap, types: ["Observation"],
            paths: [
                "valueQuantity.value", "valueQuantity.comparator", "valueQuantity.unit", "valueQuantity.code",
                "valueString",
            ],
            lines: [
                "Observation final 1988-5 48.20 - mg/L mg/L -", "Observation final 4537-7 100 > mm/h mm/h -",
                "Observation final 33914-3 - - - - >60", "Observation final 6301-6 1.1 - - - -",
                "Observation final 6690-2 14.2 - K/uL - -", "Observation final 8310-5 38.6 - Cel Cel -",
                "Observation final 29463-7 180 - [lb_av] [lb_av] -",
            ]),
        Row(
            name: "trap: blood pressure", file: trap, types: ["Observation"],
            paths: [
                "component.0.code.coding.0.code", "component.0.valueQuantity.value", "component.1.code.coding.0.code",
                "component.1.valueQuantity.value",
            ], lines: ["Observation final 85354-9 8480-6 142 8462-4 84"]),
        Row(
            name: "trap: findings and history", file: trap, types: ["Observation"],
            paths: ["valueCodeableConcept.coding.0.code", "valueBoolean", "valueString"],
            lines: [
                "Observation final 54522-8 165232002 - -", "Observation final Saddle anesthesia - false -",
                "Observation final 72166-2 8517006 - -", "Observation final 11343-1 - - Intravenous heroin until 2019",
            ], never: ["363346000", "23056005"]),
        Row(
            name: "trap: device and visit", file: trap, types: ["Device", "Encounter"],
            paths: ["class.code"],
            lines: ["Device - 14106009 -", "Encounter finished 99213 AMB"]),
        Row(
            name: "imaging as a planned observation", file: "onc/cures/170.315_b1_toc_amb_ccd_r21_sample1_v13.xml",
            types: ["ServiceRequest", "Procedure"], paths: ["meta.tag.0.code"],
            lines: ["ServiceRequest active 168731009 INT", "Procedure completed 175135009 -"]),
        Row(
            name: "imaging with a local code",
            file: "vendors/allscripts-sunrise/C-CDA_401700201_20160902122201_Newman_Alice.xml",
            types: ["ServiceRequest"],
            paths: ["meta.tag.0.code"],
            lines: ["ServiceRequest active ChestX-rayLowerRespiratoryTractStructure RQO"]),
        Row(
            name: "imaging as a result", file: "vendors/allscripts/dataport_Ambulatory.xml",
            types: ["DiagnosticReport"], paths: ["category.0.coding.0.code"],
            lines: ["DiagnosticReport final 71020 RAD"]),
        Row(
            name: "spine films", file: "emerge/Patient-101.xml", types: ["Procedure"], paths: ["performedDateTime"],
            lines: ["Procedure completed 72010 2010-05-28"]),
        Row(
            name: "a code system by its name", file: "vendors/greenway/26789_ClinicalVisitSummary_CCDA.xml",
            types: ["Procedure"], paths: ["code.coding.0.system"],
            lines: ["Procedure completed 71020 http://www.ama-assn.org/go/cpt"]),
        Row(
            name: "two smoking statements", file: "onc/cures/170.315_b1_toc_amb_ccd_r21_sample1_v13.xml",
            types: ["Observation"], paths: ["valueCodeableConcept.coding.0.code"],
            lines: ["Observation final 72166-2 449868002", "Observation final 11367-0 428071000124103"]),
        Row(
            name: "ranges, ratios and reals", file: "onc/validator/ivl_real_example.xml", types: ["Observation"],
            paths: ["valueQuantity.value", "valueRatio.denominator.value", "valueRange.high.value"],
            lines: [
                "Observation final 51277 1.0 - -", "Observation final 710002 - 60 -",
                "Observation final 710083 - - 8588",
            ]),
        Row(
            name: "planned immunosuppression is no therapy", file: "onc/cures/170.315_b1_toc_gold_sample1_v6.xml",
            types: ["ServiceRequest"], paths: ["intent"], lines: ["ServiceRequest active 86553008 order"]),
        Row(
            name: "no fact of planned immunosuppression", file: "onc/cures/170.315_b1_toc_gold_sample1_v6.xml",
            types: ["Procedure", "Observation", "Condition"], paths: [], lines: [], never: ["86553008"]),
        Row(
            name: "a pacemaker as a supply",
            file: "vendors/intellichart/Transition_Of_Care_Inpatient_for_Rebecca_Larson.xml",
            types: ["Device"], paths: [], lines: ["Device - 704708004"]),
        Row(
            name: "a device with an identifier only", file: "peers/nurra/documents/agastha_ccd.xml", types: ["Device"],
            paths: ["udiCarrier.0.deviceIdentifier"], lines: ["Device - - 00643169007222"]),
        Row(
            name: "no implanted devices", file: "vendors/360-oncology/Jeremy_Bates_health_summary.xml",
            types: ["Device"],
            paths: [], lines: [], never: ["40388003"]),
    ]

    @Test("Documents", arguments: rows)
    func document(_ row: Row) throws {
        guard let file = CorpusFolder.files.first(where: { $0.path.hasSuffix("/ccda/" + row.file) }) else { return }
        let converted = Converted(try DocumentConverter().convert(Array(try Data(contentsOf: file))))
        let resources = converted.resources.filter { row.types.contains($0.text("resourceType") ?? "") }
        let lines = resources.map { Self.line($0, row.paths) }
        for line in row.lines { #expect(lines.filter { $0 == line }.count == 1, "\(line) among \(lines.prefix(30))") }
        for word in row.never {
            let speaks = resources.contains { String(decoding: $0.encoded(), as: UTF8.self).contains("\"\(word)\"") }
            #expect(!speaks, "\(word)")
        }
    }

    /// The project's value sets of imaging tests.
    static let valueSets = [
        "mri-lumbar", "ct-lumbar", "ct-myelography", "bone-scan-spect", "pet", "xray-lumbar", "discography",
    ]

    @Test("Every code of an imaging test is known as imaging", arguments: valueSets)
    func imagingCodes(_ name: String) throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        var entries: [String] = []
        for path in ["Profiles/ValueSets/\(name).json", "Profiles/ValueSets/snomed/\(name)-snomed.json"] {
            let file = folder.appendingPathComponent(path)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            let set = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
            for include in (set["compose"] as? [String: Any])?["include"] as? [[String: Any]] ?? [] {
                let oids = ["http://loinc.org": Entries.loinc, "http://snomed.info/sct": Entries.snomed]
                guard let oid = oids[include["system"] as? String ?? ""] else { continue }
                let codes = (include["concept"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
                entries += codes.map { PlanTests.plan(code: Entries.code($0, oid)) }
            }
        }
        #expect(!entries.isEmpty)
        let made = try Sample.convert([Sample.section("18776-5", entries: entries)]).all("ServiceRequest")
        #expect(made.count == entries.count)
        let others = made.filter { $0.text("category.0.coding.0.code") != "363679005" }
        #expect(others.compactMap { $0.text("code.coding.0.code") } == [])
    }
}
