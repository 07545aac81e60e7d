import ClinicalModel
import Guidelines

/// What a walk over states found.
struct WalkReport: Sendable {
    /// A state as a clinician would put it, with how far it is from the one in which nothing is said.
    struct Found: Sendable {
        let code: UInt64
        let card: CardState
        var deviations: Int { StateSpace.deviations(code) + card.deviations }
    }
    var states = 0
    /// States by number of expectation.
    var byRule: [Int]
    /// By invariant: how many states violate it, and the one nearest to the default.
    var violations: [Invariant: (count: Int, smallest: Found)] = [:]
    /// A state nearest to the default for each kind of indication that the card stage tells apart.
    var kinds: [UInt64?]

    mutating func add(_ other: WalkReport) {
        states += other.states
        for index in byRule.indices { byRule[index] += other.byRule[index] }
        for (invariant, violation) in other.violations {
            note(invariant, violation.smallest, count: violation.count)
        }
        for (kind, code) in other.kinds.enumerated() { if let code { note(kind: kind, code) } }
    }

    mutating func note(_ invariant: Invariant, _ found: Found, count: Int = 1) {
        guard let known = violations[invariant] else {
            violations[invariant] = (count, found)
            return
        }
        let isSmaller = (found.deviations, found.code) < (known.smallest.deviations, known.smallest.code)
        violations[invariant] = (known.count + count, isSmaller ? found : known.smallest)
    }

    mutating func note(kind: Int, _ code: UInt64) {
        guard let known = kinds[kind] else {
            kinds[kind] = code
            return
        }
        let (new, old) = (StateSpace.deviations(code), StateSpace.deviations(known))
        if (new, code) < (old, known) { kinds[kind] = code }
    }
}

/// Decides states and holds each decision to the invariants and to the printed tables.
struct StateWalk: Sendable {
    let decide: @Sendable (GuidelineState) -> Outcome
    let table = PrintedIndicationTable()

    /// One state of the families, ready to be put into states.
    private struct Families {
        let code: UInt64
        let facts: StateFacts
        let values: InlineArray<5, CriterionValue>

        init(_ number: Int) {
            code = StateSpace.code(number, of: StateSpace.families)
            facts = StateFacts(code)
            values = InlineArray { [code] place in
                StateSpace.families[place].values[StateSpace.families[place].value(in: code)]
            }
        }

        func fill(_ state: inout GuidelineState) {
            state[.caudaEquina] = values[0].result
            state[.progressiveDeficit] = values[1].result
            put(.infection, values[2], &state)
            put(.malignancy, values[3], &state)
            put(.fracture, values[4], &state)
        }

        private func put(_ id: CriterionID, _ value: CriterionValue, _ state: inout GuidelineState) {
            state[id] = value.result
            if value.isPresenting { state.setPresenting(id) }
        }
    }
    /// In the order of their distance from the default, so that the first of a kind is the smallest of its context.
    private let families: [Families]
    /// Pairs of families that differ in one, which the second one has met.
    private let steps: [(from: Int, to: Int)]

    init(decide: @escaping @Sendable (GuidelineState) -> Outcome) {
        self.decide = decide
        let families = (0..<StateSpace.familyCount).map(Families.init)
            .sorted { (StateSpace.deviations($0.code), $0.code) < (StateSpace.deviations($1.code), $1.code) }
        let places = Dictionary(uniqueKeysWithValues: families.enumerated().map { ($0.element.code, $0.offset) })
        steps = families.enumerated().flatMap { place, family in
            StateSpace.familiesMet(from: family.code).compactMap { code in places[code].map { (place, $0) } }
        }
        self.families = families
    }

    /// The number of the state in which every family is denied.
    var everyFamilyDenied: Int { families.firstIndex { $0.facts.contains(.everyFamilyDenied) } ?? 0 }

    /// Walks contexts, each with all families or with some, on as many tasks as given.
    ///
    /// - Parameter pick: The numbers of the families to walk in a context, 0 the one in which all are unknown; nil walks all
    ///   of them, and checks I2.
    func walk(
        contexts: some RandomAccessCollection<Int> & Sendable, tasks: Int = 2,
        pick: (@Sendable (Int) -> [Int])? = nil
    ) async -> WalkReport {
        await withTaskGroup(of: WalkReport.self, returning: WalkReport.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var report = emptyReport
                    for place in stride(from: task, to: contexts.count, by: tasks) {
                        let context = contexts[contexts.index(contexts.startIndex, offsetBy: place)]
                        walk(context: context, families: pick?(context), into: &report)
                    }
                    return report
                }
            }
            return await group.reduce(into: emptyReport) { $0.add($1) }
        }
    }

    private var emptyReport: WalkReport {
        WalkReport(
            byRule: Array(repeating: 0, count: table.expectations.count),
            kinds: Array(repeating: nil, count: table.expectations.count * StateFacts.cardKinds))
    }

    /// What the checks of one context know already.
    private struct Verdict {
        let expected: Int?
        let outcome: Outcome
    }

    /// One context with its families; the card states take turns, so that each meets every family in some context.
    ///
    /// Within a context the checks depend on the facts of the families, the printed answer and the outcome alone, so
    /// equal ones are checked once.
    private func walk(context: Int, families picked: [Int]?, into report: inout WalkReport) {
        let contextCode = StateSpace.code(context, of: StateSpace.contexts)
        let contextFacts = StateFacts(contextCode)
        let card = CardState.all[context % CardState.all.count]
        var base = GuidelineState()
        StateSpace.fill(&base, contextCode, StateSpace.contexts)
        card.fill(&base)
        var verdicts = [Verdict?](repeating: nil, count: StateFacts.familyKinds)
        var ranks: [Int] = []
        for number in picked ?? Array(families.indices) {
            let code = contextCode | families[number].code
            var state = base
            families[number].fill(&state)
            let expected = table.reading(of: code)
            let outcome = decide(state)
            report.states += 1
            if let expected { report.byRule[expected] += 1 }
            if picked == nil { ranks.append(outcome.rating.rank) }
            let kind = families[number].facts.familyKind
            if let verdict = verdicts[kind], verdict.expected == expected, verdict.outcome == outcome { continue }
            let facts = contextFacts.union(families[number].facts)
            let isSound = check(code, facts, card, outcome, expected, into: &report)
            if isSound { verdicts[kind] = Verdict(expected: expected, outcome: outcome) }
        }
        guard picked == nil else { return }
        for step in steps where ranks[step.to] < ranks[step.from] {
            report.note(.i2, WalkReport.Found(code: contextCode | families[step.from].code, card: card))
        }
    }

    /// Holds one decided state to the printed answer and the invariants; false where one is violated.
    private func check(
        _ code: UInt64, _ facts: StateFacts, _ card: CardState, _ outcome: Outcome, _ expected: Int?,
        into report: inout WalkReport
    ) -> Bool {
        var printed: PrintedAnswer?
        if let expected {
            printed = PrintedAnswer(table.expectations[expected], card, facts)
            report.note(kind: expected * StateFacts.cardKinds + facts.cardKind, code)
        }
        let decided = DecidedState(
            code: code, facts: facts, card: card, outcome: outcome, plain: nil, printed: printed)
        let violated = decided.violations
        for invariant in Invariant.allCases where violated.contains(InvariantSet(invariant)) {
            report.note(invariant, WalkReport.Found(code: code, card: card))
        }
        return violated.isEmpty
    }
}
