import ClinicalModel
import Guidelines

/// The one sentence of a card: the template of the catalogue (guideline section 4.2, ruling R52) with its slots filled.
struct CardSummary {
    let decision: Decision
    let thresholds: Thresholds
    /// The card in the words of a site.
    var wording = CardWording()

    private var facts: CardFacts { decision.cardFacts }
    private var preferred: PreferredTest { PreferredTest(for: decision) }

    /// Under 140 characters whatever the record holds.
    func text(of card: CardID) -> String {
        SummaryTemplate(template(of: card)).filled(slots(of: card))
    }

    /// The site's sentence where the shipped one is that of the catalogue; where the record changes the shipped sentence
    /// (MRI contraindicated, a reason that could not be read), its words carry the difference and it stands.
    private func template(of card: CardID) -> String {
        let shipped = shippedTemplate(of: card)
        func isUsual(_ provisional: Bool) -> Bool {
            ShippedSummary.template(of: card, provisional: provisional, thresholds: thresholds)?.text == shipped
        }
        if let summary = wording.summary, isUsual(false) { return summary }
        if let summary = wording.provisional, isUsual(true) { return summary }
        return shipped
    }

    // MARK: Templates

    /// The sentence of the product with its slots.
    func shippedTemplate(of card: CardID) -> String {
        switch card {
        case .k01:
            preferred.mriIsContraindicated
                ? "Cauda equina red flag: {finding}. Emergency imaging (no MRI: contraindicated) and spine referral advised."
                : "Cauda equina red flag: {finding}. Emergency MRI and spine referral advised."
        case .k02:
            preferred.mriIsContraindicated
                ? "Severe or progressive leg weakness: {trend}. Prompt imaging advised (no MRI: contraindicated), no waiting."
                : "Severe or progressive leg weakness: {trend}. Prompt MRI advised; the \(wait.adjective) wait does not apply."
        case .k03:
            orderIsMRI
                ? "Possible spinal infection or malignancy: {finding}. Raise MRI priority to urgent?"
                : "Possible spinal infection or malignancy: {finding}. Raise imaging priority to urgent?"
        case .k04: "Possible vertebral fracture: {finding}. Raise imaging priority to urgent?"
        case .k05, .k06, .k08, .k17: decision.outcome.provisional ? provisional(card) : definite(card)
        case .k07: "Conservative treatment: {d} of {days} days found. If it was completed elsewhere, please record it."
        case .k09:
            "\(trial.quantity.capitalizedFirst) of treatment found, response not recorded. "
                + "Imaging fits if symptoms persist and a procedure is an option."
        case .k10: "Surgery and injection are ruled out: imaging would rarely change management."
        case .k11: "Criteria met except one: is the patient a possible candidate for surgery or epidural injection?"
        case .k12: onsetTemplate
        case .k13: reasonTemplate
        case .k14: ageTemplate
        case .k15:
            decision.hasFlag
                ? "Imaging is supported, but {test} has no role in this initial evaluation; {preferred} is preferred."
                : "{Test} has no role in the initial evaluation of radiculopathy; {preferred} is preferred."
        case .k16: "Imaging is supported; {preferred} would answer the question better than {test}."
        case .k18: "Criteria met, but a lumbar MRI\(dated) exists. Needed again for procedure planning?"
        case .k19:
            preferred.mayPuncture && preferred.alternatives.contains(.ctMyelography)
                ? "{device}: MR safety {status}. Confirm before MRI; CT or CT myelography is the alternative."
                : "{device}: MR safety {status}. Confirm before MRI; CT is the alternative."
        case .k20: "Lumbar {test} already ordered\(facts.duplicateDate == nil ? "" : " on {on}"), status {status}."
        case .k21: olderAgeTemplate
        case .k22:
            "Pregnancy recorded: prefer MRI without contrast; "
                + "contrast or ionising tests only if they add needed information."
        case .k23:
            preferred.mriIsContraindicated
                ? "Red flag with radiculopathy: {finding}. The guideline advises imaging; no imaging order found."
                : "Red flag with radiculopathy: {finding}. The guideline advises MRI; no imaging order found."
        case .k24: "Bed rest is not advised for radiculopathy; staying active works better. Replace by activity advice?"
        case .k25:
            "{drug}: radiculopathy responds less to neuropathic pain drugs than diabetic or postherpetic neuralgia."
        case .k26: "{opioid} with {sedative}: added risk of sedation and breathing depression. Avoid or reduce?"
        case .k27: "Opioid for radiculopathy: {issue}. Short course, lowest dose, immediate release advised."
        case .k28: opioidTemplate
        case .k29: "NSAID with {reason}: choose another analgesic?"
        case .k30:
            "Injection or surgery before \(wait.quantity) of conservative care, no red flag documented. Reconsider timing?"
        case .k31: "Muscle relaxant at age {age}: higher risk of sedation and falls."
        case .k32: "Possible red flag to clarify: {hint}. Imaging may be appropriate; please record."
        case .k33: "Part of the record could not be read: {what}. No rating was given."
        case .k34: "Red flag on record ({finding}): image before an injection."
        }
    }

