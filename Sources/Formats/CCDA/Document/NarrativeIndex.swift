import Diagnostics
public import XMLTree

/// The elements of a document by their `ID`, for references from entries into the narrative (section 4.5).
public struct NarrativeIndex {
    private var elements: [String: XMLElement] = [:]
    /// IDs in small letters; only filled when a reference does not match exactly.
    private var folded: [String: XMLElement] = [:]
    /// How many references lead to an element, by its index.
    private var references: [Int: Int] = [:]
    private var doubts = Doubts()
    private let texts = TextCache()

    /// Counts of what is noted once for the document.
    private struct Doubts {
        var duplicates: (count: Int, first: XMLElement)?
        var unresolved: (count: Int, first: XMLElement)?
        var otherCase: (count: Int, first: XMLElement)?

        static func count(_ doubt: inout (count: Int, first: XMLElement)?, _ element: XMLElement) {
            doubt = ((doubt?.count ?? 0) + 1, doubt?.first ?? element)
        }
    }

    /// Texts that were made before, by the target's index.
    private final class TextCache {
        var plain: [Int: NarrativeText] = [:]
        var display: [Int: NarrativeText] = [:]
    }

    /// Collects every ID once and resolves every reference.
    public init(_ tree: XMLDocument) {
        var pending: [XMLElement] = []
        for element in tree.root.descendants() {
            if let id = element["ID"], !id.isEmpty {
                if elements[id] == nil { elements[id] = element } else { Doubts.count(&doubts.duplicates, element) }
            }
            if element.name == "reference", element["value"] != nil { pending.append(element) }
        }
        resolve(pending)
    }

    private mutating func resolve(_ pending: [XMLElement]) {
        var missed: [(reference: XMLElement, value: String)] = []
        for reference in pending {
            guard let value = reference["value"] else { continue }
            if let target = exact(value) {
                references[target.index, default: 0] += 1
            } else if !Self.isExternal(value) {
                missed.append((reference, value))
            }
        }
        guard !missed.isEmpty else { return }
        for (id, element) in elements.sorted(by: { $0.value.index < $1.value.index }) {
            let key = id.lowercased()
            if folded[key] == nil { folded[key] = element }
        }
        for (reference, value) in missed {
            if let target = anyCase(value) {
                references[target.index, default: 0] += 1
                Doubts.count(&doubts.otherCase, reference)
            } else {
                Doubts.count(&doubts.unresolved, reference)
            }
        }
    }

    private func exact(_ reference: String) -> XMLElement? {
        let id = Self.id(reference)
        return elements[id] ?? Self.decoded(id).flatMap { elements[$0] }
    }

    private func anyCase(_ reference: String) -> XMLElement? {
        let id = Self.id(reference).lowercased()
        return folded[id] ?? Self.decoded(id).flatMap { folded[$0.lowercased()] }
    }

    /// The element that a `reference/@value` leads to: with or without `#`, percent-encoded or not, by exact spelling or else
    /// in any case of letters; nil when there is none. Nothing outside of the document is ever opened.
    public func target(of reference: String) -> XMLElement? { exact(reference) ?? anyCase(reference) }

    /// Without one `#` and without blanks around it.
    private static func id(_ reference: String) -> String {
        let trimmed = reference.trimmingBlanks()
        return trimmed.hasPrefix("#") ? String(trimmed.dropFirst()) : trimmed
    }

    /// Whether a reference names something outside of the document.
    static func isExternal(_ reference: String) -> Bool {
        let trimmed = reference.trimmingBlanks()
        return !trimmed.hasPrefix("#") && trimmed.utf8.contains { ":/\\".utf8.contains($0) }
    }

    /// Percent-decoded once; nil when there is nothing to decode, or it is no UTF-8.
    private static func decoded(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return nil }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(Substring(rest.prefix(2))), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// What is doubtful about the references of the whole document, each kind once with its count.
    func issues(source: String?) -> [Issue] {
        func issue(
            _ code: IssueCode, _ doubt: (count: Int, first: XMLElement)?, _ expected: String, _ found: String
        ) -> Issue? {
            doubt.map {
                Issue(
                    code, .warning, at: SourceLocation(source: source, path: $0.first.path, line: $0.first.line),
                    expected: expected, found: "\($0.count) \(found), the first of them here")
            }
        }
        return [
            issue(
                .ccdaDuplicateID, doubts.duplicates, "every ID once", "elements with an ID that another has before"),
            issue(
                .ccdaReference, doubts.otherCase, "references in the letters of the ID",
                "references with other small or large letters"),
            issue(
                .ccdaReference, doubts.unresolved, "references to an ID of the document", "references that lead nowhere"
            ),
        ].compactMap(\.self)
    }
}

extension NarrativeIndex {
    /// A longer text is no name of a code.
    static let codeLimit = 2000
    /// A longer text is that of a statement only when few refer to it: a whole table belongs to none of its rows.
    private static let sharedLimit = 4

    /// The text that a reference element leads to; nil when it leads nowhere, around itself, to no narrative or to no text.
    func text(of reference: XMLElement, forDisplay: Bool) -> NarrativeText? {
        guard let value = reference["value"], let target = target(of: value),
            let narrative = target.name == "section" ? target.first("text") : target,
            Statement.Kind(rawValue: narrative.name) == nil, !contains(narrative, reference)
        else { return nil }
        let text = rendered(narrative, forDisplay: forDisplay)
        guard !text.isCut else { return nil }
        if forDisplay, text.length > Self.codeLimit, references[target.index, default: 0] > Self.sharedLimit {
            return nil
        }
        return text.text.isEmpty ? nil : text
    }

    private func rendered(_ element: XMLElement, forDisplay: Bool) -> NarrativeText {
        if let text = forDisplay ? texts.display[element.index] : texts.plain[element.index] { return text }
        let text = NarrativeText(of: element, withColumnHeaders: forDisplay)
        if forDisplay { texts.display[element.index] = text } else { texts.plain[element.index] = text }
        return text
    }

    /// Whether an element stands around another. Depth is limited by the tree.
    private func contains(_ outer: XMLElement, _ inner: XMLElement) -> Bool {
        var current = inner.parent
        while let element = current {
            if element.index == outer.index { return true }
            if element.index < outer.index { return false }
            current = element.parent
        }
        return false
    }
}

extension DocumentContext {
    /// The text of an ED or ST: its own text, else what its `reference` leads to; nil when there is none, and for a file in
    /// base 64. A referenced text of more than 2,000 characters is none.
    public func text(of element: XMLElement?) -> String? {
        guard let element, element["representation"] != "B64" else { return nil }
        if let own = own(element) { return own }
        guard let reference = element.first("reference"),
            let text = narrative.text(of: reference, forDisplay: false), text.length <= NarrativeIndex.codeLimit
        else { return nil }
        return text.text
    }

    /// Own text and referenced text joined, as the `text` of a statement has them; the cells of a row that is referenced bear
    /// the names of their columns.
    public func joinedText(of element: XMLElement?) -> String? {
        guard let element, element["representation"] != "B64" else { return nil }
        let own = own(element)
        let referenced = element.first("reference").flatMap { narrative.text(of: $0, forDisplay: true)?.text }
        guard let own, let referenced, own != referenced else { return own ?? referenced }
        return own + "\n" + referenced
    }

    private func own(_ element: XMLElement) -> String? {
        // Most elements with text hold nothing else.
        NarrativeText(of: element, withColumnHeaders: false).text.nonEmpty
    }
}
