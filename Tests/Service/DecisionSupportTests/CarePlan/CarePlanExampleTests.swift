import ClinicalModel
import Foundation
import KnowledgeBase
import Testing

@testable import DecisionSupport

/// The requests among the examples whose `expected.json` says what the care plan service answers.
@Suite("Examples of the conservative plan")
struct CarePlanExampleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let body: [UInt8]
        let expected: Expected
        var testDescription: String { name }
    }

    struct Expected: Decodable {
        let asOf: String
        let carePlan: Plan
    }

    /// Member `carePlan`: the card with its parts, or the reason why there is none.
    struct Plan: Decodable {
        let card: String?
        let reason: String?
        let parts: [String]?
        /// Why no NSAID is suggested.
        let withheld: [String]?
        let recheck: String?
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../Examples/hooks/patient-view").standardized

    static let examples: [Example] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            guard let body = try? Data(contentsOf: folder.appending(path: "\(name)/request.json")),
                let text = try? Data(contentsOf: folder.appending(path: "\(name)/expected.json")),
                let expected = try? JSONDecoder().decode(Expected.self, from: text)
            else { return nil }
            return Example(name: name, body: Array(body), expected: expected)
        }
    }()

    @Test("there are a whole plan, one without an NSAID and a case out of scope")
    func completeness() {
        let plans = Self.examples.map(\.expected.carePlan)
        #expect(plans.contains { $0.parts?.contains("nsaid") == true })
        #expect(plans.contains { $0.withheld?.isEmpty == false })
        #expect(plans.contains { $0.reason != nil })
    }

    @Test("are answered as they say", arguments: examples)
    func answer(_ example: Example) throws {
        let plan = example.expected.carePlan
        let time = try #require(ReferenceTime(example.expected.asOf))
        let service = HookService(engine: try NSAIDGuardTests.service.get().engine) { time }
        let response = try PlanOutput(
            service.answer(service: "radiculopathy-care-plan", body: example.body).get().body)
        #expect(response.summaries.count == (plan.card == nil ? 0 : 1))
        #expect(response.reason == plan.reason)
        #expect(response.suggested.map(\.id) == plan.parts ?? [])
        #expect(response.withheld == plan.withheld ?? [])
        #expect(response.recheck == plan.recheck)
    }
}
