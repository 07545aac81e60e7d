import ClinicalModel
import Guidelines

/// Codes that the tests of several criteria speak of.
extension Concept {
    // Red flags
    static let saddle = concept("cauda-equina-components", .caudaEquina, "saddle")
    static let caudaEquinaSyndrome = concept("cauda-equina-syndrome", .caudaEquina, "diagnosis")
    static let footDrop = concept(
        "neurologic-deficit", .progressiveDeficit, "worsening", .presenting, "finding", .needsNew)
    static let temperature = concept("vitals-labs", .infection, "fever", .presenting, "measurement", .no)
    static let crp = concept(
        "vitals-labs", .infection, "crp-esr", .hint, "measurement", .no, qualifiers: ["measure:crp"])
    static let hiv = concept("immunocompromised-state", .infection, "immunosuppression", .risk)
    static let discitis = concept("spinal-infection", .infection, "diagnosis")
    static let cancer = concept("malignancy", .malignancy, "personal-cancer", .risk)

    /// Tablets of 10 mg of a corticosteroid, of which 1 mg is worth so many milligrams of prednisone.
    static func glucocorticoid(
        _ part: CodeUse.Part = .risk, criterion: CriterionID = .fracture, component: String = "steroids",
        equivalent: Double = 5
    ) -> Concept {
        concept(
            "systemic-corticosteroids", criterion, component, part, "course", .no,
            ingredients: [Ingredient(rxNorm: "8640", strengthMg: 10, prednisoneEquivalent: equivalent)])
    }

    // Course, history and safety
    static let therapy = concept("physical-therapy", .trialDocumented, nil, .treatment, "delivered-care")
    static let pain = concept(
        "pain-and-function-scores", .trialFailed, nil, .presenting, "measurement", .no, qualifiers: ["measure:pain"])
    static let laminectomy = concept("spine-surgery", .priorLumbarSurgery, nil, .history, "study")
    static let pacemaker = concept("mri-contraindications", .mrDevice, "device", .presenting, "device")
}
