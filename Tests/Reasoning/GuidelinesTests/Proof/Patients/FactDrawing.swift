import ClinicalModel
import Guidelines
import SeededGenerator

/// Draws facts from a seeded generator: every kind of resource that the criteria read, on both sides of every time limit.
struct FactDrawing {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Days before the decision: beside every limit that is counted in days, none within five days of a limit counted in
    /// months or years, so that a shift by any number of days leaves them on their side. Two lie ahead.
    static let days = [
        -2, -1, 0, 1, 2, 3, 7, 8, 11, 13, 14, 15, 20, 28, 29, 30, 31, 41, 42, 43, 59, 60, 89, 90, 91, 120, 179, 180,
        181,
        250, 301, 302, 340, 400, 800, 1500, 2500,
    ]
    /// Days that stand at limits of months and years.
    static let calendarDays = [364, 365, 366, 1825, 1826, 1827]
    /// Whether ``calendarDays`` are drawn too.
    var drawsCalendarDays = false

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    mutating func one<Item>(_ items: [Item]) -> Item {
        items[Int.random(in: 0..<items.count, using: &generator)]
    }

    mutating func when() -> When {
        let days = drawsCalendarDays && chance(25) ? FactDrawing.calendarDays : FactDrawing.days
        guard chance(15) else { return When(one(days)) }
        let latest = max(one(days), 0)
        return When(from: latest + one([6, 29, 30, 200]), to: latest)
    }

    mutating func maybeWhen(_ percent: Int = 80) -> When? { chance(percent) ? when() : nil }

    // MARK: Problems

    mutating func problem(_ coded: CodedFinding, forbidsNSAID: Bool = false) -> PatientFact {
        let status = one([ClinicalStatus.active, .active, .notStated, .resolved, .remission, .recurrence])
        let certainty = one([Certainty.confirmed, .confirmed, .notStated, .suspected, .refuted])
        let (onset, recorded) = (maybeWhen(70), maybeWhen(50))
        let abatement = chance(15) ? when() : nil
        return FactDrawing.problem(
            coded, status: status, certainty: certainty, onset: onset, abatement: abatement, recorded: recorded,
            forbidsNSAID: forbidsNSAID && certainty != .refuted
                && [onset, recorded].allSatisfy { ($0?.earliest ?? 0) >= 0 })
    }

    static func problem(
        _ coded: CodedFinding, status: ClinicalStatus = .active, certainty: Certainty = .confirmed, onset: When? = nil,
        abatement: When? = nil, recorded: When? = nil, forbidsNSAID: Bool = false
    ) -> PatientFact {
        let dates = [("onset", onset), ("ended", abatement), ("recorded", recorded)]
            .compactMap { name, when in when.map { "\(name) \($0.words)" } }
        return PatientFact(
            words: "problem \(coded.words), \(certainty.rawValue), \(status.rawValue) \(dates.joined(separator: ", "))",
            part: .conditions, forbidsNSAID: forbidsNSAID
        ) { record, asOf, id in
            record.conditions.append(
                Condition(
                    provenance: Provenance(resource: "Condition/\(id)", at: "$.\(id)"), concepts: [coded.concept],
                    status: status, certainty: certainty, onset: onset?.date(asOf: asOf),
                    abatement: abatement?.date(asOf: asOf), recorded: recorded?.date(asOf: asOf)))
        }
    }

    /// A finding seen or ruled out at a visit.
    mutating func seen(_ coded: CodedFinding) -> PatientFact {
        let (isPresent, date) = (chance(60), maybeWhen())
        return FactDrawing.observation(
            "finding \(coded.words) \(isPresent ? "present" : "absent")", [coded.concept], .boolean(isPresent), date)
    }

    // MARK: Observations

    static func observation(
        _ words: String, _ concepts: [Concept], _ value: Observation.Value, _ date: When?, forbidsNSAID: Bool = false
    ) -> PatientFact {
        PatientFact(words: "\(words), \(date.words)", part: .observations, forbidsNSAID: forbidsNSAID) {
            record, asOf, id in
            record.observations.append(
                Observation(
                    provenance: Provenance(resource: "Observation/\(id)", at: "$.\(id)"), concepts: concepts,
                    value: value, effective: date?.date(asOf: asOf)))
        }
    }

    /// An answer in the product's own input codes.
    static func answer(_ code: String, _ value: Observation.Value, _ words: String, _ date: When?) -> PatientFact {
        observation(
            "answer \(code) \(words)", [Concept(Code(system: CodeSystem.findings, code: code))], value, date)
    }

    static func answer(_ code: String, _ isYes: Bool, _ date: When?) -> PatientFact {
        answer(code, .boolean(isYes), isYes ? "yes" : "no", date)
    }

    /// Questions of the screen by family.
    static let screen: [(family: CriterionID, codes: [String])] = [
        (
            .caudaEquina,
            ["saddle-sensory-loss", "bladder-dysfunction-new", "bowel-dysfunction-new", "bilateral-leg-weakness"]
        ),
        (.progressiveDeficit, ["leg-weakness-worsening"]),
        (.infection, ["fever-or-chills", "immunosuppression", "iv-drug-use"]),
        (.malignancy, ["personal-cancer", "unexplained-weight-loss"]),
        (
            .fracture,
            ["significant-trauma-recent", "osteoporosis-or-fragility-fracture", "long-term-systemic-steroids"]
        ),
    ]
    static let otherQuestions = [
        "cauda-equina-suspected", "infection-suspected", "cancer-suspected", "fracture-suspected", "active-cancer",
        "bilateral-sciatica", "sexual-dysfunction-new", "blood-culture-positive", "conservative-care-completed",
        "conservative-care-declined", "procedure-candidate", "procedure-declined", "new-deficit-since-prior-imaging",
    ]

