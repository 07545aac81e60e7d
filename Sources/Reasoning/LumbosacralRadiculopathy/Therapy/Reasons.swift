import ClinicalModel

extension Reading {
    /// Lumbosacral radiculopathy as the reason of the order, else on record (section 3.7, precondition).
    ///
    /// A procedure for another coded reason is out of scope here; drugs and rest have a criterion of their own for that.
    func radiculopathy(for order: TherapyOrder) -> Criterion {
        for finding in orderReasons {
            if let concept = finding.radiculopathy(hasLumbarOrder: true) {
                return Criterion(
                    .radiculopathy, .met, evidence: [finding.evidence(concept, because: "reason of the order")])
            }
        }
        let other = otherReason()
        if order.orderClass.slot == .procedure, let other {
            return Criterion(.radiculopathy, .notMet, evidence: [other])
        }
        let complaints = complaintEvidence
        if !complaints.isEmpty { return Criterion(.radiculopathy, .met, evidence: complaints) }
        if let other { return Criterion(.radiculopathy, .notMet, evidence: [other]) }
        return radiculopathyNotKnown
    }

    /// The drug is ordered for something else, or the record holds another indication of its class (ruling R30).
    func otherIndication(of order: TherapyOrder) -> Criterion {
        var evidence = [otherReason()].compactMap { $0 }
        if order.orderClass == .gabapentinoid || order.orderClass == .tricyclic {
            evidence += signs(of: .otherIndication).filter { sign in
                sign.isStanding && sign.use.part == .presenting && sign.use.role == "finding"
                    && (sign.use.applies.isEmpty || sign.use.applies.contains(order.orderClass.rawValue))
            }.map { $0.evidence(because: "another indication of the drug") }
        }
        return recorded(.otherIndication, evidence, asks: "other indications", parts: [.conditions])
    }

    /// Rest is ordered for something else.
    func activityOtherReason() -> Criterion {
        recorded(.activityOtherReason, [otherReason()].compactMap { $0 }, asks: "other reasons", parts: [])
    }

    /// Populations that the rules for opioids leave alone: cancer pain, palliative care, sickle cell, and treatment of
    /// opioid use disorder, which the reason of the order tells.
    func excludedPopulation(_ order: TherapyOrder) -> Criterion {
        var evidence = signs(of: .excludedPopulation).filter { sign in
            guard sign.use.role == "finding", sign.use.part == .presenting, sign.isStanding else { return false }
            return sign.use.alone == .yes || sign.use.set == .opioidUseDisorder && sign.finding.origin == .reason
        }.map { $0.evidence(because: "outside the rules for opioids") }
        evidence += record.serviceRequests.filter { $0.status == .active && $0.isOrder }.compactMap { request in
            request.concepts.first { concept in
                concept.uses.contains { $0.criterion == CriterionID.excludedPopulation.rawValue && $0.alone == .yes }
            }.map {
                Evidence(request.provenance, code: $0.code, date: request.authored, because: "palliative order")
            }
        }
        return recorded(
            .excludedPopulation, evidence, asks: "populations outside the rules",
            parts: [.conditions, .serviceRequests])
    }

    /// A coded reason of the order that is no complaint of the back or leg.
    private func otherReason() -> Evidence? {
        let reasons = orderReasons
        guard !reasons.contains(where: \.isSpinalComplaint) else { return nil }
        for finding in reasons {
            guard let concept = finding.concepts.first(where: { !$0.isUndecidedReason }) else { continue }
            return finding.evidence(concept, because: "the order names another reason")
        }
        return nil
    }
}

extension Sign {
    /// Neither denied nor over.
    var isStanding: Bool {
        !finding.isRefuted && !finding.status.hasEnded && (finding.abatement == nil || finding.status == .active)
    }
}
