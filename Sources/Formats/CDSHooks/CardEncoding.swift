public import JSONTree

// How cards are written (specification 2.0.1). Members without content are left out: empty arrays are not allowed.

/// What a service answers to a hook: cards and, beside them, what only some clients read.
public struct HookResponse: Sendable {
    /// What the clinician sees; empty when there is nothing to say.
    public var cards: [Card]
    /// Members of the response's `extension`, by names in reverse domain style; empty when there are none.
    public var extensions: [JSONValue.Member]

    /// Puts a response together.
    public init(cards: [Card], extensions: [JSONValue.Member] = []) {
        self.cards = cards
        self.extensions = extensions
    }

    /// The response body. `cards` is always there, empty when there is nothing to say.
    public var json: JSONValue {
        .object([
            ("cards", .array(cards.map(\.json))), ("extension", extensions.isEmpty ? nil : .object(extensions)),
        ])
    }
}

extension Card {
    /// The card as a member of `cards`.
    public var json: JSONValue {
        .object([
            ("uuid", uuid.map(JSONValue.string)), ("summary", .string(summary)),
            ("detail", detail.map(JSONValue.string)), ("indicator", .string(indicator.rawValue)),
            ("source", source.json), ("suggestions", list(suggestions.map(\.json))),
            ("selectionBehavior", suggestions.isEmpty ? nil : .string(selectionBehavior.rawValue)),
            ("overrideReasons", list(overrideReasons.map(\.json))), ("links", list(links.map(\.json))),
        ])
    }
}

extension Source {
    /// The source as a member of a card.
    public var json: JSONValue {
        .object([("label", .string(label)), ("url", url.map(JSONValue.string)), ("topic", topic?.json)])
    }
}

extension Coding {
    /// The code as a FHIR Coding.
    public var json: JSONValue {
        .object([("system", .string(system)), ("code", .string(code)), ("display", display.map(JSONValue.string))])
    }
}

extension Suggestion {
    /// The suggestion as a member of a card.
    public var json: JSONValue {
        .object([
            ("label", .string(label)), ("uuid", uuid.map(JSONValue.string)),
            ("isRecommended", isRecommended ? true : nil), ("actions", list(actions.map(\.json))),
        ])
    }
}

extension Action {
    /// The action as a member of a suggestion.
    public var json: JSONValue {
        let (type, resource, resourceId): (String, JSONValue?, JSONValue?) =
            switch change {
            case .create(let resource): ("create", resource, nil)
            case .update(let resource): ("update", resource, nil)
            case .delete(let reference): ("delete", nil, .string(reference))
            }
        return .object([
            ("type", .string(type)), ("description", .string(description)), ("resource", resource),
            ("resourceId", resourceId),
        ])
    }
}

extension Link {
    /// The link as a member of a card.
    public var json: JSONValue {
        .object([("label", .string(label)), ("url", .string(url)), ("type", .string(kind.rawValue))])
    }
}

private func list(_ values: [JSONValue]) -> JSONValue? { values.isEmpty ? nil : .array(values) }
