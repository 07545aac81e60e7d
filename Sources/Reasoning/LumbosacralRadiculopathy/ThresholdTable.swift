/// One configurable number or switch: its key, what it means, and between which bounds a site may set it.
public struct ThresholdKey: Sendable {
    /// How the value is written.
    public enum Kind: String, Sendable {
        case integer
        case number
        case boolean
        /// An integer, or a word for no limit (`unlimited`, `episode`).
        case optionalInteger = "integer or word"
        /// One of a closed set of words.
        case word
        /// Codes, `system|code`, parted by commas.
        case list
    }
    /// Key in the configuration file, for example `course.imagingAfterDays`.
    public let key: String
    /// Which kind it is.
    public let kind: Kind
    /// Unit for people, for example `days`; empty for switches.
    public let unit: String
    /// Lowest and highest value accepted; a switch has none.
    public let bounds: ClosedRange<Double>?
    /// The word that stands for no limit, for example `unlimited`; nil where a number is needed.
    public let word: String?
    /// The words of a closed set; empty for numbers and switches.
    public let words: [String]
    /// What it decides, in one line.
    public let meaning: String
    /// The value as text.
    public let read: @Sendable (Thresholds) -> String
    /// Sets the value from text; false when the text is no value of this kind within the bounds.
    public let write: @Sendable (inout Thresholds, String) -> Bool

    /// What it may be set to, for people: `0 to 182`, `1 to 120, or unlimited`, `ask, met`.
    public var boundsInWords: String {
        guard let bounds else {
            switch kind {
            case .boolean: return "true, false"
            case .list: return "`system|code`, at most \(Thresholds.mostCodes)"
            default: return words.joined(separator: ", ")
            }
        }
        func short(_ number: Double) -> String { number == number.rounded() ? String(Int(number)) : String(number) }
        let range = "\(short(bounds.lowerBound)) to \(short(bounds.upperBound))"
        return word.map { "\(range), or \($0)" } ?? range
    }
}

