/// A recorded code together with what the knowledge says it may do.
///
/// A code of no value set is still a concept, with no ``uses``: it is shown, it decides nothing.
public struct Concept: Sendable, Hashable {
    /// The code as recorded.
    public let code: Code
    /// What `roles.csv` and the value sets allow for it; empty when the code is in none.
    public let uses: [CodeUse]
    /// The imaging test that the code names; nil when it names none.
    public let test: ImagingTest?
    /// The ingredients of a drug code; empty for everything else.
    public let ingredients: [Ingredient]
    /// What the name of a drug product says of its form; nil for ingredients and everything that is no drug.
    public let form: DrugForm?
    /// The 7th character of an ICD-10-CM injury, external cause or fracture code; nil for codes that carry none.
    public let encounter: Encounter?
    /// What the code says as a body site or side; nil when it is no site of the knowledge.
    public let bodySite: BodySite?

    /// Puts a concept together.
    public init(
        _ code: Code, uses: [CodeUse] = [], test: ImagingTest? = nil, ingredients: [Ingredient] = [],
        form: DrugForm? = nil, encounter: Encounter? = nil, bodySite: BodySite? = nil
    ) {
        self.code = code
        self.uses = uses
        self.test = test
        self.ingredients = ingredients
        self.form = form
        self.encounter = encounter
        self.bodySite = bodySite
    }

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

    /// The code of the product's own input code system, for example `saddle-sensory-loss`; nil for any other system.
    public var finding: String? { code.system == CodeSystem.findings ? code.code : nil }
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

    /// A word that narrows a use: an open list, the words in use are the static members.
    public struct Qualifier: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public init(stringLiteral value: String) { rawValue = value }
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
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
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

/// The name of a value set of `Profiles/ValueSets`, for example `malignancy`.
public struct ValueSetName: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
    public var description: String { rawValue }
}

/// An imaging test as the modality map reads a code.
public struct ImagingTest: Sendable, Hashable {
    /// The test; nil for `OTHER`, a test outside the fit table (discography).
    public let modality: Modality?
    /// Whether the code alone puts the test on the lumbar spine.
    public let region: Region

    /// Puts a test together.
    public init(modality: Modality?, region: Region) {
        self.modality = modality
        self.region = region
    }

    /// What a code says of the region.
    public enum Region: String, Sendable, Hashable {
        case lumbar
        /// The code does not say; body site or reason must.
        case notStated = "not-stated"
        /// Another region of the body.
        case other
    }
}

/// The imaging tests of the fit table, by the names of the contract.
public enum Modality: String, Sendable, Hashable, CaseIterable {
    case mriWithout = "MRI-WO"
    case mriWithoutAndWith = "MRI-WWO"
    case mriWith = "MRI-W"
    case ctWithout = "CT-WO"
    case ctWith = "CT-W"
    case ctMyelography = "CT-MYELO"
    case boneScan = "BONE"
    case pet = "PET"
    case radiograph = "XR"

    /// Whether the test is an MRI.
    public var isMRI: Bool { self == .mriWithout || self == .mriWithoutAndWith || self == .mriWith }
}

/// One active ingredient of a drug code.
public struct Ingredient: Sendable, Hashable {
    /// RxNorm code of the ingredient.
    public let rxNorm: String
    /// Strength of one unit of the product in mg; nil when the code names no single strength.
    public let strengthMg: Double?
    /// Milligrams that equal 5 mg prednisone; nil when it is no corticosteroid of the table.
    public let prednisoneEquivalent: Double?

    /// Puts an ingredient together.
    public init(rxNorm: String, strengthMg: Double? = nil, prednisoneEquivalent: Double? = nil) {
        self.rxNorm = rxNorm
        self.strengthMg = strengthMg
        self.prednisoneEquivalent = prednisoneEquivalent
    }
}

/// What the RxNorm name of a drug product says beyond its ingredients.
public struct DrugForm: Sendable, Hashable {
    /// How the product is given; nil when the name does not say.
    public let route: Route?
    /// Whether the name says extended release.
    public let isExtendedRelease: Bool
    /// Whether the product holds more than one active ingredient.
    public let isCombination: Bool

    /// Puts a form together.
    public init(route: Route?, isExtendedRelease: Bool = false, isCombination: Bool = false) {
        self.route = route
        self.isExtendedRelease = isExtendedRelease
        self.isCombination = isCombination
    }

    /// The routes that the dose forms of RxNorm tell apart.
    public enum Route: String, Sendable, Hashable, CaseIterable {
        case oral
        /// Sublingual, buccal or by the mucous membrane of the mouth.
        case oromucosal
        case rectal
        case injected
        /// Through the skin into the body, as a patch.
        case transdermal
        case topical
        case inhaledOrNasal = "inhaled-or-nasal"
        case eyeOrEar = "eye-or-ear"
        case implanted
        /// Vaginal, intrauterine, dental and the like: not a systemic route.
        case otherLocal = "other-local"
    }
}
