/// A recorded code together with what the knowledge says it may do.
///
/// A code of no value set is still a concept, with no ``uses``: it is shown, it decides nothing.
public struct Concept: Sendable, Hashable {
    /// Everything in one place, so that a concept is one word: facts hold many, and a look-up gives one away in the time
    /// of a reference count.
    private final class Content: Sendable {
        let code: Code
        let uses: [CodeUse]
        let test: ImagingTest?
        let ingredients: [Ingredient]
        let form: DrugForm?
        let encounter: Encounter?
        let bodySite: BodySite?
        let finding: String?

        init(
            _ code: Code, _ uses: [CodeUse], _ test: ImagingTest?, _ ingredients: [Ingredient], _ form: DrugForm?,
            _ encounter: Encounter?, _ bodySite: BodySite?, _ finding: String?
        ) {
            self.code = code
            self.uses = uses
            self.test = test
            self.ingredients = ingredients
            self.form = form
            self.encounter = encounter
            self.bodySite = bodySite
            self.finding = finding
        }
    }
    private let content: Content

    /// The code as recorded.
    public var code: Code { content.code }
    /// What `roles.csv` and the value sets allow for it; empty when the code is in none.
    public var uses: [CodeUse] { content.uses }
    /// The imaging test that the code names; nil when it names none.
    public var test: ImagingTest? { content.test }
    /// The ingredients of a drug code; empty for everything else.
    public var ingredients: [Ingredient] { content.ingredients }
    /// What the name of a drug product says of its form; nil for ingredients and everything that is no drug.
    public var form: DrugForm? { content.form }
    /// The 7th character of an ICD-10-CM injury, external cause or fracture code; nil for codes that carry none.
    public var encounter: Encounter? { content.encounter }
    /// What the code says as a body site or side; nil when it is no site of the knowledge.
    public var bodySite: BodySite? { content.bodySite }

    /// Puts a concept together.
    public init(
        _ code: Code, uses: [CodeUse] = [], test: ImagingTest? = nil, ingredients: [Ingredient] = [],
        form: DrugForm? = nil, encounter: Encounter? = nil, bodySite: BodySite? = nil, finding: String? = nil
    ) {
        content = Content(code, uses, test, ingredients, form, encounter, bodySite, finding)
    }

    /// Equal when the code is and the knowledge says the same of it.
    public static func == (left: Concept, right: Concept) -> Bool {
        if left.content === right.content { return true }
        return left.code == right.code && left.uses == right.uses && left.test == right.test
            && left.ingredients == right.ingredients && left.form == right.form && left.encounter == right.encounter
            && left.bodySite == right.bodySite && left.finding == right.finding
    }

    /// Hashes the code: what the knowledge says follows from it.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// The phase of care that the 7th character of an ICD-10-CM code names.
    public enum Encounter: String, Sendable, Hashable, CaseIterable {
        /// A, B or C: active treatment, so the injury or fracture is current.
        case initial
        /// D and the other letters of healing fractures: later care.
        case subsequent
        /// S: a late effect.
        case sequela
    }

    /// Whether the code is a member of a value set.
    public func isMember(of set: ValueSetName) -> Bool { uses.contains { $0.set == set } }

    /// The code of the product's own input code system, for example `saddle-sensory-loss`: of a local code the one that the
    /// site maps it to (ruling R1); nil for every other.
    public var finding: String? { code.system == CodeSystem.findings ? code.code : content.finding }
}

extension Concept: CustomStringConvertible {
    /// System and code joined by `|`, as FHIR searches write them.
    public var description: String { "\(code.system)|\(code.code)" }
}

/// What one code may do in one criterion: a row of `roles.csv`, resolved for the code.
public struct CodeUse: Sendable, Hashable {
    /// The value set that holds the code.
    public let set: ValueSetName
    /// The criterion it speaks to, for example `redflag.malignancy`; nil for a helper.
    public let criterion: String?
    /// The component of the criterion, for example `personal-cancer`; nil when the criterion has no parts.
    public let component: String?
    /// How it speaks: presenting feature, risk factor, hint and so on.
    public let part: Part
    /// What kind of evidence it is.
    public let role: Role
    /// Whether it is enough by itself.
    public let alone: Alone
    /// The class of drug it speaks for where the value set names one (`gabapentinoid`, `tricyclic`); empty for the rest.
    public let applies: Set<String>
    /// Further conditions and reasons that the logic reads; empty for most.
    public let qualifiers: Set<Qualifier>

