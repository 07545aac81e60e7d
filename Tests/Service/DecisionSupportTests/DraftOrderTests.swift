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

    static let detailed = """
        {"resourceType":"ServiceRequest","id":"o1","text":{"status":"generated","div":"<div>MRI with contrast</div>"},\
        "status":"draft","intent":"order","priority":"routine","code":{"text":"old"},\
        "orderDetail":[{"text":"gadolinium"}],"subject":{"reference":"Patient/p1"},"note":[{"text":"first"}]}
        """

    struct Update: CustomTestStringConvertible {
        let the: Case
        let losesDetails: Bool
        let because: String
        var testDescription: String { because }
    }

    static let updates = [
        Update(
            the: Case(
                card: .k22, indicator: .info, rule: "A5", rating: .usuallyAppropriate,
                contextClass: .infectionOrMalignancy, fit: .pregnancy, modality: .mriWithoutAndWith,
                results: [.infection: .met, .pregnant: .met]),
            losesDetails: true, because: "the protocol without contrast"),
        Update(
            the: Case(
                card: .k15, indicator: .warning, rule: "A10-ASK-TRIAL", rating: .insufficientData,
                contextClass: .undetermined, fit: .noRole, modality: .boneScan),
            losesDetails: true, because: "another test for an order whose indication is open"),
        Update(
            the: Case(
                card: .k03, indicator: .warning, rule: "A5", rating: .usuallyAppropriate,
                contextClass: .infectionOrMalignancy, fit: .acceptable, modality: .mriWithout,
                priority: .urgent, results: [.infection: .met]),
            losesDetails: true, because: "the protocol with contrast"),
        Update(
            the: Case(
                card: .k01, indicator: .critical, rule: "A1", rating: .usuallyAppropriate, contextClass: .emergency,
                results: [.caudaEquina: .met]),
            losesDetails: false, because: "the priority alone"),
    ]

    @Test("details and narrative of the old test go when the test changes, and only then", arguments: updates)
    func details(_ row: Update) throws {
        let draft = try #require(DraftOrder(json: Array(Self.detailed.utf8)))
        let decided = try #require(row.the.card(draft: draft))
        #expect(decided.updated.count == 1)
        for updated in decided.updated {
            let text = String(decoding: updated.encoded(), as: UTF8.self)
            #expect(text.contains("gadolinium") == !row.losesDetails)
            #expect(text.contains("<div>") == !row.losesDetails)
            #expect(text.contains(#"{"text":"old"}"#) == !row.losesDetails)
            #expect(text.contains(#""note":[{"text":"first"}]"#))
        }
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
