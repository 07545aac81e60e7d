import ClinicalModel
import Guidelines

/// When a rule of the indication table leads to which card, found by asking the tables for every order.
struct CardConditions {
    /// A card of a rule and every circumstance in which it is given.
    struct Found {
        let card: CardID
        let indicator: Indicator
        /// The circumstances in words; empty when the card is given always.
        let words: String
        /// The same as FHIRPath over `%fit`, `%priority`, `%presentingFlags` and the criteria.
        let fhirPath: String
        /// States in which the card is given, one for each fit with and without an MRI that must not be.
        let examples: [GuidelineState]
    }

    /// What decides about the card once the rule is known.
    private struct Circumstance: Hashable {
        let priority: Priority
        let presenting: Bool
        let duplicate: Bool
    }

    private struct Choice: Hashable {
        let card: CardID
        let indicator: Indicator
    }

    let guideline: LumbosacralRadiculopathy
    /// A state that falls under the rule.
    let state: GuidelineState

    /// What was seen of a card: circumstances by fit, and the first state for each fit with and without an MRI that must
    /// not be.
    private struct Seen {
        var circumstances: [Fit?: Set<Circumstance>] = [:]
        var examples: [GuidelineState] = []
        private var kinds: Set<[String?]> = []

        mutating func add(_ circumstance: Circumstance, _ fit: Fit?, _ state: GuidelineState) {
            circumstances[fit, default: []].insert(circumstance)
            let kind = [fit?.rawValue, state[.mriContraindicated].rawValue]
            if kinds.insert(kind).inserted { examples.append(state) }
        }
    }

    /// The cards for an order under review, in the order of the catalogue.
    func cards() -> [Found] {
        var chosen: [Choice: Seen] = [:]
        var possible: [Fit?: Set<Circumstance>] = [:]
        for (circumstance, state) in orders() {
            let outcome = guideline.decide(state)
            possible[outcome.fit, default: []].insert(circumstance)
            guard let card = outcome.card, let indicator = outcome.indicator else { continue }
            chosen[Choice(card: card, indicator: indicator), default: Seen()].add(circumstance, outcome.fit, state)
        }
        return chosen.map { choice, seen in
            let clauses = Self.clauses(seen.circumstances, of: possible)
            let isAlways = clauses.contains(where: \.isEmpty)
            let words = clauses.map { $0.map(\.words).joined(separator: ", ") }.joined(separator: "; or ")
            let paths = clauses.map { $0.map(\.fhirPath).joined(separator: " and ") }
            return Found(
                card: choice.card, indicator: choice.indicator, words: isAlways ? "" : words,
                fhirPath: isAlways ? "true" : paths.joinedAlternatives(), examples: seen.examples)
        }.sorted { ($0.card.rawValue, $0.indicator.rawValue) < ($1.card.rawValue, $1.indicator.rawValue) }
    }

    /// Every order, with and without what changes its fit and its card.
    private func orders() -> [(Circumstance, GuidelineState)] {
        let rule = guideline.rule(for: state)
        var found: [(Circumstance, GuidelineState)] = []
        for bits in 0..<32 {
            var state = state
            if bits & 1 != 0 { state[.mriContraindicated] = .met }
            if bits & 2 != 0 { state[.mrDevice] = .met }
            if bits & 4 != 0 { state[.pregnant] = .met }
            if bits & 8 != 0 { state[.duplicate] = .met }
            if bits & 16 != 0 {
                state = presenting(in: state, keeping: rule)
                if !CriterionID.presentingFamilies.contains(where: state.isPresenting) { continue }
            }
            for modality in Modality.allCases {
                for priority in Priority.allCases {
                    state.order = GuidelineState.Order(modality: modality, priority: priority)
                    let circumstance = Circumstance(
                        priority: priority, presenting: bits & 16 != 0, duplicate: bits & 8 != 0)
                    found.append((circumstance, state))
                }
            }
        }
        return found
    }

    /// The state with every presenting feature that leaves the rule as it is.
    private func presenting(in state: GuidelineState, keeping rule: Rule) -> GuidelineState {
        var state = state
        for family in CriterionID.presentingFamilies {
            var changed = state
            changed[family] = .met
            changed.setPresenting(family)
            if guideline.rule(for: changed) == rule { state = changed }
        }
        return state
    }
}

