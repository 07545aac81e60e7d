import CDSHooks
import ClinicalModel
import DecisionSupport
import Guidelines
import JSONTree
import Testing

@Suite("Resources of actions")
struct ActionResourceTests {
    /// Members that R4 requires (minimum cardinality 1), by type.
    static let required = [
        "ServiceRequest": ["status", "intent", "subject"], "Communication": ["status"],
        "Observation": ["status", "code"],
    ]

    @Test("carry what R4 requires, and belong to the patient", arguments: CardTableTests.rows)
    func required(_ row: CardTableTests.Row) throws {
        let decided = try #require(row.the.card())
        for resource in decided.created + decided.updated {
            let read = try Tree(resource)
            let members = try #require(Self.required[read["resourceType"] ?? ""])
            for member in members { #expect(read.has(member), "\(read["resourceType"] ?? "") has no \(member)") }
            #expect(read.document.read { $0["subject"]?["reference"]?.string } == "Patient/p1")
        }
        for resource in decided.created { #expect(try !Tree(resource).has("id")) }
        for resource in decided.updated { #expect(try Tree(resource)["id"] == "o1") }
        for action in decided.actions {
            #expect(!action.description.isEmpty)
            if case .delete(let reference) = action.change { #expect(reference == "ServiceRequest/o1") }
        }
    }

    @Test("carry only codes of systems that the site has loaded, CPT first")
    func codes() throws {
        let the = Case(
            card: .k15, indicator: .warning, rule: "A10-INDICATED", rating: .usuallyAppropriate, fit: .noRole,
            modality: .boneScan)
        let order = try Tree(try #require(the.card()?.created.first))
        let systems = order.document.read { $0["code"]?["coding"]?.elements.compactMap { $0["system"]?.string } }
        #expect(systems == ["http://www.ama-assn.org/go/cpt", "http://loinc.org"])
        let bare = try #require(CardBuilder().card(for: the.review()))
        let text = String(decoding: bare.json.encoded(), as: UTF8.self)
        #expect(text.contains(#""code":{"text":"MRI without contrast, lumbar spine"}"#))
    }

    @Test("take the reasons of the order along, save those that point into it")
    func reasons() throws {
        let draft = try #require(
            DraftOrder(
                json: Array(
                    """
                    {"resourceType":"ServiceRequest","id":"o1","status":"draft","intent":"order",
                     "subject":{"reference":"Patient/p1"},
                     "reasonReference":[{"reference":"#c"},{"reference":"Condition/c1","display":"a\\u0062c"}]}
                    """.utf8)))
        let the = Case(
            card: .k15, indicator: .warning, rule: "A10-INDICATED", rating: .usuallyAppropriate, fit: .noRole,
            modality: .boneScan)
        let order = try #require(the.card(draft: draft)?.created.first)
        #expect(
            String(decoding: order.encoded(), as: UTF8.self).contains(
                #""reasonReference":[{"reference":"Condition/c1","display":"a\u0062c"}]"#))
    }
}

/// A value read back as JSON.
struct Tree {
    let document: JSONDocument

    init(_ value: JSONValue) throws { document = try JSONDocument(value.encoded()) }

    subscript(name: String) -> String? { document.read { $0[named: name]?.string } }

    func has(_ name: String) -> Bool { document.read { $0[named: name] != nil } }
}