    private func definite(_ card: CardID) -> String {
        switch card {
        case .k06:
            "Conservative treatment declined or documented as not done: "
                + "imaging is usually not appropriate before a \(trial.adjective) trial."
        case .k08: "\(improvement) with treatment: imaging is usually not appropriate now."
        case .k17: "Lumbar MRI\(dated) exists: repeating it for a new episode is unlikely to show a difference."
        default:
            "\(weeks) of radiculopathy, no red flag documented as present: "
                + "imaging now is usually not appropriate."
        }
    }

    /// Red flags were not all asked: the sentence says how many groups are open before it says anything else.
    private func provisional(_ card: CardID) -> String {
        let opening =
            switch card {
            case .k06: "Trial declined or documented as not done"
            case .k08: improvement
            case .k17: "Lumbar MRI\(dated) exists"
            default: weeks
            }
        return opening + ": {k} of 5 red-flag groups not recorded. "
            + "If none is present, imaging is usually not appropriate yet."
    }

    private var weeks: String { week == nil ? "Early weeks" : "Week {n}" }

    private var improvement: String {
        facts.painFrom == nil || facts.painTo == nil ? "Improving" : "Pain improving ({from} to {to} of 10)"
    }

    private var onsetTemplate: String {
        let onset = decision.criterion(.sixWeeks)
        let contradicts = onset.result != .unknown || onset.missing.contains { $0.reason == .contradictory }
        return contradicts
            ? "Onset and treatment dates contradict each other: before or after \(wait.quantity)? The advice depends on it."
            : "Symptom onset not documented precisely: before or after \(wait.quantity)? The advice depends on it."
    }

    private var reasonTemplate: String {
        if facts.reasonTextUnread {
            return "The reason of this lumbar imaging order could not be read. "
                + "For radiculopathy the \(wait.adjective) advice would apply."
        }
        return facts.orderHasReason
            ? "The reason does not settle whether this is radiculopathy; then the \(wait.adjective) advice would apply."
            : "No indication on this lumbar imaging order. For radiculopathy the \(wait.adjective) advice would apply."
    }

    private var ageTemplate: String {
        switch decision.criterion(.adult).missing.first?.reason {
        case .tooImprecise: "Date of birth not precise enough: the adult guideline was not applied."
        case .notRetrieved: "Date of birth could not be read: the adult guideline was not applied."
        default: "Date of birth missing: the adult guideline was not applied."
        }
    }

    /// Where the pain is severe, what is open is the order itself.
    private var opioidTemplate: String {
        decision.criterion(.severePain).result == .met
            ? "Opioid for radiculopathy: {gaps} not known. Short course and lowest dose advised; please complete the order."
            : "Opioids are reserved for severe pain: severity {value}. NSAID tried or unsuitable?"
    }

