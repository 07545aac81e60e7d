import CCDA
import JSONTree
import XMLTree

/// Sections → Composition.section.
extension DocumentMapper {
    /// The sections directly below one, or of the document itself; nil when there are none. Depth is limited by the tree.
    mutating func sections(below parent: Int?, options: DocumentConverter.Options) -> JSONValue? {
        (childSections[parent ?? -1] ?? []).map { section(document.sections[$0], options: options) }.nonEmptyArray
    }

    private mutating func section(_ section: Section, options: DocumentConverter.Options) -> JSONValue {
        var seen: Set<String> = []
        let entries = (listed[section.index] ?? []).filter { seen.insert($0).inserted }.map { reference($0) }
        let inner = sections(below: section.index, options: options)
        let empty = entries.isEmpty ? emptyReason(of: section) : nil
        var text = options.includesNarrative ? narrative(of: section) : nil
        // A section must have a text, an entry or a section (cmp-1).
        if text == nil, entries.isEmpty, inner == nil { text = Self.noText }
        return .object([
            ("title", section.title.map { .string($0) }), ("code", section.code?.codeableConcept(in: context)),
            ("author", authors(in: section.element).nonEmptyArray), ("text", text), ("entry", entries.nonEmptyArray),
            ("emptyReason", empty), ("section", inner),
        ])
    }

    private func narrative(of section: Section) -> JSONValue? {
        guard let element = section.narrative, let div = NarrativeXHTML.xhtml(of: element, in: context) else {
            return nil
        }
        return ["status": "additional", "div": .string(div)]
    }

    /// Why a section lists nothing: it asserts that there is nothing, or says that it has no information.
    private func emptyReason(of section: Section) -> JSONValue? {
        if nilKnown.contains(section.index) { return .concept(Self.emptyReasons, "nilknown", "Nil Known") }
        guard let flavor = section.nullFlavor else { return nil }
        return switch flavor.rawValue {
        case "MSK": .concept(Self.emptyReasons, "withheld", "Information Withheld")
        case "NASK": .concept(Self.emptyReasons, "notasked", "Not Asked")
        default: .concept(Self.emptyReasons, "unavailable", "Unavailable")
        }
    }

    private static let emptyReasons = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
    private static let noText: JSONValue = [
        "status": "empty", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">No text</div>",
    ]
}
