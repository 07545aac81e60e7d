import ClinicalModel
import Guidelines

/// A code as the knowledge resolves it, with the words that a clinician reads.
struct CodedFinding: Sendable {
    let words: String
    let concept: Concept

    init(_ words: String, _ uses: CodeUse..., ingredients: [Ingredient] = [], encounter: Concept.Encounter? = nil) {
        self.words = words
        concept = Concept(
            Code(system: "urn:proof", code: words, display: words), uses: uses, ingredients: ingredients,
            encounter: encounter)
    }

    static func test(_ modality: Modality, _ region: ImagingTest.Region = .lumbar) -> Concept {
        Concept(
            Code(system: "urn:proof", code: modality.rawValue), test: ImagingTest(modality: modality, region: region))
    }

    /// A code that stands in no value set: it is shown, it decides nothing.
    static let unknownCode = CodedFinding("a code of no value set")

    static let physiotherapy = CodedFinding(
        "physiotherapy", use("physical-therapy", .trialDocumented, nil, .treatment, "delivered-care"))
    static let radiculopathy = CodedFinding("radiculopathy", use("lumbosacral-radiculopathy", .radiculopathy))
    static let sciaticaLeft = CodedFinding(
        "sciatica, left side", use("lumbosacral-radiculopathy", .radiculopathy),
        use("hints", .caudaEquina, "hint", .hint, "hint", .no, [.bothSides, .left]))
    static let sciaticaRight = CodedFinding(
        "sciatica, right side", use("lumbosacral-radiculopathy", .radiculopathy),
        use("hints", .caudaEquina, "hint", .hint, "hint", .no, [.bothSides, .right]))

    /// Problems, diagnoses and findings: one or more of each kind of row that the role table has.
    static let problems = caudaEquina + deficits + infections + malignancies + fractures + others

