import ClinicalModel
import Guidelines
import Testing

@Suite("Every state of the drug, activity and procedure rules (section 3.7)")
struct TherapyStateTests {
    private static let guideline = LumbosacralRadiculopathy(configuration: "proof")
    private static let walk = TherapyWalk { guideline.decide($0, $1) }

    @Test("fall under the printed rule, with its card and its indicator (I1, I5, I8, I11, R22, R50)")
    func everyState() {
        let clock = ContinuousClock()
        let start = clock.now
        let report = Self.walk.walk(every: WalkExtent.isWhole ? 1 : 7)
        print("Drug, activity and procedure states: \(report.states) in \(clock.now - start)")
        for (rule, count) in report.byRule.sorted(by: { $0.key < $1.key }) { print("  \(rule): \(count)") }
        for (invariant, found) in report.violations {
            Issue.record(
                "\(invariant.rawValue). \(found.count) states. Smallest: \(found.words.joined(separator: "; ")).")
        }
        let printed = Set(PrintedTherapyTable.rows.map(\.expectation.rule))
        #expect(Set(report.byRule.keys) == printed, "I11: every printed rule is reached, and no other")
        #expect(Set(TherapyRule.allCases.map(\.rawValue)) == printed)
    }

    @Test("every printed row has a meaning")
    func readable() {
        #expect(PrintedTherapyTable.rows.count == PrintedTherapyTable.printedRows)
        #expect(Set(PrintedTherapyTable.rows.map(\.order)) == Set(OrderClass.allCases.map(\.rawValue)))
    }

    /// A table broken on purpose, and the smallest state in which that shows.
    struct Row: CustomTestStringConvertible {
        let because: String
        let invariant: TherapyInvariant
        let smallest: [String]
        let change: @Sendable (OrderClass, GuidelineState, Outcome) -> Outcome
        var testDescription: String { because }
    }

    private static func outcome(_ rule: String, _ card: CardID?, _ indicator: Indicator?) -> Outcome {
        Outcome(
            rule: rule, rating: nil, contextClass: .undetermined, fit: nil, provisional: false, card: card,
            indicator: indicator, removeSuggestionAllowed: false)
    }

    private static let inScope = ["adult met", "radiculopathy met"]

    static let rows: [Row] = [
        Row(
            because: "the scope is read before the red flag of an injection", invariant: .emergency,
            smallest: ["epidural-injection", "redflag.progressiveDeficit met"]
        ) { order, state, outcome in
            order == .epiduralInjection && state[.adult] != .met ? Self.outcome("D-IV0", nil, nil) : outcome
        },
        Row(
            because: "an unknown dose is taken for a low one", invariant: .printed,
            smallest: ["opioid"] + inScope
                + ["drug.dose unknown", "drug.supply not met", "drug.severePain met"]
        ) { _, state, outcome in
            outcome.rule == "D-OP4" && state[.dose] == .unknown && state[.supply] == .notMet
                && state[.severePain] == .met ? Self.outcome("D-OP5", nil, nil) : outcome
        },
        Row(
            because: "bed rest with a fracture is discouraged", invariant: .redFlag,
            smallest: ["bed-rest"] + inScope + ["redflag.fracture met"]
        ) { order, state, outcome in
            order == .bedRest && outcome.rule == "D-BR0" && state[.fracture] == .met && state[.adult] == .met
                && state[.radiculopathy] == .met ? Self.outcome("D-BR1", .k24, .warning) : outcome
        },
        Row(
            because: "a relaxant depends on pregnancy", invariant: .own, smallest: ["muscle-relaxant"]
        ) { order, state, outcome in
            order == .muscleRelaxant && state[.pregnant] != .noneOnRecord ? Self.outcome("D-MR2", nil, nil) : outcome
        },
        Row(
            because: "an NSAID is critical", invariant: .level,
            smallest: ["nsaid"] + inScope + ["drug.nsaidContraindicated met"]
        ) { _, _, outcome in
            outcome.card == .k29 ? Self.outcome("D-NS1", .k29, .critical) : outcome
        },
    ]

    @Test("a violated property is found, and its smallest state is named", arguments: rows)
    func finds(_ row: Row) throws {
        let walk = TherapyWalk { [change = row.change] in change($0, $1, Self.guideline.decide($0, $1)) }
        let order = try #require(OrderClass(rawValue: row.smallest[0]))
        let found = try #require(walk.walk([TherapySpace(order)], every: 1).violations[row.invariant])
        #expect(found.words == row.smallest)
        #expect(Self.walk.walk([TherapySpace(order)], every: 7).violations.isEmpty)
    }

    /// The statements that a rule names, at least what the inventory of section 1 sends to it; no other rule names any.
    static let inventory: [TherapyRule: [String]] = [
        .opioidWithSedative: ["G03", "G09"], .opioidOverLimit: ["G03", "G09"], .opioidBelowSeverePain: ["G03", "G09"],
        .opioidNotKnown: ["G03", "G09"], .opioidWithinLimits: ["G03", "G09"], .gabapentinoidWithOpioid: ["G09", "G12"],
        .neuropathic: ["G10", "G11", "G12", "G43"], .nsaidContraindicated: ["G03", "G07"], .nsaid: ["G03", "G07"],
        .relaxantInOlderAdult: ["G03", "G08"], .relaxant: ["G03", "G08"], .rest: ["G04", "G13", "G14", "G42"],
        .injectionWithRedFlag: ["G20", "G27"], .procedureEarly: ["G20"], .procedureCourseUnknown: ["G20"],
    ]

    @Test("the statements of section 1 stand with their rules", arguments: TherapyRule.allCases)
    func statements(_ rule: TherapyRule) { #expect(rule.statements == Self.inventory[rule] ?? []) }

    @Test("no rule rests on the gap of the source text (I18)", arguments: TherapyRule.allCases)
    func gap(_ rule: TherapyRule) { #expect(!rule.statements.contains("G45")) }
}
