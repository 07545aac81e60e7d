import ClinicalModel
import Guidelines

extension StateWalk {
    /// Decides the smallest state of each kind of indication under every card state, or under every n-th.
    func walkCards(kinds: [UInt64], every step: Int = 1, tasks: Int = 2) async -> WalkReport {
        await withTaskGroup(of: WalkReport.self, returning: WalkReport.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var report = WalkReport(byRule: [], kinds: [])
                    for place in stride(from: task, to: kinds.count, by: tasks) {
                        let numbers = stride(from: place % step, to: CardState.all.count, by: step)
                        walk(kinds[place], into: &report, numbers.lazy.map { CardState.all[$0] })
                    }
                    return report
                }
            }
            return await group.reduce(into: WalkReport(byRule: [], kinds: [])) { $0.add($1) }
        }
    }

    private func walk(_ code: UInt64, into report: inout WalkReport, _ cards: some Sequence<CardState>) {
        let plain = decide(state(code, CardState()))
        let facts = StateFacts(code)
        let expectation = table.reading(of: code).map { table.expectations[$0] }
        var base = GuidelineState()
        StateSpace.fill(&base, code)
        for card in cards {
            var state = base
            card.fill(&state)
            let outcome = decide(state)
            report.states += 1
            var violated = DecidedState(
                code: code, facts: facts, card: card, outcome: outcome, plain: plain,
                printed: expectation.map { PrintedAnswer($0, card, facts) }
            ).violations
            if decide(state) != outcome { violated.insert(InvariantSet(.i11)) }
            for invariant in Invariant.allCases where violated.contains(InvariantSet(invariant)) {
                report.note(invariant, WalkReport.Found(code: code, card: card))
            }
        }
    }
}
