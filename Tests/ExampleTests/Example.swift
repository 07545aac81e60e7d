import Foundation
import Testing

/// One folder of `Examples/`: an input, its story and the decision it must lead to.
struct Example: Sendable, CustomTestStringConvertible {
    /// Name of the folder, for example `d02-nothing-asked`.
    let name: String
    /// The file to give to the product.
    let input: URL
    let expected: Expected

    var testDescription: String { name }

    /// `expected.json`.
    struct Expected: Sendable, Decodable {
        let asOf: String
        let hook: String
        let slot: String
        let order: Order?
        let criteria: Criteria
        let expect: [String: Value?]
    }

    struct Order: Sendable, Decodable {
        let modality: String?
        let priority: String?
        let `class`: String?
    }

    /// Results by criterion; `presentingFlags` stands among them.
    struct Criteria: Sendable, Decodable {
        var results: [String: String] = [:]
        var presentingFlags: [String] = []

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Name.self)
            for name in members.allKeys {
                if name.stringValue == "presentingFlags" {
                    presentingFlags = try members.decode([String].self, forKey: name)
                } else {
                    results[name.stringValue] = try members.decode(String.self, forKey: name)
                }
            }
        }
    }

    /// A word, or true or false.
    enum Value: Sendable, Hashable, Decodable {
        case word(String)
        case flag(Bool)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            self = try (try? value.decode(Bool.self)).map(Value.flag) ?? .word(value.decode(String.self))
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Every folder below `Examples/` that holds a file of a name, in name order.
    static func all(_ file: String) -> [Example] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Examples")
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
        return paths.filter { $0.hasSuffix("/" + file) }.sorted().compactMap { path in
            let input = root.appending(path: path)
            let folder = input.deletingLastPathComponent()
            guard let data = try? Data(contentsOf: folder.appending(path: "expected.json")),
                let expected = try? JSONDecoder().decode(Expected.self, from: data)
            else { return nil }
            return Example(name: folder.lastPathComponent, input: input, expected: expected)
        }
    }

    static let records = all("input.json")
    static let documents = all("input.xml")
    static let requests = all("request.json")

    /// Where a request goes.
    var service: String {
        if expected.slot != "imaging" { return "radiculopathy-orders" }
        return expected.hook == "patient-view" ? "radiculopathy-red-flags" : "lumbar-imaging"
    }
}

/// A decision as it comes out of the product, as far as examples speak of it.
struct DecisionLine: Decodable, Equatable {
    let asOf: String
    let slot: String
    let rule: String?
    let rating: String?
    let fit: String?
    let card: String?
    let indicator: String?
    let provisional: Bool
    let removeSuggestionAllowed: Bool
    let presentingFlags: [String]
    let statements: [String]
    let criteria: [Criterion]
    let order: Order?
    let issues: [ReadingIssue]

    /// Equal in what it decides; what was doubtful in the reading may differ.
    static func == (left: DecisionLine, right: DecisionLine) -> Bool {
        left.asOf == right.asOf && left.slot == right.slot && left.rule == right.rule && left.rating == right.rating
            && left.fit == right.fit
            && left.card == right.card && left.indicator == right.indicator && left.provisional == right.provisional
            && left.removeSuggestionAllowed == right.removeSuggestionAllowed
            && left.presentingFlags == right.presentingFlags && left.statements == right.statements
            && left.criteria == right.criteria && left.order == right.order
    }

    struct ReadingIssue: Decodable {
        let code: String
        let severity: String
    }

    struct Criterion: Decodable, Equatable {
        let id: String
        let result: String
    }

    struct Order: Decodable, Equatable {
        let reference: String?
        let modality: String?
        let `class`: String?
        let priority: String?
    }

    /// Holds the decision against one on the same case read another way: all but the name of the order is equal.
    func checkSame(as other: DecisionLine) {
        #expect(asOf == other.asOf && rule == other.rule && rating == other.rating && fit == other.fit)
        #expect(card == other.card && indicator == other.indicator && provisional == other.provisional)
        #expect(removeSuggestionAllowed == other.removeSuggestionAllowed && presentingFlags == other.presentingFlags)
        #expect(criteria.map(\.id) == other.criteria.map(\.id))
        for (own, others) in zip(criteria, other.criteria) { #expect(own == others, "\(own.id)") }
        #expect(order?.modality == other.order?.modality && order?.priority == other.order?.priority)
    }

    /// Holds the decision against an example.
    func check(against example: Example) {
        let expected = example.expected
        #expect(asOf == expected.asOf)
        #expect(slot == expected.slot)
        #expect(order?.modality == expected.order?.modality)
        #expect(order?.class == expected.order?.class)
        if let priority = expected.order?.priority { #expect(order?.priority == priority) }
        let results = Dictionary(uniqueKeysWithValues: criteria.map { ($0.id, $0.result) })
        for (id, result) in expected.criteria.results { #expect(results[id] == result, "\(id)") }
        #expect(presentingFlags == expected.criteria.presentingFlags)
        let found: [String: Example.Value?] = [
            "rule": rule.map(Example.Value.word), "rating": rating.map(Example.Value.word),
            "fit": fit.map(Example.Value.word), "card": card.map(Example.Value.word),
            "indicator": indicator.map(Example.Value.word), "provisional": .flag(provisional),
            "removeSuggestionAllowed": .flag(removeSuggestionAllowed),
        ]
        for (name, value) in expected.expect { #expect(found[name] == .some(value), "\(name)") }
    }
}

/// A CDS Hooks response, as far as examples speak of it.
struct ResponseBody: Decodable {
    let cards: [Card]
    let `extension`: Extension

    struct Card: Decodable {
        let summary: String
        let indicator: String
        let source: Source
    }

    struct Source: Decodable {
        let topic: Topic
    }

    struct Topic: Decodable {
        let code: String
    }

    struct Extension: Decodable {
        let decisions: [DecisionLine]

        enum CodingKeys: String, CodingKey { case decisions = "org.spinehook.decisions" }
    }

    /// Holds the answer to an example's request against it: one decision, and its card exactly where one is expected.
    func check(against example: Example) throws {
        let decision = try #require(self.extension.decisions.first)
        #expect(self.extension.decisions.count == 1)
        decision.check(against: example)
        #expect(cards.map(\.source.topic.code) == (decision.card.map { [$0] } ?? []))
        #expect(cards.map(\.indicator) == (decision.indicator.map { [$0] } ?? []))
        for card in cards { #expect(card.summary.count < 140) }
    }
}
