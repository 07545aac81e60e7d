public import XMLTree

/// Why a value is absent (HL7 v3 NullFlavor).
public struct NullFlavor: Sendable, Hashable {
    /// As written, trimmed, for example `UNK`.
    public let rawValue: String

    /// Takes the attribute as written.
    public init(rawValue: String) { self.rawValue = rawValue.trimmingBlanks() }

    /// No information: the default where nothing is said.
    public static let noInformation = NullFlavor(rawValue: "NI")

    /// Withheld on purpose: never the same as "none".
    public var isMasked: Bool { rawValue.uppercased() == "MSK" }
    /// Whether the vocabulary has it.
    public var isKnown: Bool { Self.vocabulary.contains(rawValue) }

    private static let vocabulary: Set = [
        "NI", "UNK", "ASKU", "NASK", "NAV", "MSK", "NA", "OTH", "NINF", "PINF", "UNC", "QS", "TRC", "DER", "INV", "NP",
    ]
}

extension DocumentContext {
    /// `nullFlavor` of an element; nil when it has none or an empty one. One that the vocabulary lacks is noted and kept.
    public func nullFlavor(of element: XMLElement) -> NullFlavor? {
        guard let text = element["nullFlavor"] else { return nil }
        let flavor = NullFlavor(rawValue: text)
        if !flavor.isKnown {
            note(.ccdaNullFlavor, at: element, expected: "a nullFlavor of the vocabulary", found: "another one")
        }
        return flavor.rawValue.isEmpty ? nil : flavor
    }
}
