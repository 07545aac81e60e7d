import ClinicalModel
import Conversion
import DecisionSupport
import Foundation
import KnowledgeBase
import Testing

/// Invariant I14: the same facts delivered as FHIR or as C-CDA change nothing.
@Suite("Generated patients in two forms (I14)")
struct TwoFormTests {
    static let count: UInt64 = 400

    @Test("lead to the same decision as FHIR and as C-CDA")
    func twoForms() async throws {
        let terminology = try ExampleTests.engine.get().knowledge.terminology
        let patients = (1...Self.count).map { TwoFormPatient(seed: $0, terminology: terminology) }
        let different = try await Self.different(patients)
        for index in different.prefix(3) {
            var smallest = patients[index]
            while let simpler = try await Self.firstDifferent(smallest.simplified) { smallest = simpler }
            let (record, document) = try await Self.decisions(smallest)
            Issue.record("\(smallest.words)\n\(Self.differences(record, document).joined(separator: "\n"))")
        }
        #expect(different.isEmpty, "\(different.count) of \(Self.count) patients")
    }

    @Test("reach most of the rules, so that the comparison means something")
    func reach() async throws {
        let terminology = try ExampleTests.engine.get().knowledge.terminology
        let patients = (1...Self.count).map { TwoFormPatient(seed: $0, terminology: terminology) }
        let rules = Set(try await Self.evaluate(patients.map(\.bundle), as: "json").compactMap(\.rule))
        for rule in ["A1", "A2", "A3", "A5", "A6", "A8", "A9", "A10-ASK-ONSET", "A10-ASK-TRIAL", "A10-EARLY"] {
            #expect(rules.contains(rule), "\(rule) in \(rules.sorted())")
        }
    }

    @Test("a denial that one form loses is found")
    func planted() async throws {
        let terminology = try ExampleTests.engine.get().knowledge.terminology
        let patients = (1...Self.count).map { TwoFormPatient(seed: $0, terminology: terminology) }
        let sound = patients.map(\.document)
        let denying = sound.indices.filter { sound[$0].contains("negationInd") }
        let broken = denying.map { sound[$0].replacing(#" negationInd="true""#, with: "") }
        let found = try await Self.different(denying.map { patients[$0] }, documents: broken)
        #expect(found.count > denying.count / 10, "\(found.count) of \(denying.count)")
    }

    private static func firstDifferent(_ patients: [TwoFormPatient]) async throws -> TwoFormPatient? {
        guard !patients.isEmpty else { return nil }
        return try await different(patients).first.map { patients[$0] }
    }

    /// The positions of those whose two forms are decided differently.
    private static func different(
        _ patients: [TwoFormPatient], documents: [String]? = nil
    ) async throws -> [Int] {
        let records = try await evaluate(patients.map(\.bundle), as: "json")
        let documents = try await evaluate(documents ?? patients.map(\.document), as: "xml")
        return patients.indices.filter { !differences(records[$0], documents[$0]).isEmpty }
    }

    private static func decisions(_ patient: TwoFormPatient) async throws -> (DecisionLine, DecisionLine) {
        (try await evaluate([patient.bundle], as: "json")[0], try await evaluate([patient.document], as: "xml")[0])
    }

    /// What the two say differently; nothing of ids, places and reading problems.
    private static func differences(_ record: DecisionLine, _ document: DecisionLine) -> [String] {
        var found: [String] = []
        func compare(_ name: String, _ left: String?, _ right: String?) {
            if left != right { found.append("\(name): \(left ?? "none") as FHIR, \(right ?? "none") as C-CDA") }
        }
        compare("rule", record.rule, document.rule)
        compare("card", record.card, document.card)
        compare("fit", record.fit, document.fit)
        compare("provisional", "\(record.provisional)", "\(document.provisional)")
        compare("removal", "\(record.removeSuggestionAllowed)", "\(document.removeSuggestionAllowed)")
        compare("presenting", "\(record.presentingFlags)", "\(document.presentingFlags)")
        for (left, right) in zip(record.criteria, document.criteria) { compare(left.id, left.result, right.result) }
        return found
    }

    /// One decision for each text, in their order.
    private static func evaluate(_ texts: [String], as ending: String) async throws -> [DecisionLine] {
        let folder = try Scratch()
        for (number, text) in texts.enumerated() {
            try folder.write("\(10_000 + number).\(ending)", Array(text.utf8))
        }
        let run = EvaluateRun(
            engine: try ExampleTests.engine.get(), format: .decisions, asOf: nil, clock: .day(Day(0)), jobs: 2,
            limit: 1 << 24)
        var output: [UInt8] = []
        let summary = try await run.run(try InputFiles([folder.path])) {
            output += $0
        } errors: { issues in
            for issue in issues { Testing.Issue.record("\(issue)") }
        }
        try #require(summary.decisions == texts.count && summary.refused == 0)
        return try output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(DecisionLine.self, from: Data($0))
        }
    }
}
