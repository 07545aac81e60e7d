import ClinicalModel

/// What stands on record against taking an NSAID.
struct NSAIDReading {
    /// Why one must not be taken: kidney, pregnancy, bleeding, hypersensitivity, bypass (ruling R23), with short names.
    let contraindications: [(evidence: Evidence, name: String)]
    /// What is open although something on record asks for it.
    let missing: [DataGap]

    /// Cautions are shown, only contraindications trigger (ruling R23).
    var criterion: Criterion {
        if !contraindications.isEmpty {
            return Criterion(.nsaidContraindicated, .met, evidence: contraindications.map(\.evidence))
        }
        return missing.isEmpty
            ? Criterion(.nsaidContraindicated, .noneOnRecord)
            : Criterion(.nsaidContraindicated, .unknown, missing: missing)
    }
}

extension Reading {
    /// Reads what speaks against an NSAID.
    func nsaidReading(isPregnant: CriterionResult) -> NSAIDReading {
        var found: [(evidence: Evidence, name: String)] = []
        let egfr = latestEGFR
        if let egfr, egfr.isBelow(thresholds.nsaidEGFR) == .yes {
            let limit = thresholds.nsaidEGFR.shortened
            found.append((egfr.evidence(because: "kidney function, limit \(limit)"), "eGFR \(egfr.literal)"))
        }
        let pregnancy = isPregnant == .met ? gestationalAge : nil
        if let pregnancy, pregnancy.weeks >= thresholds.nsaidPregnancyWeeks {
            found.append((pregnancy.evidence, "pregnancy of \(pregnancy.weeks) weeks"))
        }
        found += plannedBypass + allergiesToNSAIDs
        let signs = signs(of: .nsaidContraindicated)
        for sign in signs where sign.contraindicatesNSAID(in: self) {
            found.append(
                (sign.evidence(because: sign.use.set.nsaidReason), sign.finding.nameAgainstNSAID(sign.concept)))
        }
        var missing: [DataGap] = []
        if isPregnant == .met, pregnancy == nil { missing.append(DataGap("gestational age")) }
        if egfr == nil, signs.contains(where: { $0.use.set == .ckd && $0.use.alone == .review && $0.isStanding }) {
            missing.append(DataGap("kidney function"))
        }
        if hasUnreadAllergy { missing.append(DataGap("an allergy that is not coded", .textNotRead)) }
        if lacks(.conditions, .observations, .allergyIntolerances, .procedures) {
            missing.append(DataGap("contraindications of NSAIDs", .notRetrieved))
        }
        return NSAIDReading(contraindications: found, missing: missing)
    }

    /// Why no NSAID may be suggested: a contraindication, a caution of ruling R49, or guards that nobody recorded (invariant I17).
    func nsaidCautions(isPregnant: CriterionResult) -> [String] {
        var cautions = unreadNSAIDGuards + nsaidReading(isPregnant: isPregnant).contraindications.map(\.name)
        // Without a rate, and where a bound such as `<60` leaves it open.
        let isLow = latestEGFR?.isBelow(thresholds.nsaidEGFR) ?? .unknown
        if isLow == .unknown && isPregnant != .notMet {
            cautions.append("kidney function and pregnancy not recorded")
        }
        if isPregnant == .met { cautions.append("pregnancy") }
        if let age = Age(record.birthDate, on: asOf) {
            if age.isAtLeast(thresholds.nsaidAge) != .no { cautions.append("age \(thresholds.nsaidAge) or over") }
        } else {
            cautions.append("age not known")
        }
        let sets: [ValueSetName] = [.ckd, .giBleedUlcer, .heartFailure, .nsaidAllergy, .cabg]
        for finding in findings where !finding.isRefuted {
            for concept in finding.concepts where sets.contains(where: concept.isMember(of:)) {
                cautions.append(finding.nameAgainstNSAID(concept))
            }
        }
        for drug in record.medications where isTaken(drug) && drug.isMember(of: .anticoagulants) {
            cautions.append(drug.shownName)
        }
        return cautions.uniqued()
    }

    /// Parts of the record that the guards of an NSAID stand in and that could not be read (invariant I15).
    private var unreadNSAIDGuards: [String] {
        let parts: [RecordPart] = [
            .conditions, .procedures, .allergyIntolerances, .medicationRequests, .medicationStatements,
        ]
        let unread = record.notRetrieved.union(record.refused)
        return parts.filter(unread.contains).map { "\($0.words) not read" }
            + (hasUnreadAllergy ? ["an allergy that is not coded"] : [])
    }

    private var hasUnreadAllergy: Bool { record.unreadTexts.contains { $0.part == .allergyIntolerances } }

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
            return (shown, concept.code.name)
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
                finding.nameAgainstNSAID(concept)
            )
        }
    }

    /// Completed weeks of the pregnancy by the due date, else by the last menstrual period, else by a code that names the
    /// weeks; nil when none of them is known to the day.
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
        return codedWeeks
    }

    /// Weeks by the newest code that names them (Z3A of ICD-10-CM), counted on from the day on which it was recorded.
    private var codedWeeks: (weeks: Int, evidence: Evidence)? {
        signs(of: .pregnant).compactMap { sign -> (day: Day, weeks: Int, evidence: Evidence)? in
            guard sign.isStanding, let weeks = sign.use.gestationalWeeks, let recorded = sign.finding.recorded,
                recorded.isExact, let day = recorded.latest
            else { return nil }
            let days = weeks * 7 + max(0, asOf - day)
            guard days <= thresholds.pregnancyDays else { return nil }
            let shown = sign.evidence(because: "gestational age, limit \(thresholds.nsaidPregnancyWeeks) weeks")
            return (day, days / 7, shown)
        }.max { ($0.day, $0.weeks) < ($1.day, $1.weeks) }.map { ($0.weeks, $0.evidence) }
    }

    /// Days from the last menstrual period to the expected day of delivery.
    private static let termDays = 280
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
            let isOpen = isStanding && finding.status != .notStated
            let last = finding.abatement ?? finding.latestDate
            return isOpen || reading.isWithin(reading.thresholds.nsaidBleedDays, last) == .yes
        default: return isStanding
        }
    }
}

extension Finding {
    /// Short name for cards. What stands in the list of allergies may bear the name of the drug alone.
    fileprivate func nameAgainstNSAID(_ concept: Concept) -> String {
        let name = name(concept)
        guard origin == .statement, concept.isMember(of: .nsaidAllergy) || concept.isMember(of: .nsaids) else {
            return name
        }
        let namesReaction = ["allerg", "sensitiv", "intoleran", "reaction"].contains(where: name.lowercased().contains)
        return namesReaction ? name : "allergy to \(name)"
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
