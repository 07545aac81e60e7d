import ClinicalModel

/// One course of a systemic corticosteroid.
struct SteroidCourse {
    let drug: MedicationUse
    let concept: Concept
    /// Certain days; nil when the record has no usable dates.
    let span: DaySpan?
    /// Why it is not sure that the drug was taken systemically; nil when it is.
    let doubt: String?

    /// Daily dose as prednisone equivalent; nil when it cannot be computed.
    var prednisoneMgPerDay: Double? {
        guard let dose = drug.dailyDose, dose.comparator == nil,
            let ingredient = concept.ingredients.first(where: { $0.prednisoneEquivalent != nil }),
            let equivalent = ingredient.prednisoneEquivalent, equivalent > 0
        else { return nil }
        let milligrams = dose.unit == "mg" ? dose.value : ingredient.strengthMg.map { $0 * dose.value }
        return milligrams.map { $0 * 5 / equivalent }
    }

    func evidence(because: String) -> Evidence {
        Evidence(drug.provenance, code: concept.code, date: drug.start ?? drug.authored, because: because)
    }
}

extension Reading {
    /// Systemic steroid courses on record; inhaled, topical and locally injected ones never count.
    func steroidCourses() -> [SteroidCourse] {
        record.medications.compactMap { drug in
            guard drug.route == .systemic || drug.route == .notStated else { return nil }
            for concept in drug.concepts {
                let uses = concept.uses.filter {
                    $0.criterion == CriterionID.fracture.rawValue && $0.component == "steroids"
                }
                guard !uses.contains(where: { $0.part == .exclusion }),
                    let use = uses.first(where: { $0.role == "course" })
                else { continue }
                return SteroidCourse(
                    drug: drug, concept: concept, span: drug.span(until: asOf, openDays: nil),
                    doubt: drug.standing == .unclear
                        ? "whether it was taken is not known"
                        // The code names a substance that also has local forms.
                        : use.part == .hint && drug.route == .notStated ? "route not stated" : nil)
            }
            return nil
        }
    }
}