extension Thresholds {
    /// Every key, in the order of the guideline (sections 2.2, 2.3 and 9).
    public static let table: [ThresholdKey] = [
        integer("scope.minAgeYears", "years", 0...21, "first age at which the guideline applies", \.minAgeYears),
        integer(
            "course.imagingAfterDays", "days", 0...182, "days since onset before imaging is considered",
            \.imagingAfterDays),
        integer(
            "course.episode.leadDays", "days", 0...90, "days before the onset that belong to the episode",
            \.episodeLeadDays),
        integer(
            "course.episode.unknownDays", "days", 14...365, "length of the episode when no onset is known",
            \.episodeUnknownDays),
        integer(
            "report.earlyWindowDays", "days", 7...90, "early imaging in reports; decides nothing",
            \.reportEarlyWindowDays),
        integer("course.trial.minDays", "days", 0...182, "conservative care that counts as a trial", \.trialMinDays),
        integer("course.trial.gapDays", "days", 0...60, "uncovered days that are bridged", \.trialGapDays),
        integer(
            "course.trial.endWithinDays", "days", 14...730, "how long ago a trial may have ended", \.trialEndWithinDays),
        integer(
            "course.trial.openPrescriptionDays", "days", 1...90,
            "days that a prescription without end or supply covers", \.trialOpenPrescriptionDays),
        integer(
            "course.trial.minModalities", "kinds", 1...4,
            "kinds of care that a trial must hold; from 2 on one of them exercise based", \.trialMinModalities),
        boolean(
            "candidate.requireEvidence",
            "whether a candidate for surgery or injection needs evidence; false: an order of candidate.specialties is "
                + "enough", \.candidateRequiresEvidence),
        codes(
            "candidate.specialties", "specialties whose order makes a candidate where evidence is not required",
            \.candidateSpecialties),
        number("course.failure.pain", "of 10", 1...10, "pain score from which a trial may have failed", \.failurePain),
        number(
            "course.failure.improvement", "%", 1...100, "improvement from which a trial has not failed",
            \.failureImprovementPercent),
        number(
            "course.failure.painNotFailed", "of 10", 0...9, "pain score up to which a trial has not failed",
            \.failurePainNotMet),
        integer(
            "course.failure.scoreWithinDays", "days", 1...90, "how recent a score must be once the trial has ended",
            \.failureScoreWithinDays),
        integer("validity.symptomDays", "days", 1...90, "how long a \"no\" to a symptom holds", \.symptomValidDays),
        integer("validity.riskDays", "days", 30...1825, "how long a \"no\" to a risk factor holds", \.riskValidDays),
        integer(
            "ces.noValidDays", "days", 0...14, "how long a \"no\" to a cauda equina or weakness question holds",
            \.emergencyNoValidDays),
        integer(
            "ces.positiveHoldDays", "days", 0...14, "days in which a later \"no\" does not undo a \"yes\" to them",
            \.emergencyPositiveHoldDays),
        optionalInteger(
            "ces.windowDays", "days", 1...365, "episode", "how long a \"yes\" to a cauda equina question counts",
            \.cesWindowDays),
        choice(
            "ces.extendedFeatures", "what sciatica in both legs and new loss of sexual function do: ask or count",
            \.cesExtendedFeatures),
        number(
            "ces.mrcBothLegs", "of 5", 3...4, "strength grade up to which both legs are weak", \.mrcBothLegs),
        number("ces.pvrMl", "mL", 50...1000, "post-void residual that counts as retention", \.pvrMl),
        number("prog.mrcSevere", "of 5", 0...4, "strength grade that is a severe deficit", \.mrcSevere),
        number("prog.mrcDrop", "grades", 1...3, "loss of strength that is a progressive deficit", \.mrcDrop),
        boolean(
            "prog.requireConservativeManagement",
            "whether worsening weakness counts only under conservative care; a severe deficit always counts",
            \.progressionRequiresCare),
        number("inf.feverCelsius", "Cel", 37.0...39.0, "body temperature that is a fever", \.feverCelsius),
        integer("inf.feverDays", "days", 1...60, "how long a fever counts", \.feverDays),
        integer(
            "inf.temperatureValidDays", "days", 1...30, "how long a normal temperature holds", \.temperatureValidDays),
        integer("inf.bacteraemiaDays", "days", 14...365, "how long bacteraemia counts", \.bacteraemiaDays),
        integer("inf.ivduMonths", "months", 1...1200, "how long injected drug use counts", \.ivDrugUseMonths),
        integer(
            "inf.spineInfectionMonths", "months", 1...1200, "how long a spinal infection counts", \.spineInfectionMonths
        ),
        boolean("inf.diabetesCounts", "whether diabetes counts as a weakened immune system", \.diabetesCounts),
        integer(
            "inf.immunosuppressantDays", "days", 14...365, "how long an immunosuppressant counts",
            \.immunosuppressantDays),
        choice(
            "inf.hivPolicy", "HIV infections that weaken the immune system: any, or those below the CD4 limit",
            \.hivPolicy),
        number(
            "inf.cd4", "per microliter", 50...500, "CD4 count below which the immune system is weakened",
            \.cd4PerMicroliter),
        number(
            "inf.steroidMg", "mg prednisone a day", 5...60, "steroid dose that weakens the immune system", \.steroidMg),
        integer("inf.steroidMgDays", "days", 1...60, "days of that dose", \.steroidMgDays),
        integer("inf.steroidMgWithinDays", "days", 7...180, "window in which the dose counts", \.steroidMgWithinDays),
        choice(
            "inf.crpEsr", "what a CRP or ESR above its lower limit does: ask or count", \.inflammation),
        number("inf.crpHint", "mg/L", 1...50, "CRP above which infection is hinted at", \.crpHintMgL),
        number("inf.esrHint", "mm/h", 5...100, "ESR above which infection is hinted at", \.esrHintMmH),
        number("inf.crpMet", "mg/L", 10...500, "CRP from which infection is suspected", \.crpMetMgL),
        number("inf.esrMet", "mm/h", 20...200, "ESR from which infection is suspected", \.esrMetMmH),
        integer("inf.crpEsrDays", "days", 1...180, "how long CRP and ESR count", \.inflammationDays),
        integer(
            "inf.spinalProcedureDays", "days", 14...365, "how long a spinal procedure hints at infection",
            \.spinalProcedureDays),
        integer(
            "inf.spineSurgeryDays", "days", 30...1825,
            "how long after spine surgery a postprocedural infection is a spinal one", \.spineSurgeryInfectionDays),
        optionalInteger(
            "mal.lookbackYears", "years", 1...120, "unlimited", "how long ago a cancer may lie",
            \.malignancyLookbackYears),
        optionalInteger(
            "mal.ageOver", "years", 40...120, "null", "age over which age alone is a sign of malignancy",
            \.malignancyAgeOver),
        boolean("mal.excludeSkin", "whether basal and squamous cell skin cancer is left out", \.excludeSkinCancer),
        number("mal.weightLossPercent", "%", 1...20, "weight loss that counts", \.weightLossPercent),
        number("mal.weightLossKg", "kg", 1...20, "weight loss that counts", \.weightLossKg),
        integer("mal.weightLossDays", "days", 30...730, "window of the weight loss", \.weightLossDays),
        integer("mal.weightApartDays", "days", 1...180, "days between the two weights", \.weightApartDays),
        integer("frx.traumaDays", "days", 7...365, "how long a trauma counts", \.traumaDays),
        integer(
            "frx.minorTraumaAgeOver", "years", 40...100, "age over which a minor trauma counts", \.minorTraumaAgeOver),
        integer("frx.steroidDays", "days", 14...365, "steroid days that count", \.steroidDays),
        integer("frx.steroidWithinDays", "days", 90...1825, "window of the steroid days", \.steroidWithinDays),
        boolean(
            "frx.steroidConsecutive", "whether the steroid days must follow one another",
            \.steroidDaysAreConsecutive),
        number("frx.tScore", "SD", -5...0, "bone density T-score that is osteoporosis", \.tScore),
        integer(
            "ces.haematomaOnsetDays", "days", 1...90, "days since onset in which an anticoagulant hints at a haematoma",
            \.haematomaOnsetDays),
        integer(
            "ces.haematomaProcedureDays", "days", 1...90, "days since a spinal procedure in which it does",
            \.haematomaProcedureDays),
        integer("soft.elderlyOver", "years", 50...120, "age over which nobody is discouraged", \.elderlyOver),
        integer(
            "repeat.lookbackMonths", "months", 1...1200, "how long ago an earlier lumbar MRI may lie",
            \.repeatLookbackMonths),
        integer(
            "safety.pregnancyDays", "days", 266...330, "longest time that a recorded pregnancy may go on",
            \.pregnancyDays),
        integer(
            "order.duplicateDays", "days", 1...365, "how long an active order makes a new one a duplicate",
            \.duplicateDays),
        integer(
            "order.activeDays", "days", 1...90, "how long an active order silences the patient view", \.activeOrderDays),
        number(
            "safety.egfrContrast", "mL/min/{1.73_m2}", 15...60, "eGFR below which no gadolinium is suggested",
            \.egfrContrast),
        integer("safety.egfrValidDays", "days", 30...730, "how long an eGFR counts", \.egfrValidDays),
        integer("safety.nsaidAge", "years", 60...120, "age from which no NSAID is suggested", \.nsaidAge),
        number("opioid.maxDays", "days", 1...30, "supply above which an opioid is over the limit", \.opioidMaxDays),
        number(
            "opioid.mme", "MME a day", 10...200, "daily dose from which an opioid is over the limit", \.opioidMME),
        number("opioid.painSevere", "of 10", 1...10, "pain score from which pain is severe", \.painSevere),
        integer(
            "opioid.painWithinDays", "days", 1...90, "how long a pain score counts for an opioid", \.painWithinDays),
        integer(
            "older.relaxantAge", "years", 50...120, "age from which a muscle relaxant gets a caution", \.relaxantAge),
        number(
            "nsaid.egfr", "mL/min/{1.73_m2}", 15...60, "eGFR below which an NSAID is contraindicated", \.nsaidEGFR),
        integer(
            "nsaid.pregnancyWeeks", "weeks", 0...42, "gestational age from which an NSAID is contraindicated",
            \.nsaidPregnancyWeeks),
        integer(
            "nsaid.bleedDays", "days", 14...3650, "how long a gastrointestinal bleed or ulcer counts",
            \.nsaidBleedDays),
        integer(
            "nsaid.cabgDays", "days", 1...90, "days around a coronary bypass in which an NSAID is contraindicated",
            \.nsaidBypassDays),
        boolean(
            "alerts.patientViewRiskFactorOnly",
            "whether the patient view speaks of risk factors without a presenting feature", \.patientViewRiskFactorOnly),
    ]

