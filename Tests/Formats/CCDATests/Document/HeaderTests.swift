import CCDA
import Diagnostics
import Testing
import XMLTree

@Suite("What a document says of itself")
struct HeaderTests {
    struct Key: CustomTestStringConvertible {
        let because: String
        let header: String
        let key: String
        var testDescription: String { because }
    }

    static let keys = [
        Key(
            because: "setId before id", header: "<id root='1.2.3' extension='D1'/><setId root='1.2.4' extension='S'/>",
            key: "1.2.4^S"),
        Key(because: "id without setId", header: "<id root='1.2.3' extension='D1'/>", key: "1.2.3^D1"),
        Key(
            because: "id where setId is null", header: "<id root='1.2.3'/><setId nullFlavor='NI' root='1.2.4'/>",
            key: "1.2.3^"),
        Key(
            because: "patient, time and type without any id",
            header: "<code code='34133-9'/><effectiveTime value='20250616'/>",
            key: "2.16.840.1.113883.19.5^P1|20250616|34133-9"),
    ]

    @Test("its key", arguments: keys)
    func key(_ row: Key) throws {
        #expect(try Invented.read(Invented.document(row.header)).key == row.key)
    }

    struct Offset: CustomTestStringConvertible {
        let time: String
        let offset: String?
        var testDescription: String { "\(time): \(offset ?? "none")" }
    }

    static let offsets = [
        Offset(time: "20250616093000-0500", offset: "-05:00"),
        Offset(time: "20250616093000.123+0545", offset: "+05:45"),
        Offset(time: "202506160930-05", offset: "-05:00"), Offset(time: "2025-06-16T09:30:00-05:00", offset: "-05:00"),
        Offset(time: "2025-06-16T09:30:00Z", offset: "Z"), Offset(time: "20250616093000", offset: nil),
        Offset(time: "20250616", offset: nil), Offset(time: "2025-06-16", offset: nil),
        Offset(time: "20250616093000-9900", offset: nil), Offset(time: "20250616093000-0560", offset: nil),
        Offset(time: "20250616093000-050", offset: nil), Offset(time: "20250616093000+1400", offset: "+14:00"),
        Offset(time: "20250616093000+1500", offset: nil), Offset(time: "20250616093000-0a00", offset: nil),
    ]

    @Test("the offset that its times without one take over", arguments: offsets)
    func offset(_ row: Offset) throws {
        let document = try Invented.read(Invented.document("<effectiveTime value='\(row.time)'/>"))
        #expect(document.context.offset == row.offset)
    }

    struct Restriction: CustomTestStringConvertible {
        let because: String
        let header: String
        var section = ""
        let codes: [String]
        var testDescription: String { because }
    }

    static let restrictions = [
        Restriction(because: "normal", header: "<confidentialityCode code='N'/>", codes: []),
        Restriction(because: "none given", header: "", codes: []),
        Restriction(because: "restricted", header: "<confidentialityCode code='R'/>", codes: ["R"]),
        Restriction(
            because: "a very restricted section", header: "<confidentialityCode code='R'/>",
            section: "<section><confidentialityCode code='V'/></section>", codes: ["V", "R"]),
        Restriction(
            because: "segmented for privacy", header: "<templateId root='2.16.840.1.113883.3.3251.1.1'/>",
            codes: ["R"]),
    ]

    @Test("who may see it", arguments: restrictions)
    func restriction(_ row: Restriction) throws {
        let body = "<component><structuredBody><component>\(row.section)</component></structuredBody></component>"
        #expect(try Invented.read(Invented.document(row.header, body: body)).restrictions == row.codes)
    }

    @Test("that it holds a file instead of sections")
    func nonXMLBody() throws {
        let body = "<component><nonXMLBody><text>x</text></nonXMLBody></component>"
        #expect(try Invented.read(Invented.document(body: body)).nonXMLBody?.name == "nonXMLBody")
        #expect(try Invented.read(Invented.document()).nonXMLBody == nil)
        let both = "<component><structuredBody><component><section/></component></structuredBody></component>" + body
        #expect(try Invented.read(Invented.document(body: both)).nonXMLBody == nil, "sections come first")
    }

    @Test("More doubts of a kind than are listed are counted")
    func counting() throws {
        let sections = String(repeating: "<component><section/></component>", count: 30)
        let document = try Invented.read(
            Invented.document(body: "<component><structuredBody>\(sections)</structuredBody></component>"))
        let issues = document.context.allIssues
        #expect(issues.count == 26)
        #expect(issues.last?.found == "5 more, which are not listed")
        #expect(issues.last?.severity == .warning)
    }
}
