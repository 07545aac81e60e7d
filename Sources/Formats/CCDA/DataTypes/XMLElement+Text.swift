import XMLTree

extension XMLElement {
    /// Whether there is any element inside.
    var hasElements: Bool {
        var children = elements
        return children.next() != nil
    }

    /// The text directly inside, trimmed and with one blank in place of several; nil when there is none.
    var words: String? { ownText.collapsingBlanks().nonEmpty }

    /// An attribute of codes parted by blanks.
    func codes(_ attribute: String) -> [String] {
        self[attribute].map { $0.utf8.split { $0 <= 0x20 }.map { String(Substring($0)) } } ?? []
    }
}
