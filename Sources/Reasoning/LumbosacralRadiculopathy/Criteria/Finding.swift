import ClinicalModel

/// A finding as one of its codes speaks to one criterion.
struct Sign {
    let finding: Finding
    /// What the knowledge lets the code do there.
    let use: CodeUse
    let concept: Concept

    /// Short name for cards.
    var name: String { finding.name(concept) }

    func evidence(because: String) -> Evidence { finding.evidence(concept, because: because) }
}

/// A coded statement about the patient, whatever resource it came in.
struct Finding {
    enum Origin {
        case condition
        case observation
        case statement
        case procedure
        case reason
    }
    let origin: Origin
    let provenance: Provenance
    let concepts: [Concept]
    let bodySites: [BodySite]
    let status: ClinicalStatus
    /// `refuted` for a denial; entered-in-error never gets here.
    let certainty: Certainty
    /// When it began; for an observation when it was seen; nil when not recorded.
    let onset: PartialDate?
    let abatement: PartialDate?
    let recorded: PartialDate?
    /// Set when a newer statement with the same code rules it out (section 2.1, "newest item wins").
    var isSuperseded = false

    var isRefuted: Bool { certainty == .refuted || isSuperseded }

    /// The newest date that shows it, for risk factors that fade.
    var latestDate: PartialDate? {
        [abatement, recorded, onset].compactMap { $0 }.max { ($0.latest ?? Day(.min)) < ($1.latest ?? Day(.min)) }
    }

    /// The date to show beside it.
    var date: PartialDate? { onset ?? recorded ?? abatement }

    /// Short name for cards: the display of its first coding, else the code.
    func name(_ concept: Concept) -> String {
        let name = concept.code.name
        return certainty == .suspected ? "\(name) (suspected)" : name
    }

    func evidence(_ concept: Concept, because: String) -> Evidence {
        let status = certainty == .suspected ? ", suspected" : ""
        return Evidence(provenance, code: concept.code, date: date, because: because + status)
    }

    /// Every finding of a record; what is dated after `limit` is a data problem and left out (ruling R7).
    static func all(in record: ClinicalRecord, order: ServiceRequest?, until limit: Day) -> [Finding] {
        var findings = record.conditions.map { condition in
            Finding(
                origin: .condition, provenance: condition.provenance, concepts: condition.concepts,
                bodySites: condition.bodySites, status: condition.status, certainty: condition.certainty,
                onset: condition.onset, abatement: condition.abatement, recorded: condition.recorded)
        }
        findings += record.observations.compactMap(Finding.init(observation:))
        findings += record.statements.filter(\.isActive).map { statement in
            Finding(
                origin: .statement, provenance: statement.provenance, concepts: statement.concepts, bodySites: [],
                status: .active, certainty: statement.certainty, onset: nil, abatement: nil,
                recorded: statement.recorded)
        }
        findings += record.procedures.filter { $0.state == .completed }.map { procedure in
            Finding(
                origin: .procedure, provenance: procedure.provenance, concepts: procedure.concepts,
                bodySites: procedure.bodySites, status: .notStated, certainty: .confirmed, onset: procedure.start,
                abatement: nil, recorded: procedure.end)
        }
        if let order {
            findings += order.reasons.map { reason in
                Finding(
                    origin: .reason,
                    provenance: Provenance(
                        resource: order.provenance.resource, at: reason.at, source: order.provenance.source),
                    concepts: reason.concepts, bodySites: reason.bodySites + order.bodySites.filter { $0 != .other },
                    status: .active, certainty: reason.certainty, onset: reason.onset, abatement: nil, recorded: nil)
            }
        }
        return findings.filter { finding in
            [finding.onset, finding.recorded]
                .allSatisfy { ($0?.earliest).map { $0 <= limit } ?? true }
        }
    }

    /// An observation names a finding by its code with a yes or no, or by its coded value. Own input codes are answers, not findings.
    private init?(observation: Observation) {
        let coded = observation.concepts.filter { !$0.uses.isEmpty && $0.finding == nil }
        let concepts: [Concept]
        var certainty = Certainty.confirmed
        switch observation.value {
        case .boolean(let isPresent):
            concepts = coded
            certainty = isPresent ? .confirmed : .refuted
        case .concepts(let values):
            concepts = values.filter { !$0.uses.isEmpty }
        case .quantity, .text, .period, .date, .absent, .other:
            return nil
        }
        guard !concepts.isEmpty, !observation.concepts.contains(where: { $0.finding != nil }) else { return nil }
        self.init(
            origin: .observation, provenance: observation.provenance, concepts: concepts,
            bodySites: observation.bodySites, status: .notStated, certainty: certainty, onset: observation.effective,
            abatement: nil, recorded: observation.effective)
    }

    private init(
        origin: Origin, provenance: Provenance, concepts: [Concept], bodySites: [BodySite], status: ClinicalStatus,
        certainty: Certainty, onset: PartialDate?, abatement: PartialDate?, recorded: PartialDate?
    ) {
        self.origin = origin
        self.provenance = provenance
        self.concepts = concepts
        self.bodySites = bodySites
        self.status = status
        self.certainty = certainty
        self.onset = onset
        self.abatement = abatement
        self.recorded = recorded
    }
}

extension [Finding] {
    /// Marks findings that a newer denial of the same code overtakes; on one day the finding stands (section 2.1).
    ///
    /// A fever in its window and an emergency finding of the last days are never undone (ruling R36).
    func supersedingOlder(asOf: Day, thresholds: Thresholds) -> [Finding] {
        var denials: [Code: Day] = [:]
        for finding in self where finding.certainty == .refuted {
            guard let day = finding.recorded?.earliest ?? finding.onset?.earliest else { continue }
            for concept in finding.concepts { denials[concept.code] = Swift.max(denials[concept.code] ?? day, day) }
        }
        guard !denials.isEmpty else { return self }
        return map { finding in
            guard finding.certainty != .refuted, finding.origin != .reason,
                let shown = (finding.recorded ?? finding.onset)?.latest,
                finding.concepts.contains(where: { (denials[$0.code] ?? shown) > shown })
            else { return finding }
            let isEmergency = finding.speaks(to: [.caudaEquina, .progressiveDeficit])
            if isEmergency && asOf - shown <= thresholds.emergencyPositiveHoldDays { return finding }
            let isFever = finding.concepts.contains { $0.uses.contains { $0.component == "fever" } }
            if isFever && asOf - shown <= thresholds.feverDays { return finding }
            var overtaken = finding
            overtaken.isSuperseded = true
            return overtaken
        }
    }
}

extension Finding {
    fileprivate func speaks(to criteria: [CriterionID]) -> Bool {
        concepts.contains { $0.uses.contains { use in criteria.contains { $0.rawValue == use.criterion } } }
    }
}
