/// A calendar day, counted from 1970-01-01.
public struct Day: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01; negative before.
    public let number: Int

    /// The day with a number.
    public init(_ number: Int) { self.number = number }

    /// The day of a Gregorian date; nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(of: month, in: year)
        else { return nil }
        // Days from civil: years counted from March, so that the leap day ends the year.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month and day of the Gregorian calendar.
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    /// Number of days of a month.
    public static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The same day of the month `months` later (earlier when negative), or the last day of a shorter month.
    public func adding(months: Int) -> Day {
        let (year, month, day) = civil
        let count = year * 12 + (month - 1) + months
        let newYear = count.quotient(flooringBy: 12)
        let newMonth = count - newYear * 12 + 1
        return Day(year: newYear, month: newMonth, day: min(day, Day.length(of: newMonth, in: newYear)))
            ?? Day(number + months * 30)
    }

    /// Days from another day to this one; negative when this one is earlier.
    public static func - (left: Day, right: Day) -> Int { left.number - right.number }
    /// The day a number of days later.
    public static func + (day: Day, count: Int) -> Day { Day(day.number + count) }
    /// The day a number of days earlier.
    public static func - (day: Day, count: Int) -> Day { Day(day.number - count) }
    /// Earlier days first.
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

extension Int {
    fileprivate func quotient(flooringBy divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension Day: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = civil
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// A date known to the day, the month or only the year, or an interval that a point in time is known to lie in.
///
/// It stands for every day it may be: `2024-03` is 1 to 31 March 2024. A comparison may answer ``Truth/unknown``;
/// it never assumes the first of the month.
public struct PartialDate: Sendable, Hashable {
    /// The text as recorded, for evidence lines.
    public let literal: String
    /// First possible day; nil when there is no lower bound.
    public let earliest: Day?
    /// Last possible day; nil when there is no upper bound.
    public let latest: Day?

    /// A date between two days, either bound open.
    public init(literal: String, earliest: Day?, latest: Day?) {
        self.literal = literal
        self.earliest = earliest
        self.latest = latest
    }

    /// A date known to the day.
    public init(_ day: Day) { self.init(literal: day.description, earliest: day, latest: day) }

    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a dateTime that begins so; nil when it is none of them.
    ///
    /// Of a dateTime the local calendar day as written counts; its time of day must be well formed and carry an offset.
    public init?(_ literal: String) {
        guard let value = DateReader.days(literal.utf8.span) else { return nil }
        self.init(literal: literal, earliest: value.earliest, latest: value.latest)
    }

    /// Whether the date is known to the day.
    public var isExact: Bool { earliest != nil && earliest == latest }

    /// The same date with its interval clipped so that it does not pass a day (the evaluation date).
    public func clipped(to day: Day) -> PartialDate {
        guard (earliest ?? day) <= day else { return self }
        return PartialDate(literal: literal, earliest: earliest, latest: min(latest ?? day, day))
    }

    /// Whether this date lies on or before a day, on every reading.
    public func isOnOrBefore(_ day: Day) -> Truth {
        if let latest, latest <= day { return .yes }
        if let earliest, earliest > day { return .no }
        return .unknown
    }

    /// Whether this date lies on or after a day, on every reading.
    public func isOnOrAfter(_ day: Day) -> Truth {
        if let earliest, earliest >= day { return .yes }
        if let latest, latest < day { return .no }
        return .unknown
    }

    /// Whether this date lies at least `count` days before a day, on every reading.
    public func isAtLeast(_ count: Int, daysBefore day: Day) -> Truth { isOnOrBefore(day - count) }
}

/// Three-valued answer: unknown is never "no".
public enum Truth: String, Sendable, Hashable {
    case yes
    case no
    case unknown
}

/// Reads FHIR `date` and `dateTime` text without building strings.
enum DateReader {
    /// First and last day that the text may stand for; nil when it is not a FHIR date or dateTime.
    ///
    /// A time of day must be `hh:mm:ss` with an optional fraction and an offset or `Z`; the leap second is legal, `24:00` is not.
    static func days(_ text: Span<UInt8>) -> (earliest: Day, latest: Day)? {
        let count = text.count
        func digits(_ start: Int, _ length: Int) -> Int? {
            guard start + length <= count else { return nil }
            var value = 0
            for index in start..<(start + length) {
                let digit = Int(text[index]) - 48
                guard (0...9).contains(digit) else { return nil }
                value = value * 10 + digit
            }
            return value
        }
        func byte(_ index: Int) -> UInt8? { index < count ? text[index] : nil }
        let hyphen = UInt8(ascii: "-"), colon = UInt8(ascii: ":")
        guard let year = digits(0, 4), year > 0 else { return nil }
        if count == 4 {
            guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else {
                return nil
            }
            return (first, last)
        }
        guard byte(4) == hyphen, let month = digits(5, 2), (1...12).contains(month) else { return nil }
        if count == 7 {
            guard let first = Day(year: year, month: month, day: 1) else { return nil }
            return (first, first + (Day.length(of: month, in: year) - 1))
        }
        guard byte(7) == hyphen, let dayOfMonth = digits(8, 2),
            let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        if count == 10 { return (day, day) }
        guard byte(10) == UInt8(ascii: "T"), let hour = digits(11, 2), hour < 24, byte(13) == colon,
            let minute = digits(14, 2), minute < 60, byte(16) == colon, let second = digits(17, 2), second <= 60
        else { return nil }
        var index = 19
        if byte(index) == UInt8(ascii: ".") {
            index += 1
            let start = index
            while let digit = byte(index), (48...57).contains(digit) { index += 1 }
            guard index > start else { return nil }
        }
        if byte(index) == UInt8(ascii: "Z") { return index + 1 == count ? (day, day) : nil }
        guard byte(index) == UInt8(ascii: "+") || byte(index) == hyphen, let offsetHour = digits(index + 1, 2),
            offsetHour <= 14, byte(index + 3) == colon, let offsetMinute = digits(index + 4, 2), offsetMinute < 60,
            index + 6 == count
        else { return nil }
        return (day, day)
    }
}
