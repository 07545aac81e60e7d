import CCDA
import XMLTree

/// Writes CDA narrative as XHTML. Depth is limited by the tree.
struct XHTMLWriter {
    /// In bytes, without the closing tags.
    static let limit = 1_000_000
    private var bytes: [UInt8] = []
    /// Whether anything but white space was written.
    private(set) var hasText = false
    /// What had to be left out, in words.
    private(set) var losses: Set<String> = []
    private let footnotes: [String: Int]

    /// A writer that knows the numbers of footnotes by their ID.
    init(footnotes: [String: Int]) { self.footnotes = footnotes }

    private var isFull: Bool { bytes.count >= Self.limit }

    /// The whole `div`.
    func finished() -> String {
        let end = isFull ? "<p>[The narrative is longer; the source document has the rest.]</p>" : ""
        return "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + String(decoding: bytes, as: UTF8.self) + end + "</div>"
    }

    /// Writes all that stands in an element.
    mutating func write(contentOf element: XMLElement) {
        for piece in element.content {
            if isFull { return cut() }
            switch piece {
            case .text(let text): escape(text)
            case .element(let child): write(child)
            }
        }
    }

    private mutating func cut() { losses.insert("more than \(Self.limit) bytes; the rest is left out") }

    private mutating func write(_ element: XMLElement) {
        guard element.isInRootNamespace else { return write(contentOf: element) }
        switch element.name {
        case "content": writeContent(element)
        case "paragraph": tag(Self.hasBlocks(element) ? "div" : "p", element)
        case "br": bytes += "<br/>".utf8
        case "sub", "sup", "p", "div": tag(element.name, element)
        case "list": writeList(element)
        case "item": tag("li", element)
        case "caption": tag("span", element, class: "caption")
        case "table": tag("table", element, parts: Self.tableParts)
        case "col", "colgroup", "thead", "tfoot", "tbody", "tr", "th", "td": writeTablePart(element)
        case "linkHtml": writeLink(element)
        case "footnote": writeFootnote(element)
        case "footnoteRef":
            if let number = element["IDREF"].flatMap({ footnotes[$0] }) { write(html: "<sup>[\(number)]</sup>") }
        case "renderMultiMedia": writeMedia(element)
        case "script", "style", "object", "iframe", "embed": losses.insert("elements that are no narrative")
        default: write(contentOf: element)
        }
    }
}

// MARK: - Elements
extension XHTMLWriter {
    /// What may stand directly inside an element, and what is put around all else there.
    private struct Parts {
        let names: Set<String>
        let before: String
        let after: String
    }
    private static let tableParts = Parts(
        names: ["caption", "col", "colgroup", "thead", "tfoot", "tbody", "tr"], before: "<tbody><tr><td>",
        after: "</td></tr></tbody>")
    private static let groupParts = Parts(names: ["tr"], before: "<tr><td>", after: "</td></tr>")
    private static let rowParts = Parts(names: ["td", "th"], before: "<td>", after: "</td>")
    private static let listParts = Parts(names: ["item"], before: "<li>", after: "</li>")

    private static func hasBlocks(_ element: XMLElement) -> Bool {
        element.elements.contains { ["list", "table", "paragraph", "p", "div"].contains($0.name) }
    }

    /// An element under its XHTML name with the attributes that it may have there.
    private mutating func tag(_ name: String, _ element: XMLElement, class fixed: String? = nil, parts: Parts? = nil) {
        bytes += "<\(name)".utf8
        let classes = (fixed.map { [$0] } ?? []) + Self.classes(element["styleCode"])
        if !classes.isEmpty { attribute("class", classes.joined(separator: " ")) }
        for (attribute, isAllowed) in XHTMLAttributes.table[name] ?? [:] {
            if let value = element[attribute]?.trimmingBlanks(), isAllowed(value) { self.attribute(attribute, value) }
        }
        bytes += ">".utf8
        if let parts { write(partsOf: element, parts) } else { write(contentOf: element) }
        bytes += "</\(name)>".utf8
    }

    private mutating func write(partsOf element: XMLElement, _ parts: Parts) {
        for piece in element.content {
            if isFull { return cut() }
            switch piece {
            case .element(let child) where child.isInRootNamespace && parts.names.contains(child.name):
                // A caption belongs to the table; anywhere else it is text.
                if child.name == "caption" { tag("caption", child) } else { write(child) }
            case .element(let child)
            where child.isInRootNamespace && child.name == "caption" && parts.names == ["item"]:
                // It stands before the list.
                continue
            case .element(let child):
                write(html: parts.before)
                write(child)
                write(html: parts.after)
            case .text(let text):
                guard text.utf8.contains(where: { $0 > 0x20 }) else { continue }
                write(html: parts.before)
                escape(text)
                write(html: parts.after)
            }
        }
    }

