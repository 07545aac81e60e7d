import XMLTree

/// The plain text of a piece of narrative: blocks on lines of their own, cells parted by bars, white space collapsed
/// (section 4.5).
struct NarrativeText {
    /// The text; empty when there is none.
    let text: String
    /// Unicode scalars in it.
    let length: Int
    /// It is longer than any text that is used, and was not read to its end.
    let isCut: Bool

    /// No text of a statement is longer, in bytes.
    private static let limit = 400_000

    /// Reads what stands in an element.
    ///
    /// - Parameter withColumnHeaders: Whether the cells of a row, where the element is one, bear the names of their columns.
    init(of element: XMLElement, withColumnHeaders: Bool) {
        var builder = Builder(limit: Self.limit)
        if withColumnHeaders, element.name == "tr", let headers = Self.headers(of: element) {
            for (cell, header) in zip(element.elements, headers) {
                builder.gap(.cell)
                builder.label = header
                builder.add(contentOf: cell)
                builder.label = ""
            }
        } else {
            builder.add(contentOf: element)
        }
        text = String(decoding: builder.bytes, as: UTF8.self)
        length = text.unicodeScalars.count
        isCut = builder.isFull
    }

    /// The texts of the header cells above a row; nil when they do not match its cells one by one.
    private static func headers(of row: XMLElement) -> [String]? {
        guard let body = row.parent, let table = body.name == "table" ? body : body.parent,
            let head = table.first("thead")?.elements("tr").first(where: { _ in true })
        else { return nil }
        let cells = head.elements.map { $0 }
        let rowCells = row.elements.map { $0 }
        let spans = (cells + rowCells).contains { $0["colspan"] != nil || $0["rowspan"] != nil }
        guard !spans, head != row, cells.count == rowCells.count, cells.count > 1 else { return nil }
        return cells.map { NarrativeText(of: $0, withColumnHeaders: false).text }
    }

    /// Collects text.
    private struct Builder {
        /// What stands between two words; the strongest of several counts.
        enum Gap: Int {
            case none, blank, line, cell, row
        }
        var bytes: [UInt8] = []
        var isFull = false
        /// Written before the next word, if one comes.
        var label = ""
        private var pending = Gap.none
        private let limit: Int

        init(limit: Int) { self.limit = limit }

        mutating func gap(_ gap: Gap) { if gap.rawValue > pending.rawValue { pending = gap } }

        /// Depth is limited by the tree.
        mutating func add(contentOf element: XMLElement) {
            for piece in element.content {
                if isFull { return }
                switch piece {
                case .text(let text): add(text)
                case .element(let child): add(child)
                }
            }
        }

        private mutating func add(_ element: XMLElement) {
            switch element.name {
            case "reference", "footnoteRef", "renderMultiMedia", "thumbnail", "script", "style": return
            case "paragraph", "item", "br", "list", "caption", "p", "li", "div": add(contentOf: element, between: .line)
            case "td", "th": add(contentOf: element, between: .cell)
            case "tr", "table": add(contentOf: element, between: .row)
            case "content" where element.hasAttribute("revised", equalTo: "delete"): return
            default: add(contentOf: element)
            }
        }

        private mutating func add(contentOf element: XMLElement, between edge: Gap) {
            gap(edge)
            add(contentOf: element)
            gap(edge)
        }

        private mutating func add(_ text: String) {
            var isBlank = false
            for byte in text.utf8 {
                if byte == 0x20 || 0x09...0x0D ~= byte {
                    isBlank = true
                    continue
                }
                if isBlank { gap(.blank) }
                isBlank = false
                flush()
                bytes.append(byte)
            }
            if isBlank { gap(.blank) }
            if bytes.count > limit { isFull = true }
        }

        private mutating func flush() {
            if pending != .none, !bytes.isEmpty {
                switch pending {
                case .none: break
                case .blank: bytes.append(UInt8(ascii: " "))
                case .cell: bytes += " | ".utf8
                case .line, .row: bytes.append(UInt8(ascii: "\n"))
                }
            }
            pending = .none
            guard !label.isEmpty else { return }
            bytes += label.utf8
            bytes += ": ".utf8
            label = ""
        }
    }
}
