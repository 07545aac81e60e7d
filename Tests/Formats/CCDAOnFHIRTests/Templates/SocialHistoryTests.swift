import CCDA
import CCDAOnFHIR
import Diagnostics
import JSONTree
import Testing

/// Smoking, tobacco, drugs, pregnancy, sex and gender (section 7.9).
@Suite("Social history")
struct SocialHistoryTests {
    static let assertion = Entries.code("ASSERTION", "2.16.840.1.113883.5.4")
    static let negated = " negationInd='true'"
    static func told(
        _ template: String, _ attributes: String = "", code: String, at time: String = "20250616",
        status: String? = "completed", value: String, inside: String = ""
    ) -> String {
        Entries.statement(
            "observation", [template], attributes: attributes, code: code, status: status, at: time,
            inside: value + inside)
    }
    static func row(
        _ name: String, _ entry: String, _ expected: [String: String], made: Int = 1, losses: [String] = []
    ) -> ActivityRow {
        ActivityRow(
            name, section: "29762-2", entry, Array(repeating: "Observation", count: made),
            Dictionary(
                uniqueKeysWithValues: expected.map {
                    ($0.hasPrefix("#") ? "Observation" + $0 : "Observation." + $0, $1)
                }),
            losses: losses)
    }

    // MARK: Smoking

    static let former = Entries.value("8517006", "Former smoker")
    static let smoking = [
        row(
            "status at a time",
            told("78", code: Entries.code("72166-2", Entries.loinc), value: former),
            [
                "code.coding.0.code": "72166-2", "code.coding.1": "-", "valueCodeableConcept.coding.0.code": "8517006",
                "effectiveDateTime": "2025-06-16", "category.0.coding.0.code": "social-history", "status": "final",
            ]),
        row(
            "assertion over a range, as in R1.1",
            told("78", code: assertion, at: "<low value='20240101'/><high value='20250101'/>", value: former),
            ["code.coding.0.code": "72166-2", "effectiveDateTime": "2024-01-01", "effectivePeriod": "-"]),
        row(
            "template of 2024", told("511", code: Entries.code("72166-2", Entries.loinc), value: former),
            ["valueCodeableConcept.coding.0.code": "8517006"]),
        row(
            "use that has ended",
            told(
                "85", code: Entries.code("11367-0", Entries.loinc),
                at: "<low value='2000'/><high value='20110227'/>", value: Entries.value("449868002", "Every day")),
            [
                "code.coding.0.code": "11367-0", "effectivePeriod.start": "2000", "effectivePeriod.end": "2011-02-27",
                "valueCodeableConcept.coding.0.code": "449868002",
            ]),
        row(
            "use as an assertion", told("85", code: assertion, value: Entries.value("449868002", "Every day")),
            ["code.coding.0.code": "11367-0"]),
        row(
            "current and past side by side",
            told("78", code: Entries.code("72166-2", Entries.loinc), value: Entries.value("77176002", "Smoker"))
                + "</entry><entry>"
                + told(
                    "85", code: Entries.code("11367-0", Entries.loinc), value: Entries.value("449868002", "Every day")),
            ["#1.code.coding.0.code": "72166-2", "#2.code.coding.0.code": "11367-0"], made: 2),
        row(
            "denied",
            told(
                "78", negated, code: Entries.code("72166-2", Entries.loinc), value: Entries.value("77176002", "Smoker")),
            [
                "code.coding.0.code": "77176002", "code.coding.1.code": "72166-2", "valueBoolean": "false",
                "valueCodeableConcept": "-",
            ]),
        row(
            "null as a whole",
            told("78", " nullFlavor='NI'", code: Entries.code("72166-2", Entries.loinc), value: former),
            ["valueCodeableConcept": "-", "dataAbsentReason.coding.0.code": "unknown"]),
        row(
            "value not known",
            told("78", code: Entries.code("72166-2", Entries.loinc), value: Entries.null("ASKU")),
            ["dataAbsentReason.coding.0.code": "asked-unknown"]),
    ]

    @Test("Smoking", arguments: smoking)
    func smoke(_ row: ActivityRow) throws { try row.check() }

    // MARK: Pregnancy

