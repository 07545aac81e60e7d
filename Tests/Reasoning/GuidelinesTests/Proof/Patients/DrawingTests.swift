import ClinicalModel
import Guidelines
import Testing

@Suite("The generator of patients, and how a violated property is printed")
struct DrawingTests {
    @Test("the same seed gives the same patient")
    func seeded() {
        func words(_ seed: UInt64) -> String {
            var drawing = FactDrawing(seed: seed)
            return drawing.patient().words
        }
        #expect(words(5) == words(5))
        #expect(words(5) != words(6))
    }

    @Test("the patients fall under every rule of section 3.2 and every reason of section 3.3")
    func coverage() {
        var rules: Set<String> = []
        for seed in UInt64(0)..<1500 {
            var drawing = FactDrawing(seed: seed)
            if let rule = drawing.patient().decide().outcome.rule { rules.insert(String(rule.prefix { $0 != "(" })) }
        }
        let reasons = CourseReason.allCases.map { "A10-\($0.rawValue)" }
        let others = (1...9).map { "A\($0)" } + ["A11-REPEAT", "A12-ELDERLY", "A13-HINT", "A14-UNREAD"]
        print("Rules of drawn patients: \(rules.sorted())")
        #expect(Set(others + reasons).subtracting(rules).isEmpty)
    }

    @Test("a violated property names the smallest patient")
    func shrinks() throws {
        let property = PatientProperty(name: "nobody is taking warfarin and has a fever") { patient in
            let decision = patient.decide()
            guard decision.cardFacts.anticoagulant == "warfarin" else { return nil }
            return decision.criterion(.infection).result == .met ? "somebody does" : nil
        }
        let found = try #require(property.smallestViolation(seeds: 0..<5000))
        #expect(found.why == "somebody does")
        #expect(found.patient.facts.count == 2, "\(found.patient.words)")
        #expect(found.patient.facts.contains { $0.fact.words.contains("warfarin") })
        #expect(
            found.patient.notRetrieved.isEmpty && found.patient.refused.isEmpty && found.patient.unreadTexts.isEmpty)
        #expect(property.smallestViolation(seeds: 0..<0) == nil)
    }
}