    /// Puts a use together.
    public init(
        set: ValueSetName, criterion: String?, component: String?, part: Part, role: Role, alone: Alone,
        applies: Set<String> = [], qualifiers: Set<Qualifier> = []
    ) {
        self.set = set
        self.criterion = criterion
        self.component = component
        self.part = part
        self.role = role
        self.alone = alone
        self.applies = applies
        self.qualifiers = qualifiers
    }

    /// A word that narrows a use: an open list, the words that logic reads have a name.
    public struct Qualifier: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        /// The word as the files write it.
        public let rawValue: String
        /// Takes a value as it stands.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Takes a literal as it stands.
        public init(stringLiteral value: String) { rawValue = value }

        /// Met where a spine operation lies within a year before (ruling R39).
        public static let withSpineSurgery: Qualifier = "with-spine-surgery"
        /// Another level of the spine: "image the level in question" (ruling R43).
        public static let otherLevel: Qualifier = "other-level"
        /// Only together with the code of the other side; the side of the code is ``left`` or ``right``.
        public static let bothSides: Qualifier = "both-sides"
        /// The code names the left side.
        public static let left: Qualifier = "side:left"
        /// The code names the right side.
        public static let right: Qualifier = "side:right"
        /// Holds only when nothing dates the finding (ruling R37).
        public static let withoutDate: Qualifier = "without-date"
        /// Metastatic disease.
        public static let metastatic: Qualifier = "metastatic"
        /// A current fracture by its 7th character; any other is history (ruling R40).
        public static let currentFracture: Qualifier = "current-fracture"
        /// Long-term use, current when recorded within 90 days.
        public static let currentUse: Qualifier = "current-use"
        /// An infection with HIV.
        public static let hiv: Qualifier = "state:hiv"
        /// Counts within 90 days.
        public static let within90Days: Qualifier = "within-90-days"
        /// The region of the order decides whether it fits.
        public static let orderRegionDecides: Qualifier = "order-region-decides"
        /// Explains only a finding that began before the episode.
        public static let beforeEpisode: Qualifier = "before-episode"
    }

    /// What a measurement code measures (`crp`, `esr`, `temperature`, `weight`, `leukocytes`, `cd4`, `t-score`,
    /// `blood-culture`, `pain`, `function`, `pregnancy-status`, `due-date`, `last-menstrual-period`, `pregnancy-test`,
    /// `post-void-residual`, `egfr`, `creatinine`); nil for everything else.
    public var measure: String? { values(of: "measure:").first }
    /// Completed weeks of a pregnancy that the code names; nil for everything else.
    public var gestationalWeeks: Int? { values(of: "weeks:").first.flatMap { Int($0) } }
    /// Why a code explains or asks for something, for example `diuresis`; empty where the set does not say.
    public var reasons: [String] { values(of: "reason:") }
    /// What another cause explains: `bladder`, `bowel` or both; empty where the set does not say.
    public var explains: [String] { values(of: "cause:") }
    /// The population outside the opioid rules that the code names, for example `palliative`; nil for everything else.
    public var population: String? { values(of: "population:").first }

    private func values(of key: String) -> [String] {
        qualifiers.filter { $0.rawValue.hasPrefix(key) }.map { String($0.rawValue.dropFirst(key.count)) }.sorted()
    }

    /// The column `part` of `roles.csv`.
    public enum Part: String, Sendable, Hashable, CaseIterable {
        case presenting = "P"
        case risk = "R"
        case hint
        case history
        case exclusion
        case order
        case treatment
    }

    /// The column `role` of `roles.csv`: an open list of words.
    public struct Role: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        /// The word as the files write it.
        public let rawValue: String
        /// Takes a value as it stands.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Takes a literal as it stands.
        public init(stringLiteral value: String) { rawValue = value }
    }

    /// The column `alone` of `roles.csv`.
    public enum Alone: String, Sendable, Hashable, CaseIterable {
        /// Enough by itself, within the time limits of the criterion.
        case yes
        /// Never enough by itself.
        case no
        /// Only with a fitting body site.
        case needsSite = "needs-site"
        /// Only with an onset in the episode.
        case needsNew = "needs-new"
        /// Names its own cause.
        case otherCause = "other-cause"
        /// Does not decide: the family becomes suspected, elsewhere unknown.
        case review
    }
}
