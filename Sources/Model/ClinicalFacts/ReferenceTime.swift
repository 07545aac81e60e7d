/// The moment that everything is counted against, before it is known in which offset the data think (ruling R5).
public enum ReferenceTime: Sendable, Hashable {
    /// A calendar day, the same in every offset.
    case day(Day)
    /// A point in time, and the offset to read it in where the data carry none.
    ///
    /// - Parameters:
    ///   - seconds: Since 1970-01-01T00:00:00Z.
    ///   - offset: Seconds east of UTC.
    case instant(seconds: Int, offset: Int)

    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss` with `Z` or `±hh:mm`; nil when it is neither.
    public init?(_ literal: String) {
        guard let date = PartialDate(literal), date.isExact, let day = date.earliest else { return nil }
        let text = Array(literal.utf8)
        guard text.count > 10 else {
            self = .day(day)
            return
        }
        // The form was checked above: hh:mm:ss stand at 11, 14 and 17.
        func number(_ start: Int) -> Int { Int(text[start] - 48) * 10 + Int(text[start + 1] - 48) }
        let offset = UTCOffset(of: literal)?.seconds ?? 0
        let local = day.number * 86_400 + number(11) * 3600 + number(14) * 60 + number(17)
        self = .instant(seconds: local - offset, offset: offset)
    }

    /// The calendar day in an offset.
    ///
    /// - Parameter offset: The offset that the data carry; nil when they carry none.
    public func day(in offset: UTCOffset?) -> Day {
        switch self {
        case .day(let day): day
        case .instant(let seconds, let own):
            Day(Int((Double(seconds + (offset?.seconds ?? own)) / 86_400).rounded(.down)))
        }
    }
}

/// How far the clock of a place is from UTC.
public struct UTCOffset: Sendable, Hashable {
    /// Seconds east of UTC.
    public let seconds: Int

    /// An offset of so many seconds east.
    public init(seconds: Int) { self.seconds = seconds }

    /// The offset at the end of a FHIR dateTime; nil when it carries none. `-00:00` is UTC.
    public init?(of literal: String) {
        let text = Array(literal.utf8)
        guard text.count > 10 else { return nil }
        if text.last == UInt8(ascii: "Z") {
            seconds = 0
            return
        }
        let tail = text.suffix(6)
        guard let sign = tail.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let digits = [1, 2, 4, 5].map { Int(tail[tail.startIndex + $0]) - 48 }
        guard digits.allSatisfy((0...9).contains) else { return nil }
        let size = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60
        seconds = sign == UInt8(ascii: "-") ? -size : size
    }
}
