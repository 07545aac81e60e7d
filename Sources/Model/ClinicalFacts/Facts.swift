/// Where a fact was read.
public struct Provenance: Sendable, Hashable {
    /// `Type/id`, else the entry's fullUrl, else the type alone.
    public let resource: String
    /// JSONPath or XPath of the resource or entry.
    public let at: String
    /// The input it came from; nil when there is only one.
    public var source: String?

    /// Names a place.
    public init(resource: String, at: String, source: String? = nil) {
        self.resource = resource
        self.at = at
        self.source = source
    }
}

/// How sure the record is of a finding. Entered-in-error statements are never facts, so they have no case.
public enum Certainty: String, Sendable, Hashable {
    case confirmed
    /// Provisional, differential, unconfirmed: counts as met for red flags.
    case suspected
    /// The record does not say.
    case notStated
    /// Ruled out: evidence of absence, dated by ``Condition/recorded``.
    case refuted
}

/// Whether a condition goes on.
public enum ClinicalStatus: String, Sendable, Hashable {
    case active
    case recurrence
    case relapse
    case inactive
    case remission
    case resolved
    /// The record does not say: neither active nor ended.
    case notStated

    /// Whether the record says that it is over. `notStated` is not over.
    public var hasEnded: Bool { self == .inactive || self == .remission || self == .resolved }
}

/// A problem, diagnosis or finding of the patient.
public struct Condition: Sendable {
    /// Where it was read.
    public var provenance: Provenance
    /// Every coding that could be read, looked up; empty when the condition is text only.
    public var concepts: [Concept]
    /// Body sites, looked up.
    public var bodySites: [BodySite]
    /// Where it stands.
    public var status: ClinicalStatus
    /// How sure the record is of it.
    public var certainty: Certainty
    /// When it began; nil when not recorded or not readable as a date.
    public var onset: PartialDate?
    /// When it ended; nil when it goes on or no date is known (see ``status``).
    public var abatement: PartialDate?
    /// When it was written down; an upper bound of the onset, never the onset.
    public var recorded: PartialDate?

    /// Puts the parts together.
    public init(
        provenance: Provenance, concepts: [Concept], bodySites: [BodySite] = [], status: ClinicalStatus,
        certainty: Certainty, onset: PartialDate? = nil, abatement: PartialDate? = nil, recorded: PartialDate? = nil
    ) {
        self.provenance = provenance
        self.concepts = concepts
        self.bodySites = bodySites
        self.status = status
        self.certainty = certainty
        self.onset = onset
        self.abatement = abatement
        self.recorded = recorded
    }
}

/// What a body site code or modifier says, as far as the guideline needs it.
public enum BodySite: String, Sendable, Hashable {
    case lumbarOrSacral
    /// Perineum, saddle, perianal region, genitals.
    case saddle
    case left
    case right
    case bilateral
    /// Any other or unmapped site.
    case other
}

/// A value with its unit, as recorded.
public struct Quantity: Sendable, Hashable {
    /// How a value is bounded.
    public enum Comparator: String, Sendable, Hashable {
        case less = "<"
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case greater = ">"
    }
    /// The number as written, for evidence lines.
    public let literal: String
    /// The number, to compare with.
    public let value: Double
    /// Set when the true value is only bounded by ``value``.
    public let comparator: Comparator?
    /// UCUM code of the unit; nil when no coded unit was given: such a value is never compared.
    public let unit: String?

    /// Puts the parts together.
    public init(literal: String, value: Double, comparator: Comparator? = nil, unit: String?) {
        self.literal = literal
        self.value = value
        self.comparator = comparator
        self.unit = unit
    }
}

/// An observation, measurement or answer. Components are observations of their own with the same provenance.
public struct Observation: Sendable {
    /// What an observation answered.
    public enum Value: Sendable {
        case boolean(Bool)
        case quantity(Quantity)
        case concepts([Concept])
        /// Free text: never sets a criterion. Strength grades such as `4+/5` are read from it.
        case text(String)
        case period(start: PartialDate?, end: PartialDate?)
        /// A date as the answer, for example the expected day of delivery.
        case date(PartialDate)
        /// A dataAbsentReason, or neither value nor reason: no answer.
        case absent
        /// A value of another type that no criterion reads.
        case other
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// The value.
    public var value: Value
    /// When it was true; nil when not recorded.
    public var effective: PartialDate?
    /// Body sites, looked up.
    public var bodySites: [BodySite]

