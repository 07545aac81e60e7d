/// The name of a value set of `Profiles/ValueSets`, for example `malignancy`.
public struct ValueSetName: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The word as the files write it.
    public let rawValue: String
    /// Takes a value as it stands.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Takes a literal as it stands.
    public init(stringLiteral value: String) { rawValue = value }
    /// The name itself.
    public var description: String { rawValue }
}

// One constant for each value set; a test compares the list with the folder.
extension ValueSetName {
    /// Acetaminophen.
    public static let acetaminophen: ValueSetName = "acetaminophen"
    /// Activity modification and remaining active.
    public static let activityModification: ValueSetName = "activity-modification"
    /// Anticoagulants (NSAID bleeding caution; also caution before spinal injection).
    public static let anticoagulants: ValueSetName = "anticoagulants"
    /// Bed rest orders (advise against).
    public static let bedRestOrder: ValueSetName = "bed-rest-order"
    /// Benzodiazepines (opioid co-prescription caution).
    public static let benzodiazepines: ValueSetName = "benzodiazepines"
    /// Body sites of the lumbar and sacral spine.
    public static let bodySiteLumbarOrSacral: ValueSetName = "body-site-lumbar-or-sacral"
    /// Perineal, perianal and genital body sites (the saddle area).
    public static let bodySiteSaddle: ValueSetName = "body-site-saddle"
    /// Bone scan and SPECT.
    public static let boneScanSpect: ValueSetName = "bone-scan-spect"
    /// Coronary artery bypass (NSAID contraindication, 14 days before and after).
    public static let cabg: ValueSetName = "cabg"
    /// Components of cauda equina syndrome.
    public static let caudaEquinaComponents: ValueSetName = "cauda-equina-components"
    /// Cauda equina syndrome.
    public static let caudaEquinaSyndrome: ValueSetName = "cauda-equina-syndrome"
    /// Chronic kidney disease and renal impairment (NSAID contraindication).
    public static let ckd: ValueSetName = "ckd"
    /// Patient education and reassurance.
    public static let conservativeTherapyEducation: ValueSetName = "conservative-therapy-education"
    /// CT of the lumbar spine.
    public static let ctLumbar: ValueSetName = "ct-lumbar"
    /// CT myelography and myelography, lumbar.
    public static let ctMyelography: ValueSetName = "ct-myelography"
    /// MR safety of a device.
    public static let deviceMRSafety: ValueSetName = "device-mr-safety"
    /// Diabetes (context, never immunocompromise).
    public static let diabetes: ValueSetName = "diabetes"
    /// Lumbar discography.
    public static let discography: ValueSetName = "discography"
    /// Epidural steroid injection.
    public static let epiduralSteroidInjection: ValueSetName = "epidural-steroid-injection"
    /// Exercise therapy.
    public static let exerciseTherapy: ValueSetName = "exercise-therapy"
    /// Fever and systemic infection.
    public static let feverSystemicInfection: ValueSetName = "fever-systemic-infection"
    /// Gastrointestinal bleeding and peptic ulcer (NSAID contraindication).
    public static let giBleedUlcer: ValueSetName = "gi-bleed-ulcer"
    /// Heart failure and cardiovascular NSAID cautions.
    public static let heartFailure: ValueSetName = "heart-failure"
    /// Superficial heat or cold.
    public static let heatColdTherapy: ValueSetName = "heat-cold-therapy"
    /// Hints of a red flag: the family becomes suspected, never met.
    public static let hints: ValueSetName = "hints"
    /// Imaging tests and modalities that name no region.
    public static let imagingRegionNotStated: ValueSetName = "imaging-region-not-stated"
    /// Immunocompromised state.
    public static let immunocompromisedState: ValueSetName = "immunocompromised-state"
    /// Immunosuppressant medications.
    public static let immunosuppressantMedications: ValueSetName = "immunosuppressant-medications"
    /// Inhaled and nasal corticosteroids (not systemic).
    public static let inhaledCorticosteroids: ValueSetName = "inhaled-corticosteroids"
    /// Intravenous (injection) drug use.
    public static let ivDrugUse: ValueSetName = "iv-drug-use"
    /// Joint and bursa injections and routes (a steroid given so is not systemic).
    public static let jointInjection: ValueSetName = "joint-injection"
    /// Low back pain (broader; measure-style).
    public static let lowBackPain: ValueSetName = "low-back-pain"
    /// Lumbar disc and canal disorders without stated radiculopathy (context; do not treat as radiculopathy).
    public static let lumbarDegenerativeContext: ValueSetName = "lumbar-degenerative-context"
    /// Lumbosacral radiculopathy, sciatica, lumbar disc disorder with radiculopathy.
    public static let lumbosacralRadiculopathy: ValueSetName = "lumbosacral-radiculopathy"
    /// Malignancy: active or history (non-melanoma skin cancer is a separate set).
    public static let malignancy: ValueSetName = "malignancy"
    /// Chiropractic and osteopathic manipulation.
    public static let manipulation: ValueSetName = "manipulation"
    /// MRI cautions that are not contraindications (comfort, pregnancy, gadolinium).
    public static let mriCautions: ValueSetName = "mri-cautions"
    /// MRI contraindications (implants and metal; many are now MR-conditional: prompt for screening, do not forbid).
    public static let mriContraindications: ValueSetName = "mri-contraindications"
    /// MRI of the lumbar spine (orders and prior studies).
    public static let mriLumbar: ValueSetName = "mri-lumbar"
    /// Muscle relaxant cautions.
    public static let muscleRelaxantCautions: ValueSetName = "muscle-relaxant-cautions"
    /// Neurological examination findings and observations.
    public static let neuroExamObservations: ValueSetName = "neuro-exam-observations"
    /// Weakness, gait or sensory change with low specificity (supporting evidence, never a trigger alone).
    public static let neurologicDeficitNonspecific: ValueSetName = "neurologic-deficit-nonspecific"
    /// Progressive or severe neurologic deficit.
    public static let neurologicDeficit: ValueSetName = "neurologic-deficit"
    /// Neuropathic pain agents.
    public static let neuropathicAgents: ValueSetName = "neuropathic-agents"
    /// Other indications for a neuropathic agent.
    public static let neuropathicOtherIndication: ValueSetName = "neuropathic-other-indication"
    /// Non-melanoma skin cancer (kept apart from malignancy: basal cell, squamous cell and unspecified skin cancer).
    public static let nonmelanomaSkinCancer: ValueSetName = "nonmelanoma-skin-cancer"
    /// Allergy or intolerance to NSAIDs and aspirin.
    public static let nsaidAllergy: ValueSetName = "nsaid-allergy"
    /// Non-steroidal anti-inflammatory drugs (aspirin left out on purpose).
    public static let nsaids: ValueSetName = "nsaids"
    /// Populations outside the opioid rules.
    public static let opioidExcludedPopulation: ValueSetName = "opioid-excluded-population"
    /// Opioid use disorder.
    public static let opioidUseDisorder: ValueSetName = "opioid-use-disorder"
    /// Opioids (outpatient analgesic use).
    public static let opioidsOutpatient: ValueSetName = "opioids-outpatient"
    /// Osteoporosis and fragility or pathological fracture.
    public static let osteoporosisFragilityFracture: ValueSetName = "osteoporosis-fragility-fracture"
    /// Other causes of bladder or bowel dysfunction.
    public static let otherCauseBladderBowel: ValueSetName = "other-cause-bladder-bowel"
    /// Other causes of leg weakness.
    public static let otherCauseLegWeakness: ValueSetName = "other-cause-leg-weakness"
    /// Another reason for the imaging order.
    public static let otherImagingIndication: ValueSetName = "other-imaging-indication"
    /// Other non-drug therapies seen in radiculopathy order sets.
    public static let otherNonpharmacologicTherapy: ValueSetName = "other-nonpharmacologic-therapy"
    /// Pain and function scores.
    public static let painAndFunctionScores: ValueSetName = "pain-and-function-scores"
    /// PET and PET/CT.
    public static let pet: ValueSetName = "pet"
    /// Physical therapy and rehabilitation.
    public static let physicalTherapy: ValueSetName = "physical-therapy"
    /// Post-void residual.
    public static let postVoidResidual: ValueSetName = "post-void-residual"
    /// Pregnancy status and tests.
    public static let pregnancyStatus: ValueSetName = "pregnancy-status"
    /// Pregnancy (NSAID, gadolinium, radiation caution).
    public static let pregnancy: ValueSetName = "pregnancy"
    /// Prolonged systemic corticosteroid use (diagnosis-coded; drugs in systemic-corticosteroids).
    public static let prolongedCorticosteroidUse: ValueSetName = "prolonged-corticosteroid-use"
    /// Leg pain or leg weakness from something other than a nerve root (review, do not treat as radiculopathy).
    public static let radiculopathyMimics: ValueSetName = "radiculopathy-mimics"
    /// Radiculopathy with no site stated (use only with a lumbar or sacral body site or text).
    public static let radiculopathySiteUnspecified: ValueSetName = "radiculopathy-site-unspecified"
    /// Both sides.
    public static let sideBilateral: ValueSetName = "side-bilateral"
    /// Left side.
    public static let sideLeft: ValueSetName = "side-left"
    /// Right side.
    public static let sideRight: ValueSetName = "side-right"
    /// Skeletal muscle relaxants.
    public static let skeletalMuscleRelaxants: ValueSetName = "skeletal-muscle-relaxants"
    /// Sleep-disordered breathing (opioid caution).
    public static let sleepApnea: ValueSetName = "sleep-apnea"
    /// Spinal infection.
    public static let spinalInfection: ValueSetName = "spinal-infection"
    /// Spinal injections, punctures, catheters and stimulators.
    public static let spinalProcedure: ValueSetName = "spinal-procedure"
    /// Other history items implied by the guideline.
    public static let spineRedFlagHistory: ValueSetName = "spine-red-flag-history"
    /// Referral for spine surgery or intervention.
    public static let spineSurgeryReferral: ValueSetName = "spine-surgery-referral"
    /// Lumbar spine surgery and its history.
    public static let spineSurgery: ValueSetName = "spine-surgery"
    /// Drug use disorders with no route stated (proxy for injection drug use, as in HEDIS and payer lists).
    public static let substanceUseProxy: ValueSetName = "substance-use-proxy"
    /// Systemic corticosteroids (oral and injectable).
    public static let systemicCorticosteroids: ValueSetName = "systemic-corticosteroids"
    /// Minor trauma: counts toward fracture suspicion only with older age, osteoporosis or corticosteroid use.
    public static let traumaMinor: ValueSetName = "trauma-minor"
    /// Significant trauma (fracture suspicion).
    public static let traumaSignificant: ValueSetName = "trauma-significant"
    /// Treatment or procedure refused by the patient.
    public static let treatmentRefused: ValueSetName = "treatment-refused"
    /// Unexplained or abnormal weight loss.
    public static let unexplainedWeightLoss: ValueSetName = "unexplained-weight-loss"
    /// Units used by the observations above.
    public static let units: ValueSetName = "units"
    /// Temperature, inflammatory markers, blood count, blood culture, bone density T-score.
    public static let vitalsLabs: ValueSetName = "vitals-labs"
    /// Documented reasons for weight loss (unexplained weight loss is then not met).
    public static let weightLossExplained: ValueSetName = "weight-loss-explained"
    /// Radiographs of the lumbar spine.
    public static let xrayLumbar: ValueSetName = "xray-lumbar"
}

