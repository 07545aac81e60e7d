/// Urgency of an order. No priority means `routine` (ruling R7).
public enum Priority: String, Sendable, Hashable, Comparable, CaseIterable {
    case routine
    case urgent
    case asap
    case stat

    /// Less urgent first.
    public static func < (left: Priority, right: Priority) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// One reason of an order: its own code, or a condition it points to.
public struct OrderReason: Sendable {
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// Of the condition pointed to; `notStated` for a reason code. A refuted condition is no reason.
    public var certainty: Certainty
    /// Body sites, looked up.
    public var bodySites: [BodySite]
    /// When it began; nil when not recorded.
    public var onset: PartialDate?
    /// JSONPath or XPath of the reason.
    public var at: String

    /// Puts the parts together.
    public init(
        concepts: [Concept], certainty: Certainty = .notStated, bodySites: [BodySite] = [], onset: PartialDate? = nil,
        at: String
    ) {
        self.concepts = concepts
        self.certainty = certainty
        self.bodySites = bodySites
        self.onset = onset
        self.at = at
    }
}

/// A request for a service: the order under review, or one on record. Orders not to do something are never facts.
public struct ServiceRequest: Sendable {
    /// The statuses told apart.
    public enum Status: String, Sendable, Hashable {
        case draft
        case active
        case onHold = "on-hold"
        case completed
        case unknown
    }
    /// Where the patient was seen.
    public enum Setting: String, Sendable, Hashable {
        case emergency
        case inpatient
        case other
        case notStated
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// Text of the code when there is no readable coding; shown, never read.
    public var bodySites: [BodySite]
    /// Where it stands.
    public var status: Status
    /// Whether the intent makes it an order (order and its kinds), not a proposal, plan or option.
    public var isOrder: Bool
    /// Nil when not given, which counts as routine.
    public var priority: Priority?
    /// When it was written.
    public var authored: PartialDate?
    /// When it is to be done.
    public var occurrence: PartialDate?
    /// Why it was ordered.
    public var reasons: [OrderReason]
    /// Whether a reason was given only as text: it is not read, and it is said (R32, R54).
    public var hasReasonText: Bool
    /// Setting of the encounter that the order belongs to.
    public var setting: Setting
    /// Whether a code, category or system marks it as imaging although no code is mapped.
    public var looksLikeImaging: Bool
    /// Specialties of who asks, as recorded; empty where they did not come along.
    public var requesterSpecialties: [Code] = []

    /// Puts the parts together.
    public init(
        provenance: Provenance, concepts: [Concept], bodySites: [BodySite] = [], status: Status, isOrder: Bool = true,
        priority: Priority? = nil, authored: PartialDate? = nil, occurrence: PartialDate? = nil,
        reasons: [OrderReason] = [], hasReasonText: Bool = false, setting: Setting = .notStated,
        looksLikeImaging: Bool = false
    ) {
        self.provenance = provenance
        self.concepts = concepts
        self.bodySites = bodySites
        self.status = status
        self.isOrder = isOrder
        self.priority = priority
        self.authored = authored
        self.occurrence = occurrence
        self.reasons = reasons
        self.hasReasonText = hasReasonText
        self.setting = setting
        self.looksLikeImaging = looksLikeImaging
    }
}
