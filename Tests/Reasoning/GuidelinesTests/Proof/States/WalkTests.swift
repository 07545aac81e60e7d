import ClinicalModel
import Guidelines
import Synchronization
import Testing

@Suite("A violated invariant is found, and its smallest state is printed")
struct WalkTests {
    /// A table broken on purpose, and the smallest state in which that shows.
    struct Row: CustomTestStringConvertible {
        let because: String
        let invariant: Invariant
        let smallest: [String]
        var card = CardState()
        let change: @Sendable (GuidelineState, inout OutcomeParts) -> Void
        var testDescription: String { "\(invariant): \(because)" }

        var walk: StateWalk { StateWalk { [change] in OutcomeParts.changed($0, change) } }
    }

    private static let early = ["adult met", "radiculopathy met", "six weeks since onset not met"]
    private static let denied = StateSpace.families.map { "\($0.name) not met" }

    static let rows = [
        Row(
            because: "a fracture in the over-seventies is discouraged", invariant: .i1,
            smallest: ["vertebral fracture met", "age over 70 met"]
        ) { state, parts in
            if state[.fracture] == .met && state[.ageOver70] == .met { parts.rating = .usuallyNotAppropriate }
        },
        Row(
            because: "cancer lowers what surgery raised", invariant: .i2,
            smallest: ["adult met", "radiculopathy met", "earlier lumbar surgery met"]
        ) { state, parts in
            if state[.malignancy] == .met { parts.rating = .mayBeAppropriate }
        },
        Row(
            because: "an earlier MRI hides what is unknown", invariant: .i3,
            smallest: early + ["earlier lumbar MRI met"]
        ) { state, parts in
            if parts.rule == "A11-REPEAT" && state[.sixWeeks] == .notMet { parts.provisional = false }
        },
        Row(
            because: "a child with a deficit is out of scope", invariant: .i4,
            smallest: ["severe or progressive weakness met", "adult not met"]
        ) { state, parts in
            if state[.progressiveDeficit] == .met && state[.adult] == .notMet { parts.rule = "A3" }
        },
        Row(
            because: "an emergency is only a warning where radiographs were ordered", invariant: .i5,
            smallest: ["cauda equina syndrome met"], card: CardState(modality: .radiograph)
        ) { state, parts in
            if state.order?.modality == .radiograph && parts.card == .k01 { parts.indicator = .warning }
        },
        Row(
            because: "removal beside a hint", invariant: .i6, smallest: ["spinal infection suspected"] + early
        ) { state, parts in
            if state[.infection] == .suspected && parts.rule == "A13-HINT(A10-EARLY)" {
                parts.removeSuggestionAllowed = true
            }
        },
        Row(
            because: "an unknown trial gets no card", invariant: .i7,
            smallest: ["adult met", "radiculopathy met", "six weeks since onset met"]
        ) { _, parts in
            if parts.card == .k07 { (parts.card, parts.indicator) = (nil, nil) }
        },
        Row(
            because: "pregnancy changes the rating", invariant: .i8,
            smallest: ["adult met", "radiculopathy met", "earlier lumbar surgery met"], card: CardState(pregnant: .met)
        ) { state, parts in
            if state[.pregnant] == .met && parts.rule == "A9" { parts.rating = .mayBeAppropriate }
        },
        Row(
            because: "an unknown response is taken for improving", invariant: .i10,
            smallest: ["adult met", "radiculopathy met", "six weeks of conservative care met"]
        ) { _, parts in
            if parts.rule == "A10-ASK-RESPONSE" { parts.rating = .usuallyNotAppropriate }
        },
        Row(
            because: "cancer stands before another indication", invariant: .printedRule,
            smallest: ["malignancy met", "radiculopathy not met"]
        ) { state, parts in
            if state[.malignancy] == .met && parts.rule == "A4" { parts.rule = "A5" }
        },
        Row(
            because: "a PET is a good test for cancer", invariant: .printedFit, smallest: ["malignancy met"],
            card: CardState(modality: .pet)
        ) { state, parts in
            if state.order?.modality == .pet && state[.malignancy] == .met && parts.rule == "A5" {
                parts.fit = .acceptable
            }
        },
        Row(
            because: "a fracture beside a device is a warning", invariant: .printedCard,
            smallest: ["vertebral fracture met"], card: CardState(mrDevice: .met)
        ) { _, parts in
            if parts.card == .k19 && parts.rule == "A6" { parts.indicator = .warning }
        },
        Row(
            because: "old answers do not keep the order", invariant: .printedRemoval, smallest: denied + early,
            card: CardState(screenIsRecent: false)
        ) { state, parts in
            if !state.screenIsRecent && parts.card == .k05 && !parts.provisional {
                parts.removeSuggestionAllowed = true
            }
        },
    ]

