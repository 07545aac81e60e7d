import CCDA
import Diagnostics
import XMLTree

/// The narrative of a section as the XHTML of a FHIR Narrative (sections 9 and 12).
///
/// Elements and attributes are written by a list of those that FHIR admits; all else of the source comes out as escaped text,
/// or not at all and with a note. IDs are left out, as the narratives of many sections meet in one Bundle.
enum NarrativeXHTML {
    /// The `div` of a section's `text`; nil when there is nothing to read in it.
    ///
    /// A narrative of more than a million bytes is cut there, with a sentence that says so and a note.
    static func xhtml(of text: XMLElement, in context: DocumentContext) -> String? {
        var writer = XHTMLWriter(footnotes: footnoteNumbers(of: text))
        writer.write(contentOf: text)
        guard writer.hasText else { return nil }
        for loss in writer.losses.sorted() {
            context.note(.ccdaNarrative, at: text, expected: "narrative that FHIR can hold", found: loss)
        }
        return writer.finished()
    }

    /// Numbers of the footnotes by their ID, in order.
    private static func footnoteNumbers(of text: XMLElement) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for element in text.descendants() where element.has(name: "footnote") {
            if let id = element["ID"], numbers[id] == nil { numbers[id] = numbers.count + 1 }
        }
        return numbers
    }
}
