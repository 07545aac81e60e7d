import ClinicalModel

extension TherapyOrder {
    /// The daily dose of the ordered opioid; the one of the order alone, what the patient takes beside it is not added.
    var opioidDose: OpioidDose {
        guard let drug, let ingredient = opioidIngredient else { return OpioidDose(unknownBecause: "dose") }
        return OpioidDose(drug, concept, ingredient)
    }

    /// How long it lasts, in words; nil when nothing says.
    var supply: String? {
        guard let shortest = drug?.shortestSupply else { return nil }
        guard let longest = drug?.longestSupply else { return "at least \(shortest.precise) days" }
        return shortest < longest ? "\(shortest.precise) to \(longest.precise) days" : "\(longest.precise) days"
    }

    private var opioidIngredient: Ingredient? {
        concept.ingredients.first { $0.morphineFactor != nil }
    }

    /// Extended release by the name of the product, patches among them; a code of the bare ingredient does not tell.
    func extendedRelease() -> Criterion {
        let forms = drug?.concepts.compactMap(\.form) ?? []
        guard !forms.isEmpty else {
            return Criterion(.extendedRelease, .unknown, missing: [DataGap("formulation of the opioid")])
        }
        let isPatch = forms.contains { $0.route == .transdermal }
        let isExtended = isPatch || forms.contains(where: \.isExtendedRelease)
        let because = isPatch ? "patch, released over days" : isExtended ? "extended release" : "not extended release"
        return Criterion(.extendedRelease, isExtended ? .met : .notMet, evidence: [evidence(because: because)])
    }

    /// At or over the limit of morphine milligram equivalents a day (CDC 2022 factors, ruling R23).
    func dose(limit: Double) -> Criterion {
        let dose = opioidDose
        guard let milligrams = dose.milligrams else {
            return Criterion(.dose, .unknown, missing: [DataGap(dose.gap ?? "dose")])
        }
        let shown = evidence(
            value: "\(milligrams.precise) MME/day",
            because: "daily dose at the most, limit \(limit.shortened) MME a day")
        return Criterion(.dose, milligrams >= limit ? .met : .notMet, evidence: [shown])
    }

    /// Supply over the limit, counted by what lets it last longest, refills included; not known where that hangs on which
    /// dose of a range is taken, or on what cannot be read.
    func supply(limit: Double) -> Criterion {
        guard let shortest = drug?.shortestSupply else {
            return Criterion(.supply, .unknown, missing: [DataGap("days of supply")])
        }
        guard let longest = drug?.longestSupply else {
            let shown = evidence(value: supply, because: "supply at the least, limit \(limit.shortened) days")
            if shortest > limit { return Criterion(.supply, .met, evidence: [shown]) }
            let gap = DataGap("days of supply (refills or duration on the order cannot be read)")
            return Criterion(.supply, .unknown, evidence: [shown], missing: [gap])
        }
        let shown = evidence(value: supply, because: "supply at the most, limit \(limit.shortened) days")
        if shortest <= limit && longest > limit {
            return Criterion(
                .supply, .unknown, evidence: [shown],
                missing: [DataGap("days of supply (the order gives a range of doses)")])
        }
        return Criterion(.supply, longest > limit ? .met : .notMet, evidence: [shown])
    }
}

/// A daily dose in morphine milligram equivalents, or what keeps it from being known.
struct OpioidDose {
    /// Morphine milligram equivalents a day; nil when they cannot be computed.
    let milligrams: Double?
    /// What would settle it; nil when it is known.
    let gap: String?

    private init(_ milligrams: Double?, gap: String?) {
        self.milligrams = milligrams
        self.gap = gap
    }

    init(unknownBecause gap: String) { self.init(nil, gap: gap) }

    init(_ drug: MedicationUse, _ concept: Concept, _ ingredient: Ingredient) {
        guard let table = ingredient.morphineFactor, let factor = table.factor else {
            self.init(unknownBecause: "dose (no conversion factor for this opioid)")
            return
        }
        guard let daily = drug.dailyDose, daily.comparator == nil, daily.value > 0 else {
            self.init(unknownBecause: "dose and frequency")
            return
        }
        let amount: Double?
        switch (table.route, concept.form?.route) {
        case ("oral", .oral): amount = Self.milligrams(daily, ingredient, isCombination: drug.isCombination)
        case ("oral", nil) where drug.route == .systemic || drug.route == .notStated:
            amount = Self.milligrams(daily, ingredient, isCombination: drug.isCombination)
        case ("transdermal", .transdermal): amount = Self.microgramsPerHour(daily, ingredient)
        default: amount = nil
        }
        guard let amount else {
            self.init(unknownBecause: "dose (strength or route not known)")
            return
        }
        // To nine places, so that a third of 100 mg three times a day is 100 mg.
        self.init((amount * factor * 1e9).rounded() / 1e9, gap: nil)
    }

    /// By tablets of a known strength, by a volume of a known concentration, or by milligrams of a drug with one ingredient.
    private static func milligrams(_ daily: Quantity, _ ingredient: Ingredient, isCombination: Bool) -> Double? {
        switch daily.unit {
        case nil: ingredient.strengthMg.map { $0 * daily.value }
        case Unit.millilitre.rawValue:
            ingredient.strength.flatMap { $0.unit == "mg/mL" ? $0.value * daily.value : nil }
        case Unit.milligram.rawValue: isCombination ? nil : daily.value
        default: nil
        }
    }

    /// Of a patch: its rate. More than one patch in two days may be several at once, whose number nobody says.
    private static func microgramsPerHour(_ daily: Quantity, _ ingredient: Ingredient) -> Double? {
        guard daily.unit == nil, daily.value <= 0.5, let strength = ingredient.strength else { return nil }
        switch strength.unit {
        case "ug/h": return strength.value
        case "mg/h": return strength.value * 1000
        default: return nil
        }
    }
}

extension MedicationUse {
    /// Whether it holds more than one ingredient, by its product or by ingredients that are coded apart.
    fileprivate var isCombination: Bool {
        concepts.contains { $0.form?.isCombination == true }
            || Set(concepts.filter { $0.code.system == CodeSystem.rxNorm }.flatMap { $0.ingredients.map(\.rxNorm) })
                .count > 1
    }
}

extension Reading {
    /// The newest pain score that counts for an opioid; of one day the highest.
    func recentPain() -> PainScore? {
        pain { concept in
            concept.uses.contains { $0.criterion == CriterionID.severePain.rawValue }
        }
        .filter { isWithin(thresholds.painWithinDays, $0.date) == .yes }
        .max { ($0.day, $0.value) < ($1.day, $1.value) }
    }

    /// Pain at or over the limit within the last days.
    func severePain() -> Criterion {
        guard let score = recentPain() else {
            return lacks(.observations)
                ? Criterion(.severePain, .unknown, missing: [DataGap("pain score", .notRetrieved)])
                : Criterion(.severePain, .noneOnRecord)
        }
        let limit = thresholds.painSevere
        let shown = score.evidence(because: "pain score, severe from \(limit.shortened) of 10")
        return Criterion(.severePain, score.value >= limit ? .met : .notMet, evidence: [shown])
    }
}
