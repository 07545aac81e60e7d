public import JSONTree

/// A CDS Hooks card (specification 2.0.1, "Card Attributes"): one piece of advice to the clinician.
public struct Card: Sendable {
    /// How loudly the card speaks.
    public enum Indicator: String, Sendable, Hashable, CaseIterable {
        case info
        case warning
        case critical
    }

    /// How the suggestions of a card go together.
    public enum SelectionBehavior: String, Sendable, Hashable, CaseIterable {
        case atMostOne = "at-most-one"
        case any
    }

    /// Names the card in feedback; unique in a response.
    public var uuid: String?
    /// One sentence, fewer than 140 characters.
    public var summary: String
    /// GitHub Flavored Markdown; nil for a card that says all in its summary.
    public var detail: String?
    /// How loudly it speaks.
    public var indicator: Indicator
    /// Whose guidance it is.
    public var source: Source
    /// Empty when there are none; then the member is left out.
    public var suggestions: [Suggestion]
    /// Written only beside suggestions, where it is required.
    public var selectionBehavior: SelectionBehavior
    /// Each with a display; empty when there are none.
    public var overrideReasons: [Coding]
    /// Ways to more information; empty when there are none.
    public var links: [Link]

    /// Puts a card together.
    public init(
        uuid: String? = nil, summary: String, detail: String? = nil, indicator: Indicator, source: Source,
        suggestions: [Suggestion] = [], selectionBehavior: SelectionBehavior = .any, overrideReasons: [Coding] = [],
        links: [Link] = []
    ) {
        self.uuid = uuid
        self.summary = summary
        self.detail = detail
        self.indicator = indicator
        self.source = source
        self.suggestions = suggestions
        self.selectionBehavior = selectionBehavior
        self.overrideReasons = overrideReasons
        self.links = links
    }
}

/// The primary source of a card's guidance: the guideline, not the software.
public struct Source: Sendable, Hashable {
    /// Name of the source, as the clinician reads it.
    public var label: String
    /// Absolute; about the source, never about a patient. Nil when there is no page.
    public var url: String?
    /// What the card is about, as a code.
    public var topic: Coding?

    /// Names a source.
    public init(label: String, url: String? = nil, topic: Coding? = nil) {
        self.label = label
        self.url = url
        self.topic = topic
    }
}

/// A code of a code system with its label.
public struct Coding: Sendable, Hashable {
    /// Canonical URI of the code system.
    public var system: String
    /// The code.
    public var code: String
    /// Its label; required of override reasons.
    public var display: String?

    /// Names a code.
    public init(system: String, code: String, display: String? = nil) {
        self.system = system
        self.code = code
        self.display = display
    }
}

/// Something that the clinician may accept with one click; all its actions are then carried out.
public struct Suggestion: Sendable {
    /// What the button says.
    public var label: String
    /// Unique in a response.
    public var uuid: String?
    /// Whether the service singles the suggestion out; false leaves the member out.
    public var isRecommended: Bool
    /// What accepting it does, all together.
    public var actions: [Action]

    /// Puts a suggestion together.
    public init(label: String, uuid: String? = nil, isRecommended: Bool = false, actions: [Action]) {
        self.label = label
        self.uuid = uuid
        self.isRecommended = isRecommended
        self.actions = actions
    }
}

/// One change to the chart or the orders being signed.
public struct Action: Sendable {
    /// What is done, with what.
    public enum Change: Sendable {
        /// A new resource, without an id of a server.
        case create(JSONValue)
        /// The whole resource as it is to be, with its id.
        case update(JSONValue)
        /// A relative reference, `ServiceRequest/o1`.
        case delete(String)
    }

    /// What is done, with what.
    public var change: Change
    /// What the action does, for the clinician.
    public var description: String

    /// Puts an action together.
    public init(_ change: Change, description: String) {
        self.change = change
        self.description = description
    }

    /// The resource that is created or updated; nil for a deletion.
    public var resource: JSONValue? {
        switch change {
        case .create(let resource), .update(let resource): resource
        case .delete: nil
        }
    }
}

/// A way to more information.
public struct Link: Sendable, Hashable {
    /// What stands behind a link.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case absolute
        case smart
    }

    /// What the link says.
    public var label: String
    /// Absolute address.
    public var url: String
    /// What stands behind it.
    public var kind: Kind

    /// Names a link.
    public init(label: String, url: String, kind: Kind = .absolute) {
        self.label = label
        self.url = url
        self.kind = kind
    }
}