    private mutating func writeTablePart(_ element: XMLElement) {
        switch element.name {
        case "col":
            bytes += "<col".utf8
            for (name, isAllowed) in XHTMLAttributes.table["col"] ?? [:] {
                if let value = element[name]?.trimmingBlanks(), isAllowed(value) { attribute(name, value) }
            }
            bytes += "/>".utf8
        case "colgroup":
            // Only columns stand in it.
            tag("colgroup", element, parts: Parts(names: ["col"], before: "", after: ""))
        case "tr": tag("tr", element, parts: Self.rowParts)
        case "td", "th": tag(element.name, element)
        default: tag(element.name, element, parts: Self.groupParts)
        }
    }

    private mutating func writeContent(_ element: XMLElement) {
        let isDeleted = element.hasAttribute("revised", equalTo: "delete")
        tag("span", element, class: isDeleted ? "strikethrough" : nil)
    }

    private mutating func writeList(_ element: XMLElement) {
        if let caption = element.first("caption") { tag("p", caption, class: "caption") }
        tag(element.hasAttribute("listType", equalTo: "ordered") ? "ol" : "ul", element, parts: Self.listParts)
    }

    private mutating func writeLink(_ element: XMLElement) {
        let target = element["href"]?.trimmingBlanks() ?? ""
        guard Self.isSafe(target) else {
            if !target.isEmpty { losses.insert("links that are no web or mail address; only their text is kept") }
            return tag("span", element)
        }
        bytes += "<a".utf8
        attribute("href", target)
        bytes += ">".utf8
        let start = bytes.count
        write(contentOf: element)
        if bytes.count == start { escape(target) }
        bytes += "</a>".utf8
    }

    /// Web and mail addresses only.
    private static func isSafe(_ target: String) -> Bool {
        let lower = target.lowercased()
        return target.utf8.allSatisfy { 0x21...0x7e ~= $0 } && target.utf8.count <= 2000
            && ["http://", "https://", "mailto:"].contains { lower.hasPrefix($0) && lower.utf8.count > $0.utf8.count }
    }

    private mutating func writeFootnote(_ element: XMLElement) {
        write(html: "<span class=\"footnote\">")
        if let number = element["ID"].flatMap({ footnotes[$0] }) { write(html: "[\(number)] ") }
        write(contentOf: element)
        write(html: "</span>")
    }

    private mutating func writeMedia(_ element: XMLElement) {
        write(html: "<span class=\"media\">[")
        if let caption = element.first("caption") {
            write(contentOf: caption)
        } else {
            escape("media " + (element["referencedObject"] ?? ""))
        }
        write(html: "]</span>")
    }
}

// MARK: - Characters
extension XHTMLWriter {
    private mutating func write(html: String) { bytes += html.utf8 }

    private mutating func attribute(_ name: String, _ value: String) {
        bytes += " \(name)=\"".utf8
        for byte in value.utf8 { append(byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes text up to the limit.
    private mutating func escape(_ text: String) {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            // A character is never cut in two.
            if isFull, byte & 0xC0 != 0x80 { return cut() }
            append(byte)
            // A blank that does not break is a blank.
            if byte > 0x20, byte != 0xC2, !(byte == 0xA0 && previous == 0xC2) { hasText = true }
            previous = byte
        }
    }

    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): bytes += "&amp;".utf8
        case UInt8(ascii: "<"): bytes += "&lt;".utf8
        case UInt8(ascii: ">"): bytes += "&gt;".utf8
        case UInt8(ascii: "\""): bytes += "&quot;".utf8
        default: bytes.append(byte)
        }
    }

    /// Class names from style codes: letters, digits, hyphens and underscores; FHIR's own name where it has one.
    private static func classes(_ styleCode: String?) -> [String] {
        guard let styleCode else { return [] }
        return styleCode.utf8.split { $0 <= 0x20 }.prefix(8).compactMap { code in
            let kept = code.prefix(40).filter(isNameCharacter)
            switch String(decoding: kept, as: UTF8.self) {
            case "": return nil
            case "Bold": return "bold"
            case "Italics", "Emphasis": return "italics"
            case "Underline": return "underline"
            case let name: return name.utf8.first.map(isLetter) == true ? name : nil
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }
    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}
