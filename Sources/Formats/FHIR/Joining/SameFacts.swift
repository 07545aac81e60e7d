import ClinicalModel

// When two facts of a kind say the same.

extension Condition: JoinableStatement {
    var names: [String] { concepts.names }
    var when: PartialDate? { onset }

    func says(sameAs other: Condition) -> Bool {
        status == other.status && certainty.agrees(with: other.certainty) && Set(bodySites) == Set(other.bodySites)
            && onset.agrees(with: other.onset) && abatement.agrees(with: other.abatement)
            && recorded.mayAgree(with: other.recorded)
    }

    mutating func absorb(_ other: Condition) {
        concepts = concepts.union(other.concepts)
        if certainty == .notStated { certainty = other.certainty }
        onset = onset.finer(other.onset)
        abatement = abatement.finer(other.abatement)
        recorded = recorded.finer(other.recorded)
    }
}

extension Observation: JoinableStatement {
    var names: [String] { concepts.names }
    var when: PartialDate? { effective }

    func says(sameAs other: Observation) -> Bool {
        value.isSame(as: other.value) && Set(bodySites) == Set(other.bodySites)
            && effective.agrees(with: other.effective)
    }

    mutating func absorb(_ other: Observation) {
        concepts = concepts.union(other.concepts)
        effective = effective.finer(other.effective)
    }
}

extension Observation.Value {
    func isSame(as other: Self) -> Bool {
        switch (self, other) {
        case (.boolean(let left), .boolean(let right)): left == right
        case (.quantity(let left), .quantity(let right)): left.isSame(as: right)
        case (.concepts(let left), .concepts(let right)): left.hasSameCodes(as: right)
        case (.text(let left), .text(let right)): left == right
        case (.period(let start, let end), .period(let otherStart, let otherEnd)):
            start.agrees(with: otherStart) && end.agrees(with: otherEnd)
        case (.date(let left), .date(let right)): left.agrees(with: right)
        case (.absent, .absent), (.other, .other): true
        default: false
        }
    }
}

extension MedicationUse: JoinableStatement {
    var names: [String] { concepts.names }
    var when: PartialDate? { start ?? authored }

    func says(sameAs other: MedicationUse) -> Bool {
        kind == other.kind && standing == other.standing && isActive == other.isActive && route == other.route
            && supplyDays == other.supplyDays && hasSameDose(as: other) && authored.agrees(with: other.authored)
            && start.agrees(with: other.start) && end.agrees(with: other.end)
    }

    private func hasSameDose(as other: MedicationUse) -> Bool {
        guard let dailyDose, let otherDose = other.dailyDose else { return dailyDose == nil && other.dailyDose == nil }
        return dailyDose.isSame(as: otherDose)
    }

    mutating func absorb(_ other: MedicationUse) {
        concepts = concepts.union(other.concepts)
        authored = authored.finer(other.authored)
        start = start.finer(other.start)
        end = end.finer(other.end)
    }
}

extension Procedure: JoinableStatement {
    var names: [String] { concepts.names }
    var when: PartialDate? { start }

    func says(sameAs other: Procedure) -> Bool {
        state == other.state && Set(bodySites) == Set(other.bodySites)
            && statusReasons.hasSameCodes(as: other.statusReasons) && start.agrees(with: other.start)
            && end.agrees(with: other.end)
    }

    mutating func absorb(_ other: Procedure) {
        concepts = concepts.union(other.concepts)
        start = start.finer(other.start)
        end = end.finer(other.end)
    }
}

extension ImagingExamination: JoinableStatement {
    var names: [String] { test.map { ["\($0.modality?.rawValue ?? "")|\($0.region)"] } ?? [] }
    var when: PartialDate? { date }

    func says(sameAs other: ImagingExamination) -> Bool {
        test == other.test && Set(bodySites) == Set(other.bodySites) && date.agrees(with: other.date)
    }

    mutating func absorb(_ other: ImagingExamination) {
        date = date.finer(other.date)
        conclusion = conclusion ?? other.conclusion
    }
}

extension ServiceRequest: JoinableStatement {
    var names: [String] { concepts.names }
    var when: PartialDate? { authored }

    func says(sameAs other: ServiceRequest) -> Bool {
        status == other.status && isOrder == other.isOrder && (priority ?? .routine) == (other.priority ?? .routine)
            && Set(bodySites) == Set(other.bodySites) && looksLikeImaging == other.looksLikeImaging
            && authored.agrees(with: other.authored) && occurrence.agrees(with: other.occurrence)
    }

    mutating func absorb(_ other: ServiceRequest) {
        concepts = concepts.union(other.concepts)
        authored = authored.finer(other.authored)
        occurrence = occurrence.finer(other.occurrence)
        absorbReasons(of: other)
        if setting == .notStated { setting = other.setting }
    }

    /// Takes over the reasons of the same order as another source has it.
    mutating func absorbReasons(of other: ServiceRequest) {
        reasons += other.reasons.filter { reason in
            !reasons.contains { $0.concepts.hasSameCodes(as: reason.concepts) && $0.certainty == reason.certainty }
        }
        hasReasonText = hasReasonText || other.hasReasonText
    }
}

extension Device: JoinableStatement {
    var names: [String] { types.names }
    var when: PartialDate? { nil }

    func says(sameAs other: Device) -> Bool {
        safety.hasSameCodes(as: other.safety) && isImplant == other.isImplant
            && (name == nil || other.name == nil || name == other.name)
    }

    mutating func absorb(_ other: Device) {
        types = types.union(other.types)
        name = name ?? other.name
    }
}

extension CodedStatement: JoinableStatement {
    var names: [String] { concepts.names }
    var when: PartialDate? { nil }

    func says(sameAs other: CodedStatement) -> Bool {
        kind == other.kind && isActive == other.isActive && certainty.agrees(with: other.certainty)
            && recorded.mayAgree(with: other.recorded)
    }

    mutating func absorb(_ other: CodedStatement) {
        concepts = concepts.union(other.concepts)
        if certainty == .notStated { certainty = other.certainty }
        recorded = recorded.finer(other.recorded)
    }
}

extension Certainty {
    /// Equal, or confirmed by one source while the other does not say: documents do not say that a problem is confirmed.
    fileprivate func agrees(with other: Certainty) -> Bool {
        self == other || [self, other].allSatisfy { $0 == .confirmed || $0 == .notStated }
    }
}

extension UnreadText: JoinableStatement {
    var names: [String] { [provenance.resource] }
    var when: PartialDate? { nil }

    func says(sameAs other: UnreadText) -> Bool { part == other.part }

    mutating func absorb(_ other: UnreadText) {}
}
