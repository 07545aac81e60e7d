extension XMLElement {
    /// The child elements.
    public var elements: Elements { Elements(self) }

    /// How many child elements it has; counts them.
    public var childCount: Int {
        var count = 0
        for _ in elements { count += 1 }
        return count
    }

    /// The child elements with this local name in the namespace of the root element, in order.
    public func elements(_ name: String) -> [XMLElement] { elements.filter { $0.has(name: name) } }

    /// The child elements with this local name in that namespace, in order.
    public func elements(_ name: String, in namespace: XMLNamespace) -> [XMLElement] {
        elements.filter { $0.has(name: name, in: namespace) }
    }

    /// The first child element with this local name in the namespace of the root element.
    public func first(_ name: String) -> XMLElement? { elements.first { $0.has(name: name) } }

    /// The first child element with this local name in that namespace.
    public func first(_ name: String, in namespace: XMLNamespace) -> XMLElement? {
        elements.first { $0.has(name: name, in: namespace) }
    }

    /// All elements inside it, in document order, itself not among them.
    public func descendants() -> Descendants { Descendants(self) }

    /// The child elements of an element, in order.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        private let document: XMLDocument
        private var place: Int
        private let end: Int

        init(_ parent: XMLElement) {
            document = parent.document
            place = parent.index + 1
            end = Int(parent.record.next)
        }

        /// The next child.
        public mutating func next() -> XMLElement? {
            guard place < end else { return nil }
            let child = XMLElement(document, place)
            place = Int(child.record.next)
            return child
        }
    }

    /// The elements inside an element, in document order.
    public struct Descendants: Sequence, IteratorProtocol, Sendable {
        private let document: XMLDocument
        private var places: Range<Int>

        init(_ ancestor: XMLElement) {
            document = ancestor.document
            places = ancestor.index + 1..<Int(ancestor.record.next)
        }

        /// The next element.
        public mutating func next() -> XMLElement? {
            places.popFirst().map { XMLElement(document, $0) }
        }
    }
}
