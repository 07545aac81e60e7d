import Diagnostics
import Testing
import XMLTree

@testable import CCDA

/// References into the narrative and the text behind them (section 4.5).
@Suite("References into the narrative")
struct NarrativeTests {
    static func section(_ text: String, _ entry: String) -> String {
        "<section ID='s'><text ID='whole'>\(text)</text><entry><act>\(entry)</act></entry></section>"
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var text = ""
        /// The `text` element of the act.
        let inside: String
        /// By ``DocumentContext/text(of:)``.
        let plain: String?
        /// By ``DocumentContext/joinedText(of:)``; nil for the same.
        var joined: String?
        var codes: [String] = []
        var testDescription: String { name }
    }

    static let long = String(repeating: "x", count: 2000)
    static let rows = [
        Row(name: "nothing", inside: "<text/>", plain: nil),
        Row(name: "own text", inside: "<text> Back\n  pain </text>", plain: "Back pain"),
        Row(name: "blank", inside: "<text> \n </text>", plain: nil),
        Row(
            name: "reference", text: "<content ID='a'>Back pain</content>",
            inside: "<text><reference value='#a'/></text>",
            plain: "Back pain"),
        Row(
            name: "own text and reference", text: "<content ID='a'>for weeks</content>",
            inside: "<text>Back pain<reference value='#a'/></text>", plain: "Back pain", joined: "Back pain\nfor weeks"),
        Row(
            name: "the same text twice", text: "<content ID='a'>Back pain</content>",
            inside: "<text>Back pain<reference value='#a'/></text>", plain: "Back pain", joined: "Back pain"),
        Row(
            name: "own text and a reference to nowhere", inside: "<text>Back pain<reference value='#a'/></text>",
            plain: "Back pain", codes: ["CCDA-216"]),
        Row(
            name: "without #", text: "<content ID='a'>Back pain</content>",
            inside: "<text><reference value='a'/></text>",
            plain: "Back pain"),
        Row(
            name: "only one # is taken off", text: "<content ID='a'>Back pain</content>",
            inside: "<text><reference value='##a'/></text>", plain: nil, codes: ["CCDA-216"]),
        Row(
            name: "an ID that is percent-encoded", text: "<content ID='a b'>Back pain</content>",
            inside: "<text><reference value='#a%20b'/></text>", plain: "Back pain"),
        Row(
            name: "an ID with a percent sign", text: "<content ID='a%20b'>Back pain</content>",
            inside: "<text><reference value='#a%20b'/></text>", plain: "Back pain"),
        Row(
            name: "broken percent-encoding", text: "<content ID='a%2'>Back pain</content>",
            inside: "<text><reference value='#a%2'/></text>", plain: "Back pain"),
        Row(
            name: "other letters", text: "<content ID='PainText'>Back pain</content>",
            inside: "<text><reference value='#painTEXT'/></text>", plain: "Back pain", codes: ["CCDA-216"]),
        Row(
            name: "exact letters first", text: "<content ID='A'>Large</content><content ID='a'>Small</content>",
            inside: "<text><reference value='#a'/></text>", plain: "Small"),
        Row(name: "nowhere", inside: "<text><reference value='#a'/></text>", plain: nil, codes: ["CCDA-216"]),
        Row(name: "empty", inside: "<text><reference value='#'/></text>", plain: nil, codes: ["CCDA-216"]),
        Row(name: "outside", inside: "<text><reference value='http://example.org/#a'/></text>", plain: nil),
        Row(name: "a file", inside: "<text><reference value='file:///etc/passwd'/></text>", plain: nil),
        Row(name: "an attachment", inside: "<text><reference value='cid:a'/></text>", plain: nil),
        Row(name: "a path", inside: "<text><reference value='../a.txt'/></text>", plain: nil),
        Row(
            name: "the whole narrative", text: "<paragraph>A</paragraph><paragraph>B</paragraph>",
            inside: "<text><reference value='#whole'/></text>", plain: "A\nB"),
        Row(name: "the section around itself", text: "A", inside: "<text><reference value='#s'/></text>", plain: "A"),
        Row(
            name: "itself", inside: "<text ID='me'><reference value='#me'/></text>", plain: nil),
        Row(
            name: "a statement",
            inside: "<observation ID='o'><code/></observation><text><reference value='#o'/></text>", plain: nil),
        Row(
            name: "2,000 characters", text: "<content ID='a'>\(long)</content>",
            inside: "<text><reference value='#a'/></text>",
            plain: long),
        Row(
            name: "2,001 characters", text: "<content ID='a'>\(long)y</content>",
            inside: "<text><reference value='#a'/></text>",
            plain: nil, joined: long + "y"),
        Row(name: "base 64", inside: "<text representation='B64'>aGk=</text>", plain: nil),
        Row(
            name: "two elements of one ID", text: "<content ID='a'>First</content><content ID='a'>Second</content>",
            inside: "<text><reference value='#a'/></text>", plain: "First", codes: ["CCDA-217"]),
    ]

    @Test("Own text, referenced text, both", arguments: rows)
    func reads(_ row: Row) throws {
        let fragment = try Fragment(Self.section(row.text, row.inside))
        let element = try fragment.first("act").first("text")
        #expect(fragment.context.text(of: element) == row.plain)
        #expect(fragment.context.joinedText(of: element) == row.joined ?? row.plain)
        #expect(fragment.codes == row.codes)
    }

