import Diagnostics
import Testing
import XMLTree

@Suite("Limits")
struct LimitTests {
    static func nested(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
    }

    static func letters(_ count: Int) -> String { String(repeating: "x", count: count) }

    static func attributes(_ count: Int) -> String { (0..<count).map { " a\($0)='\($0)'" }.joined() }

    static func declarations(_ count: Int) -> String { (0..<count).map { " xmlns:p\($0)='urn:x'" }.joined() }

    static func names(_ count: Int) -> String { (0..<count).map { "<n\($0)/>" }.joined() }

    static func instructions(_ count: Int) -> String { (0..<count).map { "<?n\($0)?>" }.joined() }

    static func prefixes(_ count: Int) -> String { (0..<count).map { "<n\($0):a/>" }.joined() }

    struct Row: CustomTestStringConvertible {
        let bytes: [UInt8]
        let limits: XMLLimits
        let outcome: String
        let because: String
        var testDescription: String { because }

        init(_ bytes: [UInt8], _ outcome: String, _ because: String, _ limits: XMLLimits = .standard) {
            self.bytes = bytes
            self.limits = limits
            self.outcome = outcome
            self.because = because
        }

        init(_ text: String, _ outcome: String, _ because: String, _ limits: XMLLimits = .standard) {
            self.init(Array(text.utf8), outcome, because, limits)
        }
    }

    static let rows = [
        Row(nested(256), "read", "256 levels"),
        Row(nested(257), "XML-106 1", "257 levels"),
        Row(nested(300), "XML-106 1", "libxml2's own depth holds", XMLLimits(depth: 100_000)),
        Row(nested(10), "read", "as deep as a limit allows", XMLLimits(depth: 10)),
        Row(nested(11), "XML-106 1", "one level beyond a limit", XMLLimits(depth: 10)),
        Row("<a>12345678</a>", "read", "as many bytes as a limit allows", XMLLimits(bytes: 15)),
        Row("<a>123456789</a>", "XML-105", "one byte beyond a limit", XMLLimits(bytes: 15)),
        Row("<a>12345</a>", "read", "a text as long as a limit allows", XMLLimits(textBytes: 5)),
        Row("<a>123456</a>", "XML-107 1", "a text beyond a limit", XMLLimits(textBytes: 5)),
        Row("<a>123<![CDATA[456]]></a>", "XML-107 1", "a text in two pieces", XMLLimits(textBytes: 5)),
        Row("<a>123<!-- -->456</a>", "XML-107 1", "a text with a comment in it", XMLLimits(textBytes: 5)),
        Row("<a>1234<b/>5678</a>", "read", "two texts are two", XMLLimits(textBytes: 5)),
        Row("<a b='123456'/>", "read", "an attribute is no text", XMLLimits(textBytes: 5)),
        Row("<a>" + letters(10_000_000) + "</a>", "read", "a text of 10 MB"),
        Row("<a>" + letters(10_000_001) + "</a>", "XML-107 1", "a text beyond 10 MB"),
        Row("<a\(attributes(3_000))/>", "read", "3,000 attributes"),
        Row("<a\(attributes(4_000))/>", "read", "4,000 attributes"),
        Row("<a\(attributes(4_001))/>", "XML-109 1", "4,001 attributes"),
        Row("<a\(attributes(100_000))/>", "XML-109 1", "100,000 attributes"),
        Row("<a\(declarations(256))/>", "read", "256 declarations"),
        Row("<a\(declarations(257))/>", "XML-109 1", "257 declarations"),
        Row("<a\(declarations(100_000))/>", "XML-109 1", "100,000 declarations"),
        Row(
            "<a\(declarations(200))><b xmlns='urn:y'/><b\(declarations(50))/><b\(declarations(50))/></a>", "read",
            "declarations out of scope do not count"),
        Row("<a\(declarations(200))><b\(declarations(57))/></a>", "XML-109 1", "declarations in scope add up"),
        Row("<a>\(names(90_000))</a>", "read", "90,000 names"),
        Row("<a>\(names(110_000))</a>", "XML-109 1", "110,000 names"),
        Row("<a>\(instructions(110_000))</a>", "XML-109 1", "110,000 names of instructions"),
        Row("<a>\(prefixes(110_000))</a>", "XML-109 1", "110,000 prefixes"),
        Row("<\(letters(50_000))/>", "read", "a name of 50,000 characters"),
        Row("<\(letters(50_001))/>", "XML-108 1", "a name beyond 50,000 characters"),
        Row("<a \(letters(60_000))='1'/>", "XML-108 1", "an attribute name beyond"),
        Row("<a b='\(letters(9_000_000))'/>", "read", "an attribute of 9 MB"),
        Row("<a b='\(letters(10_100_000))'/>", "XML-108 1", "an attribute beyond 10 MB"),
        Row("<a b='é\(letters(10_100_000))'/>", "XML-108 1", "with letters of two bytes"),
        Row("<a><?b \(letters(10_100_000))?></a>", "XML-108 1", "an instruction beyond 10 MB"),
        Row("<a><![CDATA[\(letters(10_100_000))]]></a>", "XML-1", "a CDATA section beyond 10 MB"),
    ]

    @Test("hold at the byte", arguments: rows)
    func limit(_ row: Row) {
        let outcome = outcome(row.bytes, limits: row.limits)
        #expect(outcome == row.outcome || row.outcome == "XML-1" && outcome.hasPrefix("XML-10"), "\(outcome)")
    }

    @Test("the largest document is 64 MiB, and a limit is at most 1 GiB")
    func sizes() {
        #expect(XMLLimits.standard.bytes == 64 << 20)
        #expect(XMLLimits(bytes: .max).bytes == 1 << 30)
        #expect(XMLLimits(depth: .max).depth == 256)
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 20 + 1)
        #expect(outcome(bytes) == "XML-105")
    }
}