extension ValueSetName {
    /// Every value set that the product knows, in the order of their names.
    public static let all: [ValueSetName] = [
        .acetaminophen, .activityModification, .anticoagulants, .bedRestOrder, .benzodiazepines,
        .bodySiteLumbarOrSacral, .bodySiteSaddle, .boneScanSpect, .cabg, .caudaEquinaComponents, .caudaEquinaSyndrome,
        .ckd, .conservativeTherapyEducation, .ctLumbar, .ctMyelography, .deviceMRSafety, .diabetes, .discography,
        .epiduralSteroidInjection, .exerciseTherapy, .feverSystemicInfection, .giBleedUlcer, .heartFailure,
        .heatColdTherapy, .hints, .imagingRegionNotStated, .immunocompromisedState, .immunosuppressantMedications,
        .inhaledCorticosteroids, .ivDrugUse, .jointInjection, .lowBackPain, .lumbarDegenerativeContext,
        .lumbosacralRadiculopathy, .malignancy, .manipulation, .mriCautions, .mriContraindications, .mriLumbar,
        .muscleRelaxantCautions, .neuroExamObservations, .neurologicDeficitNonspecific, .neurologicDeficit,
        .neuropathicAgents, .neuropathicOtherIndication, .nonmelanomaSkinCancer, .nsaidAllergy, .nsaids,
        .opioidExcludedPopulation, .opioidUseDisorder, .opioidsOutpatient, .osteoporosisFragilityFracture,
        .otherCauseBladderBowel, .otherCauseLegWeakness, .otherImagingIndication, .otherNonpharmacologicTherapy,
        .painAndFunctionScores, .pet, .physicalTherapy, .postVoidResidual, .pregnancyStatus, .pregnancy,
        .prolongedCorticosteroidUse, .radiculopathyMimics, .radiculopathySiteUnspecified, .sideBilateral, .sideLeft,
        .sideRight, .skeletalMuscleRelaxants, .sleepApnea, .spinalInfection, .spinalProcedure, .spineRedFlagHistory,
        .spineSurgeryReferral, .spineSurgery, .substanceUseProxy, .systemicCorticosteroids, .traumaMinor,
        .traumaSignificant, .treatmentRefused, .unexplainedWeightLoss, .units, .vitalsLabs, .weightLossExplained,
        .xrayLumbar,
    ]
}
