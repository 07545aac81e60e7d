public import XMLTree

/// A name of a person: EN or PN.
public struct PersonName: Sendable, Hashable {
    /// A part of the name.
    public struct Part: Sendable, Hashable {
        /// Trimmed, never empty.
        public let text: String
        /// Codes of `qualifier`, for example `CL` for the name by which somebody is called, `BR` for one given at birth.
        public let qualifiers: [String]
    }
    /// Codes of `use`, for example `L`.
    public let uses: [String]
    /// Titles before the name.
    public let prefixes: [Part]
    /// Given names in order, those of ``callMe`` and ``formerGiven`` left out.
    public let given: [Part]
    /// Family names in order, those of ``birthFamily`` left out.
    public let family: [Part]
    /// What stands behind the name.
    public let suffixes: [Part]
    /// Names by which the person wants to be called, where another given name stands before them.
    public let callMe: [Part]
    /// Given names from birth, where another given name stands before them.
    public let formerGiven: [Part]
    /// Family names from birth, where there are others.
    public let birthFamily: [Part]
    /// Text outside of any part: a name that is not divided.
    public let text: String?
    /// When it is in use; nil when nothing is said.
    public let period: UsablePeriod?
    /// Why there is none.
    public let nullFlavor: NullFlavor?

    /// Reads a `name` element. Parts that are null or empty are left out.
    public init(_ element: XMLElement) {
        func parts(_ name: String) -> [Part] {
            element.elements(name).compactMap { part in
                part.words.map { Part(text: $0, qualifiers: part.codes("qualifier")) }
            }
        }
        uses = element.codes("use")
        text = element.words
        period = UsablePeriod(element.first("validTime"))
        nullFlavor = element["nullFlavor"].map { NullFlavor(rawValue: $0) }
        (prefixes, suffixes) = (parts("prefix"), parts("suffix"))

        let allGiven = parts("given")
        let main = allGiven.firstIndex { !$0.isCallMe && !$0.isFromBirth } ?? allGiven.endIndex
        let aside = allGiven[main...].filter { $0.isCallMe || $0.isFromBirth }
        callMe = aside.filter(\.isCallMe)
        formerGiven = aside.filter { !$0.isCallMe }
        given = allGiven[..<main] + allGiven[main...].filter { !$0.isCallMe && !$0.isFromBirth }

        let allFamily = parts("family")
        let hasOther = allFamily.contains { !$0.isFromBirth }
        birthFamily = hasOther ? allFamily.filter(\.isFromBirth) : []
        family = hasOther ? allFamily.filter { !$0.isFromBirth } : allFamily
    }

    /// Nothing in it.
    public var isEmpty: Bool {
        text == nil && prefixes.isEmpty && given.isEmpty && family.isEmpty && suffixes.isEmpty
    }
    /// The whole name in one line; nil when there is none.
    public var display: String? {
        (prefixes + given + family + suffixes).map(\.text).joined(separator: " ").nonEmpty ?? text
    }
}

extension PersonName.Part {
    var isCallMe: Bool { qualifiers.contains("CL") }
    var isFromBirth: Bool { qualifiers.contains("BR") }
}
