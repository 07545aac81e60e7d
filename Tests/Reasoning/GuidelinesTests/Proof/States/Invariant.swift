import ClinicalModel
import Guidelines

/// A property that has to hold in every state: the invariants of section 3.8, and agreement with the printed tables.
enum Invariant: Int, CaseIterable, Sendable {
    case i1, i2, i3, i4, i5, i6, i7, i8, i10, i11
    case printedRule, printedFit, printedCard, printedRemoval

    /// What is wrong where it does not hold.
    var statement: String {
        switch self {
        case .i1: "I1: a red flag is met, yet imaging is discouraged, not rated, or may be removed"
        case .i2: "I2: turning a red flag to met lowers the rank"
        case .i3: "I3: provisional is not exactly \"a family unknown and none met\" of UNA and MBA"
        case .i4: "I4: cauda equina or progressive deficit is met, yet another rule decides"
        case .i5: "I5: critical without an emergency, or an emergency without an adequate order is not critical"
        case .i6: "I6: removal although a family is not denied or the rating is not UNA"
        case .i7: "I7: no card for an order that is not rated UA or NA, or whose test does not fit"
        case .i8: "I8: the rating depends on the order, MR safety, pregnancy or duplicates"
        case .i10: "I10: a definite rating although completions of the course disagree"
        case .i11: "I11: not exactly one rule, or another answer the second time"
        case .printedRule: "rule, rating or class is not the one printed in sections 3.2 and 3.3"
        case .printedFit: "the fit is not the one printed in section 3.4"
        case .printedCard: "card or indicator is not the one printed in sections 3.5 and 3.6"
        case .printedRemoval: "removal is not what ruling R35 says"
        }
    }
}

/// Invariants that one state violates.
struct InvariantSet: OptionSet, Sendable {
    let rawValue: UInt32
    init(rawValue: UInt32) { self.rawValue = rawValue }
    init(_ invariant: Invariant) { rawValue = 1 << UInt32(invariant.rawValue) }
}

/// What the printed tables say to a state.
final class PrintedAnswer: Sendable {
    let expectation: Expectation
    let fit: Fit?
    let card: CardID?
    let indicator: Indicator?
    /// Whether exactly one card row, or silence, is printed.
    let hasRow: Bool
    /// Whether the rule is one of those that ruling R35 lets an order be removed under.
    let mayBeRemoved: Bool

    init(_ expectation: Expectation, _ card: CardState, _ facts: StateFacts) {
        self.expectation = expectation
        fit = PrintedFitTable.reading(card, expectation)
        let choice = PrintedCardTable.reading(expectation, fit: fit, card: card, facts: facts)
        self.card = choice.flatMap { $0.flatMap { CardID(rawValue: $0.card) } }
        indicator = choice.flatMap { $0.flatMap { Indicator(rawValue: $0.indicator) } }
        hasRow = choice != nil
        mayBeRemoved =
            card.modality != nil && card.screenIsRecent
            && ["A10-EARLY", "A10-NOTRIAL", "A10-IMPROVING", "A11-REPEAT"].contains(expectation.rule)
    }
}

/// One decided state with everything that the invariants speak of.
struct DecidedState {
    let code: UInt64
    let facts: StateFacts
    let card: CardState
    let outcome: Outcome
    /// The decision on the same indication with a routine order of MRI without contrast and nothing else; nil where I8 is
    /// held by the printed tables, whose rows for rule and rating know no order.
    let plain: Outcome?
    /// What the printed tables say; nil where not exactly one row holds.
    let printed: PrintedAnswer?

