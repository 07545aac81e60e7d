public import ClinicalModel
public import Diagnostics

/// Is imaging indicated now? The wording follows the appropriateness criteria of the American College of Radiology.
public enum Rating: String, Sendable, Hashable, CaseIterable {
    case usuallyAppropriate = "UA"
    case mayBeAppropriate = "MBA"
    case usuallyNotAppropriate = "UNA"
    /// Not a rating: data are missing.
    case insufficientData = "INS"
    /// Not evaluated: out of scope.
    case notEvaluated = "NA"

    /// Order for comparisons (invariant I2): UNA < INS = NA < MBA < UA.
    public var rank: Int {
        switch self {
        case .usuallyNotAppropriate: 0
        case .insufficientData, .notEvaluated: 1
        case .mayBeAppropriate: 2
        case .usuallyAppropriate: 3
        }
    }
}

/// Is the ordered test the right one?
public enum Fit: String, Sendable, Hashable, CaseIterable {
    case preferred = "pref"
    case acceptable = "ok"
    case notPreferred = "notpref"
    /// No role in the initial evaluation.
    case noRole = "norole"
    /// A test that cannot answer the question of an emergency.
    case inadequate
    /// An MRI in a patient documented as not MR-safe.
    case verify
    /// A good MRI in a patient with a device of unknown MR status.
    case device
    /// A good test that uses contrast or ionising radiation in pregnancy.
    case pregnancy = "preg"
}

/// Why imaging is (or is not) indicated: the columns of the fit table.
public enum ContextClass: String, Sendable, Hashable, CaseIterable {
    case undetermined = "C0"
    case noFlag = "C1"
    case emergency = "C2"
    case infectionOrMalignancy = "C3"
    case fracture = "C4"
    case priorSurgery = "C5"
}

/// How loudly a card speaks (CDS Hooks has these three).
public enum Indicator: String, Sendable, Hashable, CaseIterable {
    case info
    case warning
    case critical
}

/// Cards of the catalogue (guideline section 4.2 and rulings R32, R33, R50).
public enum CardID: String, Sendable, Hashable, CaseIterable {
    case k01 = "K01", k02 = "K02", k03 = "K03", k04 = "K04", k05 = "K05", k06 = "K06", k07 = "K07", k08 = "K08"
    case k09 = "K09", k10 = "K10", k11 = "K11", k12 = "K12", k13 = "K13", k14 = "K14", k15 = "K15", k16 = "K16"
    case k17 = "K17", k18 = "K18", k19 = "K19", k20 = "K20", k21 = "K21", k22 = "K22", k23 = "K23"
    case k24 = "K24", k25 = "K25", k26 = "K26", k27 = "K27", k28 = "K28", k29 = "K29", k30 = "K30", k31 = "K31"
    case k32 = "K32", k33 = "K33", k34 = "K34"
}

/// What kind of order a decision is about.
public enum Slot: String, Sendable, Hashable, CaseIterable {
    case imaging
    case drug
    case activity
    case procedure
}

/// The order that a decision is about.
public struct OrderUnderReview: Sendable, Hashable {
    /// `Type/id`, else the fullUrl; nil when it has neither.
    public let reference: String?
    /// JSONPath or XPath of the order.
    public let at: String?
    /// Of an imaging order; nil when the test is not known.
    public let modality: Modality?
    /// Of an order of a drug, of rest or of a procedure; nil for imaging.
    public let orderClass: OrderClass?
    /// Its urgency.
    public let priority: Priority

    /// Names an order.
    public init(
        reference: String?, at: String?, modality: Modality? = nil, orderClass: OrderClass? = nil, priority: Priority
    ) {
        self.reference = reference
        self.at = at
        self.modality = modality
        self.orderClass = orderClass
        self.priority = priority
    }
}

/// What the tables of the guideline say to a set of criteria: the whole answer but its words.
public struct Outcome: Sendable, Hashable {
    /// Rule id, for example `A10-EARLY` or `A13-HINT(A10-EARLY)`; nil when the order was not evaluated at all.
    public let rule: String?
    /// Whether imaging is indicated now; nil for orders of other kinds (ruling R22).
    public let rating: Rating?
    /// Why, as a column of the fit table.
    public let contextClass: ContextClass
    /// Nil in a patient view and for A3, A4, A7, A8.
    public let fit: Fit?
    /// Whether the rating rests on a red-flag family that nobody recorded.
    public let provisional: Bool
    /// Nil for a silent outcome.
    public let card: CardID?
    /// Nil exactly when ``card`` is.
    public let indicator: Indicator?
    /// Whether a suggestion may take the order away (ruling R35).
    public let removeSuggestionAllowed: Bool

    /// Puts an outcome together.
    public init(
        rule: String?, rating: Rating?, contextClass: ContextClass, fit: Fit?, provisional: Bool, card: CardID?,
        indicator: Indicator?, removeSuggestionAllowed: Bool
    ) {
        self.rule = rule
        self.rating = rating
        self.contextClass = contextClass
        self.fit = fit
        self.provisional = provisional
        self.card = card
        self.indicator = indicator
        self.removeSuggestionAllowed = removeSuggestionAllowed
    }
}

