/// A point in time: TS. As precise as written; never shifted to another zone.
public struct Timestamp: Sendable, Hashable {
    /// How precise a time is.
    public enum Precision: Int, Sendable, Comparable {
        case year, month, day, hour, minute, second, fraction
        /// Coarser is less.
        public static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
    }
    /// The attribute as written.
    public let literal: String
    /// 1800 to 2200.
    public let year: Int
    /// 1 to 12; 1 where not given.
    public let month: Int
    /// 1 to 31; 1 where not given.
    public let day: Int
    /// How much of it is given. A time of day without any offset is counted here, though ``fhir`` cannot hold it.
    public let precision: Precision
    /// FHIR date or dateTime of the same precision, with seconds and offset where a time is given (section 4.2).
    public let fhir: String

    /// FHIR date: never more than the day.
    public var fhirDate: String {
        switch precision {
        case .year, .month: fhir
        default: String(fhir.prefix(10))
        }
    }

    /// Days since 1970-01-01 of the first and the last day that the time may mean.
    public var days: ClosedRange<Int> {
        let first = CivilDate.number(year: year, month: month, day: day)
        switch precision {
        case .year: return first...(first + (CivilDate.days(inMonth: 2, of: year) == 29 ? 365 : 364))
        case .month: return first...(first + (CivilDate.days(inMonth: month, of: year) ?? 31) - 1)
        default: return first...first
        }
    }

    /// The offset in ``fhir``, `Z` or for example `-05:00`; nil for a date.
    public var offset: String? {
        guard hasFHIRTime else { return nil }
        return fhir.hasSuffix("Z") ? "Z" : String(fhir.suffix(6))
    }

    /// Whether ``fhir`` has a time of day, and with it an offset.
    public var hasFHIRTime: Bool { fhir.utf8.count > 10 }
}
