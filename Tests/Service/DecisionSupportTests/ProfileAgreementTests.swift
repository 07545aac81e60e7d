import CDSHooks
import DecisionSupport
import Foundation
import Guidelines
import JSONTree
import Testing

@Suite("Code systems of Profiles/ and the code agree")
struct ProfileAgreementTests {
    /// Code, display and one property of each concept of a code system file.
    static func concepts(_ name: String) throws -> [(code: String, display: String, flag: Bool?)] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let bytes = try Data(contentsOf: root.appending(path: "Profiles/CodeSystems/\(name).json"))
        return try JSONDocument(Array(bytes)).read { root in
            root["concept"]?.elements.map { concept in
                (
                    concept["code"]?.string ?? "", concept["display"]?.string ?? "",
                    concept["property"]?.elements.first?["valueBoolean"]?.bool
                )
            } ?? []
        }
    }

    @Test("on override reasons: display and whether a reason adds a fact")
    func overrideReasons() throws {
        let file = Dictionary(uniqueKeysWithValues: try Self.concepts("override-reasons").map { ($0.code, $0) })
        for reason in OverrideReason.allCases {
            let concept = try #require(file[reason.rawValue], "\(reason)")
            #expect(concept.display == reason.display)
            #expect(concept.flag == reason.addsFact, "\(reason)")
            #expect(reason.display.count < 60)
        }
    }

    @Test("on cards")
    func cards() throws {
        let file = Dictionary(uniqueKeysWithValues: try Self.concepts("cards").map { ($0.code, $0.display) })
        for card in CardID.allCases { #expect(file[card.rawValue] == card.title) }
    }

    @Test("on ratings", arguments: Rating.allCases)
    func ratings(_ rating: Rating) throws {
        let file = Dictionary(uniqueKeysWithValues: try Self.concepts("imaging-rating").map { ($0.code, $0.display) })
        let the = Case(card: .k20, indicator: .info, rule: "A1", rating: rating)
        let bundle = String(decoding: Case.builder.bundle(for: [the.review()]).encoded(), as: UTF8.self)
        let display = try #require(file[rating.rawValue])
        #expect(bundle.contains(#""code":"\#(rating.rawValue)","display":"\#(display)""#))
    }
}
