import CDSServer
import ClinicalModel
import Conversion
import DecisionSupport
import Foundation
import KnowledgeBase
import Testing

@Suite("Examples")
struct ExampleTests {
    /// The knowledge is read once for all examples.
    static let engine = Result { Engine(knowledge: try KnowledgeBase()) }

    @Test("there are records and requests for every vignette")
    func completeness() {
        #expect(Example.records.count >= 27)
        #expect(Example.records.map(\.name) == Example.requests.map(\.name).sorted())
    }

    @Test("a record, read from its file", arguments: Example.records)
    func record(_ example: Example) async throws {
        let decision = try await Self.evaluate(example)
        decision.check(against: example)
    }

    @Test("a request, answered without a socket", arguments: Example.requests)
    func request(_ example: Example) throws {
        try Self.answer(example).check(against: example)
    }

    @Test("a case leads to the same decision through both doors", arguments: zip(Example.records, sortedRequests))
    func bothDoors(_ record: Example, _ request: Example) async throws {
        let fromFile = try await Self.evaluate(record)
        let fromHook = try #require(try Self.answer(request).extension.decisions.first)
        #expect(fromFile == fromHook)
    }

    static let sortedRequests = Example.requests.sorted { $0.name < $1.name }

    /// The one decision on a record's file. The record says the day itself.
    static func evaluate(_ example: Example) async throws -> DecisionLine {
        try await decision(on: [example.input.path], slot: example.expected.slot)
    }

    /// The one decision of a slot on some inputs.
    static func decision(on inputs: [String], slot: String, joined: Bool = false) async throws -> DecisionLine {
        let run = EvaluateRun(
            engine: try engine.get(), format: .decisions, asOf: nil, clock: .day(Day(0)), jobs: 1, limit: 1 << 24,
            joinsRecords: joined)
        var output: [UInt8] = []
        let summary = try await run.run(try InputFiles(inputs)) {
            output += $0
        } errors: { issues in
            for issue in issues { Testing.Issue.record("\(issue)") }
        }
        #expect(summary.refused == 0)
        let lines = try output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(DecisionLine.self, from: Data($0))
        }
        #expect(lines.filter { $0.slot == slot }.count == 1)
        return try #require(lines.first { $0.slot == slot })
    }

    /// The answer to a request, on the day of the example.
    static func answer(_ example: Example, body: [UInt8]? = nil) throws -> ResponseBody {
        let routes = try routes(asOf: example.expected.asOf)
        let answer = routes.answer(
            Call(
                "POST", "/cds-services/\(example.service)", contentType: "application/json",
                body: try body ?? Array(Data(contentsOf: example.input))))
        #expect(answer.status == 200)
        return try JSONDecoder().decode(ResponseBody.self, from: Data(answer.body))
    }

    static func routes(asOf: String) throws -> Routes {
        let time = try #require(ReferenceTime(asOf))
        return Routes(hooks: HookService(engine: try engine.get(), clock: { time }), version: "test")
    }
}