    @Test("Doubts about references are counted once for the document")
    func counts() throws {
        let references = (0..<40).map { "<text><reference value='#n\($0)'/></text>" }.joined()
        let fragment = try Fragment(
            Self.section(
                "<content ID='A'/><content ID='b'/><content ID='b'/>",
                references + "<text><reference value='#a'/></text>"))
        #expect(fragment.codes == ["CCDA-217", "CCDA-216", "CCDA-216"])
        #expect(fragment.context.issues.map { $0.found.prefix { $0 != " " } } == ["1", "1", "40"])
        #expect(fragment.context.issues.allSatisfy { $0.location.line != nil && $0.location.path != nil })
    }

    @Test("A long text that many statements refer to is the text of none")
    func shared() throws {
        let text = "<content ID='a'>\(Self.long)y</content>"
        func length(_ count: Int) throws -> Int? {
            let references = Array(repeating: "<text><reference value='#a'/></text>", count: count).joined()
            let fragment = try Fragment(Self.section(text, references))
            return fragment.context.joinedText(of: try fragment.first("act").first("text"))?.count
        }
        #expect(try length(4) == 2001)
        #expect(try length(5) == nil)
    }

    @Test(
        "Blocks, cells and inline text",
        arguments: [
            ("A <content>b</content>c", "A bc"), ("A<br/>B", "A\nB"),
            ("<paragraph>A</paragraph>B<paragraph>C</paragraph>", "A\nB\nC"),
            ("<list><caption>L</caption><item>A</item> <item>B</item></list>", "L\nA\nB"),
            (
                "<table><thead><tr><th>H</th><th>I</th></tr></thead><tbody><tr><td>A</td> <td>B</td></tr><tr><td/><td>D</td></tr></tbody></table>",
                "H | I\nA | B\nD"
            ),
            (
                "<table><tr><td><paragraph>A</paragraph><paragraph>B</paragraph></td><td><list><item>C</item></list></td></tr></table>",
                "A\nB | C"
            ),
            (
                "A<footnoteRef IDREF='f'/> <renderMultiMedia referencedObject='m'><caption>M</caption></renderMultiMedia>B",
                "A B"
            ),
            ("A <content revised='delete'>not</content> B", "A B"),
            ("A <content revised='insert'>not</content> B", "A not B"),
            ("H<sub>2</sub>O", "H2O"), ("<linkHtml href='http://example.org'>A</linkHtml>", "A"), ("\n  \n", ""),
            ("<content><content>Ä</content>\u{A0}é</content>", "Ä\u{A0}é"),
        ])
    func rendering(_ inside: String, _ expected: String) throws {
        let fragment = try Fragment("<text>\(inside)</text>")
        #expect(NarrativeText(of: try fragment.element, withColumnHeaders: false).text == expected)
    }

    @Test(
        "The cells of a row bear the names of their columns where they match",
        arguments: [
            ("<th>Problem</th><th>State</th>", "<td>Cancer</td><td>No</td>", "Problem: Cancer | State: No"),
            ("<th>Problem</th><th/>", "<td>Cancer</td><td>No</td>", "Problem: Cancer | No"),
            ("<th>Problem</th><th>State</th>", "<td>Cancer</td><td/>", "Problem: Cancer"),
            ("<th>Problem</th>", "<td>Cancer</td><td>No</td>", "Cancer | No"),
            ("<th>Problem</th>", "<td>Cancer</td>", "Cancer"),
            ("<th colspan='2'>Problem</th><th>State</th>", "<td>Cancer</td><td>No</td>", "Cancer | No"),
            ("<th>Problem</th><th>State</th>", "<td rowspan='2'>Cancer</td><td>No</td>", "Cancer | No"),
        ])
    func headers(_ head: String, _ row: String, _ expected: String) throws {
        let fragment = try Fragment(
            Self.section(
                "<table><thead><tr>\(head)</tr></thead><tbody><tr ID='r'>\(row)</tr></tbody></table>",
                "<text><reference value='#r'/></text>"))
        let element = try fragment.first("act").first("text")
        #expect(fragment.context.joinedText(of: element) == expected)
        #expect(fragment.context.text(of: element)?.contains("Problem:") == false)
    }

    @Test("Thousands of references to parts of one table take no time that grows with its size")
    func linear() throws {
        func seconds(_ count: Int) throws -> Duration {
            let rows = (0..<count).map { "<tr ID='r\($0)'><td ID='c\($0)'>cell \($0)</td></tr>" }.joined()
            let references = (0..<count).map { i in
                "<text><reference value='#r\(i)'/></text><text><reference value='#body'/></text>"
            }.joined()
            let fragment = try Fragment(
                Self.section("<table><tbody ID='body'>\(rows)</tbody></table>", references))
            let texts = try fragment.first("act").elements("text")
            return ContinuousClock().measure {
                for text in texts {
                    _ = fragment.context.text(of: text)
                    _ = fragment.context.joinedText(of: text)
                }
            }
        }
        _ = try seconds(100)
        let (small, large) = (try seconds(500), try seconds(4000))
        // Eight times the size; a quadratic walk would take sixty-four times as long.
        #expect(large < small * 32, "\(small), then \(large)")
    }
}
