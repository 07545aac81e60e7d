import ClinicalModel

/// The drugs that an order must not be combined with: those taken with it, and those of which nobody knows.
struct OverlappingDrugs {
    var taken: [MedicationUse] = []
    /// On hold, not known to be taken, or open on the list long after the supply ended.
    var doubtful: [MedicationUse] = []
    /// Whether drugs are on record that no code names: one of them may be such a drug.
    var holdsUnread = false
    /// Drafts signed together with the order are among ``taken``.
    var signedTogether: Set<String> = []

    func criterion(_ id: CriterionID, in reading: Reading) -> Criterion {
        if !taken.isEmpty {
            return Criterion(
                id, .met,
                evidence: taken.map { drug in
                    let isDraft = signedTogether.contains(drug.provenance.at)
                    return Evidence(
                        drug.provenance, code: drug.concepts.first?.code, date: drug.start ?? drug.authored,
                        because: isDraft ? "signed together with the order" : "taken at the time of the order")
                })
        }
        if let drug = doubtful.first {
            let reason: DataGap.Reason = drug.standing == .unclear ? .notRecorded : .tooOld
            return Criterion(id, .unknown, missing: [DataGap("whether \(drug.shownName) is still taken", reason)])
        }
        if holdsUnread {
            return Criterion(id, .unknown, missing: [DataGap("a drug on record that is not coded", .textNotRead)])
        }
        return reading.recorded(
            id, [], asks: "drugs taken", parts: [.medicationRequests, .medicationStatements, .medicationDispenses])
    }
}

extension Reading {
    /// Sedatives beside an opioid, opioids beside a gabapentinoid; nothing for orders of other classes.
    func overlapping(_ order: TherapyOrder, _ others: [MedicationUse]) -> OverlappingDrugs {
        let matches: (Concept) -> Bool
        switch order.orderClass {
        case .opioid: matches = { $0.isMember(of: .benzodiazepines) || $0.isDrug(of: .gabapentinoid) }
        case .gabapentinoid: matches = { $0.isMember(of: .opioidsOutpatient) }
        default: return OverlappingDrugs()
        }
        var found = OverlappingDrugs()
        let parts: Set<RecordPart> = [.medicationRequests, .medicationStatements, .medicationDispenses]
        found.holdsUnread = record.unreadTexts.contains { parts.contains($0.part) }
        for drug in others where drug.provenance != order.request.provenance && drug.concepts.contains(where: matches) {
            found.taken.append(drug)
            found.signedTogether.insert(drug.provenance.at)
        }
        for drug in record.medications where drug.concepts.contains(where: matches) {
            switch overlaps(drug) {
            case .yes: found.taken.append(drug)
            case .unknown: found.doubtful.append(drug)
            case .no: break
            }
        }
        return found
    }

    /// Whether a drug on record is taken on the day of the decision.
    private func overlaps(_ drug: MedicationUse) -> Truth {
        let began = drug.start ?? drug.authored
        guard (began?.earliest).map({ $0 <= asOf + 1 }) ?? true else { return .no }
        if let stated = drug.end?.latest, stated < asOf { return .no }
        let end = drug.coverageEnd?.latest
        if drug.standing == .unclear { return (end.map { $0 < asOf } ?? false) ? .no : .unknown }
        if !drug.isActive && drug.kind == .request {
            // Completed or stopped: what was handed out before may still be taken, and nobody says so.
            return (end.map { $0 >= asOf } ?? false) ? .unknown : .no
        }
        guard drug.isActive else { return isTaken(drug) ? .yes : .no }
        // Lists keep drugs open long after the last supply was used up.
        return (end.map { $0 + thresholds.trialOpenPrescriptionDays < asOf } ?? false) ? .unknown : .yes
    }
}

extension MedicationUse {
    /// Name for cards.
    var shownName: String { concepts.first?.code.name ?? "drug" }
}