    /// The invariants that the state violates; I2 and the second half of I11 need other decisions and stand elsewhere.
    var violations: InvariantSet {
        var violated: InvariantSet = []
        func require(_ holds: Bool, _ invariant: Invariant) { if !holds { violated.insert(InvariantSet(invariant)) } }
        require(flagIsNeverDiscouraged, .i1)
        require(unknownIsNamed, .i3)
        require(emergencyComesFirst, .i4)
        require(criticalIsForEmergencies, .i5)
        require(
            !outcome.removeSuggestionAllowed
                || outcome.rating == .usuallyNotAppropriate && facts.contains(.everyFamilyDenied), .i6)
        require(silenceIsApproval, .i7)
        if let plain {
            require(
                outcome.rule == plain.rule && outcome.rating == plain.rating
                    && outcome.contextClass == plain.contextClass && outcome.provisional == plain.provisional, .i8)
        }
        require(definiteRatingIsAgreed, .i10)
        guard let printed else {
            violated.insert(InvariantSet(.i11))
            return violated
        }
        let expected = printed.expectation
        require(
            outcome.rule == expected.rule && outcome.rating == expected.rating
                && outcome.contextClass == expected.contextClass, .printedRule)
        require(outcome.fit == printed.fit, .printedFit)
        require(
            printed.hasRow && outcome.card == printed.card && outcome.indicator == printed.indicator, .printedCard)
        require(
            outcome.removeSuggestionAllowed
                == (printed.mayBeRemoved && facts.contains([.everyFamilyDenied, .complete])
                    && !facts.contains(.urgent)),
            .printedRemoval)
        return violated
    }

    private var flagIsNeverDiscouraged: Bool {
        guard facts.contains(.anyFamilyMet) else { return true }
        let isOutOfScope = outcome.rating == .notEvaluated && facts.contains(.childOrOtherIndication)
        switch outcome.card {
        case .k05, .k06, .k08, .k10, .k17: return false
        default: return (outcome.rating == .usuallyAppropriate || isOutOfScope) && !outcome.removeSuggestionAllowed
        }
    }

    private var unknownIsNamed: Bool {
        let isRated = outcome.rating == .usuallyNotAppropriate || outcome.rating == .mayBeAppropriate
        let isOpen = facts.contains(.anyFamilyUnknown) && !facts.contains(.anyFamilyMet)
        return outcome.provisional == (isRated && isOpen)
    }

    private var emergencyComesFirst: Bool {
        if facts.contains(.caudaEquinaMet) { return outcome.rule == "A1" }
        return !facts.contains(.deficitMet) || outcome.rule == "A2"
    }

    /// I5 as ruling R21 reads it: a device or a pregnancy with adequate priority is the exception.
    private var criticalIsForEmergencies: Bool {
        guard facts.contains(.caudaEquinaMet) || facts.contains(.deficitMet) else {
            return outcome.indicator != .critical
        }
        guard card.modality != nil else {
            return card.activeAdequate == .met ? outcome.card == nil : outcome.indicator == .critical
        }
        let isHighEnough: Bool =
            switch card.priority {
            case .routine: false
            case .urgent: !facts.contains(.caudaEquinaMet)
            case .asap, .stat: true
            }
        switch outcome.fit {
        case .preferred, .acceptable, .device, .pregnancy:
            return (outcome.indicator == .critical) == !isHighEnough
        default: return outcome.indicator == .critical
        }
    }

    private var silenceIsApproval: Bool {
        guard card.modality != nil, outcome.card == nil else { return true }
        switch outcome.rating {
        case nil: return false
        case .notEvaluated: return true
        case .usuallyAppropriate: return outcome.fit == .preferred || outcome.fit == .acceptable
        case .mayBeAppropriate, .usuallyNotAppropriate, .insufficientData: return false
        }
    }

    /// Below A9 the course decides: a definite rating needs completions that agree, ASK-CAND apart (I10).
    private var definiteRatingIsAgreed: Bool {
        guard let rule = outcome.rule, rule.utf8.count > 3,
            outcome.rating == .usuallyAppropriate || outcome.rating == .usuallyNotAppropriate
        else { return true }
        return CourseAnswers.agreed(in: code) == outcome.rating
    }
}

/// What every completion of a course agrees on.
enum CourseAnswers {
    private static let dimensions = [CriterionID.sixWeeks, .trialDocumented, .trialFailed, .procedureCandidate]
        .map(StateSpace.dimension)

    /// Nil where they disagree. A documented trial completes an unknown onset (R11).
    static func agreed(in code: UInt64) -> Rating? {
        var course = dimensions.map { $0.values[$0.value(in: code)].result }
        if course[0] == .unknown && course[1] == .met { course[0] = .met }
        let answers = Set(PrintedCourseTable.completions(of: course).map { PrintedCourseTable.known($0).rating })
        return answers.count == 1 ? answers.first : nil
    }
}