    @Test("from a state that deviates in everything else too", arguments: rows)
    func shrinks(_ row: Row) throws {
        let walk = row.walk
        let code = try #require(StateSpace.code(words: row.smallest))
        #expect(walk.violations(code, row.card).contains(InvariantSet(row.invariant)))
        let sound = StateWalk { LumbosacralRadiculopathy(configuration: "proof").decide($0) }
        #expect(sound.violations(code, row.card).isEmpty)
        let grown = Self.grown(row, walk, code)
        #expect(StateSpace.deviations(grown) > StateSpace.deviations(code))
        let smallest = walk.smallest(row.invariant, WalkReport.Found(code: grown, card: row.card))
        #expect(StateSpace.words(smallest.code) == row.smallest)
        #expect(smallest.card == row.card)
    }

    /// Puts every other criterion to its last value that leaves the invariant violated.
    private static func grown(_ row: Row, _ walk: StateWalk, _ code: UInt64) -> UInt64 {
        StateSpace.dimensions.filter { $0.value(in: code) == 0 }.reduce(code) { code, dimension in
            dimension.values.indices.reversed().lazy.map { StateSpace.code(code, setting: dimension, to: $0) }
                .first { walk.violations($0, row.card).contains(InvariantSet(row.invariant)) } ?? code
        }
    }

    @Test("by the walk, with how many states there are, in words")
    func walkFinds() async throws {
        let row = Self.rows[0]
        let report = await row.walk.walk(contexts: Array(stride(from: 0, to: StateSpace.contextCount, by: 20_011)))
        let found = try #require(report.violations[.i1])
        #expect(found.count > 1)
        let words = row.walk.words(.i1, found.smallest, count: found.count)
        #expect(words.contains("Smallest state: vertebral fracture met; age over 70 met."))
        #expect(words.contains("Answer: rule A6, UNA"))
    }

    @Test("by the walk over cards")
    func cardWalkFinds() async throws {
        let row = Self.rows[4]
        let code = try #require(StateSpace.code(words: row.smallest))
        let report = await row.walk.walkCards(kinds: [code], every: 61)
        let found = try #require(report.violations[.i5])
        #expect(row.walk.smallest(.i5, found.smallest).card == row.card)
    }

    @Test("a table that answers otherwise the second time (I11)")
    func deterministic() {
        let calls = Calls()
        let walk = StateWalk { state in
            OutcomeParts.changed(state) { _, parts in if calls.next() > 2 { parts.provisional.toggle() } }
        }
        #expect(walk.violations(StateSpace.defaultCode, CardState()).contains(InvariantSet(.i11)))
    }

    @Test("the printed tables say one thing in every state of scope and families, and name 35 outcomes")
    func printedRowsExcludeEachOther() {
        let table = PrintedIndicationTable()
        #expect(table.expectations.count == 35)
        #expect(Set(table.expectations.map(\.rule)).count == 35)
        for family in 0..<StateSpace.familyCount {
            let code = StateSpace.code(family, of: StateSpace.families)
            for context in stride(from: family % 13, to: StateSpace.contextCount, by: 4099) {
                #expect(table.reading(of: code | StateSpace.code(context, of: StateSpace.contexts)) != nil)
            }
        }
    }
}

/// An outcome that can be changed.
struct OutcomeParts {
    var rule: String?
    var rating: Rating?
    var contextClass: ContextClass
    var fit: Fit?
    var provisional: Bool
    var card: CardID?
    var indicator: Indicator?
    var removeSuggestionAllowed: Bool

    /// What the guideline decides, with a change.
    static func changed(_ state: GuidelineState, _ change: (GuidelineState, inout OutcomeParts) -> Void) -> Outcome {
        let sound = LumbosacralRadiculopathy(configuration: "proof").decide(state)
        var parts = OutcomeParts(
            rule: sound.rule, rating: sound.rating, contextClass: sound.contextClass, fit: sound.fit,
            provisional: sound.provisional, card: sound.card, indicator: sound.indicator,
            removeSuggestionAllowed: sound.removeSuggestionAllowed)
        change(state, &parts)
        return Outcome(
            rule: parts.rule, rating: parts.rating, contextClass: parts.contextClass, fit: parts.fit,
            provisional: parts.provisional, card: parts.card, indicator: parts.indicator,
            removeSuggestionAllowed: parts.removeSuggestionAllowed)
    }
}

/// Counts calls from any task.
private final class Calls: Sendable {
    private let count = Atomic<Int>(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
