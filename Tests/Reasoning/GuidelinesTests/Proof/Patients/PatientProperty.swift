import ClinicalModel
import Guidelines
import SeededGenerator

/// A property of every patient.
struct PatientProperty: Sendable {
    /// The invariant, for example `I13`.
    let name: String
    /// What is wrong with a patient; nil when nothing is.
    let violation: @Sendable (GeneratedPatient) -> String?

    /// The first patient that violates it, made as small as it goes.
    func smallestViolation(
        seeds: Range<UInt64>, drawsCalendarDays: Bool = true,
        drawing draw: (inout FactDrawing) -> GeneratedPatient = { $0.patient() }
    ) -> (patient: GeneratedPatient, why: String)? {
        for seed in seeds {
            var drawing = FactDrawing(seed: seed)
            drawing.drawsCalendarDays = drawsCalendarDays
            let patient = draw(&drawing)
            if let why = violation(patient) { return shrink(patient, why) }
        }
        return nil
    }

    /// Leaves out one thing after the other as long as the property stays violated.
    private func shrink(_ patient: GeneratedPatient, _ why: String) -> (patient: GeneratedPatient, why: String) {
        var (smallest, reason) = (patient, why)
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for simpler in smallest.simplified {
                guard let why = violation(simpler) else { continue }
                (smallest, reason, hasChanged) = (simpler, why, true)
                break
            }
        }
        return (smallest, reason)
    }
}

/// Everything that a decision says, in an order that does not depend on the order of the record.
struct ComparableDecision {
    let outcome: Outcome
    let because: String?
    let presentingFlags: [CriterionID]
    let criteria: [String: String]
    let facts: CardFacts

    init(_ decision: Decision) {
        outcome = decision.outcome
        because = decision.because
        presentingFlags = decision.presentingFlags
        criteria = Dictionary(
            uniqueKeysWithValues: decision.criteria.map { criterion in
                let missing = criterion.missing.map { "\($0.what) \($0.reason.rawValue)" }.sorted()
                let evidence = criterion.evidence
                    .map { [$0.resource, $0.code?.code, $0.value].map { $0 ?? "-" }.joined(separator: " ") }.sorted()
                return (criterion.id.rawValue, "\(criterion.result.rawValue), missing \(missing), evidence \(evidence)")
            })
        facts = decision.cardFacts
    }

    /// The first difference to another decision, in words; nil when they say the same.
    ///
    /// - Parameter ignoringDates: Whether what cards print of dates may differ.
    func difference(to other: ComparableDecision, ignoringDates: Bool = false) -> String? {
        if outcome != other.outcome { return "\(outcome) became \(other.outcome)" }
        if because != other.because { return "\(because ?? "-") became \(other.because ?? "-")" }
        if presentingFlags != other.presentingFlags {
            return "presenting \(presentingFlags) became \(other.presentingFlags)"
        }
        for id in CriterionID.allCases {
            let (own, changed) = (criteria[id.rawValue], other.criteria[id.rawValue])
            if own != changed { return "\(id.rawValue) \(own ?? "-") became \(changed ?? "-")" }
        }
        let (left, right) = ignoringDates ? (facts.withoutDates, other.facts.withoutDates) : (facts, other.facts)
        return left == right ? nil : "card facts \(left) became \(right)"
    }
}

extension CardFacts {
    /// The facts without what prints a date.
    fileprivate var withoutDates: CardFacts {
        var facts = self
        facts.onset = nil
        facts.priorMRIDate = nil
        facts.duplicateDate = nil
        facts.shownOnly = shownOnly.map {
            Evidence(resource: $0.resource, code: $0.code, value: $0.value, at: $0.at, because: $0.because)
        }
        return facts
    }
}

extension GeneratedPatient {
    /// The decision on the patient, as of a day.
    func decide(asOf: Day = GeneratedPatient.today) -> Decision {
        let (record, order) = build(asOf: asOf)
        return GeneratedPatient.guideline.review(order, in: record, asOf: asOf)
    }

    func adding(_ fact: PatientFact) -> GeneratedPatient {
        var patient = self
        patient.facts.append((facts.map(\.id).reduce(0, max) + 1, fact))
        return patient
    }

    /// The patient without a part of the record: its search found nothing, or was not answered.
    func without(_ part: RecordPart) -> (empty: GeneratedPatient, failed: GeneratedPatient) {
        var empty = self
        empty.facts.removeAll { $0.fact.part == part }
        empty.notRetrieved.remove(part)
        var failed = empty
        failed.notRetrieved.insert(part)
        return (empty, failed)
    }

    /// The patient with the record in other orders.
    var reordered: [GeneratedPatient] {
        var generator = SeededGenerator(seed: 7)
        return (0..<3).map { turn in
            var other = self
            if turn == 0 { other.facts.reverse() } else { other.facts.shuffle(using: &generator) }
            return other
        }
    }

    static let today = Day(20_255)
    static let guideline = LumbosacralRadiculopathy(configuration: "proof")
}