    static let caudaEquina = [
        CodedFinding("saddle anaesthesia", use("cauda-equina-components", .caudaEquina, "saddle")),
        CodedFinding(
            "urinary retention",
            use("cauda-equina-components", .caudaEquina, "bladder-bowel", .presenting, "finding", .needsNew)),
        CodedFinding(
            "neurogenic bladder",
            use("cauda-equina-components", .caudaEquina, "bladder-bowel", .presenting, "finding", .otherCause)),
        CodedFinding(
            "paraparesis", use("cauda-equina-components", .caudaEquina, "both-legs", .presenting, "finding", .needsNew)),
        CodedFinding("cauda equina syndrome", use("cauda-equina-syndrome", .caudaEquina, "diagnosis")),
        CodedFinding("urinary hesitancy", use("hints", .caudaEquina, "hint", .hint, "hint", .needsNew)),
        CodedFinding("bilateral sciatica", use("hints", .caudaEquina, "hint", .hint, "hint", .review)),
        CodedFinding(
            "enlarged prostate", use("other-cause-bladder-bowel", .caudaEquina, "bladder-bowel", .exclusion, "cause")),
    ]
    static let deficits = [
        CodedFinding(
            "foot drop",
            use("neurologic-deficit", .progressiveDeficit, "worsening", .presenting, "finding", .needsNew),
            use("hints", .progressiveDeficit, "hint", .hint, "hint", .review, [.withoutDate])),
        CodedFinding(
            "leg weakness", use("neurologic-deficit", .progressiveDeficit, "worsening", .hint, "hint", .review)),
        CodedFinding(
            "cervical myelopathy", use("hints", .progressiveDeficit, "hint", .hint, "hint", .review, [.otherLevel])),
    ]
    static let infections = [
        CodedFinding("fever", use("fever-systemic-infection", .infection, "fever")),
        CodedFinding("sepsis", use("fever-systemic-infection", .infection, "bacteraemia")),
        CodedFinding("vertebral osteomyelitis", use("spinal-infection", .infection, "diagnosis")),
        CodedFinding(
            "discitis, region not stated", use("spinal-infection", .infection, "diagnosis", .hint, "finding", .review)),
        CodedFinding("HIV", use("immunocompromised-state", .infection, "immunosuppression", .risk)),
        CodedFinding(
            "chemotherapy", use("immunocompromised-state", .infection, "immunosuppression", .risk, "treatment")),
        CodedFinding("injected drug use", use("iv-drug-use", .infection, "iv-drug-use", .risk)),
        CodedFinding(
            "opioid use disorder", use("substance-use-proxy", .infection, "iv-drug-use", .hint, "hint", .review)),
        CodedFinding(
            "postprocedural infection", use("hints", .infection, "hint", .hint, "hint", .review, [.withSpineSurgery])),
    ]
    static let malignancies = [
        CodedFinding(
            "breast cancer", use("malignancy", .malignancy, "personal-cancer", .risk),
            use("malignancy", .radiculopathy, "staging", .exclusion, "staging")),
        CodedFinding("history of cancer", use("malignancy", .malignancy, "personal-cancer", .risk, "history")),
        CodedFinding("bone metastasis", use("malignancy", .malignancy, "personal-cancer", .presenting)),
        CodedFinding("polycythaemia vera", use("hints", .malignancy, "hint", .hint, "hint", .review)),
        CodedFinding(
            "basal cell cancer",
            use("nonmelanoma-skin-cancer", .malignancy, "personal-cancer", .exclusion, "denies", .no)),
        CodedFinding("weight loss", use("unexplained-weight-loss", .malignancy, "weight-loss")),
        CodedFinding("dieting", use("weight-loss-explained", .malignancy, "weight-loss", .exclusion, "cause")),
    ]
    static let fractures = [
        CodedFinding("osteoporosis", use("osteoporosis-fragility-fracture", .fracture, "osteoporosis", .risk)),
        CodedFinding(
            "fracture of a vertebra", use("osteoporosis-fragility-fracture", .fracture, "suspected"),
            encounter: .initial),
        CodedFinding(
            "healing fracture of a vertebra", use("osteoporosis-fragility-fracture", .fracture, "suspected"),
            encounter: .subsequent),
        CodedFinding("fall from height", use("trauma-significant", .fracture, "trauma"), encounter: .initial),
        CodedFinding(
            "fall on the level",
            use("trauma-minor", .fracture, "trauma", .presenting, "with-osteoporosis-or-age", .no)),
        CodedFinding(
            "long-term steroid use", use("prolonged-corticosteroid-use", .fracture, "steroids", .risk)),
        CodedFinding("fracture of another bone", use("hints", .fracture, "hint", .hint, "hint", .review)),
    ]
    static let others = [
        CodedFinding("low back pain", use("low-back-pain", .radiculopathy, nil, .presenting, "context", .no)),
        CodedFinding(
            "multiple sclerosis",
            use("other-imaging-indication", .radiculopathy, "other-indication", .exclusion, "other-indication")),
        CodedFinding("pregnancy", use("pregnancy", .pregnant)),
        CodedFinding("earlier spine surgery", use("spine-surgery", .priorLumbarSurgery, nil, .history, "study")),
        CodedFinding(
            "pacemaker", use("mri-contraindications", .mrDevice, "device", .presenting, "device")),
        CodedFinding(
            "clip that is not MR-safe",
            use("mri-contraindications", .mriContraindicated, "not-mr-safe", .presenting, "not-mr-safe")),
        unknownCode,
    ]
    /// Conditions that forbid to suggest an NSAID.
    static let forbidNSAID = [
        CodedFinding("chronic kidney disease", helper("ckd")), CodedFinding("bleeding ulcer", helper("gi-bleed-ulcer")),
        CodedFinding("heart failure", helper("heart-failure")), CodedFinding("NSAID allergy", helper("nsaid-allergy")),
    ]

    static func use(
        _ set: ValueSetName, _ criterion: CriterionID, _ component: String? = nil, _ part: CodeUse.Part = .presenting,
        _ role: CodeUse.Role = "finding", _ alone: CodeUse.Alone = .yes, _ qualifiers: Set<CodeUse.Qualifier> = []
    ) -> CodeUse {
        CodeUse(
            set: set, criterion: criterion.rawValue, component: component, part: part, role: role, alone: alone,
            qualifiers: qualifiers)
    }

    /// A member of a set that speaks to no criterion.
    static func helper(_ set: ValueSetName) -> CodeUse {
        CodeUse(set: set, criterion: nil, component: nil, part: .presenting, role: "caution", alone: .no)
    }

    static func measure(_ set: ValueSetName, _ criterion: CriterionID?, _ component: String?, _ measure: String)
        -> CodeUse
    {
        CodeUse(
            set: set, criterion: criterion?.rawValue, component: component, part: .presenting, role: "measurement",
            alone: .no, qualifiers: [.init(rawValue: "measure:\(measure)")])
    }
}
