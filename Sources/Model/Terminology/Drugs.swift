/// One active ingredient of a drug code.
public struct Ingredient: Sendable, Hashable {
    /// RxNorm code of the ingredient.
    public let rxNorm: String
    /// Strength as the name of the product gives it; nil for ingredients, packs and names with no single strength.
    public let strength: Strength?
    /// Milligrams that equal 5 mg prednisone; nil when it is no corticosteroid of the table.
    public let prednisoneEquivalent: Double?
    /// The factor to morphine milligram equivalents; nil when the table does not name the ingredient.
    public let morphineFactor: MorphineFactor?

    /// Puts an ingredient together.
    public init(
        rxNorm: String, strength: Strength? = nil, prednisoneEquivalent: Double? = nil,
        morphineFactor: MorphineFactor? = nil
    ) {
        self.rxNorm = rxNorm
        self.strength = strength
        self.prednisoneEquivalent = prednisoneEquivalent
        self.morphineFactor = morphineFactor
    }

    /// Puts an ingredient together whose strength is in mg a unit.
    public init(rxNorm: String, strengthMg: Double?, prednisoneEquivalent: Double? = nil) {
        let strength = strengthMg.map { Strength(value: $0, unit: "mg") }
        self.init(rxNorm: rxNorm, strength: strength, prednisoneEquivalent: prednisoneEquivalent)
    }

    /// Strength of one unit of the product in mg; nil when the code names no single strength a unit.
    public var strengthMg: Double? { strength.flatMap { $0.unit == "mg" ? $0.value : nil } }
}

/// Strength of an ingredient in a product.
public struct Strength: Sendable, Hashable {
    /// The number, in ``unit``.
    public let value: Double
    /// UCUM: `mg` for one unit of the product, else a concentration or rate such as `mg/mL`, `mg/h`.
    public let unit: String

    /// Puts a strength together.
    public init(value: Double, unit: String) {
        self.value = value
        self.unit = unit
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

extension DrugForm {
    /// How the product counts as exposure of the body: injections may be local, so the name alone does not say.
    public var use: MedicationUse.Route {
        switch route {
        case .oral, .oromucosal, .rectal, .transdermal, .implanted: .systemic
        case .inhaledOrNasal: .inhaledOrNasal
        case .topical, .eyeOrEar, .otherLocal: .topical
        case .injected, nil: .notStated
        }
    }
}

/// What is known of a drug product beside the sets that it is in.
public struct DrugProduct: Sendable, Hashable {
    /// The ingredients that the knowledge names.
    public let ingredients: [Ingredient]
    /// What the name says of its form.
    public let form: DrugForm

    /// Puts a product together.
    public init(ingredients: [Ingredient], form: DrugForm) {
        self.ingredients = ingredients
        self.form = form
    }
}

/// A factor from an opioid dose to morphine milligram equivalents (CDC 2022).
public struct MorphineFactor: Sendable, Hashable {
    /// RxNorm code of the ingredient.
    public let ingredient: String
    /// Multiplies the dose in ``unit``; nil when the table gives none, so that the dose is unknown (rule D-OP4).
    public let factor: Double?
    /// Unit of the dose as the table writes it: `mg/day`, or `ug/h` for patches.
    public let unit: String
    /// The route that the factor holds for: `oral` or `transdermal`.
    public let route: String

    /// Puts a factor together.
    public init(ingredient: String, factor: Double?, unit: String, route: String) {
        self.ingredient = ingredient
        self.factor = factor
        self.unit = unit
        self.route = route
    }
}
