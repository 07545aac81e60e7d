import CCDAOnFHIR
import JSONTree
import Testing

/// Vaccines (sections 4.6 and 7.17).
@Suite("Immunizations")
struct ImmunizationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let entry: String
        let expected: [String: String]
        var testDescription: String { name }

        init(_ name: String, _ entry: String, _ expected: [String: String]) {
            self.name = name
            self.entry = entry
            self.expected = expected
        }
    }
    static func vaccine(
        _ attributes: String = "", mood: String = "EVN", status: String? = "completed",
        time: String = "<effectiveTime value='20231015'/>",
        code: String = "<code code='88' codeSystem='2.16.840.1.113883.12.292' displayName='influenza'/>",
        material: String = "", product: String = "", inside: String = ""
    ) -> String {
        Entries.drug(
            attributes, mood: mood, template: "52", status: status, time: time, code: code, material: material,
            product: product, inside: inside)
    }

    static let rows = [
        Row(
            "given",
            vaccine(
                material: "<lotNumberText>L-2</lotNumberText>",
                product: "<manufacturerOrganization><name>Example Vaccines</name></manufacturerOrganization>"),
            [
                "status": "completed", "vaccineCode.coding.0.code": "88", "occurrenceDateTime": "2023-10-15",
                "vaccineCode.coding.0.system": "http://hl7.org/fhir/sid/cvx", "lotNumber": "L-2",
                "manufacturer.display": "Example Vaccines", "statusReason": "-", "patient.reference": "*",
            ]),
        Row(
            "at an unknown time", vaccine(time: "<effectiveTime nullFlavor='UNK'/>"),
            ["occurrenceString": "unknown", "occurrenceDateTime": "-"]),
        Row(
            "over a time", vaccine(time: "<effectiveTime><low value='20231015'/></effectiveTime>"),
            ["occurrenceDateTime": "2023-10-15"]),
        Row("active: it is an event", vaccine(status: "active"), ["status": "completed"]),
        Row("without a status", vaccine(status: nil), ["status": "completed"]),
        Row("aborted", vaccine(status: "aborted"), ["status": "not-done"]),
        Row("cancelled", vaccine(status: "cancelled"), ["status": "not-done"]),
        Row("held", vaccine(status: "held"), ["status": "not-done"]),
        Row("suspended", vaccine(status: "suspended"), ["status": "not-done"]),
        Row("new", vaccine(status: "new"), ["status": "not-done"]),
        Row("in error", vaccine(status: "nullified"), ["status": "entered-in-error"]),
        Row(
            "not given, and why",
            vaccine(
                " negationInd='true'",
                inside: Entries.related(
                    """
                    <observation classCode='OBS' moodCode='EVN'>\(Sample.template("53"))\
                    <code code='PATOBJ' codeSystem='2.16.840.1.113883.5.8' displayName='patient objection'/>\
                    <statusCode code='completed'/></observation>
                    """, "RSON")),
            [
                "status": "not-done", "statusReason.coding.0.code": "PATOBJ", "reasonCode": "-",
                "vaccineCode.coding.0.code": "88",
            ]),
    ]

    @Test("one Immunization", arguments: rows)
    func one(_ row: Row) throws {
        let converted = try Sample.convert("11369-6", row.entry)
        let made = converted.all("Immunization")
        try #require(made.count == 1)
        for (path, value) in row.expected { made[0].expect(path, value) }
        #expect(converted.losses.isEmpty)
        #expect(converted.all("MedicationRequest").isEmpty)
    }

    @Test("no vaccine at all is a section with nothing to list")
    func none() throws {
        let converted = try Sample.convert(
            "11369-6", Self.vaccine(" negationInd='true'", code: "<code nullFlavor='NI'/>"))
        #expect(converted.all("Immunization").isEmpty && converted.losses.isEmpty)
        converted.all("Composition").first?.expect("section.0.emptyReason.coding.0.code", "nilknown")
    }

    @Test("one without a name is refused")
    func unnamed() throws {
        let converted = try Sample.convert("11369-6", Self.vaccine(code: "<code nullFlavor='UNK'/>"))
        #expect(converted.losses == ["refused: an immunization without a vaccine"])
    }

    @Test("one that is meant is a plan")
    func planned() throws {
        let converted = try Sample.convert("11369-6", Self.vaccine(mood: "INT", status: "active"))
        #expect(converted.all("Immunization").isEmpty)
        let request = try #require(converted.all("MedicationRequest").first)
        request.expect("intent", "plan")
        request.expect("reportedBoolean", "-")
    }
}
