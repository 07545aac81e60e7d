import ClinicalModel
import Guidelines

/// Why a card says what it says: the points of the catalogue (guideline section 4.2) in the product's own words.
///
/// Marks `[1]`–`[4]` are those of the guideline text, `[S..]` the public sources of the guideline page.
struct KeyPoints {
    let decision: Decision
    let thresholds: Thresholds

    private var facts: CardFacts { decision.cardFacts }
    private var preferred: PreferredTest { PreferredTest(for: decision) }
    private var trial: SpokenDays { SpokenDays(thresholds.trialMinDays) }
    private var wait: SpokenDays { SpokenDays(thresholds.imagingAfterDays) }

    /// The reasons, one a line.
    func reasons(of card: CardID) -> [String] {
        switch card {
        case .k01: caudaEquina + emergency
        case .k02: deficit + emergency
        case .k03: infectionOrMalignancy + fitOfTheTest
        case .k04: fracture + fitOfTheTest
        case .k05: early
        case .k06, .k07: trialCounting
        case .k08: improving
        case .k09: responseMissing
        case .k10: notACandidate
        case .k11: candidate
        case .k12: onset
        case .k13: noReason
        case .k14: ["The rules for adults need an age. Emergency rules were applied all the same and found nothing."]
        case .k15: noRole
        case .k16: betterTest
        case .k17: earlierMRI
        case .k18: earlierMRIBeforeProcedure
        case .k19: mrSafety
        case .k20:
            [
                "An order of the same kind for the same region is already active, within the last "
                    + "\(thresholds.duplicateDays) days."
            ]
        case .k21: olderAge
        case .k22: pregnancy
        case .k23: redFlagWithoutOrder
        case .k24, .k25, .k26, .k27, .k28, .k29, .k30, .k31, .k34:
            TherapyPoints(decision: decision, thresholds: thresholds).reasons(of: card)
        case .k32: hint
        case .k33: unread
        }
    }

    /// What helps instead of imaging now; empty for cards that do not discourage it.
    func instead(of card: CardID) -> [String] {
        guard decision.outcome.rating == .usuallyNotAppropriate else { return [] }
        return [
            "Stay active, with activities adapted to the pain; no bed rest [1].",
            nsaid,
            "Heat or cold as it helps [1].",
            "A rehabilitation programme: trunk stabilisation, posture, re-activation of weak muscles, stretching and "
                + "strengthening where a deficit is found [3].",
            "Explain the good outlook: most episodes settle with medication and exercise [1][2].",
        ]
    }

    /// What would be worth recording; nil where nothing is asked.
    func question(of card: CardID) -> String? {
        switch card {
        case .k01: "time of the last voiding, residual volume, perianal sensation."
        case .k02: "latest strength grades by muscle and side, and the cauda equina questions."
        case .k03: "temperature, ESR and CRP, details of any cancer."
        case .k04: "date and mechanism of the injury, bone health."
        case .k05, .k10: redFlagsToAsk
        case .k06: "treatment done elsewhere, with dates."
        case .k07: "dates of physiotherapy, medication courses and home exercise."
        case .k08: "current pain score and function."
        case .k09: "current pain score, or how the patient responded to treatment."
        case .k11: "whether surgery or an epidural injection is under consideration."
        case .k12: "the day on which the leg symptoms began."
        case .k13: "the reason for the examination."
        case .k14: "the date of birth."
        case .k15: "a contraindication to MRI, or another indication for this test."
        case .k17: "any new deficit, level or side since the last MRI."
        case .k19: "model of the device and its MR conditions."
        case .k21: "falls, bone health, earlier cancer, weight."
        case .k22: "gestational age."
        case .k24, .k25: "another reason for this order, if there is one."
        case .k26: "dates of supply of both drugs."
        case .k28: opioidToComplete
        case .k29: "kidney function, and in pregnancy the gestational age."
        case .k30: "conservative care so far, and answers to the red-flag questions."
        case .k32: "whether the finding is present, new, or has another cause."
        case .k16, .k18, .k20, .k23, .k27, .k31, .k33, .k34: nil
        }
    }

    private var opioidToComplete: String? {
        let pain = facts.pain == nil ? ["current pain score from 0 to 10"] : []
        let open = pain + decision.opioidGaps.map { $0 == "supply" ? "days of supply" : $0 }
        return open.isEmpty ? nil : open.joined(separator: ", ") + "."
    }

    private var redFlagsToAsk: String? {
        let names = decision.unknownFamilies.map(\.title.loweringFirst)
        return names.isEmpty ? nil : "answers to the red-flag questions on \(names.joined(separator: ", "))."
    }

    private var nsaid: String {
        facts.nsaidBlockedBecause.isEmpty
            ? "An NSAID first if it suits the patient: lowest dose, short time [1][S08]."
            : "An NSAID only after a check, because of: "
                + facts.nsaidBlockedBecause.map(Markdown.literal).joined(separator: ", ") + "."
    }
}

// MARK: Emergencies and red flags

