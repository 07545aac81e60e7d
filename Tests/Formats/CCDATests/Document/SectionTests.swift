import CCDA
import Diagnostics
import Testing
import XMLTree

@Suite("Sections")
struct SectionTests {
    struct Row: CustomTestStringConvertible {
        let because: String
        let section: String
        let role: Section.Role
        var doubts: [String] = []
        var testDescription: String { because }
    }

    static let loinc = "codeSystem='2.16.840.1.113883.6.1'"
    static let entry = "<entry><act/></entry>"
    static let noCode = "none"

    static let rows = [
        Row(because: "by LOINC code", section: "<code code='11450-4' \(loinc)/>", role: .problems),
        Row(because: "by a code with blanks around it", section: "<code code=' 11450-4 ' \(loinc)/>", role: .problems),
        Row(because: "by a code without system", section: "<code code='30954-2'/>", role: .results),
        Row(
            because: "not by the same digits of another system",
            section: "<code code='11450-4' codeSystem='2.16.840.1.113883.6.96'/>", role: .other),
        Row(
            because: "by a translation of a local code",
            section: "<code code='PROB' codeSystem='1.2.3'><translation code='11450-4' \(loinc)/></code>",
            role: .problems),
        Row(
            because: "by code before template",
            section: "<templateId root='2.16.840.1.113883.10.20.22.2.5.1'/><code code='10157-6' \(loinc)/>",
            role: .familyHistory),
        Row(
            because: "by template where the code is not known",
            section: "<templateId root='1.2.3'/><templateId root='2.16.840.1.113883.10.20.22.2.5.1'/>"
                + "<code code='99999-9' \(loinc)/>", role: .problems),
        Row(
            because: "by the template whose entries are optional",
            section: "<templateId root='2.16.840.1.113883.10.20.22.2.1'/><code code='X'/>", role: .medications),
        Row(
            because: "the wrong code of family history that is often seen", section: "<code code='10157-2' \(loinc)/>",
            role: .familyHistory),
        Row(
            because: "DICOM's code of findings",
            section: "<code code='121070' codeSystem='1.2.840.10008.2.16.4'/>", role: .imagingFindings),
        Row(
            because: "by title, with a warning where it has entries",
            section: "<code code='X'/><title>Family  History:</title>\(entry)", role: .familyHistory,
            doubts: ["neither; taken for familyHistory by its title"]),
        Row(
            because: "by title, where nothing depends on it", section: "<code code='X'/><title>Results</title>",
            role: .results),
        Row(
            because: "by title and without a code", section: "<title>Problems</title>\(entry)", role: .problems,
            doubts: [noCode, "neither; taken for problems by its title"]),
        Row(
            because: "a title that only begins with the letters", section: "<code code='X'/><title>Resultsheet</title>",
            role: .other),
        Row(because: "nothing that is known", section: "<code code='X'/><title>Diet</title>\(entry)", role: .other),
        Row(because: "nothing at all", section: "", role: .other, doubts: [noCode]),
    ]

    @Test("say what they are about", arguments: rows)
    func role(_ row: Row) throws {
        let document = try Invented.read(Invented.structured("<section>\(row.section)</section>"))
        #expect(document.sections.map(\.role) == [row.role])
        #expect(document.context.issues.filter { $0.code == .ccdaSection }.map(\.found) == row.doubts)
    }

    @Test("that say they have no information and have entries are read, with a warning")
    func nullFlavor() throws {
        let document = try Invented.read(
            Invented.structured(
                "<section nullFlavor='NI'><code code='30954-2'/>\(Self.entry)</section>",
                "<section nullFlavor='NI'><code code='30954-2'/></section>"))
        #expect(document.sections.map { $0.nullFlavor?.rawValue } == ["NI", "NI"])
        #expect(document.sections.map(\.entries.count) == [1, 0])
        #expect(document.context.issues.map(\.location.path) == [document.sections[0].element.path])
    }

    @Test("stand in document order at any depth, each with the section around it")
    func nesting() throws {
        let inner =
            "<component><section><code code='8716-3'/><component><section><code code='29545-1'/></section></component></section></component>"
        let document = try Invented.read(
            Invented.structured(
                "<section><code code='11450-4'/>\(inner)</section>",
                "<section><code code='30954-2'/></section>"))
        #expect(document.sections.map(\.loinc) == ["11450-4", "8716-3", "29545-1", "30954-2"])
        #expect(document.sections.map(\.parent) == [nil, 0, 1, nil])
        #expect(document.sections.map(\.index) == [0, 1, 2, 3])
    }

    @Test("may repeat a code")
    func repeated() throws {
        let section = "<section><code code='30954-2'/>\(Self.entry)</section>"
        let document = try Invented.read(Invented.structured(section, section))
        #expect(document.sections.map(\.role) == [.results, .results])
    }
}
