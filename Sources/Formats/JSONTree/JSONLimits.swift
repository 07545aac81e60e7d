/// How large and how deep a document may be.
public struct JSONLimits: Sendable, Hashable {
    /// The most bytes one document may have, at most ``largestDocument``.
    public var maximumBytes: Int
    /// The most arrays and objects that may stand inside each other, the outermost counted.
    public var maximumDepth: Int

    /// 4 GiB - 1: byte offsets are kept in 32 bits.
    public static let largestDocument = Int(UInt32.max)
    /// 1,024: four hundred nested FHIR extensions take 806 levels; twenty thousand nested arrays are an attack.
    public static let defaultDepth = 1_024

    /// Limits of a document; a size beyond ``largestDocument`` is cut to it.
    public init(maximumBytes: Int = JSONLimits.largestDocument, maximumDepth: Int = JSONLimits.defaultDepth) {
        self.maximumBytes = min(maximumBytes, JSONLimits.largestDocument)
        self.maximumDepth = maximumDepth
    }
}
