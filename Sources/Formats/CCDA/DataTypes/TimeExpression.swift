public import XMLTree

/// A time or times: TS, IVL_TS, PIVL_TS, EIVL_TS or SXPR_TS, told apart by content.
public struct TimeExpression: Sendable {
    /// An end of an interval.
    public enum Bound: Sendable, Hashable {
        /// There is no such element.
        case absent
        /// The element is there and says why it has no value, or its value cannot be read.
        case unknown(NullFlavor?)
        /// A point in time.
        case time(Timestamp)

        /// The point in time; nil when there is none.
        public var time: Timestamp? { if case .time(let time) = self { time } else { nil } }
        /// Whether the element is there.
        public var isPresent: Bool { self != .absent }
    }
    /// How often something is done.
    public enum Frequency: Sendable, Hashable {
        /// PIVL_TS: period as a decimal in JSON form with its unit as written, whether it is counted by the day.
        case periodic(period: String, periodMax: String?, unit: String, institutionSpecified: Bool)
        /// EIVL_TS: HL7 TimingEvent code, offset in minutes, negative before the event.
        case event(code: String, offsetMinutes: Int?)
    }

    /// The element itself.
    public let element: XMLElement
    /// `value`, or `center` alone: one point. Nil beside a start or end.
    public var point: Timestamp?
    /// Start.
    public var low: Bound = .absent
    /// End.
    public var high: Bound = .absent
    /// PIVL_TS and EIVL_TS; in an SXPR_TS all of its components.
    public var frequencies: [Frequency] = []
    /// nullFlavor of the whole.
    public var nullFlavor: NullFlavor?

    /// Point or start; nil when neither is known, or start and end contradict each other.
    public var start: Timestamp? { isReversed ? nil : point ?? low.time }
    /// Point or end; nil when neither is known, or start and end contradict each other.
    public var end: Timestamp? { isReversed ? nil : point ?? high.time }
    /// Nothing known at all.
    public var isEmpty: Bool { point == nil && low.time == nil && high.time == nil && frequencies.isEmpty }
    /// The end lies before the start, by whole days: neither is trusted, both stay in ``low`` and ``high``.
    public var isReversed: Bool {
        guard let low = low.time, let high = high.time else { return false }
        return high.days.upperBound < low.days.lowerBound
    }
}
