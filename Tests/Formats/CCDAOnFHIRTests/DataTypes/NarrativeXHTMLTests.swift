import Testing
import XMLTree

@testable import CCDAOnFHIR

/// Narrative as XHTML (sections 9 and 12).
@Suite("Narrative as XHTML")
struct NarrativeXHTMLTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let inside: String
        /// Inside the `div`; nil for no narrative.
        let xhtml: String?
        var codes: [String] = []
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "words", inside: "Back pain", xhtml: "Back pain"),
        Row(name: "blank", inside: " \n <paragraph/> <br/>", xhtml: nil),
        Row(name: "blanks that do not break", inside: "<paragraph>\u{A0}\u{A0}</paragraph>", xhtml: nil),
        Row(name: "escaped", inside: "&lt;script&gt; a &amp; b \"c\"", xhtml: "&lt;script&gt; a &amp; b &quot;c&quot;"),
        Row(name: "paragraph and break", inside: "<paragraph>A<br/>B</paragraph>", xhtml: "<p>A<br/>B</p>"),
        Row(
            name: "paragraph around a list", inside: "<paragraph>A<list><item>B</item></list></paragraph>",
            xhtml: "<div>A<ul><li>B</li></ul></div>"),
        Row(name: "content", inside: "<content ID='a'>A</content>", xhtml: "<span>A</span>"),
        Row(
            name: "styles", inside: "<content styleCode='Bold xLabel GE:Code 1a'>A</content>",
            xhtml: "<span class=\"bold xLabel GECode\">A</span>"),
        Row(
            name: "style with a quote", inside: "<content styleCode='a&quot;onclick=&quot;b'>A</content>",
            xhtml: "<span class=\"aonclickb\">A</span>"),
        Row(
            name: "deleted", inside: "<content revised='delete'>A</content>",
            xhtml: "<span class=\"strikethrough\">A</span>"),
        Row(name: "sub and sup", inside: "H<sub>2</sub>O<sup>2</sup>", xhtml: "H<sub>2</sub>O<sup>2</sup>"),
        Row(
            name: "ordered list with caption",
            inside: "<list listType='ordered'><caption>C</caption><item>A</item></list>",
            xhtml: "<p class=\"caption\">C</p><ol><li>A</li></ol>"),
        Row(name: "text in a list", inside: "<list>A<item>B</item></list>", xhtml: "<ul><li>A</li><li>B</li></ul>"),
        Row(
            name: "table",
            inside: """
                <table border='1' width='100%' onclick='x()'><caption>C</caption><colgroup><col width='10%'/></colgroup><thead>\
                <tr><th colspan='2' scope='col'>H</th></tr></thead><tbody><tr align='left'><td ID='a' rowspan='2' headers='h'>A</td></tr></tbody></table>
                """,
            xhtml: """
                <table width="100%" border="1"><caption>C</caption><colgroup><col width="10%"/></colgroup><thead>\
                <tr><th scope="col" colspan="2">H</th></tr></thead><tbody><tr align="left"><td rowspan="2">A</td></tr></tbody></table>
                """),
        Row(
            name: "attribute values that are none",
            inside: """
                <table border='thick' width='expression(1)'><tr><td colspan='-1' align='x' scope='y' abbr=''>A</td></tr></table>
                """,
            xhtml: "<table><tr><td>A</td></tr></table>"),
        Row(
            name: "words between rows and cells",
            inside: "<table>A<tbody>B<tr>C<td>D</td></tr></tbody><content>E</content></table>",
            xhtml: """
                <table><tbody><tr><td>A</td></tr></tbody><tbody><tr><td>B</td></tr><tr><td>C</td><td>D</td></tr></tbody>\
                <tbody><tr><td><span>E</span></td></tr></tbody></table>
                """),
        Row(
            name: "link", inside: "<linkHtml href='https://example.org/?a=1&amp;b=2'>A</linkHtml>",
            xhtml: "<a href=\"https://example.org/?a=1&amp;b=2\">A</a>"),
        Row(
            name: "link without words", inside: "<linkHtml href='http://example.org'/>",
            xhtml: "<a href=\"http://example.org\">http://example.org</a>"),
        Row(
            name: "script as link", inside: "<linkHtml href='javascript:alert(1)'>A</linkHtml>",
            xhtml: "<span>A</span>",
            codes: ["CCDA-225"]),
        Row(
            name: "script as link, in disguise", inside: "<linkHtml href=' JaVaScript&#58;alert(1)'>A</linkHtml>",
            xhtml: "<span>A</span>", codes: ["CCDA-225"]),
        Row(
            name: "data as link", inside: "<linkHtml href='data:text/html,x'>A</linkHtml>", xhtml: "<span>A</span>",
            codes: ["CCDA-225"]),
        Row(
            name: "file as link", inside: "<linkHtml href='a.pdf'>A</linkHtml>", xhtml: "<span>A</span>",
            codes: ["CCDA-225"]),
        Row(
            name: "link with a line break", inside: "<linkHtml href='http://example.org/&#10;a'>A</linkHtml>",
            xhtml: "<span>A</span>",
            codes: ["CCDA-225"]),
        Row(name: "link without address", inside: "<linkHtml>A</linkHtml>", xhtml: "<span>A</span>"),
        Row(
            name: "footnotes",
            inside: "A<footnoteRef IDREF='g'/><footnote ID='f'>F</footnote><footnote ID='g'>G</footnote>",
            xhtml: "A<sup>[2]</sup><span class=\"footnote\">[1] F</span><span class=\"footnote\">[2] G</span>"),
        Row(name: "footnote that is not there", inside: "A<footnoteRef IDREF='g'/>", xhtml: "A"),
        Row(
            name: "media", inside: "<renderMultiMedia referencedObject='MM1'/>",
            xhtml: "<span class=\"media\">[media MM1]</span>"),
        Row(
            name: "media with caption",
            inside: "<renderMultiMedia referencedObject='MM1'><caption>C</caption></renderMultiMedia>",
            xhtml: "<span class=\"media\">[C]</span>"),
        Row(name: "script", inside: "A<script>alert(1)</script>", xhtml: "A", codes: ["CCDA-225"]),
        Row(name: "other elements", inside: "<b>A</b><sdtc:x>B</sdtc:x>", xhtml: "AB"),
    ]

    @Test("Elements and attributes", arguments: rows)
    func writes(_ row: Row) throws {
        let piece = try Piece("<text>\(row.inside)</text>")
        let xhtml = NarrativeXHTML.xhtml(of: try piece.element, in: piece.context)
        #expect(xhtml == row.xhtml.map { "<div xmlns=\"http://www.w3.org/1999/xhtml\">\($0)</div>" })
        #expect(piece.codes == row.codes)
        if let xhtml { _ = try XMLDocument(Array(xhtml.utf8)) }
    }

    @Test("A narrative beyond the limit is cut between characters, closed and noted")
    func limit() throws {
        let row = "<tr><td>" + String(repeating: "ä", count: 40_000) + "</td></tr>"
        let piece = try Piece("<text><table>\(String(repeating: row, count: 20))</table></text>")
        let xhtml = try #require(NarrativeXHTML.xhtml(of: try piece.element, in: piece.context))
        #expect(xhtml.utf8.count < XHTMLWriter.limit + 500)
        #expect(xhtml.utf8.count > XHTMLWriter.limit)
        #expect(xhtml.contains("[The narrative is longer"))
        #expect(piece.codes == ["CCDA-225"])
        _ = try XMLDocument(Array(xhtml.utf8))
    }

    @Test("A narrative just below the limit is whole")
    func belowLimit() throws {
        let piece = try Piece("<text>\(String(repeating: "a", count: XHTMLWriter.limit - 1))</text>")
        let xhtml = try #require(NarrativeXHTML.xhtml(of: try piece.element, in: piece.context))
        #expect(!xhtml.contains("longer"))
        #expect(piece.codes == [])
    }

    @Test("Depth is no danger")
    func depth() throws {
        let text = String(repeating: "<content>", count: 240) + "A" + String(repeating: "</content>", count: 240)
        let piece = try Piece("<text>\(text)</text>")
        #expect(NarrativeXHTML.xhtml(of: try piece.element, in: piece.context)?.contains("A") == true)
    }
}
