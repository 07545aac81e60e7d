import ClinicalModel

/// One record read against one day, with one order or none: what every criterion starts from.
struct Reading {
    /// Newest facts first.
    let record: ClinicalRecord
    /// The order under review; nil in a patient view.
    let order: ServiceRequest?
    let asOf: Day
    let thresholds: Thresholds
    /// Coded findings of conditions, observations, allergies, flags and the order's reasons.
    let findings: [Finding]
    /// Answers in the product's own input codes, by code, oldest first.
    let answers: [String: [Answer]]
    let episode: Episode

    /// Reads a record.
    ///
    /// - Parameter namesLumbarRegion: Whether the order says of codes without a region that they mean the lumbar one; nil
    ///   says so of every order.
    init(
        _ delivered: ClinicalRecord, order: ServiceRequest?, asOf: Day, thresholds: Thresholds,
        namesLumbarRegion: Bool? = nil
    ) {
        record = delivered.newestFirst
        self.order = order
        self.asOf = asOf
        self.thresholds = thresholds
        findings = Finding.all(in: record, order: order, until: asOf + 1)
            .supersedingOlder(asOf: asOf, thresholds: thresholds)
        answers = Answer.all(in: record, until: asOf + 1)
        episode = Episode(
            findings: findings, asOf: asOf, thresholds: thresholds,
            hasLumbarOrder: namesLumbarRegion ?? (order != nil))
    }

    /// Findings that may speak to a criterion, each with the use that lets it.
    func signs(of criterion: CriterionID) -> [Sign] {
        findings.flatMap { finding in
            finding.concepts.flatMap { concept in
                concept.uses.filter { $0.criterion == criterion.rawValue }
                    .map { Sign(finding: finding, use: $0, concept: concept) }
            }
        }
    }

    /// Whether any of the parts was not (wholly) retrieved.
    func lacks(_ parts: RecordPart...) -> Bool { !record.notRetrieved.isDisjoint(with: parts) }

    /// Met with evidence; none on record without; unknown where a search was not retrieved (ruling R29).
    func recorded(
        _ id: CriterionID, _ evidence: [Evidence], asks: String, parts: Set<RecordPart>
    ) -> Criterion {
        if !evidence.isEmpty { return Criterion(id, .met, evidence: evidence) }
        let isRead = record.notRetrieved.isDisjoint(with: parts)
        return isRead
            ? Criterion(id, .noneOnRecord) : Criterion(id, .unknown, missing: [DataGap(asks, .notRetrieved)])
    }

    /// Whether a date lies within the last `days` up to the evaluation day (one day after it counts, ruling R5).
    func isWithin(_ days: Int, _ date: PartialDate?) -> Truth { isBetween(asOf - days, date) }

    /// Whether a date lies within the last `months`.
    func isWithinMonths(_ months: Int, _ date: PartialDate?) -> Truth {
        isBetween(asOf.adding(months: -months), date)
    }

    /// A date that lies wholly in the future is a data problem and counts for nothing (ruling R7).
    private func isBetween(_ first: Day, _ date: PartialDate?) -> Truth {
        guard let date else { return .unknown }
        if let earliest = date.earliest, earliest > asOf + 1 { return .no }
        return date.clipped(to: asOf).isOnOrAfter(first)
    }

    /// Whether something completed lies later than a day, and not in the future.
    func isLater(_ date: PartialDate?, than day: Day) -> Bool {
        guard let latest = date?.latest, latest > day else { return false }
        return (date?.earliest ?? latest) <= asOf + 1
    }

    /// Whether a drug is being taken on the day of the decision: open, or covered by its supply.
    func isTaken(_ drug: MedicationUse) -> Bool {
        let began = drug.start ?? drug.authored
        guard drug.standing == .counts, (began?.earliest).map({ $0 <= asOf + 1 }) ?? true else { return false }
        if drug.isActive { return true }
        let end = drug.coverageEnd?.latest ?? began?.latest.map { $0 + thresholds.trialOpenPrescriptionDays }
        return drug.kind != .request && (end.map { $0 >= asOf } ?? false)
    }

    /// Observations of a value set or with a code, dated not later than a day after the evaluation.
    func observations(where matches: (Concept) -> Bool) -> [Observation] {
        record.observations.filter { observation in
            observation.concepts.contains(where: matches)
                && (observation.effective?.earliest).map { $0 <= asOf + 1 } ?? true
        }
    }
}