    /// Puts the parts together.
    public init(
        provenance: Provenance, concepts: [Concept], value: Value, effective: PartialDate?, bodySites: [BodySite] = []
    ) {
        self.provenance = provenance
        self.concepts = concepts
        self.value = value
        self.effective = effective
        self.bodySites = bodySites
    }
}

/// A drug that was ordered, reported, dispensed or given. Drugs not to be given are never facts.
public struct MedicationUse: Sendable {
    /// The kinds told apart.
    public enum Kind: String, Sendable, Hashable {
        case request
        case statement
        case dispense
        case administration
    }
    /// Whether the record lets it count as taken.
    public enum Standing: String, Sendable, Hashable {
        /// Active, completed or stopped.
        case counts
        /// On hold, or the record does not say.
        case unclear
    }
    /// The routes that the guideline tells apart.
    public enum Route: String, Sendable, Hashable {
        case systemic
        case inhaledOrNasal
        case topical
        /// Joint, bursa or epidural injection.
        case localInjection
        case notStated
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Which kind it is.
    public var kind: Kind
    /// Codes of the drug, of its ingredients where only these are coded; empty when text only.
    public var concepts: [Concept]
    /// Whether it counts as taken.
    public var standing: Standing
    /// Whether the order or statement is still open (status active, no end passed).
    public var isActive: Bool
    /// How it is given.
    public var route: Route
    /// When it was ordered, handed over or asserted.
    public var authored: PartialDate?
    /// First day of taking; nil when not recorded.
    public var start: PartialDate?
    /// Last day of taking; nil when open or not recorded.
    public var end: PartialDate?
    /// Days covered by one supply times the fills; nil when not recorded.
    public var supplyDays: Int?
    /// Units or milligrams taken a day; nil when it cannot be computed.
    public var dailyDose: Quantity?

    /// Puts the parts together.
    public init(
        provenance: Provenance, kind: Kind, concepts: [Concept], standing: Standing, isActive: Bool, route: Route,
        authored: PartialDate? = nil, start: PartialDate? = nil, end: PartialDate? = nil, supplyDays: Int? = nil,
        dailyDose: Quantity? = nil
    ) {
        self.provenance = provenance
        self.kind = kind
        self.concepts = concepts
        self.standing = standing
        self.isActive = isActive
        self.route = route
        self.authored = authored
        self.start = start
        self.end = end
        self.supplyDays = supplyDays
        self.dailyDose = dailyDose
    }
}

/// A procedure, encounter of treatment, education or any other service that was, was not, or is to be done.
public struct Procedure: Sendable {
    /// Whether it was done.
    public enum State: String, Sendable, Hashable {
        case completed
        /// Explicitly not done: evidence of absence.
        case notDone
        /// In progress, on hold, stopped or unknown: neither done nor not done.
        case undecided
        case planned
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// Body sites, looked up.
    public var bodySites: [BodySite]
    /// Whether it was done.
    public var state: State
    /// Reasons why it was not done, looked up.
    public var statusReasons: [Concept]
    /// First day; nil when not recorded.
    public var start: PartialDate?
    /// Last day; equal to ``start`` for a single date.
    public var end: PartialDate?

    /// Puts the parts together.
    public init(
        provenance: Provenance, concepts: [Concept], bodySites: [BodySite] = [], state: State,
        statusReasons: [Concept] = [], start: PartialDate? = nil, end: PartialDate? = nil
    ) {
        self.provenance = provenance
        self.concepts = concepts
        self.bodySites = bodySites
        self.state = state
        self.statusReasons = statusReasons
        self.start = start
        self.end = end
    }
}

/// An imaging examination that was really done, known from a study, a report or a procedure.
public struct ImagingExamination: Sendable {
    /// Where it was read.
    public var provenance: Provenance
    /// What was done; nil when the codes do not say.
    public var test: ImagingTest?
    /// Body sites, looked up.
    public var bodySites: [BodySite]
    /// When; nil when not recorded.
    public var date: PartialDate?
    /// The report's conclusion, shown on cards, never read for findings.
    public var conclusion: String?

    /// Puts the parts together.
    public init(
        provenance: Provenance, test: ImagingTest?, bodySites: [BodySite] = [], date: PartialDate? = nil,
        conclusion: String? = nil
    ) {
        self.provenance = provenance
        self.test = test
        self.bodySites = bodySites
        self.date = date
        self.conclusion = conclusion
    }
}

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

/// A device in or on the patient, in use.
public struct Device: Sendable {
    /// Where it was read.
    public var provenance: Provenance
    /// Type of the device, looked up; empty when text only.
    public var types: [Concept]
    /// Name for cards; nil when the record gives none.
    public var name: String?
    /// Safety statements (`Device.safety`), looked up.
    public var safety: [Concept]
    /// Whether the record shows it as an implant (UDI, implant procedure, device type of the knowledge).
    public var isImplant: Truth

    /// Puts the parts together.
    public init(
        provenance: Provenance, types: [Concept], name: String? = nil, safety: [Concept] = [],
        isImplant: Truth = .unknown
    ) {
        self.provenance = provenance
        self.types = types
        self.name = name
        self.safety = safety
        self.isImplant = isImplant
    }
}

/// An allergy or intolerance, or a flag: a coded statement without more structure.
public struct CodedStatement: Sendable {
    /// The kinds told apart.
    public enum Kind: String, Sendable, Hashable {
        case allergy
        case flag
    }
    /// Where it was read.
    public var provenance: Provenance
    /// Which kind it is.
    public var kind: Kind
    /// Its codes, looked up; empty when it has none that could be read.
    public var concepts: [Concept]
    /// Whether it still holds.
    public var isActive: Bool
    /// How sure the record is of it.
    public var certainty: Certainty
    /// When it was written down; nil when not recorded.
    public var recorded: PartialDate?

    /// Puts the parts together.
    public init(
        provenance: Provenance, kind: Kind, concepts: [Concept], isActive: Bool, certainty: Certainty,
        recorded: PartialDate? = nil
    ) {
        self.provenance = provenance
        self.kind = kind
        self.concepts = concepts
        self.isActive = isActive
        self.certainty = certainty
        self.recorded = recorded
    }
}
