/// What the indication table says: rule, rating, class.
struct Indication {
    let rule: Rule
    let rating: Rating
    let contextClass: ContextClass
}

extension Indication {
    /// The indication table of section 3.2, first match wins, with the rulings R31 to R33 and R44.
    init(_ state: GuidelineState) {
        self = Indication.red(state) ?? Indication.scope(state) ?? Indication.course(state)
    }

    /// A1 to A6: emergencies first, then what is out of scope, then the other red flags.
    private static func red(_ state: GuidelineState) -> Indication? {
        if state[.caudaEquina] == .met { return Indication(.caudaEquina, .usuallyAppropriate, .emergency) }
        if state[.progressiveDeficit] == .met {
            return Indication(.progressiveDeficit, .usuallyAppropriate, .emergency)
        }
        if state[.adult] == .notMet { return Indication(.underAge, .notEvaluated, .undetermined) }
        if state[.radiculopathy] == .notMet { return Indication(.otherIndication, .notEvaluated, .undetermined) }
        if state[.infection] == .met || state[.malignancy] == .met {
            return Indication(.infectionOrMalignancy, .usuallyAppropriate, .infectionOrMalignancy)
        }
        if state[.fracture] == .met { return Indication(.fracture, .usuallyAppropriate, .fracture) }
        return nil
    }

    /// A7 to A9.
    private static func scope(_ state: GuidelineState) -> Indication? {
        if state[.adult] != .met { return Indication(.ageUnknown, .insufficientData, .undetermined) }
        if state[.radiculopathy] != .met {
            return Indication(.radiculopathyNotEstablished, .insufficientData, .undetermined)
        }
        if state[.priorLumbarSurgery] == .met { return Indication(.priorSurgery, .usuallyAppropriate, .priorSurgery) }
        return nil
    }

    /// A10 to A14. Nobody is discouraged on an incomplete record (A14), with a hint about (A13) or over the soft age (A12).
    private static func course(_ state: GuidelineState) -> Indication {
        let reason = CourseReason.decide(
            sixWeeks: state[.sixWeeks], trial: state[.trialDocumented], failed: state[.trialFailed],
            candidate: state[.procedureCandidate])
        var rule = Rule.course(reason)
        var rating = reason.rating
        if state[.priorLumbarMRI] == .met {
            if rating == .usuallyAppropriate {
                rule = .repeatedForPlanning
                rating = .mayBeAppropriate
            } else if rating == .usuallyNotAppropriate {
                rule = .repeated
            }
        }
        guard rating == .usuallyNotAppropriate else {
            return Indication(rule, rating, rating == .insufficientData ? .undetermined : .noFlag)
        }
        if state[.recordComplete] != .met { return Indication(.unread(rule), .insufficientData, .undetermined) }
        let hinted = CriterionID.redFlags.contains { state[$0] == .suspected } || state[.urgentContext] == .met
        if hinted { return Indication(.hint(rule), .mayBeAppropriate, .noFlag) }
        if state[.ageOver70] == .met { return Indication(.elderly(rule), .mayBeAppropriate, .noFlag) }
        return Indication(rule, rating, .noFlag)
    }

    private init(_ rule: Rule, _ rating: Rating, _ contextClass: ContextClass) {
        self.init(rule: rule, rating: rating, contextClass: contextClass)
    }
}