/// A decision on one order, or on a patient without an order: the contract's decision object.
public struct Decision: Sendable {
    /// Id of the guideline.
    public var guideline: String
    /// Version of its knowledge.
    public var guidelineVersion: String
    /// The day that everything was counted against.
    public var asOf: Day
    /// The input it came from.
    public var source: String?
    /// `Patient/id`.
    public var subject: String?
    /// Nil in a patient view.
    public var order: OrderUnderReview?
    /// What kind of order it is about.
    public var slot: Slot
    /// What the tables said.
    public var outcome: Outcome
    /// Why the order was not evaluated; nil when it was.
    public var because: String?
    /// Families infection, malignancy, fracture that are met by a presenting feature.
    public var presentingFlags: [CriterionID]
    /// The criteria that the rules of the slot read, in the order of ``CriterionID``.
    public var criteria: [Criterion]
    /// Guideline statements behind the rule and card, for example `G19`.
    public var statements: [String]
    /// Reading problems that touch this record.
    public var issues: [Issue]
    /// Digest of the thresholds and value sets in force.
    public var configuration: String
    /// What cards name: values collected while deciding.
    public var cardFacts: CardFacts
    /// Whether the site does not show the card that the outcome names.
    public var cardIsSuppressed = false

    /// Puts a decision together.
    public init(
        guideline: String, guidelineVersion: String, asOf: Day, source: String? = nil, subject: String?,
        order: OrderUnderReview?, slot: Slot = .imaging, outcome: Outcome, because: String? = nil,
        presentingFlags: [CriterionID] = [], criteria: [Criterion] = [], statements: [String] = [],
        issues: [Issue] = [], configuration: String, cardFacts: CardFacts = CardFacts()
    ) {
        self.guideline = guideline
        self.guidelineVersion = guidelineVersion
        self.asOf = asOf
        self.source = source
        self.subject = subject
        self.order = order
        self.slot = slot
        self.outcome = outcome
        self.because = because
        self.presentingFlags = presentingFlags
        self.criteria = criteria
        self.statements = statements
        self.issues = issues
        self.configuration = configuration
        self.cardFacts = cardFacts
    }

    /// The criterion with an id; `unknown` without evidence when it was not evaluated.
    public func criterion(_ id: CriterionID) -> Criterion {
        criteria.first { $0.id == id } ?? Criterion(id, id.defaultResult)
    }
}

/// Values that cards put into their text, collected while the criteria were read. They decide nothing.
public struct CardFacts: Sendable, Hashable {
    /// Whole years on the day of the decision; nil without a decisive birth date.
    public var age: Int?
    /// Days since onset; nil without one that is known to the week.
    public var daysSinceOnset: Int?
    /// The onset as recorded.
    public var onset: String?
    /// Days since the latest day on which it can have been.
    public var leastDaysSinceOnset: Int?
    /// Short names of the findings that meet a family, for example `perianal sensation reduced`.
    public var findings: [CriterionID: [String]] = [:]
    /// Short names of the hints that make a family suspected.
    public var hints: [CriterionID: [String]] = [:]
    /// Strength series or finding behind the progressive deficit, for example `right ankle dorsiflexion 4/5 to 2/5`.
    public var trend: String?
    /// Days of conservative care found in the episode.
    public var trialDays: Int?
    /// First and latest pain score of the episode, as recorded.
    public var painFrom: String?
    /// The latest pain score of the episode, as recorded.
    public var painTo: String?
    /// Date and conclusion of the latest lumbar MRI that counts.
    public var priorMRIDate: String?
    /// The conclusion of its report, shown, never read.
    public var priorMRIConclusion: String?
    /// Name of the device or condition behind MR safety, and its status in words (`unsafe`, `not known`).
    public var device: String?
    /// Its MR safety in words (`unsafe`, `not known`).
    public var deviceStatus: String?
    /// Date, status and test of the order that this one duplicates.
    public var duplicateDate: String?
    /// Its status.
    public var duplicateStatus: String?
    /// Its test.
    public var duplicateTest: String?
    /// Why gadolinium must not be suggested (ruling R48); empty when nothing speaks against it.
    public var gadoliniumCautions: [String] = []
    /// Why an NSAID must not be suggested (invariant I17, ruling R49); empty when its guards hold.
    public var nsaidBlockedBecause: [String] = []
    /// An NSAID that is being taken or ordered, by name; nil when none is on record.
    public var nsaidTaken: String?
    /// An active anticoagulant, by name.
    public var anticoagulant: String?
    /// Whether spinal infection is suspected or met, or anticoagulation active: no lumbar puncture is suggested (R47).
    public var avoidLumbarPuncture: Bool = false
    /// Whether the order has any reason at all (K13 is only for orders without one).
    public var orderHasReason: Bool = false
    /// Whether a reason stands only as text.
    public var reasonTextUnread: Bool = false
    /// Name of the ordered drug, rest or procedure; nil for imaging.
    public var orderName: String?
    /// Names of the drugs on record, or signed together with the order, that overlap with it.
    public var overlaps: [String] = []
    /// Daily dose of an opioid, for example `60 MME a day`; nil when it cannot be computed.
    public var dose: String?
    /// How long the supply of an opioid lasts, for example `10 days`; nil when it cannot be computed.
    public var supply: String?
    /// The pain score that counts for an opioid, for example `5/10`; nil when none is recent.
    public var pain: String?
    /// Why an ordered NSAID is contraindicated, short names.
    public var nsaidContraindications: [String] = []
    /// Parts of the record that were not retrieved, in words.
    public var unreadParts: [String] = []
    /// Evidence shown for the reader that decides nothing (age over 50, neurological signs, functional scores).
    public var shownOnly: [Evidence] = []

    /// No facts.
    public init() {}
}
