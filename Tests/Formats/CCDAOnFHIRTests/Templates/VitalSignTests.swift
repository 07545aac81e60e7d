import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Vital Signs Organizer and Vital Sign Observation (section 7.8).
@Suite("Vital signs")
struct VitalSignTests {
    static func sign(
        _ code: String, _ value: String, _ unit: String, attributes: String = "", status: String? = "completed",
        at time: String = "202506160915-0500", inside: String = ""
    ) -> String {
        Entries.statement(
            "observation", ["27"], attributes: attributes, code: Entries.code(code, Entries.loinc, "Sign"),
            status: status, at: time,
            inside: (value.isEmpty ? "<value xsi:type='PQ' nullFlavor='UNK'/>" : Entries.quantity(value, unit)) + inside
        )
    }
    static func organizer(
        _ signs: String..., attributes: String = "", status: String? = "completed", at time: String = "20250616"
    ) -> String {
        Entries.statement(
            "organizer", ["26"], attributes: attributes,
            code: Entries.code("46680005", Entries.snomed, "Vital signs"), status: status, at: time,
            inside: signs.map { "<component>\($0)</component>" }.joined())
    }
    static func systolic(
        _ value: String = "142", attributes: String = "", status: String? = "completed",
        at time: String = "202506160915-0500", inside: String = ""
    ) -> String {
        sign("8480-6", value, "mm[Hg]", attributes: attributes, status: status, at: time, inside: inside)
    }
    static func diastolic(
        _ value: String = "84", attributes: String = "", status: String? = "completed",
        at time: String = "202506160915-0500"
    ) -> String {
        sign("8462-4", value, "mm[Hg]", attributes: attributes, status: status, at: time)
    }
    static let negated = " negationInd='true'"

    static func row(
        _ name: String, _ entry: String, _ count: Int, _ expected: [String: String] = [:], losses: [String] = [],
        issue: IssueCode? = nil
    ) -> ActivityRow {
        ActivityRow(
            name, section: "8716-3", entry, Array(repeating: "Observation", count: count), expected, losses: losses,
            issue: issue)
    }

    static let pairs = [
        row(
            "diastolic first, as in the test data", organizer(diastolic(), systolic()), 2,
            [
                "Observation.code.coding.0.code": "85353-1", "Observation.code.coding.1.code": "46680005",
                "Observation.hasMember.0.reference": "*", "Observation.hasMember.1": "-",
                "Observation.effectiveDateTime": "2025-06-16", "Observation#2.code.coding.0.code": "85354-9",
                "Observation#2.component.0.code.coding.0.code": "8480-6",
                "Observation#2.component.0.valueQuantity.value": "142",
                "Observation#2.component.1.code.coding.0.code": "8462-4",
                "Observation#2.component.1.valueQuantity.value": "84", "Observation#2.valueQuantity": "-",
                "Observation#2.dataAbsentReason": "-", "Observation#2.category.0.coding.0.code": "vital-signs",
                "Observation#2.effectiveDateTime": "2025-06-16T09:15:00-05:00", "Observation#2.status": "final",
            ]),
        row(
            "systolic alone", organizer(systolic()), 2,
            [
                "Observation#2.code.coding.0.code": "85354-9", "Observation#2.valueQuantity": "-",
                "Observation#2.component.0.valueQuantity.value": "142",
                "Observation#2.component.1.code.coding.0.code": "8462-4",
                "Observation#2.component.1.dataAbsentReason.coding.0.code": "unknown",
                "Observation.hasMember.0.reference": "*",
            ]),
        row(
            "diastolic alone", organizer(diastolic()), 2,
            [
                "Observation#2.component.0.code.coding.0.code": "8480-6",
                "Observation#2.component.0.dataAbsentReason.coding.0.code": "unknown",
                "Observation#2.component.1.valueQuantity.value": "84",
            ]),
        row(
            "of different times", organizer(systolic(), diastolic(at: "202506160920-0500")), 3,
            [
                "Observation#2.component.0.valueQuantity.value": "142", "Observation#2.component.1.valueQuantity": "-",
                "Observation#3.component.0.valueQuantity": "-", "Observation#3.component.1.valueQuantity.value": "84",
            ]),
        row(
            "one with and one without a time", organizer(systolic(), diastolic(at: "")), 3,
            ["Observation#2.component.1.valueQuantity": "-"]),
        row(
            "both without a time", organizer(systolic(at: ""), diastolic(at: "")), 2,
            [
                "Observation#2.code.coding.0.code": "85354-9", "Observation#2.effectiveDateTime": "2025-06-16",
                "Observation#2._effectiveDateTime.extension.0.valueBoolean": "true",
            ]),
        row(
            "of different status", organizer(systolic(), diastolic(status: "active")), 3,
            ["Observation#2.component.1.valueQuantity": "-"]),
        row(
            "one denied", organizer(systolic(), diastolic("", attributes: negated)), 2,
            ["Observation#2.code.coding.0.code": "85354-9", "Observation#2.component.1.valueQuantity": "-"],
            losses: ["asText: negated, without a value: no result"]),
        row(
            "one entered in error", organizer(systolic(), diastolic(status: "nullified")), 3,
            ["Observation#2.component.1.valueQuantity": "-", "Observation#3.status": "entered-in-error"]),
        row(
            "one without a value", organizer(systolic(), diastolic("")), 3,
            [
                "Observation#2.component.1.valueQuantity": "-",
                "Observation#3.component.1.dataAbsentReason.coding.0.code": "unknown",
            ]),
        row(
            "two pairs",
            organizer(
                systolic("150", at: "202506160900-0500"), systolic("140", at: "202506161000-0500"),
                diastolic("90", at: "202506161000-0500"), diastolic("80", at: "202506160900-0500")), 3,
            [
                "Observation#2.component.0.valueQuantity.value": "150",
                "Observation#2.component.1.valueQuantity.value": "80",
                "Observation#3.component.0.valueQuantity.value": "140",
                "Observation#3.component.1.valueQuantity.value": "90",
            ]),
        row(
            "of two organizers", organizer(systolic()) + "</entry><entry>" + organizer(diastolic()), 4,
            ["Observation#2.component.1.valueQuantity": "-", "Observation#4.component.0.valueQuantity": "-"]),
        row(
            "note of a pair", organizer(systolic(inside: Entries.comment("Sitting")), diastolic()), 2,
            ["Observation#2.note.0.text": "Sitting"]),
        row(
            "oxygen saturation with flow", organizer(sign("59408-5", "94", "%"), sign("3151-8", "2", "L/min")), 2,
            [
                "Observation#2.code.coding.0.code": "59408-5", "Observation#2.code.coding.1.code": "2708-6",
                "Observation#2.valueQuantity.value": "94",
                "Observation#2.component.0.code.coding.0.code": "3151-8",
                "Observation#2.component.0.valueQuantity.value": "2",
            ]),
        row(
            "arterial saturation with concentration", organizer(sign("3150-6", "28", "%"), sign("2708-6", "94", "%")),
            2,
            ["Observation#2.component.0.code.coding.0.code": "3150-6"]),
        row(
            "oxygen of another time",
            organizer(sign("59408-5", "94", "%"), sign("3151-8", "2", "L/min", at: "202506161200-0500")), 3,
            ["Observation#2.component": "-"]),
    ]