    private typealias Path<Value> = any WritableKeyPath<Thresholds, Value> & Sendable

    private static func integer(
        _ key: String, _ unit: String, _ bounds: ClosedRange<Double>, _ meaning: String, _ path: Path<Int>
    ) -> ThresholdKey {
        entry(key, .integer, unit, bounds, meaning, path, show: { String($0) }, parse: { integer($0, in: bounds) })
    }

    private static func optionalInteger(
        _ key: String, _ unit: String, _ bounds: ClosedRange<Double>, _ word: String, _ meaning: String,
        _ path: Path<Int?>
    ) -> ThresholdKey {
        entry(
            key, .optionalInteger, unit, bounds, word: word, meaning, path, show: { $0.map(String.init) ?? word },
            parse: { $0 == word ? .some(nil) : integer($0, in: bounds).map(Optional.some) })
    }

    private static func number(
        _ key: String, _ unit: String, _ bounds: ClosedRange<Double>, _ meaning: String, _ path: Path<Double>
    ) -> ThresholdKey {
        entry(
            key, .number, unit, bounds, meaning, path,
            show: { $0 == $0.rounded() ? String(Int($0)) : String($0) },
            parse: { Double($0).flatMap { bounds.contains($0) ? $0 : nil } })
    }

    private static func boolean(_ key: String, _ meaning: String, _ path: Path<Bool>) -> ThresholdKey {
        entry(key, .boolean, "", nil, meaning, path, show: { String($0) }, parse: { Bool($0) })
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String, _ meaning: String, _ path: Path<Choice>
    ) -> ThresholdKey {
        entry(
            key, .word, "", nil, words: Choice.allCases.map(\.rawValue), meaning, path, show: { $0.rawValue },
            parse: { Choice(rawValue: $0) })
    }