extension KeyPoints {
    private var caudaEquina: [String] {
        [
            "Pressure on the cauda equina is a surgical emergency: function of bladder, bowel and legs may not come back "
                + "after a delay. Pathways ask for imaging within hours [S24]."
        ]
    }

    private var deficit: [String] {
        let earlier = facts.priorMRIDate == nil ? [] : ["An earlier MRI does not answer a new or growing deficit."]
        return [
            "The \(wait.adjective) rule does not apply to severe or growing weakness, with or without treatment before "
                + "[1][S05]."
        ] + earlier
    }

    private var emergency: [String] {
        var lines: [String] = []
        if preferred.mriIsContraindicated {
            let tests = preferred.alternatives.map(\.name).joined(separator: " or ")
            lines.append("MRI is documented as contraindicated: \(tests) answers instead.")
        } else {
            lines.append(
                "MRI without contrast is enough for the decision; without and with contrast is accepted too [S03].")
        }
        lines += safetyLine + puncture
        lines.append("Do not wait for what is not documented. Involve spine surgery now.")
        if let age = facts.age, age < thresholds.minAgeYears {
            lines.append("This guideline is written for adults; emergency advice is given at any age.")
        }
        lines.append("This advice adds to the local emergency pathway, it does not replace it.")
        return lines
    }

    private var infectionOrMalignancy: [String] {
        var lines = ["With a suspected spinal infection or tumour the guideline images at once [1]."]
        let infection = decision.criterion(.infection).result
        if infection == .met || infection == .suspected {
            lines.append("For infection add ESR, CRP and blood cultures [S22].")
        }
        lines.append(gadolinium)
        lines.append("Consider further levels of the spine.")
        return lines + safetyLine
    }

    private var gadolinium: String {
        if preferred.gadoliniumIsAllowed {
            return "MRI without and with contrast shows most; without contrast is accepted [S03]."
        }
        let cautions = facts.gadoliniumCautions.map(Markdown.literal)
        let isPregnant = decision.criterion(.pregnant).result == .met && !cautions.contains("pregnancy")
        let reasons = (isPregnant ? ["pregnancy"] : []) + cautions
        return "Contrast is not suggested here, because of: \(reasons.joined(separator: ", "))."
    }

    private var fracture: [String] {
        [
            "With a suspected fracture the guideline names MRI [1]; radiographs or CT without contrast are accepted by "
                + "public criteria [S03]."
        ] + safetyLine
    }

    private var fitOfTheTest: [String] {
        switch decision.outcome.fit {
        case .preferred, .acceptable, .pregnancy, .none: []
        case .verify: ["MRI is documented as contraindicated: \(preferred.modality.name) is the alternative."]
        case .notPreferred, .noRole, .inadequate, .device:
            preferred.mriIsContraindicated ? [] : ["\(preferred.modality.name.capitalizedFirst) would answer best."]
        }
    }

    private var redFlagWithoutOrder: [String] {
        let urgency =
            decision.presentingFlags.isEmpty
            ? "Only a risk factor is recorded: imaging is supported, it is not an alarm."
            : "A presenting feature is recorded: imaging should not wait."
        return [urgency, "The guideline advises MRI when a red flag accompanies radiculopathy [1]."] + safetyLine
    }

    private var hint: [String] {
        if decision.ruleName == "A3" {
            return [
                "The patient is under \(thresholds.minAgeYears): this guideline for adults gives no rating. "
                    + "The finding needs criteria for children [S58]."
            ]
        }
        var lines = [
            "The record points to a possible red flag or an urgent setting without establishing a red flag; the "
                + "usual advice to wait is therefore withheld."
        ]
        if facts.reasonTextUnread { lines.append("The reason of the order could not be read.") }
        return lines
    }

    private var safetyLine: [String] {
        preferred.needsSafetyLine ? ["A device of unknown MR safety is on record: confirm before any MRI."] : []
    }

    private var puncture: [String] {
        preferred.mriIsContraindicated && !preferred.mayPuncture
            ? ["No lumbar puncture is suggested: infection is suspected or an anticoagulant is active [S22]."] : []
    }
}

// MARK: Course

extension KeyPoints {
    private var natural: String { "Most disc herniations shrink or are taken up again within 8 weeks of onset [2]." }

    private var early: [String] {
        [
            "Imaging in the first weeks of uncomplicated radiculopathy brings no clinical benefit and no better outcome, "
                + "only more use of care [1][2].",
            "Within \(SpokenDays(thresholds.reportEarlyWindowDays).quantity) it goes along with more injections, operations "
                + "and disability payments [2]. Even so 27.2% have radiographs and 11.1% CT or MRI by then [2].",
            natural,
            "Disc protrusions are common without symptoms and need not be the cause of the pain [1].",
            "Imaging fits after \(wait.quantity) of conservative care without enough relief in a candidate for surgery or "
                + "injection, and at once with any red flag [1].",
        ]
    }

