public import XMLTree

/// The elements of a document by their `ID`, for references from entries into the narrative (section 4.5).
public struct NarrativeIndex {
    /// Collects every ID once.
    public init(_ tree: XMLDocument) {}
}

extension DocumentContext {
    /// The text of an ED or ST: its own text, else what its `reference` leads to; nil when there is none.
    public func text(of element: XMLElement?) -> String? { nil }
    /// Own text and referenced text joined, as the `text` of a statement has them.
    public func joinedText(of element: XMLElement?) -> String? { nil }
}
