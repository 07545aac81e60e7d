import ClinicalModel

extension TherapyOrder {
    /// The daily dose of the ordered opioid; the one of the order alone, what the patient takes beside it is not added.
    var opioidDose: OpioidDose {
        guard let drug, let ingredient = opioidIngredient else { return OpioidDose(unknownBecause: "dose") }
        return OpioidDose(drug, concept, ingredient)
    }

    private var opioidIngredient: Ingredient? {
        concept.ingredients.first { $0.morphineFactor != nil }
    }

    /// Extended release by the name of the product; a code of the bare ingredient does not tell.
    func extendedRelease() -> Criterion {
        guard let form = drug?.concepts.lazy.compactMap(\.form).first else {
            return Criterion(.extendedRelease, .unknown, missing: [DataGap("formulation of the opioid")])
        }
        let because = form.isExtendedRelease ? "extended release" : "not extended release"
        return Criterion(
            .extendedRelease, form.isExtendedRelease ? .met : .notMet, evidence: [evidence(because: because)])
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

    /// Supply over the limit, counted by what lets it last longest, refills included.
    func supply(limit: Double) -> Criterion {
        guard let days = drug?.longestSupply else {
            return Criterion(.supply, .unknown, missing: [DataGap("days of supply")])
        }
        let shown = evidence(
            value: "\(days.precise) days", because: "supply at the most, limit \(limit.shortened) days")
        return Criterion(.supply, days > limit ? .met : .notMet, evidence: [shown])
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
        case ("oral", .oral), ("oral", nil): amount = Self.milligrams(daily, ingredient, concept)
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

    /// By tablets of a known strength, or by milligrams of a drug with one ingredient.
    private static func milligrams(_ daily: Quantity, _ ingredient: Ingredient, _ concept: Concept) -> Double? {
        if daily.unit == nil { return ingredient.strengthMg.map { $0 * daily.value } }
        guard daily.unit == Unit.milligram.rawValue, concept.form?.isCombination != true else { return nil }
        return daily.value
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

extension Reading {
    /// The newest pain score that counts for an opioid; of one day the highest.
    func recentPain() -> PainScore? {
        pain { concept in
            concept.uses.contains { $0.criterion == CriterionID.severePain.rawValue }
        }
        .filter { isWithin(thresholds.painWithinDays, $0.date) == .yes }.last
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
