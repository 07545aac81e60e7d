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
    /// Days covered by one supply times the fills; nil when not recorded, or when it cannot be read.
    public var supplyDays: Int?
    /// Units, milligrams or, of a combination, millilitres taken a day; of an order under review on its highest day. Nil when
    /// it cannot be computed.
    public var dailyDose: Quantity?
    /// The longest time in days that any statement of an order under review lets it last, refills included; nil when none
    /// says, or when one of them cannot be read.
    public var longestSupply: Double?
    /// The same at the highest dose that a range allows, by what can be read; equal to ``longestSupply`` where the order says
    /// the time or one dose.
    public var shortestSupply: Double?
    /// Why it was ordered; read of orders under review only.
    public var reasons: [OrderReason] = []
    /// Whether a reason of an order under review was given only as text: it is not read, and it is said.
    public var hasReasonText = false

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
