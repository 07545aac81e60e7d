import ClinicalModel

extension Reading {
    /// What the card of an order shows beside its criteria, and what never decides (ruling R23).
    func cautions(for order: TherapyOrder) -> [Evidence] {
        switch order.orderClass {
        case .nsaid:
            caution(.nsaidContraindicated, "caution with NSAIDs") + taken(.anticoagulants, "anticoagulant")
        case .muscleRelaxant: caution(.olderAdult, "caution with muscle relaxants")
        case .opioid:
            caution(.overlappingSedative, "caution with opioids") + caution(.excludedPopulation, "opioid use disorder")
                + taken(.opioidsOutpatient, "opioid already taken")
        case .epiduralInjection, .spineSurgery: taken(.anticoagulants, "anticoagulant")
        case .gabapentinoid, .tricyclic, .bedRest: []
        }
    }

    private func caution(_ id: CriterionID, _ because: String) -> [Evidence] {
        signs(of: id).filter { sign in
            sign.isStanding && sign.use.part == .presenting && (sign.use.role == "caution" || sign.use.alone == .no)
        }.map { $0.evidence(because: because) }
    }

    private func taken(_ set: ValueSetName, _ because: String) -> [Evidence] {
        record.medications.filter { isTaken($0) && $0.isMember(of: set) }.map { drug in
            Evidence(
                drug.provenance, code: drug.concepts.first?.code, date: drug.start ?? drug.authored, because: because)
        }
    }
}
