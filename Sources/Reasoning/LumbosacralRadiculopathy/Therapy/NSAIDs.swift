import ClinicalModel

extension Reading {
    /// Why an NSAID must not be taken: kidney, pregnancy, bleeding, hypersensitivity, bypass (ruling R23).
    var nsaidContraindications: [(evidence: Evidence, name: String)] {
        var found: [(evidence: Evidence, name: String)] = []
        if let egfr = latestEGFR, egfr.isBelow(thresholds.nsaidEGFR) == .yes {
            let limit = thresholds.nsaidEGFR.shortened
            found.append((egfr.evidence(because: "kidney function, limit \(limit)"), "eGFR \(egfr.literal)"))
        }
        found += pregnancyContraindication + plannedBypass + allergiesToNSAIDs
        for sign in signs(of: .nsaidContraindicated) where sign.contraindicatesNSAID(in: self) {
            found.append((sign.evidence(because: sign.use.set.nsaidReason), sign.name))
        }
        return found
    }

    /// Cautions are shown, only contraindications trigger (ruling R23).
    func nsaidContraindicated() -> Criterion {
        let found = nsaidContraindications
        if !found.isEmpty { return Criterion(.nsaidContraindicated, .met, evidence: found.map(\.evidence)) }
        var missing: [DataGap] = []
        if pregnant().result == .met, gestationalAge == nil { missing.append(DataGap("gestational age")) }
        let hasKidneyDisease = signs(of: .nsaidContraindicated).contains {
            $0.use.set == .ckd && $0.use.alone == .review && $0.isStanding
        }
        if hasKidneyDisease && latestEGFR == nil { missing.append(DataGap("kidney function")) }
        if lacks(.conditions, .observations, .allergyIntolerances, .procedures) {
            missing.append(DataGap("contraindications of NSAIDs", .notRetrieved))
        }
        return missing.isEmpty
            ? Criterion(.nsaidContraindicated, .noneOnRecord)
            : Criterion(.nsaidContraindicated, .unknown, missing: missing)
    }

    private var pregnancyContraindication: [(evidence: Evidence, name: String)] {
        let pregnancy = pregnant()
        guard pregnancy.result == .met, let age = gestationalAge, age.weeks >= thresholds.nsaidPregnancyWeeks else {
            return []
        }
        return [(age.evidence, "pregnancy of \(age.weeks) weeks")]
    }

    /// A coronary bypass that is planned or ordered within the days around it.
    private var plannedBypass: [(evidence: Evidence, name: String)] {
        let procedures = record.procedures.filter { $0.state == .planned }.map {
            ($0.provenance, $0.concepts, $0.start)
        }
        let orders = record.serviceRequests.filter { $0.status == .active && $0.isOrder }
            .map { ($0.provenance, $0.concepts, $0.occurrence) }
        return (procedures + orders).compactMap { provenance, concepts, date in
            guard let concept = concepts.first(where: { $0.isMember(of: .cabg) }),
                let day = date?.earliest, (0...thresholds.nsaidBypassDays).contains(day - asOf)
            else { return nil }
            let shown = Evidence(provenance, code: concept.code, date: date, because: "coronary bypass planned")
            return (shown, concept.code.display ?? "coronary bypass")
        }
    }

    /// Allergies that name an NSAID itself, beside the codes of hypersensitivity.
    private var allergiesToNSAIDs: [(evidence: Evidence, name: String)] {
        findings.filter { $0.origin == .statement && !$0.isRefuted }.compactMap { finding in
            guard !finding.concepts.contains(where: { $0.isMember(of: .nsaidAllergy) }),
                let concept = finding.concepts.first(where: { $0.isMember(of: .nsaids) })
            else { return nil }
            return (
                finding.evidence(concept, because: ValueSetName.nsaidAllergy.nsaidReason),
                "allergy to \(finding.name(concept))"
            )
        }
    }

    /// Completed weeks of the pregnancy by the due date, else by the last menstrual period; nil when neither is known to the day.
    private var gestationalAge: (weeks: Int, evidence: Evidence)? {
        let dated = observations {
            $0.uses.contains { $0.measure == "due-date" || $0.measure == "last-menstrual-period" }
        }
        for measure in ["due-date", "last-menstrual-period"] {
            for observation in dated {
                guard let concept = observation.concepts.first(where: { $0.uses.contains { $0.measure == measure } }),
                    case .date(let date) = observation.value, date.isExact, let day = date.latest
                else { continue }
                let days = measure == "due-date" ? Self.termDays - (day - asOf) : asOf - day
                guard (0...thresholds.pregnancyDays).contains(days) else { continue }
                let limit = thresholds.nsaidPregnancyWeeks
                let shown = Evidence(
                    observation.provenance, code: concept.code, value: "\(days / 7) weeks", date: date,
                    because: "gestational age, limit \(limit) weeks")
                return (days / 7, shown)
            }
        }
        return nil
    }

    /// Days from the last menstrual period to the expected day of delivery.
    private static let termDays = 280

    /// Older age beside a muscle relaxant.
    func olderAdult() -> Criterion {
        guard let age = Age(record.birthDate, on: asOf) else {
            return Criterion(.olderAdult, .unknown, missing: [missingBirthDate])
        }
        let evidence = ageEvidence(age, limit: "\(thresholds.relaxantAge) years")
        return switch age.isAtLeast(thresholds.relaxantAge) {
        case .yes: Criterion(.olderAdult, .met, evidence: evidence)
        case .no: Criterion(.olderAdult, .notMet, evidence: evidence)
        case .unknown:
            Criterion(.olderAdult, .unknown, evidence: evidence, missing: [DataGap("birth date", .tooImprecise)])
        }
    }
}

extension Sign {
    fileprivate func contraindicatesNSAID(in reading: Reading) -> Bool {
        guard use.part == .presenting, use.role == "finding", use.alone == .yes, !finding.isRefuted else {
            return false
        }
        switch use.set {
        case .cabg:
            // Before the operation as well as after it.
            guard let day = finding.onset?.latest ?? finding.latestDate?.latest else { return false }
            return abs(reading.asOf - day) <= reading.thresholds.nsaidBypassDays
        case .giBleedUlcer:
            let isOpen = !finding.status.hasEnded && finding.abatement == nil && finding.status != .notStated
            let last = finding.abatement ?? finding.latestDate
            return isOpen || reading.isWithin(reading.thresholds.nsaidBleedDays, last) == .yes
        default:
            return !finding.status.hasEnded && finding.abatement == nil
        }
    }
}

extension ValueSetName {
    fileprivate var nsaidReason: String {
        switch self {
        case .cabg: "coronary bypass close to the order"
        case .giBleedUlcer: "gastrointestinal bleed or ulcer, active or recent"
        case .nsaidAllergy: "hypersensitivity to NSAIDs"
        default: "contraindication of NSAIDs"
        }
    }
}
