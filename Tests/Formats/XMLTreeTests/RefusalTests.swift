import Diagnostics
import Testing
import XMLTree

@Suite("Refused documents")
struct RefusalTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let outcome: String
        let because: String
        var testDescription: String { because }
    }

    static let declaration = "<?xml version='1.0'?>\n"

    static let rows = [
        // No XML
        Row(text: "", outcome: "XML-101", because: "no byte"),
        Row(text: " \n\t\r\n", outcome: "XML-101", because: "white space only"),
        Row(text: "\u{FEFF}", outcome: "XML-101", because: "a byte order mark only"),
        Row(text: #"{"resourceType":"Bundle"}"#, outcome: "XML-102 1", because: "JSON"),
        Row(text: "\n [1]", outcome: "XML-102 2", because: "a JSON array behind white space"),
        Row(text: "MSH|^~\\&|A|B\rPID|1", outcome: "XML-102 1", because: "HL7 v2"),
        Row(text: "plain words", outcome: "XML-102 1", because: "plain text"),
        Row(text: "x<a/>", outcome: "XML-102 1", because: "text before the root"),
        Row(text: declaration, outcome: "XML-103 2", because: "a declaration only"),
        Row(text: "<!-- a --><?b c?>", outcome: "XML-103 1", because: "comments only"),
        Row(text: "<?xml version='1.0'?>x<a/>", outcome: "XML-103 1", because: "text behind the declaration"),
        // Not safe to read
        Row(text: "<!DOCTYPE a><a/>", outcome: "XML-104 1", because: "a DOCTYPE first of all"),
        Row(text: "\n<!doctype html><html/>", outcome: "XML-104 2", because: "an HTML page in small letters"),
        Row(text: declaration + "<!-- a -->\n<!DOCTYPE a []>\n<a/>", outcome: "XML-104 3", because: "behind a comment"),
        Row(
            text: declaration + "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
            outcome: "XML-104 2", because: "an external entity"),
        Row(
            text: declaration + "<!DOCTYPE a [<!ATTLIST a n CDATA 'true'>]><a/>", outcome: "XML-104 2",
            because: "a default that would negate"),
        Row(
            text: declaration + "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", outcome: "XML-104 2",
            because: "a harmless entity"),
        Row(
            text: declaration + "<!DOCTYPE a SYSTEM 'http://x/a.dtd'><a/>", outcome: "XML-104 2",
            because: "a DTD elsewhere"),
        // Not well-formed
        Row(text: "<a>\n<b></a>", outcome: "XML-121 2", because: "the wrong end tag"),
        Row(text: "<a/>\n<b/>", outcome: "XML-122 2", because: "a second root"),
        Row(text: "<a/>\nx", outcome: "XML-122 2", because: "text behind the root"),
        Row(text: "<a/><![CDATA[x]]>", outcome: "XML-122 1", because: "CDATA behind the root"),
        Row(text: "<a>x & y</a>", outcome: "XML-123 1", because: "a bare ampersand"),
        Row(text: "<a>x &y</a>", outcome: "XML-123 1", because: "an ampersand before a word"),
        Row(text: "<a>&nbsp;</a>", outcome: "XML-123 1", because: "an entity of HTML"),
        Row(text: "<a b='&nbsp;'/>", outcome: "XML-123 1", because: "an entity of HTML in an attribute"),
        Row(text: "<a>&#x110000;</a>", outcome: "XML-124 1", because: "a reference beyond Unicode"),
        Row(text: "<a>&#0;</a>", outcome: "XML-124 1", because: "a reference to U+0000"),
        Row(text: "<a>&#xD800;</a>", outcome: "XML-124 1", because: "a reference to half a pair"),
        Row(text: "<a>\nx\u{B}y</a>", outcome: "XML-124 2", because: "a vertical tab"),
        Row(text: "<a b='\u{1}'/>", outcome: "XML-124 1", because: "a control character in an attribute"),
        Row(text: "<a>\u{FFFE}</a>", outcome: "XML-124 1", because: "a code point that is no character"),
        Row(text: "<a>x\u{0}y</a>", outcome: "XML-124 1", because: "U+0000 in text"),
        Row(text: "<a b='\u{0}'/>", outcome: "XML-124 1", because: "U+0000 in an attribute"),
        Row(text: "<a/>\n\u{0}", outcome: "XML-124 2", because: "U+0000 behind the root"),
        Row(text: "<a/><!-- \u{0} -->", outcome: "XML-124 1", because: "U+0000 in a comment"),
        Row(text: "<a b='1' b='2'/>", outcome: "XML-125 1", because: "an attribute twice"),
        Row(text: "<a b=1/>", outcome: "XML-126 1", because: "no quotes"),
        Row(text: "<a b/>", outcome: "XML-126 1", because: "no value"),
        Row(text: "<a b='<'/>", outcome: "XML-126 1", because: "< in a value"),
        Row(text: "<a b='1'c='2'/>", outcome: "XML-126 1", because: "no blank between attributes"),
        Row(text: "<a>]]></a>", outcome: "XML-127 1", because: "the end of a CDATA section without one"),
        Row(text: "<a><!-- -- --></a>", outcome: "XML-127 1", because: "two hyphens in a comment"),
        Row(text: "<1/>", outcome: "XML-127 1", because: "a name that begins with a digit"),
        Row(text: "<a><?xml version='1.0'?></a>", outcome: "XML-127 1", because: "a declaration inside"),
        Row(text: "<?xml?><a/>", outcome: "XML-127 1", because: "a declaration without version"),
    ]

    @Test("name their reason and place", arguments: rows)
    func refused(_ row: Row) {
        #expect(outcome(Array(row.text.utf8)) == row.outcome)
    }

    struct FoundRow: CustomTestStringConvertible {
        let bytes: [UInt8]
        let found: String
        var testDescription: String { found }
    }

    static let found = [
        FoundRow(bytes: Array("{}".utf8), found: "JSON"),
        FoundRow(bytes: Array("MSH|".utf8), found: "an HL7 v2 message"),
        FoundRow(bytes: [0x1F, 0x8B, 8], found: "gzip-compressed data"),
        FoundRow(bytes: Array("PK\u{3}\u{4}".utf8), found: "a ZIP archive"),
        FoundRow(bytes: Array("%PDF-1.7".utf8), found: "a PDF file"),
        FoundRow(bytes: Array("a".utf8), found: "something else"),
        FoundRow(bytes: Array("\n<!-- x --><!DOCTYPE html><html/>".utf8), found: "an HTML page"),
        FoundRow(bytes: Array("<!DOCTYPE html><html/>".utf8), found: "an HTML page"),
        FoundRow(bytes: Array("<!DOCTYPE a><a/>".utf8), found: "a document type declaration"),
    ]

    @Test("what is found instead of XML is named", arguments: found)
    func kinds(_ row: FoundRow) {
        #expect(refusal(row.bytes)?.found == row.found)
    }

    @Test("no message holds anything of the document")
    func silent() {
        let secret = "Xylophonia"
        let texts = [
            "\(secret)", "<\(secret)>", "<a>\(secret) & b</a>", "<a>&\(secret);</a>", "<\(secret)></b>",
            "<a \(secret)/>",
            "<a \(secret)='1' \(secret)='2'/>", "<a/>\(secret)", "<!DOCTYPE \(secret)><a/>",
            "<?xml version='1.0' encoding='\(secret)'?><a/>", "<a>\(secret)\u{1}</a>", "<a>\(secret)",
        ]
        for text in texts {
            let error = refusal(text)
            #expect(error != nil, "\(text)")
            #expect(error?.description.contains(secret) == false, "\(text)")
        }
    }

    @Test("an error is a fatal issue of an input")
    func issue() throws {
        let issue = try #require(refusal("<a>\nZoë\u{0}</a>")).issue(source: "x.xml")
        #expect(issue.severity == .fatal)
        #expect(
            issue.description
                == "x.xml (line 2, column 4): expected characters that XML allows, found U+0000 [XML-124]")
    }

    @Test("the codes are permanent")
    func codes() {
        let refusing: [IssueCode] = [
            .xmlEmpty, .xmlNotXML, .xmlNoRoot, .xmlDoctype, .xmlTooLarge, .xmlTooDeep, .xmlLongText, .xmlLongMarkup,
            .xmlManyAttributes, .xmlEncoding, .xmlUnknownEncoding, .xmlCutShort, .xmlMismatchedTag,
            .xmlContentAfterRoot, .xmlReference, .xmlCharacter, .xmlDuplicateAttribute, .xmlAttribute, .xmlMalformed,
            .xmlNoMemory, .xmlInternal,
        ]
        let numbers = Array(101...111) + Array(120...127) + [130, 131]
        #expect(refusing.map(\.rawValue) == numbers.map { "XML-\($0)" })
        let doubtful: [IssueCode] = [
            .xmlLeadingSpace, .xmlEncodingLabel, .xmlUsualPrefix, .xmlUnknownPrefix, .xmlNamespace,
        ]
        #expect(doubtful.map(\.rawValue) == (201...205).map { "XML-\($0)" })
    }
}
