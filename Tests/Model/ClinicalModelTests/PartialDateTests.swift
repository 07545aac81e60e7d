import ClinicalModel
import Testing

@Suite("Days of the calendar, and dates known in part")
struct PartialDateTests {
    static let texts: [(String, String?, String?)] = [
        ("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"), ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"), ("2025-04", "2025-04-01", "2025-04-30"),
        ("2024-02-29", "2024-02-29", "2024-02-29"), ("2023-02-29", nil, nil), ("2025-13", nil, nil),
        ("0000", nil, nil), ("0001-01-01", "0001-01-01", "0001-01-01"), ("2025-6", nil, nil), ("2025-06-1", nil, nil),
        ("2025-06-16T10:30:00Z", "2025-06-16", "2025-06-16"), ("2025-06-16T23:59:60Z", "2025-06-16", "2025-06-16"),
        ("2025-06-16T10:30:00.123+14:00", "2025-06-16", "2025-06-16"),
        ("2025-06-16T10:30:00-05:30", "2025-06-16", "2025-06-16"), ("2025-06-16T24:00:00Z", nil, nil),
        ("2025-06-16T10:60:00Z", nil, nil), ("2025-06-16T10:30:61Z", nil, nil), ("2025-06-16T10:30:00", nil, nil),
        ("2025-06-16T10:30:00.Z", nil, nil), ("2025-06-16T10:30:00+15:00", nil, nil),
        ("2025-06-16T10:30:00+14:60", nil, nil), ("2025-06-16T10:30:00ZZ", nil, nil),
        ("2025-06-16 10:30:00Z", nil, nil),
        ("2025-06-16T10.30:00Z", nil, nil), ("2025-06-16T10:30.00Z", nil, nil), ("2025-06-16T10:30:00*05:00", nil, nil),
        ("2025-06-16T10:30:00+05.00", nil, nil), ("2025-06-16T10:30:00+05:000", nil, nil),
    ]

    @Test("as FHIR writes them", arguments: texts)
    func reads(_ text: String, _ earliest: String?, _ latest: String?) {
        let date = PartialDate(text)
        #expect(date?.earliest?.description == earliest)
        #expect(date?.latest?.description == latest)
        #expect(date?.isExact == earliest.map { $0 == latest })
    }

    @Test("every day of 800 years is the day after the one before")
    func calendar() throws {
        var day = try #require(Day(year: 1599, month: 12, day: 31))
        for year in 1600..<2400 {
            let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                #expect(Day.length(of: index + 1, in: year) == length)
                for dayOfMonth in 1...length {
                    let next = Day(year: year, month: index + 1, day: dayOfMonth)
                    let isNext = next == day + 1 && next.map { $0.civil == (year, index + 1, dayOfMonth) } ?? false
                    guard isNext else {
                        Issue.record("\(year)-\(index + 1)-\(dayOfMonth) is not the day after \(day)")
                        return
                    }
                    day = day + 1
                }
            }
        }
    }

    static let months = [
        ("2025-06-16", -12, "2024-06-16"), ("2025-03-31", -1, "2025-02-28"), ("2024-03-31", -1, "2024-02-29"),
        ("2025-01-15", -1, "2024-12-15"), ("2025-12-15", 1, "2026-01-15"), ("2025-01-15", -13, "2023-12-15"),
    ]

    @Test("months later and earlier", arguments: months)
    func addsMonths(_ from: String, _ months: Int, _ to: String) {
        #expect(PartialDate(from)?.earliest?.adding(months: months).description == to)
    }

    static let june = (PartialDate("2025-06-01")?.earliest ?? Day(0), PartialDate("2025-06-30")?.earliest ?? Day(0))

    static let comparisons: [(Int, Truth, Truth)] = [
        (-1, .no, .yes), (0, .unknown, .yes), (1, .unknown, .unknown), (28, .unknown, .unknown), (29, .yes, .unknown),
        (30, .yes, .no),
    ]

    @Test("a month against a day counted from its first", arguments: comparisons)
    func compares(_ days: Int, _ isOnOrBefore: Truth, _ isOnOrAfter: Truth) throws {
        let month = try #require(PartialDate("2025-06"))
        #expect(month.isOnOrBefore(Self.june.0 + days) == isOnOrBefore)
        #expect(month.isOnOrAfter(Self.june.0 + days) == isOnOrAfter)
    }

    @Test("clipped at a day, never before its first")
    func clips() throws {
        let month = try #require(PartialDate("2025-06"))
        #expect(month.clipped(to: Self.june.0 + 9).latest == Self.june.0 + 9)
        #expect(month.clipped(to: Self.june.0).latest == Self.june.0)
        #expect(month.clipped(to: Self.june.0 - 1).latest == Self.june.1)
        #expect(
            PartialDate(literal: "open", earliest: Self.june.0, latest: nil).clipped(to: Self.june.1).isExact == false)
        #expect(PartialDate(literal: "open", earliest: nil, latest: nil).isExact == false)
    }
}