    @Test("Pairs", arguments: pairs)
    func pair(_ row: ActivityRow) throws { try row.check() }

    static let others = [
        row(
            "temperature and weight", organizer(sign("8310-5", "38.6", "Cel"), sign("29463-7", "180", "[lb_av]")), 3,
            [
                "Observation#2.valueQuantity.value": "38.6", "Observation#2.valueQuantity.code": "Cel",
                "Observation#3.valueQuantity.code": "[lb_av]", "Observation.hasMember.1.reference": "*",
                "Observation.valueQuantity": "-", "Observation.dataAbsentReason": "-",
            ]),
        row(
            "oxygen saturation alone", sign("59408-5", "94", "%"), 1,
            ["Observation.code.coding.0.code": "59408-5", "Observation.code.coding.1.code": "2708-6"]),
        row(
            "blood pressure denied with a value", systolic(attributes: negated), 1,
            [
                "Observation.component.0.valueQuantity": "-", "Observation.component.0.dataAbsentReason": "*",
                "Observation.dataAbsentReason.coding.0.code": "unknown",
                "Observation.valueQuantity": "-",
            ]),
        row(
            "sign without an organizer", sign("8310-5", "38.6", "Cel"), 1,
            ["Observation.code.coding.0.code": "8310-5", "Observation.category.0.coding.0.code": "vital-signs"]),
        row(
            "sign of an unknown template",
            Entries.statement(
                "observation", ["99999"], code: Entries.code("8310-5", Entries.loinc),
                inside: Entries.quantity("38.6", "Cel")), 1, ["Observation.category.0.coding.0.code": "vital-signs"]),
        row(
            "active", organizer(sign("8310-5", "38.6", "Cel", status: "active"), status: "active"), 2,
            ["Observation#2.status": "preliminary"]),
        row(
            "no status", sign("8310-5", "38.6", "Cel", status: nil), 1, ["Observation.status": "unknown"],
            issue: .ccdaStatus),
        row(
            "denied with a value", sign("8310-5", "38.6", "Cel", attributes: negated), 1,
            ["Observation.valueQuantity": "-", "Observation.dataAbsentReason": "*"]),
        row(
            "denied organizer", organizer(systolic(), diastolic(), attributes: negated), 0,
            losses: [
                "asText: negated: no vital signs", "asText: inside a negated statement",
                "asText: inside a negated statement",
            ]),
        row(
            "nullified organizer", organizer(systolic(), diastolic(), status: "nullified"), 1,
            ["Observation.status": "entered-in-error", "Observation.hasMember": "-"],
            losses: ["asText: inside a statement entered in error", "asText: inside a statement entered in error"]),
        row("empty organizer", organizer(), 0, losses: ["asText: an organizer with nothing in it"]),
    ]

    @Test("Others", arguments: others)
    func other(_ row: ActivityRow) throws { try row.check() }
}
