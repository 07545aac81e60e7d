/// Where the resources of a Bundle come from that was made from another document: the places that facts and issues name.
public struct SourceElements: Sendable {
    /// Path of the whole document, for example `/ClinicalDocument`.
    public let root: String
    /// Path of the element behind each `Bundle.entry`, by its index.
    public let entries: [String]

    /// Names the places.
    public init(root: String, entries: [String]) {
        self.root = root
        self.entries = entries
    }

    /// The place of an entry; of one that nothing is known of, the document.
    func place(ofEntry index: Int) -> Place {
        .element(entries.indices.contains(index) ? entries[index] : root)
    }
}
