import Testing

@testable import CCDA

/// IVL_TS, PIVL_TS, EIVL_TS and SXPR_TS by section 4.2: told apart by content.
@Suite("Intervals and frequencies")
struct TimeExpressionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        var point: String?
        var low: String?
        var high: String?
        var codes: [String] = []
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "value", xml: "<effectiveTime value='20230531'/>", point: "2023-05-31"),
        Row(name: "null", xml: "<effectiveTime nullFlavor='UNK'/>"),
        Row(
            name: "value beside a nullFlavor", xml: "<effectiveTime nullFlavor='UNK' value='2023'/>",
            codes: ["CCDA-210"]),
        Row(
            name: "low and high without xsi:type",
            xml: "<effectiveTime><low value='2022'/><high value='2023'/></effectiveTime>",
            low: "2022", high: "2023"),
        Row(
            name: "null around an interval", xml: "<effectiveTime nullFlavor='UNK'><low value='2022'/></effectiveTime>",
            low: "2022"),
        Row(name: "center", xml: "<effectiveTime><center value='202305'/></effectiveTime>", point: "2023-05"),
        Row(
            name: "center beside low", xml: "<effectiveTime><low value='2022'/><center value='2023'/></effectiveTime>",
            low: "2022"),
        Row(
            name: "value beside low", xml: "<effectiveTime value='2021'><low value='2022'/></effectiveTime>",
            low: "2022",
            codes: ["CCDA-210"]),
        Row(
            name: "unreadable low", xml: "<effectiveTime><low value='BIRTH'/><high value='2023'/></effectiveTime>",
            high: "2023", codes: ["CCDA-210"]),
        Row(
            name: "low and width in days",
            xml: "<effectiveTime><low value='20230228'/><width value='2' unit='d'/></effectiveTime>", low: "2023-02-28",
            high: "2023-03-02"),
        Row(
            name: "low and width in weeks",
            xml: "<effectiveTime><low value='20231225'/><width value='1.0' unit='wk'/></effectiveTime>",
            low: "2023-12-25",
            high: "2024-01-01"),
        Row(
            name: "low and width in hours over midnight",
            xml: "<effectiveTime><low value='20230531230512-0500'/><width value='1.5' unit='h'/></effectiveTime>",
            low: "2023-05-31T23:05:12-05:00", high: "2023-06-01T00:35:12-05:00"),
        Row(
            name: "high and width in minutes",
            xml: "<effectiveTime><high value='202305310010-0500'/><width value='20' unit='min'/></effectiveTime>",
            low: "2023-05-30T23:50:00-05:00", high: "2023-05-31T00:10:00-05:00"),
        Row(
            name: "a day and a width of whole days in hours",
            xml: "<effectiveTime><low value='20230531'/><width value='48' unit='h'/></effectiveTime>",
            low: "2023-05-31",
            high: "2023-06-02"),
        Row(
            name: "a day and a width of hours",
            xml: "<effectiveTime><low value='20230531'/><width value='3' unit='h'/></effectiveTime>", low: "2023-05-31",
            codes: ["CCDA-210"]),
        Row(
            name: "a month and a width of days",
            xml: "<effectiveTime><low value='202305'/><width value='3' unit='d'/></effectiveTime>", low: "2023-05",
            codes: ["CCDA-210"]),
        Row(
            name: "width in months",
            xml: "<effectiveTime><low value='20230531'/><width value='3' unit='mo'/></effectiveTime>",
            low: "2023-05-31", codes: ["CCDA-210"]),
        Row(
            name: "width that is no whole number of minutes",
            xml: "<effectiveTime><low value='20230531'/><width value='0.3333' unit='d'/></effectiveTime>",
            low: "2023-05-31", codes: ["CCDA-210"]),
        Row(
            name: "width below zero",
            xml: "<effectiveTime><low value='20230531'/><width value='-2' unit='d'/></effectiveTime>",
            low: "2023-05-31", codes: ["CCDA-210"]),
        Row(
            name: "width beyond any calendar",
            xml: "<effectiveTime><low value='20230531'/><width value='999999' unit='wk'/></effectiveTime>",
            low: "2023-05-31", codes: ["CCDA-210"]),
        Row(
            name: "end before start",
            xml: "<effectiveTime><low value='20230601'/><high value='20230531'/></effectiveTime>",
            low: "2023-06-01", high: "2023-05-31", codes: ["CCDA-211"]),
        Row(
            name: "interval inside SXPR",
            xml: "<effectiveTime xsi:type='SXPR_TS'><comp xsi:type='IVL_TS'><low value='2022'/></comp></effectiveTime>",
            low: "2022"),
    ]

    @Test("Points and ends", arguments: rows)
    func reads(_ row: Row) throws {
        let fragment = try Fragment(row.xml)
        let time = TimeExpression(try fragment.element, in: fragment.context)
        #expect(time.point?.fhir == row.point)
        #expect(time.low.time?.fhir == row.low)
        #expect(time.high.time?.fhir == row.high)
        #expect(fragment.codes == row.codes)
    }

    static func time(_ inside: String) throws -> TimeExpression {
        let fragment = try Fragment("<effectiveTime>\(inside)</effectiveTime>")
        return TimeExpression(try fragment.element, in: fragment.context)
    }

    @Test("An end says whether it is there and why it has no value")
    func bounds() throws {
        let time = try Self.time("<low nullFlavor='UNK'/><high nullFlavor='PINF'/>")
        #expect(time.low == .unknown(NullFlavor(rawValue: "UNK")))
        #expect(time.high == .unknown(NullFlavor(rawValue: "PINF")))
        #expect(time.high.isPresent)
        #expect(try Self.time("<low/>").low == .unknown(nil))
        #expect(try Self.time("<low value='x'/>").low == .unknown(nil))
        #expect(try !Self.time("<low value='2020'/>").high.isPresent)
        #expect(time.isEmpty)
    }

    @Test(
        "Only an end that lies before the start by whole days is a contradiction",
        arguments: [
            ("20230601", "20230531", true), ("20230601", "202305", true), ("2024", "2023", true),
            ("20230601", "202306", false),
            ("20230601", "2023", false), ("20230531120000-0500", "20230531110000-0500", false),
            ("20230531", "20230531", false), ("20230531", "20230601", false),
        ])
    func reversed(_ low: String, _ high: String, _ isReversed: Bool) throws {
        let time = try Self.time("<low value='\(low)'/><high value='\(high)'/>")
        #expect(time.isReversed == isReversed)
        #expect((time.start == nil) == isReversed)
        #expect((time.end == nil) == isReversed)
        #expect(time.low.time != nil && time.high.time != nil)
    }

    struct FrequencyRow: Sendable, CustomTestStringConvertible {
        let name: String
        let xml: String
        var expected: [TimeExpression.Frequency] = []
        var codes: [String] = []
        var testDescription: String { name }
    }

    static let frequencyRows = [
        FrequencyRow(
            name: "period", xml: "<effectiveTime xsi:type='PIVL_TS'><period value='8.0' unit='h'/></effectiveTime>",
            expected: [.periodic(period: "8.0", periodMax: nil, unit: "h", institutionSpecified: false)]),
        FrequencyRow(
            name: "period without xsi:type",
            xml: "<effectiveTime institutionSpecified='true'><period value='12' unit='h'/></effectiveTime>",
            expected: [.periodic(period: "12", periodMax: nil, unit: "h", institutionSpecified: true)]),
        FrequencyRow(
            name: "period of a range",
            xml: "<effectiveTime><period><low value='4' unit='h'/><high value='6' unit='h'/></period></effectiveTime>",
            expected: [.periodic(period: "4", periodMax: "6", unit: "h", institutionSpecified: false)]),
        FrequencyRow(
            name: "period with its lower end only",
            xml: "<effectiveTime><period><low value='4' unit='h'/></period></effectiveTime>",
            expected: [.periodic(period: "4", periodMax: nil, unit: "h", institutionSpecified: false)]),
        FrequencyRow(
            name: "period of a range in two units",
            xml: "<effectiveTime><period><low value='4' unit='h'/><high value='1' unit='d'/></period></effectiveTime>",
            codes: ["CCDA-210"]),
        FrequencyRow(name: "null period", xml: "<effectiveTime><period nullFlavor='UNK'/></effectiveTime>"),
        FrequencyRow(
            name: "period of zero", xml: "<effectiveTime><period value='0' unit='h'/></effectiveTime>",
            codes: ["CCDA-210"]),
        FrequencyRow(
            name: "period without unit", xml: "<effectiveTime><period value='8'/></effectiveTime>", codes: ["CCDA-210"]),
        FrequencyRow(
            name: "period in words", xml: "<effectiveTime><period value='daily' unit='h'/></effectiveTime>",
            codes: ["CCDA-210"]),
        FrequencyRow(
            name: "phase",
            xml: "<effectiveTime><phase><low value='2023'/></phase><period value='8' unit='h'/></effectiveTime>",
            expected: [.periodic(period: "8", periodMax: nil, unit: "h", institutionSpecified: false)],
            codes: ["CCDA-210"]),
        FrequencyRow(
            name: "event", xml: "<effectiveTime xsi:type='EIVL_TS'><event code='HS'/></effectiveTime>",
            expected: [.event(code: "HS", offsetMinutes: nil)]),
        FrequencyRow(
            name: "event with an offset in hours",
            xml: "<effectiveTime><event code='ACM'/><offset><low value='-0.5' unit='h'/></offset></effectiveTime>",
            expected: [.event(code: "ACM", offsetMinutes: -30)]),
        FrequencyRow(
            name: "event with an offset in seconds",
            xml: "<effectiveTime><event code='PC'/><offset><low value='90' unit='s'/></offset></effectiveTime>",
            expected: [.event(code: "PC", offsetMinutes: nil)], codes: ["CCDA-210"]),
        FrequencyRow(
            name: "SXPR",
            xml: """
                <effectiveTime xsi:type='SXPR_TS'><comp xsi:type='PIVL_TS'><period value='1' unit='d'/></comp>\
                <comp xsi:type='SXPR_TS'><comp><event code='HS'/></comp></comp></effectiveTime>
                """,
            expected: [
                .periodic(period: "1", periodMax: nil, unit: "d", institutionSpecified: false),
                .event(code: "HS", offsetMinutes: nil),
            ]),
    ]

    @Test("Frequencies", arguments: frequencyRows)
    func frequency(_ row: FrequencyRow) throws {
        let fragment = try Fragment(row.xml)
        let time = TimeExpression(try fragment.element, in: fragment.context)
        #expect(time.frequencies == row.expected)
        #expect(fragment.codes == row.codes)
    }

    @Test("A doubt is noted once, however often the element is read")
    func once() throws {
        let fragment = try Fragment("<effectiveTime value='BIRTH'/>")
        for _ in 0..<3 { _ = TimeExpression(try fragment.element, in: fragment.context) }
        #expect(fragment.codes == ["CCDA-210"])
    }
}