    /// Most codes of one key.
    static let mostCodes = 50

    private static func codes(_ key: String, _ meaning: String, _ path: Path<Set<String>>) -> ThresholdKey {
        entry(
            key, .list, "", nil, meaning, path, show: { $0.sorted().joined(separator: ", ") },
            parse: { text in
                let codes = text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
                let isRight = codes.allSatisfy { code in
                    let parts = code.split(separator: "|", omittingEmptySubsequences: false)
                    return parts.count == 2 && parts[0].contains(":") && !parts[1].isEmpty && !code.contains(" ")
                        && !code.contains("\"") && code.utf8.count <= 300
                }
                return isRight && codes.count <= mostCodes ? Set(codes) : nil
            })
    }

    private static func integer(_ text: String, in bounds: ClosedRange<Double>) -> Int? {
        Int(text).flatMap { bounds.contains(Double($0)) ? $0 : nil }
    }

    /// One row: how the value is shown, and how text becomes a value; nil refuses the text.
    private static func entry<Value>(
        _ key: String, _ kind: ThresholdKey.Kind, _ unit: String, _ bounds: ClosedRange<Double>?,
        word: String? = nil, words: [String] = [], _ meaning: String, _ path: Path<Value>,
        show: @escaping @Sendable (Value) -> String, parse: @escaping @Sendable (String) -> Value?
    ) -> ThresholdKey {
        ThresholdKey(
            key: key, kind: kind, unit: unit, bounds: bounds, word: word, words: words, meaning: meaning,
            read: { show($0[keyPath: path]) },
            write: { thresholds, text in
                guard let value = parse(text) else { return false }
                thresholds[keyPath: path] = value
                return true
            })
    }
}

extension Substring {
    /// The text without the blanks at either end.
    fileprivate var trimmed: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
