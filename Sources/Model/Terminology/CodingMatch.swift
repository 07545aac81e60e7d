/// What the terminology makes of one coding as it stands in a record.
public struct CodingMatch: Sendable {
    /// The code with what it may do; nil when it is in no value set and no table of the knowledge.
    public let concept: Concept?
    /// Canonical URI of the system; nil when the terminology does not know the system.
    public let system: String?
    /// What had to be put right before the code matched; each deserves a warning (quirks b03, b06, b13).
    public let repairs: Repairs

    /// Puts an answer together.
    public init(concept: Concept?, system: String?, repairs: Repairs = []) {
        self.concept = concept
        self.system = system
        self.repairs = repairs
    }

    /// Whether the terminology reads this code system. A code of an unknown system is never matched (quirk b07).
    public var systemIsKnown: Bool { system != nil }

    /// The kinds of spelling that are put right with a warning. An OID of a known system is no repair (quirk b05).
    public struct Repairs: OptionSet, Sendable, Hashable {
        /// One bit for each kind.
        public let rawValue: UInt8
        /// Takes a value as it stands.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The system is spelled with `https:` for `http:`, the reverse, or with a trailing slash.
        public static let systemSpelling = Repairs(rawValue: 1)
        /// An ICD-10-CM code in lower case or without its dot.
        public static let codeSpelling = Repairs(rawValue: 2)
        /// Blanks around the code or the system.
        public static let blanks = Repairs(rawValue: 4)
    }
}
