import CDSHooks
import Guidelines
import JSONTree

/// A card with the decision behind it, and the questions that tests ask of its suggestions.
struct DecidedCard {
    let decision: Decision
    let card: Card

    var actions: [Action] { card.suggestions.flatMap(\.actions) }

    /// `create ServiceRequest`, `update ServiceRequest`, `delete`, in order.
    var actionKinds: [String] {
        actions.map { action in
            switch action.change {
            case .create(let resource): "create \(Self.type(of: resource))"
            case .update(let resource): "update \(Self.type(of: resource))"
            case .delete: "delete"
            }
        }
    }

    /// The texts or first codes of what is created.
    var created: [JSONValue] {
        actions.compactMap { action in
            if case .create(let resource) = action.change { resource } else { nil }
        }
    }

    var updated: [JSONValue] {
        actions.compactMap { action in
            if case .update(let resource) = action.change { resource } else { nil }
        }
    }

    /// Whether a suggestion deletes without creating imaging in the same suggestion.
    var hasStandAloneDeletion: Bool {
        card.suggestions.contains { suggestion in
            let deletes = suggestion.actions.contains { if case .delete = $0.change { true } else { false } }
            let orders = suggestion.actions.contains { if case .create = $0.change { true } else { false } }
            return deletes && !orders
        }
    }

    /// The code text of the orders created, in order.
    var createdTexts: [String] { created.compactMap { Self.string($0["code"]?["text"]) } }

    static func string(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text
        case .raw(let bytes): (try? JSONDocument(bytes))?.read { $0.string }
        default: nil
        }
    }

    private static func type(of resource: JSONValue) -> String { string(resource["resourceType"]) ?? "?" }
}
