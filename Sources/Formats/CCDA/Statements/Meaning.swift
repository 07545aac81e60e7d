import XMLTree

/// What stands before code and value: whether, in what way and how far a statement holds (sections 4.6 to 4.8).
extension Statement {
    /// `negationInd` of the statement itself.
    public enum Negation: Sendable, Hashable {
        case no, yes
        /// Neither true nor false: the statement is no fact and no denial.
        case unreadable
    }
    /// `negationInd` of the statement, or of the link by which another statement holds it; two do not cancel.
    public var negation: Negation {
        let own = Self.negation(element)
        guard own == .no, let link = element.parent, link.name == "entryRelationship" else { return own }
        return Self.negation(link)
    }
    private static func negation(_ element: XMLElement) -> Negation {
        switch element["negationInd"] {
        case nil, "false", "0": .no
        case "true", "1": .yes
        default: .unreadable
        }
    }

    /// moodCode.
    public enum Mood: String, Sendable, Hashable {
        case event = "EVN"
        case intent = "INT"
        case request = "RQO"
        case promise = "PRMS"
        case proposal = "PRP"
        case appointmentRequest = "ARQ"
        case appointment = "APT"
        case permission = "PERM"
        case goal = "GOL"
        case definition = "DEF"
        case eventCriterion = "EVN.CRT"
        case goalCriterion = "GOL.CRT"
        case option = "OPT"
        /// None given, or one that the vocabulary does not have.
        case unknown = ""

        /// Something wanted, ordered or foreseen.
        public var isPlan: Bool {
            switch self {
            case .intent, .request, .promise, .proposal, .appointmentRequest, .appointment, .permission: true
            default: false
            }
        }
    }
    /// The mood. An organizer without one only groups what has its own; any other statement without one is `unknown`.
    public var mood: Mood {
        guard let code = element["moodCode"]?.trimmingBlanks() else { return kind == .organizer ? .event : .unknown }
        return Mood(rawValue: code.uppercased()) ?? .unknown
    }

    /// statusCode in small letters; nil when missing, null or none of the vocabulary's.
    public enum ActStatus: String, Sendable, Hashable {
        case new, active, held, suspended, completed, aborted, cancelled, nullified, obsolete, normal
    }
    /// How far the act of recording or doing is; nil when unknown.
    public var status: ActStatus? {
        guard let element = element.first("statusCode"), let code = element["code"] else { return nil }
        return ActStatus(rawValue: code.trimmingBlanks().lowercased())
    }
    /// Entered in error.
    public var isNullified: Bool { status == .nullified }
    /// Replaced by a later statement.
    public var isSuperseded: Bool { status == .obsolete }
    /// nullFlavor of the statement itself.
    public var nullFlavor: NullFlavor? { element["nullFlavor"].map { NullFlavor(rawValue: $0) } }
}

extension String {
    /// Without blanks of XML at both ends.
    public func trimmingBlanks() -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        guard let first = utf8.firstIndex(where: { !isBlank($0) }), let last = utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return first == startIndex && utf8.index(after: last) == endIndex ? self : String(self[first...last])
    }
}
