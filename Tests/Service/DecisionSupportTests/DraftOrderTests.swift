import ClinicalModel
import DecisionSupport
import Guidelines
import JSONTree
import Testing

@Suite("The order given back")
struct DraftOrderTests {
    static let text = """
        { "id" : "o1", "resourceType" : "ServiceRequest",
          "_status": {"extension":[{"url":"x","valueDecimal":1.00}]},
          "status":"draft", "intent":"order", "priority" : "routine" , "unknownMember": [ 1e400, 18446744073709551616, -0.0 ],
          "contained":[{"resourceType":"Condition","id":"c","note":[{"text":"two  blanks \\" and \\u00e9\\n"}]}],
          "subject":{"display":"ä","reference":"Patient/p1"}, "note":[ {"text":"first"} ] }
        """

    @Test("changes the priority and nothing else, not an order, a number or an escape")
    func priority() throws {
        let the = Case(
            card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
            results: [.caudaEquina: .met])
        let draft = try #require(DraftOrder(json: Array(Self.text.utf8)))
        let updated = try #require(the.card(draft: draft)?.updated.first)
        let expected =
            #"{"id":"o1","resourceType":"ServiceRequest","_status":{"extension":[{"url":"x","valueDecimal":1.00}]},"#
            + #""status":"draft","intent":"order","priority":"stat","unknownMember":[1e400,18446744073709551616,-0.0],"#
            + #""contained":[{"resourceType":"Condition","id":"c","note":[{"text":"two  blanks \" and \u00e9\n"}]}],"#
            + #""subject":{"display":"ä","reference":"Patient/p1"},"note":[{"text":"first"}]}"#
        #expect(String(decoding: updated.encoded(), as: UTF8.self) == expected)
    }

    @Test("adds a note behind those that are there")
    func note() throws {
        let the = Case(
            card: .k19, indicator: .info, rule: "A10-INDICATED", rating: .usuallyAppropriate, fit: .device,
            results: [.mrDevice: .met])
        let draft = try #require(DraftOrder(json: Array(Self.text.utf8)))
        let updated = try #require(the.card(draft: draft)?.updated.first)
        let text = String(decoding: updated.encoded(), as: UTF8.self)
        #expect(text.contains(#""note":[{"text":"first"},{"text":"MR safety"#))
    }

    @Test("sets a priority that was not there")
    func missingPriority() throws {
        let draft = try #require(
            DraftOrder(
                json: Array(#"{"resourceType":"ServiceRequest","id":"o1","subject":{"reference":"Patient/p1"}}"#.utf8)))
        let the = Case(
            card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
            results: [.caudaEquina: .met])
        let updated = try #require(the.card(draft: draft)?.updated.first)
        #expect(
            String(decoding: updated.encoded(), as: UTF8.self)
                == #"{"resourceType":"ServiceRequest","id":"o1","subject":{"reference":"Patient/p1"},"priority":"stat"}"#
        )
    }

    @Test("is refused when it is no object or not sound", arguments: ["[]", "{", #"{"id":"\q"}"#, ""])
    func refused(_ text: String) {
        #expect(DraftOrder(json: Array(text.utf8)) == nil)
    }
}
