/// Every number and switch of the guideline that a site may set, with the guideline's defaults (sections 2.2, 2.3, 9).
///
/// Keys, units, bounds and meanings stand in ``Thresholds/table``; configuration, documentation and the guideline page read
/// that table, so that nothing is written twice.
public struct Thresholds: Sendable, Hashable {
    public var minAgeYears = 18
    public var imagingAfterDays = 42
    public var episodeLeadDays = 14
    public var episodeUnknownDays = 90
    public var reportEarlyWindowDays = 28
    public var trialMinDays = 42
    public var trialGapDays = 14
    public var trialEndWithinDays = 180
    public var trialOpenPrescriptionDays = 30
    public var trialMinModalities = 1
    public var failurePain = 4.0
    public var failureImprovementPercent = 50.0
    public var failurePainNotMet = 3.0
    public var failureScoreWithinDays = 14
    public var symptomValidDays = 14
    public var riskValidDays = 365
    public var emergencyNoValidDays = 1
    public var emergencyPositiveHoldDays = 2
    /// Nil: the whole episode.
    public var cesWindowDays: Int?
    public var diabetesCounts = false
    public var pvrMl = 200.0
    public var mrcSevere = 3.0
    public var mrcDrop = 1.0
    public var feverCelsius = 38.0
    public var feverDays = 14
    public var temperatureValidDays = 7
    public var bacteraemiaDays = 90
    public var ivDrugUseMonths = 12
    public var spineInfectionMonths = 12
    public var immunosuppressantDays = 90
    public var cd4PerMicroliter = 200.0
    public var steroidMg = 20.0
    public var steroidMgDays = 14
    public var steroidMgWithinDays = 30
    public var crpHintMgL = 10.0
    public var esrHintMmH = 30.0
    public var crpMetMgL = 50.0
    public var esrMetMmH = 50.0
    public var inflammationDays = 30
    public var spinalProcedureDays = 90
    public var spineSurgeryInfectionDays = 365
    public var malignancyLookbackYears: Int?
    public var excludeSkinCancer = true
    public var weightLossPercent = 5.0
    public var weightLossKg = 4.5
    public var weightLossDays = 365
    public var weightApartDays = 30
    public var traumaDays = 90
    public var minorTraumaAgeOver = 65
    public var steroidDays = 90
    public var steroidWithinDays = 365
    public var tScore = -2.5
    public var haematomaOnsetDays = 14
    public var haematomaProcedureDays = 30
    public var elderlyOver = 70
    public var repeatLookbackMonths = 60
    public var duplicateDays = 90
    public var activeOrderDays = 7
    public var egfrContrast = 30.0
    public var egfrValidDays = 365
    public var nsaidAge = 75
    public var patientViewRiskFactorOnly = true

    /// The defaults of the guideline.
    public init() {}
}
