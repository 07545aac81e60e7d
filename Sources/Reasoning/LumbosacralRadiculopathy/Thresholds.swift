/// Every number and switch of the guideline that a site may set, with the guideline's defaults (sections 2.2, 2.3, 9).
///
/// Keys, units, bounds and meanings stand in ``Thresholds/table``; configuration, documentation and the guideline page read
/// that table, so that nothing is written twice.
public struct Thresholds: Sendable, Hashable {
    /// First age at which the guideline applies, in years (`scope.minAgeYears`).
    public var minAgeYears = 18
    /// Days since onset before imaging is considered, in days (`course.imagingAfterDays`).
    public var imagingAfterDays = 42
    /// Days before the onset that belong to the episode, in days (`course.episode.leadDays`).
    public var episodeLeadDays = 14
    /// Length of the episode when no onset is known, in days (`course.episode.unknownDays`).
    public var episodeUnknownDays = 90
    /// Early imaging in reports, in days; decides nothing (`report.earlyWindowDays`).
    public var reportEarlyWindowDays = 28
    /// Conservative care that counts as a trial, in days (`course.trial.minDays`).
    public var trialMinDays = 42
    /// Uncovered days that are bridged, in days (`course.trial.gapDays`).
    public var trialGapDays = 14
    /// How long ago a trial may have ended, in days (`course.trial.endWithinDays`).
    public var trialEndWithinDays = 180
    /// Days that a prescription without end or supply covers, in days (`course.trial.openPrescriptionDays`).
    public var trialOpenPrescriptionDays = 30
    /// Kinds of care that a trial must hold (`course.trial.minModalities`).
    public var trialMinModalities = 1
    /// Whether an ordering specialist is no evidence of a procedure candidate (`candidate.requireEvidence`, ruling R14).
    public var candidateRequiresEvidence = true
    /// Specialties that are evidence where the switch is off, `system|code` (`candidate.specialties`).
    public var candidateSpecialties: Set<String> = []
    /// Pain score from which a trial may have failed, of 10 (`course.failure.pain`).
    public var failurePain = 4.0
    /// Improvement from which a trial has not failed, in % (`course.failure.improvement`).
    public var failureImprovementPercent = 50.0
    /// Pain score up to which a trial has not failed, of 10 (`course.failure.painNotFailed`).
    public var failurePainNotMet = 3.0
    /// How recent a score must be once the trial has ended, in days (`course.failure.scoreWithinDays`).
    public var failureScoreWithinDays = 14
    /// How long a "no" to a symptom holds, in days (`validity.symptomDays`).
    public var symptomValidDays = 14
    /// How long a "no" to a risk factor holds, in days (`validity.riskDays`).
    public var riskValidDays = 365
    /// How long a "no" to a cauda equina or weakness question holds, in days (`ces.noValidDays`).
    public var emergencyNoValidDays = 1
    /// Days in which a later "no" does not undo a "yes" to them, in days (`ces.positiveHoldDays`).
    public var emergencyPositiveHoldDays = 2
    /// Nil: the whole episode.
    public var cesWindowDays: Int?
    /// What sciatica in both legs and new loss of sexual function do to the cauda equina family (`ces.extendedFeatures`).
    public var cesExtendedFeatures = DoubtfulSign.ask
    /// Strength grade up to which a leg is weak where both are asked about, of 5 (`ces.mrcBothLegs`, ruling R37).
    public var mrcBothLegs = 4.0
    /// Whether diabetes counts as a weakened immune system (`inf.diabetesCounts`).
    public var diabetesCounts = false
    /// Post-void residual that counts as retention, in mL (`ces.pvrMl`).
    public var pvrMl = 200.0
    /// Strength grade that is a severe deficit, of 5 (`prog.mrcSevere`).
    public var mrcSevere = 3.0
    /// Loss of strength that is a progressive deficit, in grades (`prog.mrcDrop`).
    public var mrcDrop = 1.0
    /// Whether worsening weakness counts only under conservative care (`prog.requireConservativeManagement`, Q1).
    public var progressionRequiresCare = false
    /// Body temperature that is a fever, in Cel (`inf.feverCelsius`).
    public var feverCelsius = 38.0
    /// How long a fever counts, in days (`inf.feverDays`).
    public var feverDays = 14
    /// How long a normal temperature holds, in days (`inf.temperatureValidDays`).
    public var temperatureValidDays = 7
    /// How long bacteraemia counts, in days (`inf.bacteraemiaDays`).
    public var bacteraemiaDays = 90
    /// How long injected drug use counts, in months (`inf.ivduMonths`).
    public var ivDrugUseMonths = 12
    /// How long a spinal infection counts, in months (`inf.spineInfectionMonths`).
    public var spineInfectionMonths = 12
    /// How long an immunosuppressant counts, in days (`inf.immunosuppressantDays`).
    public var immunosuppressantDays = 90
    /// Which HIV infections weaken the immune system (`inf.hivPolicy`, Q4).
    public var hivPolicy = HIVPolicy.any
    /// CD4 count below which the immune system is weakened, in per microliter (`inf.cd4`).
    public var cd4PerMicroliter = 200.0
    /// Steroid dose that weakens the immune system, in mg prednisone a day (`inf.steroidMg`).
    public var steroidMg = 20.0
    /// Days of that dose, in days (`inf.steroidMgDays`).
    public var steroidMgDays = 14
    /// Window in which the dose counts, in days (`inf.steroidMgWithinDays`).
    public var steroidMgWithinDays = 30
    /// What a CRP or ESR above the lower limit does to the infection family (`inf.crpEsr`, Q6).
    public var inflammation = DoubtfulSign.ask
    /// CRP above which infection is hinted at, in mg/L (`inf.crpHint`).
    public var crpHintMgL = 10.0
    /// ESR above which infection is hinted at, in mm/h (`inf.esrHint`).
    public var esrHintMmH = 30.0
    /// CRP from which infection is suspected, in mg/L (`inf.crpMet`).
    public var crpMetMgL = 50.0
    /// ESR from which infection is suspected, in mm/h (`inf.esrMet`).
    public var esrMetMmH = 50.0
    /// How long CRP and ESR count, in days (`inf.crpEsrDays`).
    public var inflammationDays = 30
    /// How long a spinal procedure hints at infection, in days (`inf.spinalProcedureDays`).
    public var spinalProcedureDays = 90
    /// How long after spine surgery a postprocedural infection is a spinal one, in days (`inf.spineSurgeryDays`).
    public var spineSurgeryInfectionDays = 365
    /// How long ago a cancer may lie, in years (`mal.lookbackYears`).
    public var malignancyLookbackYears: Int?
    /// Age over which age alone is a sign of malignancy, in years; nil: never (`mal.ageOver`, Q6).
    public var malignancyAgeOver: Int?
    /// Whether basal and squamous cell skin cancer is left out (`mal.excludeSkin`).
    public var excludeSkinCancer = true
    /// Weight loss that counts, in % (`mal.weightLossPercent`).
    public var weightLossPercent = 5.0
    /// Weight loss that counts, in kg (`mal.weightLossKg`).
    public var weightLossKg = 4.5
    /// Window of the weight loss, in days (`mal.weightLossDays`).
    public var weightLossDays = 365
    /// Days between the two weights, in days (`mal.weightApartDays`).
    public var weightApartDays = 30
    /// How long a trauma counts, in days (`frx.traumaDays`).
    public var traumaDays = 90
    /// Age over which a minor trauma counts, in years (`frx.minorTraumaAgeOver`).
    public var minorTraumaAgeOver = 65
    /// Steroid days that count, in days (`frx.steroidDays`).
    public var steroidDays = 90
    /// Window of the steroid days, in days (`frx.steroidWithinDays`).
    public var steroidWithinDays = 365
    /// Whether the steroid days must follow one another (`frx.steroidConsecutive`).
    public var steroidDaysAreConsecutive = false
    /// Bone density T-score that is osteoporosis, in SD (`frx.tScore`).
    public var tScore = -2.5
    /// Days since onset in which an anticoagulant hints at a haematoma, in days (`ces.haematomaOnsetDays`).
    public var haematomaOnsetDays = 14
    /// Days since a spinal procedure in which it does, in days (`ces.haematomaProcedureDays`).
    public var haematomaProcedureDays = 30
    /// Age over which nobody is discouraged, in years (`soft.elderlyOver`).
    public var elderlyOver = 70
    /// How long ago an earlier lumbar MRI may lie, in months (`repeat.lookbackMonths`).
    public var repeatLookbackMonths = 60
    /// Longest time that a recorded pregnancy may go on, in days (`safety.pregnancyDays`).
    public var pregnancyDays = 301
    /// How long an active order makes a new one a duplicate, in days (`order.duplicateDays`).
    public var duplicateDays = 90
    /// How long an active order silences the patient view, in days (`order.activeDays`).
    public var activeOrderDays = 7
    /// EGFR below which no gadolinium is suggested, in mL/min/{1.73_m2} (`safety.egfrContrast`).
    public var egfrContrast = 30.0
    /// How long an eGFR counts, in days (`safety.egfrValidDays`).
    public var egfrValidDays = 365
    /// Age from which no NSAID is suggested, in years (`safety.nsaidAge`).
    public var nsaidAge = 75
    /// Supply above which an opioid is over the limit, in days (`opioid.maxDays`).
    public var opioidMaxDays = 7.0
    /// Daily dose from which an opioid is over the limit, in morphine milligram equivalents (`opioid.mme`).
    public var opioidMME = 50.0
    /// Pain score from which pain is severe, of 10 (`opioid.painSevere`).
    public var painSevere = 7.0
    /// How long a pain score counts for an opioid, in days (`opioid.painWithinDays`).
    public var painWithinDays = 7
    /// Age from which a muscle relaxant gets a caution, in years (`older.relaxantAge`).
    public var relaxantAge = 65
    /// EGFR below which an NSAID is contraindicated, in mL/min/{1.73_m2} (`nsaid.egfr`).
    public var nsaidEGFR = 30.0
    /// Gestational age from which an NSAID is contraindicated, in weeks (`nsaid.pregnancyWeeks`).
    public var nsaidPregnancyWeeks = 20
    /// How long a gastrointestinal bleed or ulcer counts, in days (`nsaid.bleedDays`).
    public var nsaidBleedDays = 90
    /// Days before and after a coronary bypass in which an NSAID is contraindicated (`nsaid.cabgDays`).
    public var nsaidBypassDays = 14
    /// Whether the patient view speaks of risk factors without a presenting feature (`alerts.patientViewRiskFactorOnly`).
    public var patientViewRiskFactorOnly = true

    /// The defaults of the guideline.
    public init() {}
}

/// What a sign that the source text does not count does to its family.
public enum DoubtfulSign: String, Sendable, Hashable, CaseIterable {
    /// The family is suspected and the card asks.
    case ask
    /// The family is met.
    case met
}

/// Which HIV infections count as a weakened immune system.
public enum HIVPolicy: String, Sendable, Hashable, CaseIterable {
    /// Every one.
    case any
    /// Those with a CD4 count below the limit; without a count that still counts the family is suspected.
    case cd4Below200
}
