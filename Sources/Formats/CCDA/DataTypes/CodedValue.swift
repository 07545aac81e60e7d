public import XMLTree

/// A coded value: CD, CE, CV, CS or CO.
public struct CodedValue: Sendable {
    /// One code of one system.
    public struct Coding: Sendable, Hashable {
        /// The code, trimmed.
        public var code: String
        /// OID or UUID of the code system, a URI where no OID is known for it; nil when none is given or it is an unknown
        /// name.
        public var system: String?
        /// `codeSystemName`, for people; the name in `codeSystem` where that is no OID.
        public var systemName: String?
        /// `displayName` of the same element.
        public var display: String?
        /// Puts a coding together.
        public init(code: String, system: String? = nil, systemName: String? = nil, display: String? = nil) {
            self.code = code
            self.system = system
            self.systemName = systemName
            self.display = display
        }
    }
    /// A name and value that narrow the code, for example laterality.
    public struct Qualifier: Sendable {
        /// What is narrowed.
        public var name: [Coding]
        /// To what.
        public var value: [Coding]
    }

    /// The element itself.
    public let element: XMLElement
    /// The code of the element; nil when it has none.
    public var root: Coding?
    /// Translations at any depth, in document order, without repeats.
    public var translations: [Coding] = []
    /// Why there is no code; nil when there is one.
    public var nullFlavor: NullFlavor?
    /// `originalText`, its reference followed; nil when there is none or it is empty.
    public var originalText: String?
    /// `displayName` of an element without a code; nil when it has none, or is null.
    public var bareDisplay: String?
    /// In document order.
    public var qualifiers: [Qualifier] = []
    /// `value` of a CO without a code, as written.
    public var ordinal: String?

    /// The root code and the translations, in order.
    public var codings: [Coding] { (root.map { [$0] } ?? []) + translations }
    /// Original text, else the display of the root, else of the first translation that has one.
    public var text: String? { originalText ?? bareDisplay ?? codings.lazy.compactMap(\.display).first }
    /// Neither code nor text.
    public var isEmpty: Bool { root == nil && translations.isEmpty && text == nil }
    /// Whether any coding has that code, of that system.
    public func has(_ code: String, _ system: String) -> Bool {
        isSame(root, code, system) || translations.contains { isSame($0, code, system) }
    }
    /// Whether any coding is one of those codes, of that system.
    public func hasAny(_ codes: Set<String>, _ system: String) -> Bool {
        codings.contains { $0.system == system && codes.contains($0.code) }
    }

    private func isSame(_ coding: Coding?, _ code: String, _ system: String) -> Bool {
        coding?.code == code && coding?.system == system
    }

    /// The side of the body that a qualifier (272741003 Laterality) names; nil when none does.
    public var laterality: Coding? {
        qualifiers.first { $0.isLaterality }?.value.first
    }
}

extension CodedValue.Qualifier {
    /// Whether it says on which side of the body.
    public var isLaterality: Bool {
        name.contains { $0.code == "272741003" && $0.system == CodeSystemOID.snomed }
    }
}

/// OIDs of code systems that decide about meaning.
public enum CodeSystemOID {
    /// SNOMED CT
    public static let snomed = "2.16.840.1.113883.6.96"
    /// LOINC
    public static let loinc = "2.16.840.1.113883.6.1"
    /// HL7 ActCode
    public static let actCode = "2.16.840.1.113883.5.4"
}