    static let pregnant = Entries.value("77386006", "Pregnant")
    static let pregnancyTemplate = "2.16.840.1.113883.10.20.15.3.8"
    static let delivery = Entries.related(
        told(
            "2.16.840.1.113883.10.20.15.3.1", code: Entries.code("11778-8", Entries.loinc),
            value: "<value xsi:type='TS' value='20250919'/>"), "REFR")
    static let pregnancies = [
        row(
            "assertion", told(pregnancyTemplate, code: assertion, value: pregnant),
            [
                "code.coding.0.code": "82810-3", "valueCodeableConcept.coding.0.code": "77386006",
                "effectiveDateTime": "2025-06-16",
            ]),
        row(
            "with its LOINC code",
            told(pregnancyTemplate, code: Entries.code("82810-3", Entries.loinc), value: pregnant),
            ["code.coding.0.code": "82810-3", "code.coding.1": "-"]),
        row(
            "not pregnant", told(pregnancyTemplate, code: assertion, value: Entries.value("60001007", "Not pregnant")),
            ["valueCodeableConcept.coding.0.code": "60001007"]),
        row(
            "denied", told(pregnancyTemplate, negated, code: assertion, value: pregnant),
            [
                "code.coding.0.code": "77386006", "code.coding.1.code": "82810-3", "valueBoolean": "false",
                "valueCodeableConcept": "-",
            ]),
        row(
            "unknown as a whole", told(pregnancyTemplate, " nullFlavor='UNK'", code: assertion, value: pregnant),
            [
                "code.coding.0.code": "82810-3", "valueCodeableConcept": "-", "valueBoolean": "-",
                "dataAbsentReason.coding.0.code": "unknown",
            ]),
        row(
            "day of delivery", told(pregnancyTemplate, code: assertion, value: pregnant, inside: delivery),
            [
                "#2.code.coding.0.code": "11778-8", "#2.valueDateTime": "2025-09-19",
                "#1.hasMember.0.reference": "*",
            ], made: 2),
    ]

    @Test("Pregnancy", arguments: pregnancies)
    func expecting(_ row: ActivityRow) throws { try row.check() }

    // MARK: Others

    static let others = [
        row(
            "drug use in words",
            told(
                "38", code: Entries.code("11343-1", Entries.loinc, "Drug use"), at: "<low value='2010'/>",
                value: Entries.text("Intravenous heroin until 2019")),
            [
                "code.coding.0.code": "11343-1", "valueString": "Intravenous heroin until 2019",
                "effectivePeriod.start": "2010",
            ]),
        row(
            "drug use by code",
            told(
                "38", code: Entries.code("363908000", Entries.snomed),
                value: Entries.value("228388006", "Intravenous drug user")),
            ["valueCodeableConcept.coding.0.code": "228388006"]),
        row(
            "drug use denied",
            told(
                "38", negated, code: Entries.code("363908000", Entries.snomed, "Drug misuse"),
                value: Entries.value("228388006", "Intravenous drug user")),
            [
                "code.coding.0.code": "228388006", "code.coding.1.code": "363908000", "valueBoolean": "false",
                "valueCodeableConcept": "-",
            ]),
        row(
            "denied without a value",
            told("38", negated, code: Entries.code("363908000", Entries.snomed), value: Entries.null("NI")),
            ["code.coding.0.code": "363908000", "valueBoolean": "false"]),
        row(
            "alcohol as an amount",
            told("38", code: Entries.code("160573003", Entries.snomed), value: Entries.quantity("12", "/wk")),
            ["valueQuantity.value": "12"]),
        row(
            "an amount denied",
            told("38", negated, code: Entries.code("160573003", Entries.snomed), value: Entries.quantity("12", "/wk")),
            ["valueQuantity": "-", "valueBoolean": "-", "dataAbsentReason": "*"]),
        row(
            "unknown template",
            told("99999", code: Entries.code("364703007", Entries.snomed), value: Entries.text("Plumber")),
            ["category.0.coding.0.code": "social-history", "valueString": "Plumber"]),
    ]

    @Test("Others", arguments: others)
    func other(_ row: ActivityRow) throws { try row.check() }

    @Test("Sex at birth and gender identity stand in the Patient")
    func sex() throws {
        let birth = Self.told(
            "200", code: Entries.code("76689-9", Entries.loinc),
            value: "<value xsi:type='CD' code='F' codeSystem='2.16.840.1.113883.5.1'/>")
        let identity = Entries.statement(
            "observation", ["38", "2.16.840.1.113883.10.20.34.3.45"], code: Entries.code("76691-5", Entries.loinc),
            inside: Entries.value("446141000124107", "Female"))
        let converted = try Sample.convert("29762-2", birth, identity)
        #expect(converted.all("Observation").isEmpty)
        #expect(converted.losses == [])
        let urls = converted.all("Patient").first?.at("extension")?.items.compactMap { $0.text("url") } ?? []
        #expect(urls.contains("http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"))
        #expect(urls.contains("http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity"))
    }

    @Test("A denied sex at birth is no sex")
    func deniedSex() throws {
        let birth = Self.told(
            "200", Self.negated, code: Entries.code("76689-9", Entries.loinc),
            value: "<value xsi:type='CD' code='F' codeSystem='2.16.840.1.113883.5.1'/>")
        let converted = try Sample.convert("29762-2", birth)
        #expect(converted.all("Patient").first?.at("extension") == nil)
        #expect(converted.losses == ["asText: sex at birth, not stated"])
    }
}
