import ClinicalModel
import Guidelines
import SeededGenerator
import Testing

/// How much of the state space a run walks: all of it in a release build, a sample in a debug build, which is slower by far.
///
/// The sample holds every context of an adult with radiculopathy, where the course, history and record decide, with the
/// families unknown, denied and in one drawn state; some drawn contexts with every state of the families; and each n-th card
/// state.
enum WalkExtent {
    #if DEBUG
        static let isWhole = false
    #else
        static let isWhole = true
    #endif
    static let drawnContexts = 60
    static let cardStep = 97
    static let seed: UInt64 = 20_250_616
}

@Suite("Every state of the tables (section 3.8)")
struct EnumerationTests {
    private static let guideline = LumbosacralRadiculopathy(configuration: "proof")
    static let walk = StateWalk { guideline.decide($0) }

    @Test("I1-I8, I10, I11, I18 and the printed tables hold in every state")
    func everyState() async {
        let (report, duration) = await Self.timed { await Self.indication() }
        let kinds = report.kinds.compactMap { $0 }
        let (cards, cardDuration) = await Self.timed {
            await Self.walk.walkCards(kinds: kinds, every: WalkExtent.isWhole ? 1 : WalkExtent.cardStep)
        }
        let all = StateSpace.contextCount * StateSpace.familyCount
        print("\(WalkExtent.isWhole ? "All" : "A sample") of \(all) indication states: \(report.states) in \(duration)")
        print("Card states of \(kinds.count) kinds of indication: \(cards.states) in \(cardDuration)")
        var violations = report.violations
        for (invariant, found) in cards.violations where violations[invariant] == nil { violations[invariant] = found }
        for (invariant, found) in violations.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            Issue.record("\(Self.walk.words(invariant, found.smallest, count: found.count))")
        }
        for code in kinds {
            let rule = Self.guideline.rule(for: Self.walk.state(code, CardState()))
            #expect(!rule.statements.contains("G45"), "I18: \(rule.id) rests on the gap of the source text")
        }
        for (expectation, count) in zip(Self.walk.table.expectations, report.byRule) {
            print("  \(expectation.rule) \(expectation.rating.rawValue): \(count)")
            #expect(count > 0, "I11: no state falls under \(expectation.rule)")
        }
    }

    private static func indication() async -> WalkReport {
        if WalkExtent.isWhole { return await walk.walk(contexts: 0..<StateSpace.contextCount) }
        let adults = (0..<StateSpace.contextCount).filter { context in
            let code = StateSpace.code(context, of: StateSpace.contexts)
            return [CriterionID.adult, .radiculopathy].allSatisfy { code & StateSpace.mask([$0], .met) != 0 }
        }
        let denied = walk.everyFamilyDenied
        var report = await walk.walk(contexts: adults) { context in
            var generator = SeededGenerator(seed: WalkExtent.seed &+ UInt64(context))
            return [0, denied, Int.random(in: 0..<StateSpace.familyCount, using: &generator)]
        }
        var generator = SeededGenerator(seed: WalkExtent.seed)
        let drawn = (0..<WalkExtent.drawnContexts).map { _ in
            Int.random(in: 0..<StateSpace.contextCount, using: &generator)
        }
        report.add(await walk.walk(contexts: drawn))
        return report
    }

    private static func timed(_ work: () async -> WalkReport) async -> (WalkReport, Duration) {
        let clock = ContinuousClock()
        let start = clock.now
        let report = await work()
        return (report, clock.now - start)
    }
}
