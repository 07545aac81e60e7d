import ClinicalModel
import Testing

@Suite("The moment that everything is counted against")
struct ReferenceTimeTests {
    struct Row: CustomTestStringConvertible {
        let literal: String
        let offset: String?
        let day: String?
        let because: String
        var testDescription: String { "\(literal): \(because)" }
    }

    static let rows = [
        Row(literal: "2025-06-16", offset: "2025-06-16T00:00:00+14:00", day: "2025-06-16", because: "a day is a day"),
        Row(literal: "2025-06-16T23:30:00-07:00", offset: nil, day: "2025-06-16", because: "its own offset"),
        Row(
            literal: "2025-06-16T23:30:00-07:00", offset: "2025-06-01T10:00:00Z", day: "2025-06-17",
            because: "the next day already where the data are"),
        Row(
            literal: "2025-06-16T00:30:00Z", offset: "2025-06-01T10:00:00-05:00", day: "2025-06-15",
            because: "still the day before where the data are"),
        Row(
            literal: "2025-06-16T12:00:00Z", offset: "2025-06-01", day: "2025-06-16",
            because: "data without an offset"),
        Row(literal: "1969-12-31T23:00:00Z", offset: nil, day: "1969-12-31", because: "before the epoch"),
        Row(literal: "2025-06", offset: nil, day: nil, because: "a month is no moment"),
        Row(literal: "2025-06-16T12:00:00", offset: nil, day: nil, because: "a time without offset"),
        Row(literal: "2025-02-30", offset: nil, day: nil, because: "no such day"),
    ]

    @Test("as a calendar day", arguments: rows)
    func day(_ row: Row) {
        let day = ReferenceTime(row.literal)?.day(in: row.offset.flatMap(UTCOffset.init(of:)))
        #expect(day?.description == row.day)
    }
}
