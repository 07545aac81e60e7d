import CDSHooks
import ClinicalModel
import DecisionSupport
import Guidelines
import JSONTree
import Testing

/// The cards of decided states: what the tables come to is walked in GuidelinesTests, what clinicians read here.
@Suite("Cards of every kind of state (I1, I3, I6, I18)")
struct CardStateTests {
    typealias Results = [CriterionID: CriterionResult]

    /// The families unknown, denied, and one in each other state among denied ones.
    static let families: [(results: Results, presenting: [CriterionID])] =
        [([:], []), (Case.denied, [])]
        + CriterionID.redFlags.flatMap { family -> [(Results, [CriterionID])] in
            let others = Case.denied
            let one = [CriterionResult.unknown, .suspected, .met].map { result in
                (others.merging([family: result]) { $1 }, [CriterionID]())
            }
            let isPresenting = CriterionID.presentingFamilies.contains(family)
            return one + (isPresenting ? [(others.merging([family: .met]) { $1 }, [family])] : [])
        }

    private static let adult: Results = [.adult: .met, .radiculopathy: .met]
    private static let treated = adult.merging([.sixWeeks: .met, .trialDocumented: .met, .trialFailed: .met]) { $1 }

    /// One context for each rule below the red flags.
    static let contexts: [Results] = [
        [.adult: .notMet], [.adult: .met, .radiculopathy: .notMet], [.radiculopathy: .met], [.adult: .met],
        adult, with([.priorLumbarSurgery: .met]), with([.sixWeeks: .notMet]),
        with([.sixWeeks: .met, .trialDocumented: .notMet]), with([.sixWeeks: .met]),
        with([.trialDocumented: .met]), with([.sixWeeks: .met, .trialDocumented: .met, .trialFailed: .notMet]),
        treated, treated.merging([.procedureCandidate: .notMet]) { $1 },
        treated.merging([.procedureCandidate: .met]) { $1 },
        treated.merging([.procedureCandidate: .met, .priorLumbarMRI: .met]) { $1 },
        with([.sixWeeks: .notMet, .priorLumbarMRI: .met]), with([.sixWeeks: .notMet, .ageOver70: .met]),
        with([.sixWeeks: .notMet, .urgentContext: .met]), with([.sixWeeks: .notMet, .recordComplete: .notMet]),
    ]

    private static func with(_ results: Results) -> Results { adult.merging(results) { $1 } }

    private static let safety: [Results] = [
        [:], [.mriContraindicated: .met], [.mrDevice: .met], [.pregnant: .met], [.duplicate: .met],
    ]

    /// How many of them a run builds: all in a release build, each n-th in a debug build.
    #if DEBUG
        private static let step = 13
    #else
        private static let step = 1
    #endif

    /// Every context with all families, tests and safety states, in a priority that takes its turn.
    static let cases: [Case] = {
        let guideline = LumbosacralRadiculopathy(configuration: "proof")
        var turn = 0
        var cases: [Case] = []
        for context in contexts {
            for family in families {
                for safety in safety {
                    for modality in Modality.allCases {
                        turn += 1
                        guard turn.isMultiple(of: step) else { continue }
                        let results = context.merging(family.results) { $1 }.merging(safety) { $1 }
                        let priority = Priority.allCases[turn / step % 4]
                        if let the = decided(guideline, results, family.presenting, modality, priority) {
                            cases.append(the)
                        }
                    }
                }
            }
        }
        return cases
    }()

    /// The case that the tables make of a state; nil where there is no card.
    private static func decided(
        _ guideline: LumbosacralRadiculopathy, _ results: Results, _ presenting: [CriterionID], _ modality: Modality,
        _ priority: Priority
    ) -> Case? {
        var state = GuidelineState(order: .init(modality: modality, priority: priority))
        for (id, result) in results { state[id] = result }
        for family in presenting { state.setPresenting(family) }
        let outcome = guideline.decide(state)
        guard let card = outcome.card, let indicator = outcome.indicator, let rating = outcome.rating else {
            return nil
        }
        return Case(
            card: card, indicator: indicator, rule: outcome.rule ?? "", rating: rating,
            contextClass: outcome.contextClass, fit: outcome.fit, modality: modality, priority: priority,
            results: results, removal: outcome.removeSuggestionAllowed, presenting: presenting)
    }

    @Test("hold the invariants of suggestions and texts")
    func everyCard() throws {
        print("Cards of \(Self.cases.count) states")
        for the in Self.cases {
            let decided = try #require(the.card())
            let flags = CriterionID.redFlags.map { the.results[$0] ?? .unknown }
            let words = "\(the.card.rawValue) for \(the.rule), \(the.modality?.rawValue ?? "-"), \(the.results)"
            if flags.contains(.met) {
                #expect(!decided.hasStandAloneDeletion, "I1: \(words)")
            }
            if decided.hasStandAloneDeletion {
                #expect(the.removal && flags.allSatisfy { $0 == .notMet }, "I6: \(words)")
            }
            #expect(decided.card.summary.utf16.count < 140, "\(words)")
            let detail = decided.card.detail ?? ""
            if the.rating == .usuallyNotAppropriate || the.rating == .mayBeAppropriate {
                for family in CriterionID.redFlags where (the.results[family] ?? .unknown) == .unknown {
                    #expect(detail.contains("answer on \(family.rawValue)"), "I3: \(family.rawValue) in \(words)")
                }
            }
            #expect(!detail.contains("G45"), "I18: \(words)")
        }
    }

    @Test("every card of the catalogue for an imaging order is among them")
    func everyKind() {
        let cards = Set(Self.cases.map(\.card))
        let therapy = Set(TherapyRule.allCases.compactMap(\.cardID))
        #expect(Set(CardID.allCases).subtracting(cards).subtracting(therapy) == [.k23])
    }
}
