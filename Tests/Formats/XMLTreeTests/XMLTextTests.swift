import Testing
import XMLTree

@Suite("Texts")
struct XMLTextTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let expected: String
        let because: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(text: "<a>one</a>", expected: "one", because: "plain"),
        Row(text: "<a></a>", expected: "", because: "nothing"),
        Row(text: "<a/>", expected: "", because: "an empty tag"),
        Row(text: "<a> \n\t </a>", expected: " \n\t ", because: "white space stays as it is"),
        Row(text: "<a>a\r\nb\rc\n</a>", expected: "a\nb\nc\n", because: "line ends are LF"),
        Row(text: "<a>1 &lt; 2 &amp;&amp; 3 &gt; 2</a>", expected: "1 < 2 && 3 > 2", because: "entities part no text"),
        Row(text: "<a>&quot;&apos;</a>", expected: "\"'", because: "quotes as entities"),
        Row(text: "<a>&amp;amp; &amp;#38;</a>", expected: "&amp; &#38;", because: "references are resolved once"),
        Row(text: "<a>Zo&#235; &#x1F9B4;!</a>", expected: "Zoë \u{1F9B4}!", because: "character references"),
        Row(text: "<a>Zoë \u{1F9B4} 中</a>", expected: "Zoë \u{1F9B4} 中", because: "two, three and four bytes"),
        Row(text: "<a>x<![CDATA[<b>&amp;]]>y</a>", expected: "x<b>&amp;y", because: "CDATA is text as it stands"),
        Row(text: "<a><![CDATA[]]></a>", expected: "", because: "empty CDATA"),
        Row(text: "<a>one<!-- no -->two<?no no?>three</a>", expected: "onetwothree", because: "comments are left out"),
        Row(text: "<a>1<b>no</b>2<b/>3</a>", expected: "123", because: "the texts of children are not its own"),
        Row(text: "<a><b>no</b></a>", expected: "", because: "nothing but a child"),
    ]

    @Test("directly in an element", arguments: rows)
    func ownText(_ row: Row) throws {
        #expect(try read(row.text).root.ownText == row.expected)
    }

    /// Texts in brackets, elements by name.
    static func content(_ element: XMLElement) -> [String] {
        element.content.map { piece in
            switch piece {
            case .text(let text): "[\(text)]"
            case .element(let child): child.name
            }
        }
    }

    @Test("mixed content in order")
    func mixed() throws {
        let root = try read("<a x='v'>1<b y='w'>2<c/>3</b>4<b/><b/> <c z='u'/></a>").root
        #expect(Self.content(root) == ["[1]", "b", "[4]", "b", "b", "[ ]", "c"])
        #expect(try Self.content(#require(root.first("b"))) == ["[2]", "c", "[3]"])
        #expect(try Self.content(#require(root.first("c"))) == [])
    }

    @Test("a text that comes in many pieces is one")
    func long() throws {
        let text = String(repeating: "Zoë & <co> ", count: 20_000)
        let written = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        let root = try read("<a><b/>\(written)<b/>\(written)</a>").root
        #expect(root.content.map { $0 }.count == 4)
        #expect(root.ownText == text + text)
    }

    static let attributeRows = [
        Row(text: "<a x='one'/>", expected: "one", because: "plain"),
        Row(text: "<a x=''/>", expected: "", because: "empty"),
        Row(text: "<a x='1 &lt; 2 &amp; 3'/>", expected: "1 < 2 & 3", because: "entities"),
        Row(text: "<a x='&amp;'/>", expected: "&", because: "one ampersand alone"),
        Row(text: "<a x='&#38;&#x26;'/>", expected: "&&", because: "ampersands as character references"),
        Row(text: "<a x='&amp;#38;'/>", expected: "&#38;", because: "what looks like a reference and is none"),
        Row(text: "<a x='&amp;amp;'/>", expected: "&amp;", because: "references are resolved once"),
        Row(text: "<a x='a\tb\nc\r\nd'/>", expected: "a b c d", because: "white space is blanks"),
        Row(text: "<a x=' a  b '/>", expected: " a  b ", because: "blanks are not joined"),
        Row(text: "<a x='a&#9;b&#10;c'/>", expected: "a\tb\nc", because: "white space by reference stays"),
        Row(
            text: "<a x='\"Zoë\" \u{1F9B4}'/>", expected: "\"Zoë\" \u{1F9B4}",
            because: "the other quote and other letters"),
    ]

    @Test("values of attributes", arguments: attributeRows)
    func attribute(_ row: Row) throws {
        let root = try read(row.text).root
        #expect(root["x"] == row.expected)
        #expect(root.hasAttribute("x", equalTo: row.expected))
    }

    @Test("values and texts do not run into each other")
    func bounds() throws {
        let root = try read("<a p='1' q='22'>t<b p='333' q=''/>u<c q='4'>v</c></a>").root
        #expect(root.attributeNames.map { root[$0] } == ["1", "22"])
        let children = root.elements.map { $0 }
        #expect(children.map { $0["p"] } == ["333", nil])
        #expect(children.map { $0["q"] } == ["", "4"])
        #expect(children.map(\.ownText) == ["", "v"])
        #expect(root.ownText == "tu")
    }
}
