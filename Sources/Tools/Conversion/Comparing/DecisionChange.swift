import ClinicalModel
import DecisionSupport
import Guidelines
import JSONTree

/// One order or patient on which two configurations decide differently.
struct DecisionChange {
    /// Nil where the configuration takes no decision.
    let before: Decision?
    /// Nil where the configuration takes no decision.
    let after: Decision?

    /// The changes between two runs over one record, in the order of the first; what only the second decides stands last.
    ///
    /// A decision is held against the one on the same order, or on the patient, of the same slot.
    static func all(before: [Decision], after: [Decision]) -> [DecisionChange] {
        var places: [Key: [Int]] = [:]
        for (index, decision) in after.enumerated().reversed() { places[Key(decision), default: []].append(index) }
        var changes: [DecisionChange] = []
        var met: Set<Int> = []
        for decision in before {
            let index = places[Key(decision)]?.popLast()
            if let index { met.insert(index) }
            changes.append(DecisionChange(before: decision, after: index.map { after[$0] }))
        }
        changes += after.enumerated().filter { !met.contains($0.offset) }
            .map { DecisionChange(before: nil, after: $0.element) }
        return changes.filter { !$0.kinds.isEmpty }
    }

    private struct Key: Hashable {
        let slot: Slot
        let order: String?

        init(_ decision: Decision) {
            slot = decision.slot
            order = decision.order.map { $0.reference ?? $0.at ?? "" }
        }
    }

    /// What of a decision changes.
    enum Kind: String, CaseIterable {
        case rule
        case rating
        /// Another card, another indicator, or the card shown or not.
        case card
        /// The fit of the ordered test, whether the rating is provisional, whether the order may be removed.
        case other
    }

    /// Empty where nothing does.
    var kinds: Set<Kind> {
        let (left, right) = (before?.outcome, after?.outcome)
        var kinds: Set<Kind> = []
        if (before == nil) != (after == nil) || left?.rule != right?.rule { kinds.insert(.rule) }
        if left?.rating != right?.rating { kinds.insert(.rating) }
        if left?.card != right?.card || left?.indicator != right?.indicator
            || before?.cardIsSuppressed != after?.cardIsSuppressed
        {
            kinds.insert(.card)
        }
        if left?.fit != right?.fit || left?.provisional != right?.provisional
            || left?.removeSuggestionAllowed != right?.removeSuggestionAllowed
        {
            kinds.insert(.other)
        }
        return kinds
    }

    /// Criteria with another result, in their order; none where one of the two did not evaluate the order.
    var criteria: [(id: CriterionID, before: CriterionResult, after: CriterionResult)] {
        guard let before, let after, !before.criteria.isEmpty, !after.criteria.isEmpty else { return [] }
        return CriterionID.allCases.compactMap { id in
            let (left, right) = (before.criterion(id).result, after.criterion(id).result)
            return left == right ? nil : (id, left, right)
        }
    }

    /// The decision that names the order and the patient.
    var named: Decision? { before ?? after }
}

extension DecisionChange {
    /// The change as a JSON object: what is decided on, both decisions in short, the criteria that differ.
    var json: JSONValue {
        let kinds = kinds
        return .object([
            ("source", named?.source.map(JSONValue.string)), ("subject", named?.subject.map(JSONValue.string) ?? .null),
            ("order", named?.order?.json ?? .null), ("slot", named.map { .string($0.slot.rawValue) }),
            ("before", Self.short(before, withOther: kinds.contains(.other))),
            ("after", Self.short(after, withOther: kinds.contains(.other))),
            (
                "criteria",
                .array(
                    criteria.map { item in
                        [
                            "id": .string(item.id.rawValue), "before": .string(item.before.rawValue),
                            "after": .string(item.after.rawValue),
                        ]
                    })
            ),
        ])
    }

    private static func short(_ decision: Decision?, withOther: Bool) -> JSONValue {
        guard let decision else { return .null }
        let outcome = decision.outcome
        func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
        func other(_ value: JSONValue) -> JSONValue? {
            guard withOther else { return nil }
            return value
        }
        return .object([
            ("rule", text(outcome.rule)),
            ("rating", text(outcome.rating?.rawValue)),
            ("card", text(outcome.card?.rawValue)), ("indicator", text(outcome.indicator?.rawValue)),
            ("because", decision.because.map(JSONValue.string)),
            ("cardSuppressed", decision.cardIsSuppressed ? .bool(true) : nil),
            ("fit", other(text(outcome.fit?.rawValue))),
            ("provisional", other(.bool(outcome.provisional))),
            ("removeSuggestionAllowed", other(.bool(outcome.removeSuggestionAllowed))),
        ])
    }

    /// The change for a person at a terminal, a line for each thing that differs.
    var text: String {
        let place = [named?.source, named?.subject, named?.order?.reference, named?.slot.rawValue].compactMap { $0 }
        var lines = [place.joined(separator: "  ")]
        func add(_ name: String, _ value: (Decision) -> String) {
            let (left, right) = (before.map(value) ?? "no decision", after.map(value) ?? "no decision")
            if left != right { lines.append("  \(name): \(left) → \(right)") }
        }
        add("rule") { $0.outcome.rule ?? "none" }
        add("rating") { $0.outcome.rating?.rawValue ?? "none" }
        add("card", Self.card)
        add("fit") { $0.outcome.fit?.rawValue ?? "none" }
        add("provisional") { $0.outcome.provisional ? "yes" : "no" }
        add("removal allowed") { $0.outcome.removeSuggestionAllowed ? "yes" : "no" }
        for because in [before, after].compactMap({ $0?.because }) { lines.append("  not evaluated: \(because)") }
        lines += criteria.map { "  \($0.id.rawValue): \($0.before.rawValue) → \($0.after.rawValue)" }
        return lines.map(PlainLine.text).joined(separator: "\n") + "\n\n"
    }

    private static func card(of decision: Decision) -> String {
        guard let card = decision.outcome.card else { return "none" }
        let indicator = decision.outcome.indicator.map { " \($0.rawValue)" } ?? ""
        return card.rawValue + indicator + (decision.cardIsSuppressed ? ", not shown" : "")
    }
}

/// Text from a record on one line of a terminal.
private enum PlainLine {
    static func text(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
