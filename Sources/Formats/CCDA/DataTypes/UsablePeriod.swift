import XMLTree

/// When a name, address or telecom is in use: an IVL_TS without anything noted.
public struct UsablePeriod: Sendable, Hashable {
    /// The first time; nil when unknown.
    public let start: Timestamp?
    /// The last time; nil when unknown or still in use.
    public let end: Timestamp?

    /// Reads `useablePeriod` or `validTime`; nil when neither end is known.
    init?(_ element: XMLElement?) {
        func time(_ name: String) -> Timestamp? {
            guard let bound = element?.first(name), bound["nullFlavor"] == nil, let value = bound["value"] else {
                return nil
            }
            return Timestamp.read(value, offset: nil).time
        }
        (start, end) = (time("low"), time("high"))
        if start == nil, end == nil { return nil }
        if let start, let end, end.days.upperBound < start.days.lowerBound { return nil }
    }
}
