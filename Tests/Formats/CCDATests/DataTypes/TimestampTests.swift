import Testing

@testable import CCDA

/// TS/@value by section 4.2.
@Suite("Times")
struct TimestampTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let literal: String
        /// With the offset -05:00 of the document; nil when nothing can be read.
        let fhir: String?
        /// Without an offset of the document; nil for the same.
        var bare: String?
        var precision: Timestamp.Precision = .day
        var isSound = false
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "year", literal: "2023", fhir: "2023", precision: .year, isSound: true),
        Row(name: "month", literal: "202305", fhir: "2023-05", precision: .month, isSound: true),
        Row(name: "day", literal: "20230531", fhir: "2023-05-31", isSound: true),
        Row(
            name: "hour", literal: "2023053122-0500", fhir: "2023-05-31T22:00:00-05:00", precision: .hour, isSound: true
        ),
        Row(
            name: "minute", literal: "202305312205-0500", fhir: "2023-05-31T22:05:00-05:00", precision: .minute,
            isSound: true),
        Row(
            name: "second", literal: "20230531220512+0130", fhir: "2023-05-31T22:05:12+01:30", precision: .second,
            isSound: true),
        Row(
            name: "fraction as written", literal: "20230531220512.3450-0500", fhir: "2023-05-31T22:05:12.3450-05:00",
            precision: .fraction, isSound: true),
        Row(name: "day with offset", literal: "20230531-0500", fhir: "2023-05-31", isSound: true),
        Row(name: "year with offset", literal: "2023-0500", fhir: "2023", precision: .year, isSound: true),
        Row(
            name: "offset of the document", literal: "20230531220512", fhir: "2023-05-31T22:05:12-05:00",
            bare: "2023-05-31", precision: .second),
        Row(name: "midnight without offset", literal: "20230531000000", fhir: "2023-05-31"),
        Row(name: "midnight to the minute without offset", literal: "202305310000", fhir: "2023-05-31"),
        Row(name: "midnight with a fraction without offset", literal: "20230531000000.000", fhir: "2023-05-31"),
        Row(
            name: "just after midnight", literal: "20230531000000.001", fhir: "2023-05-31T00:00:00.001-05:00",
            bare: "2023-05-31", precision: .fraction),
        Row(
            name: "midnight with offset", literal: "20230531000000-0500", fhir: "2023-05-31T00:00:00-05:00",
            precision: .second, isSound: true),
        Row(
            name: "offset with a colon", literal: "202305312205-05:00", fhir: "2023-05-31T22:05:00-05:00",
            precision: .minute),
        Row(name: "Z", literal: "20230531220512Z", fhir: "2023-05-31T22:05:12Z", precision: .second),
        Row(
            name: "offset of two digits", literal: "202305312205-05", fhir: "2023-05-31T22:05:00-05:00",
            precision: .minute),
        Row(
            name: "offset +14:00", literal: "202305312205+1400", fhir: "2023-05-31T22:05:00+14:00", precision: .minute,
            isSound: true),
        Row(name: "offset beyond 14 hours", literal: "202305312205+1401", fhir: "2023-05-31"),
        Row(name: "offset of 60 minutes", literal: "202305312205-0460", fhir: "2023-05-31"),
        Row(name: "offset of three digits", literal: "202305312205-050", fhir: "2023-05-31"),
        Row(name: "letters as offset", literal: "202305312205-05AB", fhir: "2023-05-31"),
        Row(
            name: "hour 23", literal: "2023053123-0500", fhir: "2023-05-31T23:00:00-05:00", precision: .hour,
            isSound: true),
        Row(name: "hour 24", literal: "2023053124-0500", fhir: "2023-05-31"),
        Row(name: "minute 60", literal: "202305312260-0500", fhir: "2023-05-31"),
        Row(name: "second 60", literal: "20230531225960-0500", fhir: "2023-05-31"),
        Row(name: "11 digits", literal: "20230531221", fhir: "2023-05-31"),
        Row(name: "13 digits", literal: "2023053122051-0500", fhir: "2023-05-31"),
        Row(name: "15 digits", literal: "202305312205121-0500", fhir: "2023-05-31"),
        Row(name: "16 digits", literal: "2023053122051212-0500", fhir: "2023-05-31"),
        Row(name: "fraction of a minute", literal: "202305312205.5-0500", fhir: "2023-05-31"),
        Row(name: "point without fraction", literal: "20230531220512.-0500", fhir: "2023-05-31"),
        Row(name: "day, then words", literal: "20230531 noon", fhir: "2023-05-31"),
        Row(name: "blanks around", literal: " 20230531\t", fhir: "2023-05-31"),
        Row(name: "ISO day", literal: "2023-05-31", fhir: "2023-05-31"),
        Row(name: "ISO month", literal: "2023-05", fhir: "2023-05", precision: .month),
        Row(
            name: "ISO time", literal: "2023-05-31T22:05:12-05:00", fhir: "2023-05-31T22:05:12-05:00",
            precision: .second),
        Row(
            name: "ISO time without seconds", literal: "2023-05-31T22:05Z", fhir: "2023-05-31T22:05:00Z",
            precision: .minute),
        Row(
            name: "ISO time with a blank, no offset", literal: "2023-05-31 22:05:12.5",
            fhir: "2023-05-31T22:05:12.5-05:00",
            bare: "2023-05-31", precision: .fraction),
        Row(name: "ISO time with words", literal: "2023-05-31T22:05 PM", fhir: "2023-05-31"),
        Row(name: "leap day", literal: "20240229", fhir: "2024-02-29", isSound: true),
        Row(name: "leap day of a century", literal: "20000229", fhir: "2000-02-29", isSound: true),
        Row(name: "no leap day", literal: "20230229", fhir: nil),
        Row(name: "no leap day of a century", literal: "19000229", fhir: nil),
        Row(name: "day 31 of April", literal: "20230431", fhir: nil),
        Row(name: "day 0", literal: "20230500", fhir: nil),
        Row(name: "month 0", literal: "202300", fhir: nil),
        Row(name: "month 13", literal: "202313", fhir: nil),
        Row(name: "year 1800", literal: "1800", fhir: "1800", precision: .year, isSound: true),
        Row(name: "year 1799", literal: "1799", fhir: nil),
        Row(name: "year 2200", literal: "2200", fhir: "2200", precision: .year, isSound: true),
        Row(name: "year 2201", literal: "2201", fhir: nil),
        Row(name: "three digits", literal: "202", fhir: nil),
        Row(name: "five digits", literal: "20230", fhir: nil),
        Row(name: "seven digits", literal: "2023053", fhir: nil),
        Row(name: "nine digits", literal: "202305312", fhir: nil),
        Row(name: "one zero", literal: "0", fhir: nil),
        Row(name: "zeros", literal: "00000000", fhir: nil),
        Row(name: "zeros to the second", literal: "00000000000000", fhir: nil),
        Row(name: "empty", literal: "", fhir: nil),
        Row(name: "blank", literal: "  ", fhir: nil),
        Row(name: "template variable", literal: "BIRTH_DT", fhir: nil),
        Row(name: "month, then words", literal: "202305xx", fhir: nil),
        Row(name: "American form", literal: "05/31/2023", fhir: nil),
        Row(name: "digits of another script", literal: "２０２３", fhir: nil),
    ]

    @Test("A time is read as precisely as it stands", arguments: rows)
    func reads(_ row: Row) {
        let reading = Timestamp.read(row.literal, offset: "-05:00")
        #expect(reading.time?.fhir == row.fhir)
        #expect(reading.time?.literal == (row.fhir == nil ? nil : row.literal))
        #expect(Timestamp.read(row.literal, offset: nil).time?.fhir == row.bare ?? row.fhir)
        #expect((reading.doubt == nil) == row.isSound)
        if row.fhir != nil { #expect(reading.time?.precision == row.precision) }
    }

    @Test("Every row of the table of times")
    func table() throws {
        for row in CaseTable.rows("ts-cases.csv") ?? [] {
            let literal = try #require(row["input"])
            let expected = try #require(row["fhir_with_document_offset_-05:00"])
            let reading = Timestamp.read(literal, offset: "-05:00")
            #expect(reading.time?.fhir ?? "" == expected, "\(literal)")
            let bare = Timestamp.read(literal, offset: nil).time?.fhir ?? ""
            #expect(bare == row["fhir_without_document_offset"], "\(literal)")
            let verdict = reading.time == nil ? "error" : reading.doubt == nil ? "ok" : "warn"
            #expect(verdict == row["verdict"], "\(literal)")
            #expect(reading.time.map { "\($0.precision)" } ?? "none" == row["precision"], "\(literal)")
        }
    }

    @Test("A doubt never repeats the time", arguments: rows)
    func doubts(_ row: Row) {
        guard let doubt = Timestamp.read(row.literal, offset: nil).doubt, row.literal.count > 3 else { return }
        #expect(!doubt.contains(row.literal))
    }

    @Test(
        "A time stands for all of its days",
        arguments: [
            ("1970", 0...364), ("1972", 730...1095), ("197002", 31...58), ("197202", 761...789), ("19700101", 0...0),
            ("19691231", -1 ... -1), ("200003010000+1400", 11017...11017), ("18000101", -62091 ... -62091),
        ])
    func days(_ literal: String, _ days: ClosedRange<Int>) {
        #expect(Timestamp.read(literal, offset: nil).time?.days == days)
    }

    @Test(
        "The offset of a time",
        arguments: [
            ("202305312205-0530", "-05:30"), ("202305312205.5Z", nil), ("20230531220512.5Z", "Z"),
            ("20230531-0500", nil),
            ("20230531220512", nil), ("20230531000000+1400", "+14:00"), ("20230531000000+1430", nil),
        ] as [(String, String?)])
    func offset(_ literal: String, _ offset: String?) {
        #expect(Timestamp.read(literal, offset: nil).time?.offset == offset)
    }

    @Test("A date never shows more than the day")
    func date() {
        for (literal, date) in [("2023", "2023"), ("202305", "2023-05"), ("202305312359-0500", "2023-05-31")] {
            #expect(Timestamp.read(literal, offset: nil).time?.fhirDate == date)
        }
    }

    @Test("Days and dates of the calendar agree over four centuries")
    func calendar() {
        var (year, month, day) = (1800, 1, 1)
        for number in -62091...84370 {
            let date = CivilDate.date(number)
            guard date == (year, month, day), CivilDate.number(year: year, month: month, day: day) == number else {
                Issue.record("day \(number)")
                return
            }
            day += 1
            if day > CivilDate.days(inMonth: month, of: year) ?? 0 { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (2201, 1, 1))
    }
}
