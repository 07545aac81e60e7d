/// One of the product's own input codes: what an observation with it may say, and of what it speaks.
///
/// From the code system `lumbosacral-findings`; coded answers (``isAnswer``) are codes of the same system.
public struct FindingDefinition: Sendable, Hashable {
    /// The code, for example `saddle-sensory-loss`.
    public let code: String
    /// What it is called.
    public let display: String
    /// The kinds of value that an observation may carry; empty for a coded answer.
    public let values: Set<ValueKind>
    /// Codes that may be the answer; empty unless ``values`` holds `codeableConcept`.
    public let answers: [String]
    /// Range of a quantity, both ends allowed; nil when it carries none.
    public let range: ClosedRange<Double>?
    /// UCUM unit of a quantity; nil when it carries none.
    public let unit: String?
    /// The criteria and components that it speaks to; empty for a coded answer.
    public let targets: [Target]
    /// Presenting feature, risk factor or hint; nil for the course and for strength grades.
    public let part: CodeUse.Part?
    /// Whether it is one of the questions whose answers can deny a family (ruling R2).
    public let isScreen: Bool
    /// Days after its own that a denying answer holds (rulings R25, R34); nil when no limit is given.
    public let validityDays: Int?
    /// Muscle group of a strength grade, `leg` for the weakest of a leg; nil for everything else.
    public let muscle: String?
    /// Side of a strength grade; nil for everything else.
    public let side: BodySite?

    /// Puts a definition together.
    public init(
        code: String, display: String, values: Set<ValueKind>, answers: [String] = [],
        range: ClosedRange<Double>? = nil, unit: String? = nil, targets: [Target] = [], part: CodeUse.Part? = nil,
        isScreen: Bool = false, validityDays: Int? = nil, muscle: String? = nil, side: BodySite? = nil
    ) {
        self.code = code
        self.display = display
        self.values = values
        self.answers = answers
        self.range = range
        self.unit = unit
        self.targets = targets
        self.part = part
        self.isScreen = isScreen
        self.validityDays = validityDays
        self.muscle = muscle
        self.side = side
    }

    /// Whether the code is a coded answer and no question.
    public var isAnswer: Bool { values.isEmpty }

    /// A kind of value, by the name of its FHIR type.
    public enum ValueKind: String, Sendable, Hashable, CaseIterable {
        case boolean
        case quantity = "Quantity"
        case string
        case codeableConcept = "CodeableConcept"
        case period = "Period"
        case dateTime
    }

    /// A criterion, and its component where it has parts.
    public struct Target: Sendable, Hashable {
        /// For example `redflag.caudaEquina`.
        public let criterion: String
        /// For example `saddle`; nil when the criterion has no parts.
        public let component: String?

        /// Names a target.
        public init(criterion: String, component: String?) {
            self.criterion = criterion
            self.component = component
        }
    }
}
