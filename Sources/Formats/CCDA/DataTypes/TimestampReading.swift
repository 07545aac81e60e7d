public import XMLTree

extension Timestamp {
    /// What came of reading a time.
    public struct Reading: Sendable, Hashable {
        /// The time; nil when it cannot be read.
        public let time: Timestamp?
        /// What is wrong or doubtful about it, without its content; nil for a sound time.
        public let doubt: String?
    }

    /// Reads `YYYY[MM[DD[HH[MM[SS[.f+]]]]]][(+|-)HH[MM]]`, and with a doubt ISO 8601 (section 4.2).
    ///
    /// - Parameter offset: The offset of the document, for a time of day without one of its own; FHIR's form.
    public static func read(_ literal: String, offset: String?) -> Reading {
        func unreadable(_ doubt: String) -> Reading { Reading(time: nil, doubt: doubt) }
        let text = Array(literal.trimmingBlanks().utf8)
        if text.isEmpty { return unreadable("an empty value") }
        if text.allSatisfy({ $0 == UInt8(ascii: "0") }) { return unreadable("zeros, which stand for unknown") }
        var parts = TimestampParts(text)
        if text.count != literal.utf8.count { parts.doubt = parts.doubt ?? "white space around it" }
        let digits = parts.digits.map { Int($0) - 48 }
        let count = digits.count
        guard count >= 4, count % 2 == 0 || count > 10 else { return unreadable("\(count) digits") }
        if parts.zone == .broken, count < 8 { return unreadable("other characters than digits") }

        func number(_ start: Int) -> Int { digits[start] * 10 + digits[start + 1] }
        let year = number(0) * 100 + number(2)
        let (month, day) = (count > 5 ? number(4) : 1, count > 7 ? number(6) : 1)
        guard 1800...2200 ~= year else { return unreadable("a year outside 1800 to 2200") }
        guard let length = CivilDate.days(inMonth: month, of: year), 1...length ~= day else {
            return unreadable("no day of the calendar")
        }
        let place = parts.place(offset: offset)
        return Reading(
            time: Timestamp(
                literal: literal, year: year, month: month, day: day, precision: place.precision,
                fhir: parts.date(place.precision) + place.time),
            doubt: place.doubt ?? parts.doubt)
    }
}

/// A time cut into its parts, before the calendar is asked.
private struct TimestampParts {
    enum Zone: Equatable {
        case none
        /// FHIR's form.
        case offset(String)
        case broken
    }
    /// Year to second, without separators.
    var digits: [UInt8] = []
    /// Behind the point.
    var fraction: [UInt8] = []
    var zone = Zone.none
    var doubt: String?

