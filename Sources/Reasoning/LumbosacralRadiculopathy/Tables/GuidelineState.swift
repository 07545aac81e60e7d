public import ClinicalModel

/// A result for every criterion: all that the tables read.
public struct GuidelineState: Sendable {
    private var results: InlineArray<33, CriterionResult>
    private var presenting: UInt32 = 0
    /// The imaging order under review; nil in a patient view and for orders of other kinds.
    public var order: Order?
    /// Whether every red-flag answer behind a "no" is recent enough for a removal (ruling R35); true unless a record says otherwise.
    public var screenIsRecent = true

    /// What the tables read of an imaging order.
    public struct Order: Sendable, Hashable {
        /// The test.
        public var modality: Modality
        /// Its urgency.
        public var priority: Priority
        /// Names an order.
        public init(modality: Modality, priority: Priority = .routine) {
            self.modality = modality
            self.priority = priority
        }
    }

    /// A state in which nothing was said: every criterion at its default, no order.
    public init(order: Order? = nil) {
        self.order = order
        results = InlineArray { index in CriterionID.allCases[index].defaultResult }
    }

    /// The result of a criterion.
    public subscript(id: CriterionID) -> CriterionResult {
        get { results[id.index] }
        set { results[id.index] = newValue }
    }

    /// Whether a family is met by a presenting feature, not by a risk factor only (ruling R24).
    public func isPresenting(_ family: CriterionID) -> Bool { presenting & (1 << UInt32(family.index)) != 0 }

    /// Says that a family is met by a presenting feature.
    public mutating func setPresenting(_ family: CriterionID) { presenting |= 1 << UInt32(family.index) }

    /// Whether infection, malignancy or fracture is met by a presenting feature.
    var hasPresentingFlag: Bool {
        CriterionID.presentingFamilies.contains { isPresenting($0) && self[$0] == .met }
    }
}

extension CriterionID {
    /// Families that know a presenting feature apart from a risk factor (ruling R24).
    public static let presentingFamilies: [CriterionID] = [.infection, .malignancy, .fracture]

    /// Position in ``allCases``.
    var index: Int {
        switch self {
        case .adult: 0
        case .radiculopathy: 1
        case .caudaEquina: 2
        case .progressiveDeficit: 3
        case .infection: 4
        case .malignancy: 5
        case .fracture: 6
        case .sixWeeks: 7
        case .trialDocumented: 8
        case .trialFailed: 9
        case .procedureCandidate: 10
        case .priorLumbarMRI: 11
        case .priorLumbarSurgery: 12
        case .ageOver70: 13
        case .pregnant: 14
        case .mriContraindicated: 15
        case .mrDevice: 16
        case .duplicate: 17
        case .urgentContext: 18
        case .activeAdequate: 19
        case .recordComplete: 20
        case .otherIndication: 21
        case .excludedPopulation: 22
        case .overlappingOpioid: 23
        case .overlappingSedative: 24
        case .extendedRelease: 25
        case .dose: 26
        case .supply: 27
        case .severePain: 28
        case .nsaidContraindicated: 29
        case .olderAdult: 30
        case .activityOtherReason: 31
        case .procedureTrialDocumented: 32
        }
    }
}
