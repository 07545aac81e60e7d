import ClinicalModel
import Guidelines

/// Why the cards of drug, activity and procedure orders say what they say (guideline section 4.2, K24 to K31 and K34).
struct TherapyPoints {
    let decision: Decision
    let thresholds: Thresholds

    private var facts: CardFacts { decision.cardFacts }

    /// The reasons, one a line; empty for cards of imaging.
    func reasons(of card: CardID) -> [String] {
        switch card {
        case .k24: rest
        case .k25: neuropathic
        case .k26: sedation
        case .k27: opioidLimits
        case .k28: opioidStep
        case .k29: nsaid
        case .k30: timing + bleeding
        case .k31: relaxant
        case .k34: imagingFirst + bleeding
        default: []
        }
    }

    private var rest: [String] {
        [
            "Adapted activity without complete rest is part of the treatment: who stays active does better than who rests [1].",
            "A fracture, an infection or another illness may need rest; none is documented as present. If there is one, "
                + "record it as the reason.",
        ]
    }

    private var neuropathic: [String] {
        [
            "Nerve root pain may be relatively refractory to these drugs [1][2]; recent trials show a weaker response to "
                + "gabapentin, pregabalin and tricyclics than in diabetic neuropathy or postherpetic neuralgia [2].",
            "Other guidance is stricter for gabapentinoids in sciatica [S08]; a review found no effect [S19].",
            "If it is tried: agree on the goal, a date to stop, and watch for dizziness and sedation.",
        ]
    }

    private var sedation: [String] {
        [
            "Opioids together with benzodiazepines or gabapentinoids add up in sedation and breathing depression [S35].",
            "In older adults opioids with benzodiazepines are to be avoided [S33].",
            "If both are needed: lowest doses, shortest time, and naloxone at hand.",
        ] + (crossed.isEmpty ? [] : ["Limits of the order crossed as well: \(crossed)."])
    }

    /// The crossed limits of an opioid order; empty for other orders.
    private var crossed: String { decision.opioidLimitsCrossed(thresholds).joined(separator: ", ") }

    private var opioidLimits: [String] {
        [
            "The guideline text gives opioids a short place, with judgement, when pain is severe [1][2]; it names no figures.",
            "Limits in force: \(thresholds.opioidMaxDays.shortened) days of supply [S21], "
                + "\(thresholds.opioidMME.shortened) MME a day by the CDC factors of 2022 [S20], immediate release.",
            "Crossed here: \(crossed).",
        ]
    }

    private var opioidStep: [String] {
        let severe = thresholds.painSevere.shortened
        return [
            "NSAIDs come first; opioids are for severe pain, short term, with judgement [1][2]. Severe is counted from "
                + "\(severe) of 10.",
            "Dose on the order: \(facts.dose ?? "not known"). Supply: \(facts.supply ?? "not known").",
        ]
    }

    private var nsaid: [String] {
        let names = facts.nsaidContraindications.map(Markdown.literal)
        return names.map { "On record: \($0)." } + [
            "NSAIDs are the first analgesic in radiculopathy [1], but not with this on record [S46][S47].",
            "Alternatives to weigh: acetaminophen, heat or cold, adapted activity.",
        ]
    }

    private var timing: [String] {
        let wait = SpokenDays(thresholds.imagingAfterDays)
        let days = facts.trialDays.map { "\($0) days of delivered treatment were found." } ?? ""
        return [
            "Injections and surgery are considered after at least \(wait.quantity) of conservative care [1]; most episodes "
                + "settle by then [2].",
            "\(days) A red flag, or a severe or growing deficit, changes this at once.".trimmingBlanks,
        ]
    }

    private var imagingFirst: [String] {
        [
            "A red flag on record asks for imaging before anything is injected near the nerve roots: an infection or a tumour "
                + "must be known, and a cauda equina syndrome needs surgery [1][S22][S24].",
            "This does not say that the injection is wrong; it says what comes first.",
        ]
    }

    private var bleeding: [String] {
        facts.anticoagulant.map {
            [
                "An anticoagulant is active: \(Markdown.literal($0)). Bleeding into the spinal canal is a risk of the procedure."
            ]
        } ?? []
    }

    private var relaxant: [String] {
        [
            "From \(thresholds.relaxantAge) on, muscle relaxants sedate more and go along with falls [S49].",
            "They are one option for spasm [1][S11]; if used, the lowest dose for a short time.",
        ]
    }
}

extension Decision {
    /// The limits of an opioid order that are crossed, in words; empty when none is.
    func opioidLimitsCrossed(_ thresholds: Thresholds) -> [String] {
        var crossed: [String] = []
        if criterion(.extendedRelease).result == .met { crossed.append("extended release") }
        if criterion(.dose).result == .met, let dose = cardFacts.dose {
            crossed.append("\(dose) (limit \(thresholds.opioidMME.shortened))")
        }
        if criterion(.supply).result == .met, let supply = cardFacts.supply {
            crossed.append("\(supply) of supply (limit \(thresholds.opioidMaxDays.shortened))")
        }
        return crossed
    }

    /// What is not known of an opioid order, in words.
    var opioidGaps: [String] {
        [(CriterionID.dose, "dose"), (.supply, "supply")].filter { criterion($0.0).result != .notMet }.map(\.1)
    }
}

extension String {
    fileprivate var trimmingBlanks: String { String(drop { $0 == " " }) }
}
