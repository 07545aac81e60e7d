extension XMLElement {
    /// What stands in it, in order: texts as they are, white space included, and child elements.
    ///
    /// Comments and processing instructions do not part a text.
    public var content: Content { Content(self) }

    /// The texts directly in it, joined as they stand, white space included; not those of its child elements.
    public var ownText: String {
        let arena = document.arena
        let start = arena.textStart(of: index)
        let record = record
        if Int(record.next) == index + 1 {
            return unsafe String(decoding: arena.text(from: start, to: record.end), as: UTF8.self)
        }
        var text = ""
        for case .text(let piece) in content { text += piece }
        return text
    }

    /// A text or a child element.
    public enum Piece: Sendable, Hashable {
        /// Text between two tags; never empty.
        case text(String)
        /// A child element.
        case element(XMLElement)
    }

    /// The texts and child elements of an element, in order.
    public struct Content: Sequence, IteratorProtocol, Sendable {
        private let document: XMLDocument
        /// Where the next text begins.
        private var textStart: UInt32
        private var child: Int
        private let childrenEnd: Int
        private let textEnd: UInt32

        init(_ element: XMLElement) {
            document = element.document
            textStart = element.document.arena.textStart(of: element.index)
            child = element.index + 1
            childrenEnd = Int(element.record.next)
            textEnd = element.record.end
        }

        /// The next text or child.
        public mutating func next() -> Piece? {
            let hasChild = child < childrenEnd
            let end = hasChild ? document.arena.elements[child].start : textEnd
            if textStart < end {
                defer { textStart = end }
                return unsafe .text(String(decoding: document.arena.text(from: textStart, to: end), as: UTF8.self))
            }
            guard hasChild else { return nil }
            let element = XMLElement(document, child)
            child = Int(element.record.next)
            textStart = element.record.end
            return .element(element)
        }
    }
}
