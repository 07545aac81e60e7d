import ClinicalModel

extension Reading {
    /// Adult on the day of the decision.
    func adult() -> Criterion {
        let limit = thresholds.minAgeYears
        return age(.adult, limit: "\(limit) years") { $0.isAtLeast(limit) }
    }

    /// The soft age flag: over 70 softens, it never triggers.
    func ageOver70() -> Criterion {
        let limit = thresholds.elderlyOver
        return age(.ageOver70, limit: "over \(limit)") { $0.isOver(limit) }
    }

    /// Older age beside a muscle relaxant.
    func olderAdult() -> Criterion {
        let limit = thresholds.relaxantAge
        return age(.olderAdult, limit: "\(limit) years") { $0.isAtLeast(limit) }
    }

    /// A criterion that the age on the day of the decision settles.
    private func age(_ id: CriterionID, limit: String, isMet: (Age) -> Truth) -> Criterion {
        guard let age = Age(record.birthDate, on: asOf) else {
            return Criterion(id, .unknown, missing: [missingBirthDate])
        }
        let evidence = ageEvidence(age, limit: limit)
        return switch isMet(age) {
        case .yes: Criterion(id, .met, evidence: evidence)
        case .no: Criterion(id, .notMet, evidence: evidence)
        case .unknown: Criterion(id, .unknown, evidence: evidence, missing: [DataGap("birth date", .tooImprecise)])
        }
    }

    /// Why no age can be told.
    private var missingBirthDate: DataGap {
        DataGap(
            "birth date", record.birthDatesDiffer ? .contradictory : lacks(.patient) ? .notRetrieved : .notRecorded)
    }

    private func ageEvidence(_ age: Age, limit: String) -> [Evidence] {
        let years = age.exact.map { "\($0) years" } ?? "\(age.youngest) to \(age.oldest) years"
        return [
            Evidence(
                resource: record.patient?.resource, value: years, date: record.birthDate?.literal,
                at: record.patient?.at,
                source: record.patient?.source, because: "age on \(asOf), limit \(limit)")
        ]
    }

    /// Lumbosacral radiculopathy as the reason of the order, else on record; in the order of ruling R13.
    func radiculopathy() -> Criterion {
        if let order {
            if let staging = stagingReason(of: order) {
                return Criterion(.radiculopathy, .notMet, evidence: [staging])
            }
            if let other = wholeBodyReason(of: order) { return Criterion(.radiculopathy, .notMet, evidence: [other]) }
            if let other = closedListReason() { return Criterion(.radiculopathy, .notMet, evidence: [other]) }
            for finding in orderReasons {
                if let concept = finding.radiculopathy(hasLumbarOrder: true) {
                    let evidence = finding.evidence(concept, because: "reason of the order")
                    return Criterion(.radiculopathy, .met, evidence: [evidence] + complaintEvidence)
                }
            }
        }
        if !episode.complaints.isEmpty { return Criterion(.radiculopathy, .met, evidence: complaintEvidence) }
        if let other = otherCodedReason() { return Criterion(.radiculopathy, .notMet, evidence: [other]) }
        return radiculopathyNotKnown
    }

    /// Neither the order nor the record says that there is a radiculopathy.
    var radiculopathyNotKnown: Criterion {
        let reason: DataGap.Reason =
            lacks(.conditions) ? .notRetrieved : hasTextInsteadOfCodes ? .textNotRead : .notRecorded
        return Criterion(
            .radiculopathy, .unknown,
            missing: [DataGap("radiculopathy as a problem or as the reason of the order", reason)])
    }

    /// Reasons of the order that are not refuted.
    var orderReasons: [Finding] { findings.filter { $0.origin == .reason && !$0.isRefuted } }

    private var hasTextInsteadOfCodes: Bool {
        order?.hasReasonText == true || record.unreadTexts.contains { $0.part == .conditions }
    }

    /// The active radiculopathies on record, each once.
    var complaintEvidence: [Evidence] {
        var seen: Set<String> = []
        return episode.complaints.compactMap { finding, concept in
            guard finding.origin != .reason, seen.insert(finding.provenance.at).inserted else { return nil }
            return finding.evidence(concept, because: "active radiculopathy")
        }
    }

    /// A malignancy or staging code as the reason of a bone scan or PET: another indication (rulings R13, R15).
    private func stagingReason(of order: ServiceRequest) -> Evidence? {
        let modality = LumbarImaging.modality(of: order.concepts.compactMap(\.test))
        guard modality == .boneScan || modality == .pet else { return nil }
        return firstReason(because: "staging by bone scan or PET is another indication") { use in
            use.role == "staging" && use.alone != .no || use.set == .malignancy
        }
    }

    /// A study of the whole body for a coded reason that is neither the back, the leg nor a red flag (section 2.2).
    private func wholeBodyReason(of order: ServiceRequest) -> Evidence? {
        guard order.concepts.contains(where: { $0.test?.needsPainReason == true }),
            !orderReasons.contains(where: { $0.speaksToRedFlag || $0.isSpinalComplaint })
        else { return nil }
        return otherCodedReason()
    }

    /// The closed list of other indications, without radiculopathy and without a red flag among the reasons.
    private func closedListReason() -> Evidence? {
        guard !orderReasons.contains(where: { $0.radiculopathy(hasLumbarOrder: true) != nil || $0.speaksToRedFlag })
        else {
            return nil
        }
        return firstReason(because: "the order names another indication") { use in
            use.role == "other-indication" && use.part == .exclusion && use.alone == .yes
        }
    }

    /// Any other coded reason: not a radiculopathy, not a red flag, not a code that needs a look.
    private func otherCodedReason() -> Evidence? {
        for finding in orderReasons where !finding.speaksToRedFlag {
            guard let concept = finding.concepts.first(where: { !$0.isUndecidedReason }) else { continue }
            return finding.evidence(concept, because: "the order names another reason")
        }
        return nil
    }

    private func firstReason(because: String, where matches: (CodeUse) -> Bool) -> Evidence? {
        for finding in orderReasons {
            if let concept = finding.concepts.first(where: { $0.uses.contains(where: matches) }) {
                return finding.evidence(concept, because: because)
            }
        }
        return nil
    }
}

extension Finding {
    /// Whether one of its codes is a complaint of the back or leg, radiculopathy or not.
    var isSpinalComplaint: Bool {
        concepts.contains { concept in
            concept.isMember(of: .lumbosacralRadiculopathy) || concept.isMember(of: .lowBackPain)
                || concept.isMember(of: .radiculopathySiteUnspecified)
                || concept.isMember(of: .lumbarDegenerativeContext)
        }
    }

    /// Whether one of its codes sets or hints at a red-flag family.
    fileprivate var speaksToRedFlag: Bool {
        concepts.contains { concept in
            concept.uses.contains { use in
                (use.criterion?.hasPrefix("redflag.") ?? false) && [.presenting, .risk, .hint].contains(use.part)
                    && use.role != "support" && use.alone != .no
            }
        }
    }
}

extension Concept {
    /// A code that the knowledge wants looked at before it names another indication, or one that may be a radiculopathy.
    var isUndecidedReason: Bool {
        uses.contains { use in
            use.criterion == CriterionID.radiculopathy.rawValue
                && (use.alone == .review || use.alone == .needsSite) && use.role != "staging"
        }
    }
}
