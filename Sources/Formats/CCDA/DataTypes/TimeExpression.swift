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
        /// PIVL_TS: period as written with its UCUM unit, whether it is counted by the day.
        case periodic(period: String, periodMax: String?, unit: String, institutionSpecified: Bool)
        /// EIVL_TS: HL7 TimingEvent code, offset in minutes.
        case event(code: String, offsetMinutes: Int?)
    }

    /// The element itself.
    public let element: XMLElement
    /// `value`, or `center` alone: one point.
    public var point: Timestamp?
    /// Start.
    public var low: Bound = .absent
    /// End.
    public var high: Bound = .absent
    /// PIVL_TS and EIVL_TS; in an SXPR_TS all of its components.
    public var frequencies: [Frequency] = []
    /// nullFlavor of the whole.
    public var nullFlavor: NullFlavor?

    /// Reads an element; errors are noted and leave the part unknown.
    public init(_ element: XMLElement, in context: DocumentContext) {
        self.element = element
    }

    /// Point or start; nil when neither is known.
    public var start: Timestamp? { point ?? low.time }
    /// Point or end; nil when neither is known.
    public var end: Timestamp? { point ?? high.time }
    /// Nothing known at all.
    public var isEmpty: Bool { point == nil && low.time == nil && high.time == nil && frequencies.isEmpty }
}