    mutating func answer() -> PatientFact {
        let code = one(FactDrawing.screen.flatMap(\.codes) + FactDrawing.otherQuestions)
        if chance(5) { return FactDrawing.answer(code, .text("see letter"), "in words", maybeWhen()) }
        return FactDrawing.answer(code, chance(40), maybeWhen(90))
    }

    mutating func choice() -> PatientFact {
        let (code, choices) = one([
            ("perianal-sensation", ["normal", "reduced", "absent"]), ("anal-tone", ["normal", "reduced"]),
            ("response-to-care", ["improved", "not-improved", "worse"]),
            ("mri-safety", ["safe", "conditional", "unsafe", "unknown"]),
        ])
        let chosen = one(choices)
        let value = Concept(Code(system: CodeSystem.findings, code: chosen))
        return FactDrawing.answer(code, .concepts([value]), chosen, maybeWhen(90))
    }

    mutating func strength() -> PatientFact {
        let code = one(["ankle-dorsiflexion", "knee-extension"]) + one(["-left", "-right"])
        let grade = one(["5/5", "4+/5", "4/5", "4-/5", "3/5", "2/5"])
        return FactDrawing.answer("strength-\(code)", .text(grade), grade, maybeWhen(90))
    }

    private struct Measure {
        let words: String
        let use: CodeUse
        let unit: String?
        let values: [Double]
    }
    private static let painScore = Measure(
        words: "pain", use: CodedFinding.measure("pain-and-function-scores", .trialFailed, nil, "pain"),
        unit: "{score}", values: [0, 2, 3, 4, 6, 8])
    private static let measures = [
        Measure(
            words: "temperature", use: CodedFinding.measure("vitals-labs", .infection, "fever", "temperature"),
            unit: "Cel", values: [36.6, 37.9, 38.0, 39.2, 386]),
        Measure(
            words: "temperature without unit",
            use: CodedFinding.measure("vitals-labs", .infection, "fever", "temperature"),
            unit: nil, values: [36.6, 38.5]),
        Measure(
            words: "CRP", use: CodedFinding.measure("vitals-labs", .infection, "crp-esr", "crp"), unit: "mg/L",
            values: [4, 10, 11, 49, 50, 120]),
        Measure(
            words: "ESR", use: CodedFinding.measure("vitals-labs", .infection, "crp-esr", "esr"), unit: "mm/h",
            values: [10, 30, 31, 50]),
        Measure(
            words: "CD4", use: CodedFinding.measure("vitals-labs", .infection, "immunosuppression", "cd4"),
            unit: "/uL", values: [150, 200, 500]),
        Measure(
            words: "weight", use: CodedFinding.measure("vitals-labs", .malignancy, "weight-loss", "weight"),
            unit: "kg", values: [70, 74, 75.5, 80]),
        Measure(
            words: "T-score", use: CodedFinding.measure("vitals-labs", .fracture, "osteoporosis", "t-score"),
            unit: nil, values: [-1, -2.4, -2.5, -3]),
        painScore,
        Measure(
            words: "eGFR", use: CodedFinding.measure("vitals-labs", nil, nil, "egfr"), unit: "mL/min/{1.73_m2}",
            values: [60, 90]),
    ]

    mutating func measurement() -> PatientFact {
        if chance(8) {
            let volume = one([50.0, 199, 200, 350])
            return FactDrawing.answer(
                "pvr-ml", .quantity(FactDrawing.quantity(volume, "mL")), "\(volume) mL", maybeWhen())
        }
        let measure = one(FactDrawing.measures)
        return FactDrawing.measured(measure, one(measure.values), maybeWhen(90))
    }

    /// A pain score from 0 to 10.
    static func pain(_ value: Double, _ date: When?) -> PatientFact { measured(painScore, value, date) }

    private static func measured(_ measure: Measure, _ value: Double, _ date: When?) -> PatientFact {
        observation(
            "\(measure.words) \(value)",
            [Concept(Code(system: "urn:proof", code: measure.words, display: measure.words), uses: [measure.use])],
            .quantity(quantity(value, measure.unit)), date)
    }

    private static func quantity(_ value: Double, _ unit: String?) -> Quantity {
        Quantity(literal: "\(value)", value: value, unit: unit)
    }

    mutating func pregnancyStatus() -> PatientFact {
        let status = one([
            CodedFinding(
                "pregnant", CodedFinding.use("pregnancy-status", .pregnant)),
            CodedFinding(
                "not pregnant", CodedFinding.use("pregnancy-status", .pregnant, nil, .exclusion, "denies", .no)),
        ])
        let question = Concept(
            Code(system: "urn:proof", code: "pregnancy status"),
            uses: [CodedFinding.measure("pregnancy-status", .pregnant, nil, "pregnancy-status")])
        return FactDrawing.observation(
            "pregnancy status \(status.words)", [question], .concepts([status.concept]), maybeWhen())
    }
}