// MARK: - Circumstances in short

extension CardConditions {
    /// One demand on an order, in words and as FHIRPath.
    private struct Demand {
        let words: String
        let fhirPath: String

        /// One of several words of a closed list.
        static func word(_ name: String, _ values: [String]) -> Demand {
            let path = values.map { "'\($0)'" }.joined(separator: " | ")
            return Demand(
                words: "\(name) \(values.joined(separator: ", "))",
                fhirPath: values.count == 1 ? "%\(name) = \(path)" : "%\(name) in (\(path))")
        }
    }

    /// Alternatives of demands; an alternative without demands is always fulfilled.
    private static func clauses(
        _ circumstances: [Fit?: Set<Circumstance>], of possible: [Fit?: Set<Circumstance>]
    ) -> [[Demand]] {
        var groups: [(fits: [Fit?], circumstances: Set<Circumstance>, all: Set<Circumstance>)] = []
        for fit in [nil] + Fit.allCases.map(Optional.some) {
            guard let found = circumstances[fit], let all = possible[fit] else { continue }
            if let place = groups.firstIndex(where: { $0.circumstances == found && $0.all == all }) {
                groups[place].fits.append(fit)
            } else {
                groups.append(([fit], found, all))
            }
        }
        let judged = possible.keys.compactMap { $0 }.count
        return groups.flatMap { group -> [[Demand]] in
            let fits = group.fits.compactMap { $0?.rawValue }
            let fit = fits.isEmpty || fits.count == judged ? [] : [Demand.word("fit", fits)]
            return demands(group.circumstances, of: group.all).map { fit + $0 }
        }
    }

    /// Circumstances by what tells them apart; split by the presenting feature where one list does not say it.
    private static func demands(_ found: Set<Circumstance>, of all: Set<Circumstance>) -> [[Demand]] {
        let product = all.filter { circumstance in
            found.contains { $0.priority == circumstance.priority }
                && found.contains { $0.presenting == circumstance.presenting }
                && found.contains { $0.duplicate == circumstance.duplicate }
        }
        guard product == found else {
            return Set(all.map(\.presenting)).count > 1
                ? split(found, of: all, by: \.presenting, into: [false, true], presenting)
                : split(found, of: all, by: \.priority, into: Priority.allCases) { .word("priority", [$0.rawValue]) }
        }
        var demands: [Demand] = []
        if Set(found.map(\.presenting)) != Set(all.map(\.presenting)), let one = found.first {
            demands.append(presenting(one.presenting))
        }
        let priorities = Priority.allCases.filter { priority in found.contains { $0.priority == priority } }
        if priorities.count < Set(all.map(\.priority)).count {
            demands.append(.word("priority", priorities.map(\.rawValue)))
        }
        if Set(found.map(\.duplicate)) != Set(all.map(\.duplicate)), let one = found.first {
            let condition: RuleCondition = one.duplicate ? .equals(.duplicate, .met) : .differs(.duplicate, .met)
            let words = one.duplicate ? "the same test is already ordered" : "the test is not ordered yet"
            demands.append(Demand(words: words, fhirPath: condition.fhirPath))
        }
        return [demands]
    }

    private static func split<Value: Equatable>(
        _ found: Set<Circumstance>, of all: Set<Circumstance>, by path: KeyPath<Circumstance, Value>,
        into values: [Value], _ demand: (Value) -> Demand
    ) -> [[Demand]] {
        values.flatMap { value -> [[Demand]] in
            let part = found.filter { $0[keyPath: path] == value }
            let possible = all.filter { $0[keyPath: path] == value }
            return part.isEmpty ? [] : demands(part, of: possible).map { [demand(value)] + $0 }
        }
    }

    private static func presenting(_ isPresent: Bool) -> Demand {
        isPresent
            ? Demand(words: "a presenting feature on record", fhirPath: "%presentingFlags.exists()")
            : Demand(words: "no presenting feature on record", fhirPath: "%presentingFlags.empty()")
    }
}

extension [String] {
    /// Alternatives of one FHIRPath expression.
    fileprivate func joinedAlternatives() -> String {
        count == 1 ? self[0] : map { $0.contains(" and ") ? "(\($0))" : $0 }.joined(separator: " or ")
    }
}
