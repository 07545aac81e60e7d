import ClinicalModel

/// Which card an imaging order gets: section 3.5 with rulings R10, R21, R32, R33 and R51. Silence is nil.
struct CardChoice: Equatable {
    let card: CardID
    let indicator: Indicator

    init(_ card: CardID, _ indicator: Indicator) {
        self.card = card
        self.indicator = indicator
    }
}

enum CardTable {
    /// The card for an order under review.
    static func card(
        for indication: Indication, fit: Fit?, priority: Priority, state: GuidelineState
    ) -> CardChoice? {
        switch indication.rule {
        case .underAge: state.hasPresentingFlag ? CardChoice(.k32, .info) : nil
        case .otherIndication: nil
        case .ageUnknown: CardChoice(.k14, .info)
        case .radiculopathyNotEstablished: CardChoice(.k13, .info)
        case .caudaEquina, .progressiveDeficit: emergency(indication.rule, fit, priority)
        case .infectionOrMalignancy, .fracture: redFlag(indication.contextClass, fit, priority, state)
        case .priorSurgery, .course, .repeated, .repeatedForPlanning, .elderly, .hint, .unread:
            byRating(indication, fit, state)
        }
    }

    /// Whether a priority is high enough for an emergency rule; true for every other rule.
    static func isAdequate(_ priority: Priority, for rule: Rule) -> Bool {
        switch rule {
        case .caudaEquina: priority >= .asap
        case .progressiveDeficit: priority >= .urgent
        default: true
        }
    }

    private static func emergency(_ rule: Rule, _ fit: Fit?, _ priority: Priority) -> CardChoice? {
        let critical = CardChoice(rule == .caudaEquina ? .k01 : .k02, .critical)
        guard isAdequate(priority, for: rule) else { return critical }
        switch fit {
        case .preferred, .acceptable: return nil
        case .pregnancy: return CardChoice(.k22, .info)
        case .device: return CardChoice(.k19, .warning)
        default: return critical
        }
    }

    private static func redFlag(
        _ contextClass: ContextClass, _ fit: Fit?, _ priority: Priority, _ state: GuidelineState
    ) -> CardChoice? {
        let isFracture = contextClass == .fracture
        if state.hasPresentingFlag && priority == .routine { return CardChoice(isFracture ? .k04 : .k03, .warning) }
        return switch fit {
        case .preferred, .acceptable, nil: nil
        case .notPreferred: CardChoice(.k16, isFracture ? .info : .warning)
        case .noRole, .inadequate: CardChoice(.k15, .warning)
        case .verify: CardChoice(.k19, .warning)
        case .device: CardChoice(.k19, .info)
        case .pregnancy: CardChoice(.k22, .info)
        }
    }

    private static func byRating(_ indication: Indication, _ fit: Fit?, _ state: GuidelineState) -> CardChoice? {
        switch indication.rating {
        case .usuallyAppropriate: appropriate(fit, state)
        case .mayBeAppropriate:
            switch fit {
            case .noRole: CardChoice(.k15, .warning)
            case .verify: CardChoice(.k19, .warning)
            default: CardChoice(ownCard(of: indication.rule), .info)
            }
        case .insufficientData:
            fit == .noRole ? CardChoice(.k15, .warning) : CardChoice(ownCard(of: indication.rule), .info)
        case .usuallyNotAppropriate: CardChoice(ownCard(of: indication.rule), .warning)
        case .notEvaluated: nil
        }
    }

    private static func appropriate(_ fit: Fit?, _ state: GuidelineState) -> CardChoice? {
        switch fit {
        case .preferred, .acceptable, nil: state[.duplicate] == .met ? CardChoice(.k20, .info) : nil
        case .notPreferred, .inadequate: CardChoice(.k16, .info)
        case .pregnancy: CardChoice(.k22, .info)
        case .device: CardChoice(.k19, .info)
        case .noRole: CardChoice(.k15, .warning)
        case .verify: CardChoice(.k19, .warning)
        }
    }

    /// The card that speaks of the rule itself, whatever was ordered.
    private static func ownCard(of rule: Rule) -> CardID {
        switch rule {
        case .course(let reason): ownCard(of: reason)
        case .repeated: .k17
        case .repeatedForPlanning: .k18
        case .elderly: .k21
        case .hint: .k32
        case .unread: .k33
        case .caudaEquina: .k01
        case .progressiveDeficit: .k02
        case .infectionOrMalignancy: .k03
        case .fracture: .k04
        case .ageUnknown: .k14
        case .radiculopathyNotEstablished, .otherIndication, .underAge, .priorSurgery: .k13
        }
    }

    private static func ownCard(of reason: CourseReason) -> CardID {
        switch reason {
        case .early: .k05
        case .noTrial: .k06
        case .askTrial: .k07
        case .improving: .k08
        case .askResponse: .k09
        case .notCandidate: .k10
        case .askCandidate, .indicated: .k11
        case .askOnset: .k12
        }
    }

    /// The card of a patient view (section 3.6): emergencies at any age, other red flags beside a radiculopathy.
    static func patientView(
        for indication: Indication, state: GuidelineState, riskFactorOnly: Bool
    ) -> CardChoice? {
        if state[.activeAdequate] == .met { return nil }
        switch indication.rule {
        case .caudaEquina: return CardChoice(.k01, .critical)
        case .progressiveDeficit: return CardChoice(.k02, .critical)
        case .infectionOrMalignancy, .fracture:
            guard state[.radiculopathy] == .met else { return nil }
            if state.hasPresentingFlag { return CardChoice(.k23, .warning) }
            return riskFactorOnly ? CardChoice(.k23, .info) : nil
        default: return nil
        }
    }
}
