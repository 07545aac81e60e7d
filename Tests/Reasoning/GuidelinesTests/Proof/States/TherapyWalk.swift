import ClinicalModel
import Guidelines

/// Everything that the rules of one kind of order depend on, by section 3.7 and not by the code under test.
struct TherapySpace: Sendable {
    typealias Criterion = (id: CriterionID, values: [CriterionValue])

    let order: OrderClass
    /// The criteria with all that they may come to, the default first.
    let criteria: [Criterion]
    let count: Int

    init(_ order: OrderClass) {
        func plain(_ ids: [CriterionID], _ results: [CriterionResult]) -> [Criterion] {
            ids.map { ($0, results.map { CriterionValue(result: $0) }) }
        }
        func known(_ ids: CriterionID...) -> [Criterion] { plain(ids, [.unknown, .notMet, .met]) }
        func recorded(_ ids: CriterionID...) -> [Criterion] { plain(ids, [.noneOnRecord, .unknown, .notMet, .met]) }
        let families = StateSpace.families.map { Criterion($0.id, $0.values) }
        let scope = known(.adult, .radiculopathy)
        self.order = order
        criteria =
            switch order {
            case .opioid:
                scope
                    + recorded(
                        .otherIndication, .excludedPopulation, .overlappingSedative, .extendedRelease, .dose, .supply,
                        .severePain)
            case .gabapentinoid: scope + recorded(.otherIndication, .overlappingOpioid)
            case .tricyclic: scope + recorded(.otherIndication)
            case .nsaid: scope + recorded(.otherIndication, .nsaidContraindicated)
            case .muscleRelaxant: scope + recorded(.otherIndication, .olderAdult)
            case .bedRest: scope + families + recorded(.activityOtherReason)
            case .epiduralInjection, .spineSurgery:
                scope + families + known(.sixWeeks) + recorded(.procedureTrialDocumented)
            }
        count = criteria.reduce(1) { $0 * $1.values.count }
    }

    static let all = OrderClass.allCases.map { TherapySpace($0) }

    /// The number of the value of each criterion in the n-th state, the last one turning fastest.
    func values(_ index: Int) -> [Int] {
        var rest = index
        return criteria.reversed().map { criterion in
            defer { rest /= criterion.values.count }
            return rest % criterion.values.count
        }.reversed()
    }

    func fill(_ state: inout GuidelineState, _ index: Int) {
        for (criterion, number) in zip(criteria, values(index)) {
            let value = criterion.values[number]
            state[criterion.id] = value.result
            if value.isPresenting { state.setPresenting(criterion.id) }
        }
    }

    /// The n-th state with every other criterion at its default, or put to something that says nothing of this order.
    func state(_ index: Int, disturbed: Bool = false) -> GuidelineState {
        var state = GuidelineState()
        if disturbed {
            let own = Set(criteria.map(\.id))
            let results: [CriterionResult] = [.met, .notMet, .unknown, .noneOnRecord]
            for (place, id) in CriterionID.allCases.enumerated() where !own.contains(id) {
                state[id] = results[(index + place) % results.count]
            }
        }
        fill(&state, index)
        return state
    }

    func deviations(_ index: Int) -> Int { values(index).count { $0 != 0 } }

    /// The order and the criteria that differ from the default, in words.
    func words(_ index: Int) -> [String] {
        [order.rawValue]
            + zip(criteria, values(index)).filter { $1 != 0 }.map { "\($0.id.rawValue) \($0.values[$1].words)" }
    }
}

/// A property of every decision on an order that is not imaging.
enum TherapyInvariant: String, CaseIterable, Sendable {
    case printed = "rule, card or indicator is not the one printed in section 3.7"
    case noRating = "R22: a rating, a fit, a provisional answer or a removal for an order that is not imaging"
    case redFlag = "I1: a red flag is met, yet the card says that there is none (K24, K30)"
    case emergency = "R50: a red flag that forbids an injection is met, yet K34 is not shown"
    case level = "I5: critical for an order that is not imaging"
    case own = "I8: the answer depends on criteria that the guideline does not read for this order"
    case same = "I11: no printed rule, or another answer the second time"
}

/// What a walk over the orders that are not imaging came to.
struct TherapyReport {
    var states = 0
    var byRule: [String: Int] = [:]
    /// The number of states that violate an invariant, and the smallest of them.
    var violations: [TherapyInvariant: (count: Int, deviations: Int, words: [String])] = [:]
}

/// Holds what decides to the printed table, state by state.
struct TherapyWalk: Sendable {
    let decide: @Sendable (OrderClass, GuidelineState) -> Outcome

    /// Every state of each kind of order, or every n-th.
    func walk(_ spaces: [TherapySpace] = TherapySpace.all, every step: Int = 1) -> TherapyReport {
        var report = TherapyReport()
        for space in spaces {
            for index in stride(from: 0, to: space.count, by: space.count > 1_000 ? step : 1) {
                check(space, index, into: &report)
            }
        }
        return report
    }

    private func check(_ space: TherapySpace, _ index: Int, into report: inout TherapyReport) {
        let state = space.state(index)
        let outcome = decide(space.order, state)
        let printed = PrintedTherapyTable.reading(space.order, state)
        report.states += 1
        report.byRule[outcome.rule ?? "none", default: 0] += 1
        func require(_ holds: Bool, _ invariant: TherapyInvariant) {
            if holds { return }
            let deviations = space.deviations(index)
            var found = report.violations[invariant] ?? (0, .max, [])
            found.count += 1
            if deviations < found.deviations { (found.deviations, found.words) = (deviations, space.words(index)) }
            report.violations[invariant] = found
        }
        let said = TherapyExpectation(
            rule: outcome.rule ?? "none", card: outcome.card?.rawValue, indicator: outcome.indicator?.rawValue)
        require(said == printed, .printed)
        require(
            outcome.rating == nil && outcome.fit == nil && !outcome.provisional && !outcome.removeSuggestionAllowed,
            .noRating)
        let isFlagged = CriterionID.redFlags.contains { state[$0] == .met }
        require(!isFlagged || outcome.card != .k24 && outcome.card != .k30, .redFlag)
        let isEmergency = [CriterionID.caudaEquina, .progressiveDeficit].contains { state[$0] == .met }
        require(space.order != .epiduralInjection || !isEmergency || outcome.card == .k34, .emergency)
        require(outcome.indicator != .critical, .level)
        require(decide(space.order, space.state(index, disturbed: true)) == outcome, .own)
        require(printed != nil && decide(space.order, state) == outcome, .same)
    }
}