    private var olderAgeTemplate: String {
        let opening = [week.map { _ in "Week {n}" }, facts.age.map { _ in "age {age}" }].compactMap { $0 }
        let flags =
            decision.unknownFamilies.isEmpty
            ? "no red flag documented as present" : "{k} of 5 red-flag groups not recorded"
        return (opening.isEmpty ? "Older age" : opening.joined(separator: ", ").capitalizedFirst)
            + ": \(flags); imaging may be appropriate, weigh fracture and tumour risk."
    }

    // MARK: Slots

    private func slots(of card: CardID) -> [String: SlotValue] {
        let test = decision.order?.modality?.name ?? "imaging"
        let preferredTest = card == .k15 || card == .k16 ? preferred.modality.name : ""
        return [
            "finding": SlotValue(findings: decision.leadingFindings, otherwise: "see details"),
            "drug": SlotValue(facts.orderName?.capitalizedFirst ?? "This drug"),
            "opioid": opioidAndSedative.opioid, "sedative": opioidAndSedative.sedative,
            "issue": SlotValue(decision.opioidLimitsCrossed(thresholds).joined(separator: ", ")),
            "gaps": SlotValue(decision.opioidGaps.joined(separator: " and ")),
            "value": SlotValue(facts.pain ?? "not recorded"),
            "reason": SlotValue(findings: facts.nsaidContraindications, otherwise: "a contraindication"),
            "age": SlotValue(facts.age.map(String.init) ?? "\(thresholds.relaxantAge) or over"),
            "hint": SlotValue(findings: decision.hintsToClarify, otherwise: "see details"),
            "trend": SlotValue(facts.trend ?? decision.findings(of: .progressiveDeficit).first ?? "see details"),
            "n": SlotValue(week.map(String.init) ?? "?"),
            "k": SlotValue(String(decision.unknownFamilies.count)),
            "d": SlotValue(String(facts.trialDays ?? 0)),
            "days": SlotValue(String(thresholds.trialMinDays)),
            "from": SlotValue(facts.painFrom ?? ""), "to": SlotValue(facts.painTo ?? ""),
            "test": SlotValue(card == .k20 ? duplicateTest ?? test : test),
            "Test": SlotValue(test.capitalizedFirst), "preferred": SlotValue(preferredTest),
            "date": SlotValue(Self.day(facts.priorMRIDate ?? "")),
            "device": SlotValue(facts.device?.capitalizedFirst ?? "Device or implant"),
            "status": SlotValue(status(of: card)),
            "on": SlotValue(Self.day(facts.duplicateDate ?? "")),
            "what": SlotValue(findings: decision.partsNotRead, otherwise: "see details"),
        ]
    }

    /// The order is the opioid, or the sedative beside it.
    private var opioidAndSedative: (opioid: SlotValue, sedative: SlotValue) {
        let order = facts.orderName ?? "this drug"
        if decision.order?.orderClass == .opioid {
            return (SlotValue(order.capitalizedFirst), SlotValue(findings: facts.overlaps, otherwise: "another drug"))
        }
        let others = SlotValue(findings: facts.overlaps.map(\.capitalizedFirst), otherwise: "Another drug")
        return (others, SlotValue(order))
    }

    private var duplicateTest: String? { facts.duplicateTest.map { Modality(rawValue: $0)?.name ?? $0 } }

    private func status(of card: CardID) -> String {
        if card == .k20 { return facts.duplicateStatus ?? "active" }
        return facts.deviceStatus ?? (preferred.mriIsContraindicated ? "unsafe" : "not known")
    }

    private var dated: String { facts.priorMRIDate == nil ? "" : " of {date}" }

    /// The calendar day of a recorded date or dateTime.
    static func day(_ literal: String) -> String { String(literal.prefix { $0 != "T" }) }

    /// The week that the episode is in, the first seven days being week 1; nil without an onset.
    private var week: Int? { facts.daysSinceOnset.map { max(0, $0) / 7 + 1 } }

    private var orderIsMRI: Bool { decision.order?.modality?.isMRI ?? true }
    private var wait: SpokenDays { SpokenDays(thresholds.imagingAfterDays) }
    private var trial: SpokenDays { SpokenDays(thresholds.trialMinDays) }
}