    init(_ text: [UInt8]) {
        var rest = isoRest(text) ?? leadingDigits(text)
        if rest.first == UInt8(ascii: ".") {
            fraction = Array(rest.dropFirst().prefix(while: Self.isDigit))
            // A point without digits, or not behind the seconds, spoils the time of day.
            rest = fraction.isEmpty || digits.count != 14 ? [UInt8(ascii: ".")] : rest.dropFirst(1 + fraction.count)
        }
        readZone(rest)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private mutating func leadingDigits(_ text: [UInt8]) -> ArraySlice<UInt8> {
        digits = Array(text.prefix(while: Self.isDigit))
        return text[digits.count...]
    }

    /// Takes a date, and a time of day, in ISO form and gives what follows; nil when it is not in that form.
    private mutating func isoRest(_ text: [UInt8]) -> ArraySlice<UInt8>? {
        var position = 0
        func take(_ count: Int, behind separators: String = "") -> [UInt8]? {
            var start = position
            if !separators.isEmpty {
                guard start < text.count, separators.utf8.contains(text[start]) else { return nil }
                start += 1
            }
            guard start + count <= text.count, text[start..<start + count].allSatisfy(Self.isDigit) else { return nil }
            position = start + count
            return Array(text[start..<position])
        }
        guard let year = take(4), let month = take(2, behind: "-") else { return nil }
        let day = take(2, behind: "-")
        // `2015-0500` is a year with an offset.
        guard day != nil || position == text.count else { return nil }
        digits = year + month + (day ?? [])
        if day != nil, let hour = take(2, behind: "T "), let minute = take(2, behind: ":") {
            digits += hour + minute + (take(2, behind: ":") ?? [])
        }
        doubt = "ISO form"
        return text[position...]
    }

    private mutating func readZone(_ rest: ArraySlice<UInt8>) {
        guard let sign = rest.first else { return }
        if rest.elementsEqual("Z".utf8) {
            zone = .offset("Z")
            doubt = doubt ?? "an offset written Z"
            return
        }
        var digits = Array(rest.dropFirst())
        if digits.count == 5, digits[2] == UInt8(ascii: ":") {
            digits.remove(at: 2)
            doubt = doubt ?? "an offset with a colon"
        }
        guard "+-".utf8.contains(sign), digits.count == 2 || digits.count == 4, digits.allSatisfy(Self.isDigit) else {
            zone = .broken
            return
        }
        if digits.count == 2 {
            doubt = doubt ?? "an offset of two digits"
            digits += [UInt8(ascii: "0"), UInt8(ascii: "0")]
        }
        let (hours, minutes) = (digits[..<2], digits[2...])
        let minutesOfDay = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        guard minutesOfDay <= 1400, minutes[2] < UInt8(ascii: "6") else {
            zone = .broken
            return
        }
        zone = .offset(String(decoding: [sign] + hours + [UInt8(ascii: ":")] + minutes, as: UTF8.self))
    }

    /// How much of the time can be used, what stands behind the date in FHIR, and what is doubtful.
    func place(offset: String?) -> (precision: Timestamp.Precision, time: String, doubt: String?) {
        guard digits.count > 8 else {
            let precision: Timestamp.Precision = digits.count == 4 ? .year : digits.count == 6 ? .month : .day
            return (precision, "", zone == .broken ? "other characters behind the day" : nil)
        }
        guard digits.count % 2 == 0, digits.count <= 14 else { return (.day, "", "\(digits.count) digits") }
        func number(_ start: Int) -> Int { Int(digits[start] - 48) * 10 + Int(digits[start + 1] - 48) }
        let numbers: [Int] = stride(from: 8, to: digits.count, by: 2).map(number)
        guard numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else {
            return (.day, "", "no time of the day")
        }
        if zone == .broken { return (.day, "", "an offset that cannot be read") }
        let isMidnight = numbers.allSatisfy { $0 == 0 } && fraction.allSatisfy { $0 == UInt8(ascii: "0") }
        if zone == .none, isMidnight { return (.day, "", "midnight without offset, which stands for the day") }
        let precision: Timestamp.Precision =
            !fraction.isEmpty ? .fraction : numbers.count == 3 ? .second : numbers.count == 2 ? .minute : .hour
        switch (zone, offset) {
        case (.offset(let own), _): return (precision, time(own), nil)
        case (_, let offset?):
            return (precision, time(offset), "a time of day without offset; that of the document is taken")
        default: return (precision, "", "a time of day without offset; only the day is used")
        }
    }

    private func time(_ offset: String) -> String {
        let padded = Array(digits[8...]) + Array(repeating: UInt8(ascii: "0"), count: 14 - digits.count)
        func two(_ start: Int) -> String { String(decoding: padded[start..<start + 2], as: UTF8.self) }
        let part = fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self)
        return "T\(two(0)):\(two(2)):\(two(4))\(part)\(offset)"
    }

    /// FHIR date.
    func date(_ precision: Timestamp.Precision) -> String {
        var bytes = Array(digits[..<4])
        if precision >= .month { bytes += [UInt8(ascii: "-")] + digits[4..<6] }
        if precision >= .day { bytes += [UInt8(ascii: "-")] + digits[6..<8] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension DocumentContext {
    /// The time in `value` of a TS; doubts are noted and leave it unknown where it cannot be read.
    public func time(of element: XMLElement?) -> TimeExpression.Bound {
        guard let element else { return .absent }
        let value = element["value"]
        if let flavor = nullFlavor(of: element) {
            if value?.isEmpty == false {
                note(.ccdaTime, at: element, expected: "a time or a nullFlavor", found: "both; the time is not used")
            }
            return .unknown(flavor)
        }
        guard let value else { return .unknown(nil) }
        let reading = Timestamp.read(value, offset: offset)
        if let doubt = reading.doubt {
            note(.ccdaTime, at: element, expected: "a time YYYYMMDDHHMMSS with offset", found: doubt)
        }
        return reading.time.map { .time($0) } ?? .unknown(nil)
    }
}
