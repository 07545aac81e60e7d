import ClinicalModel
public import Diagnostics
public import Guidelines
public import JSONTree

extension Decision {
    /// The decision as the contract writes it, the same from the command, the service and `guideline decide`.
    ///
    /// `order`, `rule`, `rating`, `fit`, `card` and `indicator` are null where they do not apply; `because` and `source`
    /// are left out when there is nothing to say; `cardSuppressed` is there, true, only where the site does not show the card.
    public var json: JSONValue {
        .object([
            ("guideline", .string(guideline)), ("guidelineVersion", .string(guidelineVersion)),
            ("asOf", .string(asOf.description)), ("source", source.map(JSONValue.string)),
            ("subject", .text(subject)), ("order", order?.json ?? .null), ("slot", .string(slot.rawValue)),
            ("rule", .text(outcome.rule)), ("rating", .text(outcome.rating?.rawValue)),
            ("fit", .text(outcome.fit?.rawValue)), ("provisional", .bool(outcome.provisional)),
            ("card", .text(outcome.card?.rawValue)), ("indicator", .text(outcome.indicator?.rawValue)),
            ("cardSuppressed", cardIsSuppressed ? .bool(true) : nil),
            ("removeSuggestionAllowed", .bool(outcome.removeSuggestionAllowed)),
            ("because", because.map(JSONValue.string)),
            ("presentingFlags", .array(presentingFlags.map { .string($0.rawValue) })),
            ("criteria", .array(criteria.map(\.json))), ("statements", .array(statements.map(JSONValue.string))),
            ("issues", .array(issues.map(\.json))), ("configuration", .string(configuration)),
        ])
    }
}

extension OrderUnderReview {
    /// The order as a decision names it.
    public var json: JSONValue {
        .object([
            ("reference", .text(reference)), ("at", .text(at)), ("modality", .text(modality?.rawValue)),
            ("class", orderClass.map { .string($0.rawValue) }), ("priority", .string(priority.rawValue)),
        ])
    }
}

extension Criterion {
    var json: JSONValue {
        .object([
            ("id", .string(id.rawValue)), ("result", .string(result.rawValue)),
            ("evidence", evidence.isEmpty ? nil : .array(evidence.map(\.json))),
            ("missing", missing.isEmpty ? nil : .array(missing.map(\.json))),
        ])
    }
}

extension Evidence {
    var json: JSONValue {
        .object([
            ("resource", resource.map(JSONValue.string)),
            ("code", code.map { ["system": .string($0.system), "code": .string($0.code)] }),
            ("value", value.map(JSONValue.string)), ("date", date.map(JSONValue.string)),
            ("at", at.map(JSONValue.string)), ("source", source.map(JSONValue.string)), ("because", .string(because)),
        ])
    }
}

extension DataGap {
    var json: JSONValue { ["what": .string(what), "reason": .string(reason.rawValue)] }
}

extension Issue {
    /// The issue as the contract writes it: code, severity, place, expectation and the shape of what was found.
    public var json: JSONValue {
        .object([
            ("source", location.source.map(JSONValue.string)), ("code", .string(code.rawValue)),
            ("severity", .string(severity.rawValue)), ("at", location.path.map(JSONValue.string)),
            ("line", location.line.map { .number($0) }), ("column", location.column.map { .number($0) }),
            ("expected", .string(expected)), ("found", .string(found)),
        ])
    }
}

extension JSONValue {
    /// Text, or null where there is none.
    static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
