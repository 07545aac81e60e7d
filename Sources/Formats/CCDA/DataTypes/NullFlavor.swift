/// Why a value is absent (HL7 v3 NullFlavor).
public struct NullFlavor: Sendable, Hashable {
    /// As written, trimmed, for example `UNK`.
    public let rawValue: String

    /// Takes the attribute as written.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Withheld on purpose: never the same as "none".
    public var isMasked: Bool { rawValue == "MSK" }
}
