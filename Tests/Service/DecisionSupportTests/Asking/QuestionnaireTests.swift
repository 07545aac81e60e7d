import CDSHooks
import ClinicalModel
import DecisionSupport
import FHIR
import Foundation
import Guidelines
import JSONTree
import KnowledgeBase
import Testing

/// The questionnaire of `Profiles/` and the responses to it.
@Suite("Red-flag and course questionnaire")
struct QuestionnaireTests {
    /// Every item that is a question, whatever group it stands in.
    static func questions() throws -> [Visit.Resource] {
        let data = Data(try Shipped.engine.get().questionnaire)
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? Visit.Resource)
        func walk(_ items: [Visit.Resource]) -> [Visit.Resource] {
            items.flatMap { item -> [Visit.Resource] in
                let type = item["type"] as? String
                return (type == "group" || type == "display" ? [] : [item])
                    + walk(item["item"] as? [Visit.Resource] ?? [])
            }
        }
        return walk(root["item"] as? [Visit.Resource] ?? [])
    }

    @Test("Every input code is a question, and every question an input code of that name")
    func bothWays() throws {
        let links = try Self.questions().compactMap { $0["linkId"] as? String }
        let findings = try Shipped.engine.get().knowledge.terminology.findings.filter { !$0.isAnswer }
        #expect(Set(links) == Set(findings.map(\.code)))
        #expect(links.count == findings.count)
        for question in try Self.questions() {
            let coding = try #require((question["code"] as? [Visit.Resource])?.first)
            #expect(coding["code"] as? String == question["linkId"] as? String)
            #expect(coding["system"] as? String == CodeSystem.findings)
        }
    }

    /// An answer to a question, in the form that its type asks for, and the value that is to be read.
    static func answers(to question: Visit.Resource) throws -> [(answer: Visit.Resource, read: String)] {
        let extensions = question["extension"] as? [Visit.Resource] ?? []
        let unit = (extensions.first?["valueCoding"] as? Visit.Resource)?["code"] as? String
        switch question["type"] as? String {
        case "boolean": return [(["valueBoolean": true], "true"), (["valueBoolean": false], "false")]
        case "date": return [(["valueDate": "2025-05-02"], "2025-05-02"), (["valueDate": "2025-05"], "2025-05")]
        case "quantity":
            let value: Visit.Resource = [
                "value": 2, "unit": unit ?? "", "system": "http://unitsofmeasure.org", "code": unit ?? "",
            ]
            return [(["valueQuantity": value], "2 \(unit ?? "")")]
        case "choice":
            return try #require(question["answerOption"] as? [Visit.Resource]).map { option in
                let word = (option["valueCoding"] as? Visit.Resource)?["code"] ?? option["valueString"]
                return (option, "\(word ?? "")")
            }
        default: return []
        }
    }

    @Test("Every answer to every question is read back")
    func readBack() throws {
        let reader = HookRequestReader(terminology: try Shipped.engine.get().knowledge.terminology, declared: [])
        var visit = try Visit("d02-nothing-asked")
        let base = visit
        var count = 0
        for question in try Self.questions() {
            let link = try #require(question["linkId"] as? String)
            let answers = try Self.answers(to: question)
            #expect(!answers.isEmpty, "\(link)")
            for (answer, expected) in answers {
                visit = base
                visit.add(Self.response([link: answer]), to: "questionnaireResponses")
                let body = try JSONSerialization.data(withJSONObject: visit.request)
                let record = try reader.read(JSONDocument(Array(body))).record.record
                let read = record.observations.filter { $0.concepts.contains { $0.finding == link } }
                #expect(read.map { Self.words($0.value) } == [expected], "\(link)")
                #expect(read.first?.effective?.literal == "2025-06-16", "\(link)")
                count += 1
            }
        }
        #expect(count > 200)
    }

    static func response(_ answers: [String: Visit.Resource], authored: String = "2025-06-16") -> Visit.Resource {
        [
            "resourceType": "QuestionnaireResponse", "id": "qr1", "status": "completed",
            "questionnaire": "https://spinehook.example/fhir/Questionnaire/red-flags-and-course",
            "subject": ["reference": "Patient/d02"], "authored": authored,
            "item": [
                [
                    "linkId": "group",
                    "item": answers.sorted { $0.key < $1.key }.map { ["linkId": $0.key, "answer": [$0.value]] },
                ] as Visit.Resource
            ],
        ]
    }

    private static func words(_ value: Observation.Value) -> String {
        switch value {
        case .boolean(let answer): "\(answer)"
        case .quantity(let quantity): "\(quantity.literal) \(quantity.unit ?? "")"
        case .concepts(let concepts): concepts.map(\.code.code).joined(separator: " ")
        case .text(let text): text
        case .date(let date): date.literal
        case .period, .absent, .other: "not read"
        }
    }

    @Test("One answered questionnaire makes the rating firm; a yes in it changes the rule")
    func roundTrip() throws {
        let visit = try Visit("d02-nothing-asked")
        #expect(try visit.fire().decision.outcome.provisional)
        let no = AskingTests.screen.map { ($0.code, ["valueBoolean": false] as Visit.Resource) }
        var denied = visit
        denied.add(Self.response(Dictionary(uniqueKeysWithValues: no)), to: "questionnaireResponses")
        let firm = try denied.fire()
        #expect(try firm.rule == "A10-EARLY" && firm.decision.outcome.removeSuggestionAllowed)
        #expect(try !firm.decision.outcome.provisional)
        for row in AskingTests.screen {
            var answers = Dictionary(uniqueKeysWithValues: no)
            answers[row.code] = ["valueBoolean": true]
            var affirmed = visit
            affirmed.add(Self.response(answers), to: "questionnaireResponses")
            #expect(try affirmed.fire().rule == row.rule, "\(row.code)")
        }
    }

    @Test("An onset by the month settles the course where the month does")
    func onset() throws {
        let onset: Visit.Resource = ["valueDate": "2025-04"]
        var visit = try Visit("d13-onset-2025")
        var response = Self.response(["symptom-onset": onset])
        response["subject"] = ["reference": "Patient/d13"]
        visit.add(response, to: "questionnaireResponses")
        #expect(try visit.fire().rule == "A10-ASK-TRIAL")
    }

    @Test("A card with something open links to the questionnaire")
    func link() throws {
        func links(_ example: String) throws -> [String] {
            let links = try Visit(example).fire().cards.first?["links"] as? [Visit.Resource] ?? []
            return links.compactMap { $0["url"] as? String }
        }
        let address = "https://cds.example.org/fhir/Questionnaire/red-flags-and-course"
        #expect(try links("d02-nothing-asked").contains(address))
        #expect(try !links("d18-procedures-declined").contains(address))
    }
}