    private var trialCounting: [String] {
        [
            "\(facts.trialDays.map { "\($0) days" } ?? "No days") of delivered treatment were found in this episode; "
                + "\(thresholds.trialMinDays) days are counted as a trial.",
            "What counts: physiotherapy or exercise, medication courses and education recorded as done. Gaps of up to "
                + "\(thresholds.trialGapDays) days are bridged. A referral or an order alone does not count.",
            "A trial joins medication, adapted activity without bed rest, heat or cold, education and rehabilitation [1][3].",
            natural,
        ]
    }

    private var improving: [String] {
        [
            "Most people get better with medication and exercise; this course points that way [1][2].", natural,
            "Think of imaging again if the pain stops improving or comes back, and at once with any red flag.",
        ]
    }

    private var responseMissing: [String] {
        [
            "\(trial.quantity.capitalizedFirst) of treatment are on record. Whether it failed is not.",
            "Imaging is considered after failed treatment in candidates for surgery or epidural injection [1].",
        ]
    }

    private var notACandidate: [String] {
        [
            "Imaging after failed treatment prepares surgery or injection; both are documented as refused or contraindicated, "
                + "so its result would rarely change what is done [1].",
            "Rehabilitation, medication and education remain, and so does a change of mind.",
        ]
    }

    private var candidate: [String] {
        [
            "Onset, treatment and response fit. Imaging after failed treatment is meant for people in whom surgery or an "
                + "epidural steroid injection may be considered [1]."
        ] + earlierMention
    }

    private var onset: [String] {
        let known = facts.onset.map { "The onset on record is \(Markdown.literal($0))." } ?? "No onset is on record."
        return [known, "Before \(wait.quantity) imaging is usually not appropriate, after it the course decides [1]."]
            + earlierMention
    }

    private var noReason: [String] {
        [
            "No rating was given. For radiculopathy without a red flag, imaging is usually not appropriate before "
                + "\(wait.quantity) of conservative care [1]; other indications have their own criteria."
        ]
    }

    private var earlierMention: [String] {
        guard let date = facts.priorMRIDate else { return [] }
        return ["A lumbar MRI of \(Markdown.literal(date)) is on record."]
    }

    private var unread: [String] {
        [
            "A search that red flags, earlier surgery or an earlier MRI depend on gave no result. Advice against imaging is "
                + "not given on half a record."
        ]
    }
}

// MARK: Test, history, safety

extension KeyPoints {
    private var noRole: [String] {
        [
            "The guideline text gives CT, CT myelography, bone scan and PET no part in the initial evaluation [2]; MRI is the "
                + "preferred test [4]. Public criteria are milder after six weeks [S03].",
            "The ordered test is right when MRI cannot be done or another indication stands behind it: then record that.",
            "This is about which test, never a reason to image less.",
        ] + safetyLine + contrastLine
    }

    private var betterTest: [String] {
        let reason =
            switch decision.outcome.contextClass {
            case .emergency: "Nerve roots and canal are seen on MRI."
            case .infectionOrMalignancy: gadolinium
            case .fracture:
                "Radiographs and CT without contrast are accepted for a suspected fracture [S03]; MRI also shows fresh "
                    + "fractures and nerve roots."
            case .priorSurgery: "After surgery MRI tells scar from disc [S03]."
            case .noFlag, .undetermined:
                "Without a red flag MRI without contrast answers the question; contrast adds little."
            }
        return [reason, "When MRI cannot be done in time, the ordered test may stand."] + safetyLine
    }

    private var contrastLine: [String] {
        decision.outcome.contextClass == .infectionOrMalignancy ? [gadolinium] : []
    }

    private var earlierMRI: [String] {
        [conclusion].compactMap { $0 } + [
            "An earlier MRI exists and no change since is recorded; a difference in the protrusion is unlikely to be seen [2].",
            "A new deficit, another level or side, or spine surgery since would change this.",
        ]
    }

    private var earlierMRIBeforeProcedure: [String] {
        [conclusion].compactMap { $0 } + [
            "The criteria are met. The question is only whether the existing images suffice."
        ]
    }

    private var conclusion: String? {
        facts.priorMRIConclusion.map { "Conclusion of the earlier report: \(Markdown.literal($0))" }
    }

    private var mrSafety: [String] {
        let tests = preferred.alternatives.map(\.name).joined(separator: " or ")
        return [
            "Whether imaging is indicated does not change. The usual MRI safety screening applies in any case.",
            "Many implants are MR-conditional; coverage rules for cardiac devices were widened in 2018 [S53].",
            "If MRI cannot be done: \(tests).",
        ] + puncture
    }

    private var olderAge: [String] {
        [
            "Age over \(thresholds.elderlyOver) is no red flag by itself. It softens the advice, because fractures are likelier [S07].",
            "In people over 65 without radiculopathy early imaging did not improve function at one year [S16].",
        ]
            + earlierMention
    }

    private var pregnancy: [String] {
        [
            "MRI without contrast is not known to carry a risk; gadolinium only where it adds what is needed; most tests with "
                + "X-rays stay far below doses that harm a fetus [S50].",
            "Pregnancy changes the protocol, never whether imaging is indicated.",
        ]
    }
}
