import ClinicalModel
import Foundation
import FoundationNetworking
import RunningServer
import Testing

/// A client that fires a hook, writes what is accepted into its chart, and fires again.
@Suite("Answers and re-fires on a socket")
struct AskingSocketTests {
    typealias Resource = [String: Any]

    /// The request of an example.
    private static func request(_ example: String) throws -> Resource {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Examples/hooks/order-sign/\(example)/request.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: folder)) as? Resource)
    }

    private static func fire(_ request: Resource, at base: URL) async throws -> (card: Resource, decision: Resource) {
        var call = URLRequest(url: base.appending(path: "cds-services/lumbar-imaging"))
        call.httpMethod = "POST"
        call.setValue("application/json", forHTTPHeaderField: "Content-Type")
        call.httpBody = try JSONSerialization.data(withJSONObject: request)
        let (body, response) = try await URLSession.shared.data(for: call)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        let json = try #require(try JSONSerialization.jsonObject(with: body) as? Resource)
        let decisions = (json["extension"] as? Resource)?["org.spinehook.decisions"] as? [Resource]
        return ((json["cards"] as? [Resource])?.first ?? [:], try #require(decisions?.first))
    }

    /// The request with resources added to a search.
    private static func adding(_ resources: [Resource], to key: String, of request: Resource) -> Resource {
        var request = request
        var prefetch = request["prefetch"] as? Resource ?? [:]
        var bundle = prefetch[key] as? Resource ?? [:]
        let entries = (bundle["entry"] as? [Resource] ?? []) + resources.map { ["resource": $0] }
        bundle["entry"] = entries
        bundle["total"] = entries.count
        prefetch[key] = bundle
        request["prefetch"] = prefetch
        return request
    }

    /// What accepting a suggestion writes into the chart.
    private static func created(by label: String, of card: Resource) throws -> [Resource] {
        let suggestion = try #require(
            (card["suggestions"] as? [Resource])?.first { ($0["label"] as? String)?.hasPrefix(label) == true })
        return (suggestion["actions"] as? [Resource] ?? []).enumerated().compactMap { number, action in
            guard action["type"] as? String == "create", var resource = action["resource"] as? Resource else {
                return nil
            }
            resource["id"] = "accepted-\(number)"
            return resource
        }
    }

    private static func names(of card: Resource) -> [String] {
        [card["uuid"] as? String ?? ""]
            + (card["suggestions"] as? [Resource] ?? []).map { $0["uuid"] as? String ?? "" }
    }

    @Test("one accepted suggestion makes a provisional rating firm; a yes changes the rule")
    func roundTrip() async throws {
        try await withServer(try RoutesTests.routes()) { base in
            let request = try Self.request("d02-nothing-asked")
            let first = try await Self.fire(request, at: base)
            #expect(first.decision["provisional"] as? Bool == true)
            let none = try Self.created(by: "None of the 13 open red-flag questions applies", of: first.card)
            #expect(none.count == 13)
            let denied = Self.adding(none, to: "observations", of: request)
            let second = try await Self.fire(denied, at: base)
            #expect(second.decision["rule"] as? String == "A10-EARLY")
            #expect(second.decision["provisional"] as? Bool == false)
            #expect(second.decision["removeSuggestionAllowed"] as? Bool == true)
            #expect(second.decision["issues"] as? [Resource] != nil)
            let yes = try Self.created(by: "Yes: Numbness or reduced sensation in the saddle area", of: first.card)
            let third = try await Self.fire(Self.adding(yes, to: "observations", of: request), at: base)
            #expect(third.decision["rule"] as? String == "A1")
            #expect(third.decision["card"] as? String == "K01")
        }
    }

    @Test("a response to the questionnaire that the service hands out does the same")
    func questionnaire() async throws {
        try await withServer(try RoutesTests.routes()) { base in
            let place = base.appending(path: "fhir/Questionnaire/red-flags-and-course")
            let (body, response) = try await URLSession.shared.data(from: place)
            #expect((response as? HTTPURLResponse)?.statusCode == 200)
            #expect(
                (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "Content-Type") == "application/fhir+json")
            let form = try #require(try JSONSerialization.jsonObject(with: body) as? Resource)
            #expect(form["resourceType"] as? String == "Questionnaire")
            // Every yes-or-no question answered with no, but those on the course.
            let groups = (form["item"] as? [Resource] ?? []).filter {
                ($0["linkId"] as? String)?.hasPrefix("redflag.") == true
            }
            let items = groups.map { group -> Resource in
                let questions = (group["item"] as? [Resource] ?? []).filter { $0["type"] as? String == "boolean" }
                let answered = questions.map { question -> Resource in
                    ["linkId": question["linkId"] ?? "", "answer": [["valueBoolean": false]]]
                }
                return ["linkId": group["linkId"] ?? "", "item": answered]
            }
            let answers: Resource = [
                "resourceType": "QuestionnaireResponse", "id": "qr1", "status": "completed",
                "questionnaire": form["url"] ?? "", "subject": ["reference": "Patient/d02"],
                "authored": "2025-06-16T09:00:00-05:00", "item": items,
            ]
            let request = Self.adding(
                [answers], to: "questionnaireResponses", of: try Self.request("d02-nothing-asked"))
            let decision = try await Self.fire(request, at: base).decision
            #expect(decision["rule"] as? String == "A10-EARLY")
            #expect(decision["provisional"] as? Bool == false)
            #expect(decision["removeSuggestionAllowed"] as? Bool == true)
        }
    }

    @Test("the same order and facts keep the names of card and suggestions, other facts do not")
    func refire() async throws {
        try await withServer(try RoutesTests.routes()) { base in
            var request = try Self.request("d01-two-weeks-all-negative")
            let first = Self.names(of: try await Self.fire(request, at: base).card)
            #expect(first.count > 1)
            request["hookInstance"] = "7a0f8a4e-0000-4000-8000-000000000002"
            #expect(Self.names(of: try await Self.fire(request, at: base).card) == first)
            var selecting = request
            selecting["hook"] = "order-select"
            var context = request["context"] as? Resource ?? [:]
            context["selections"] = ["ServiceRequest/o1"]
            selecting["context"] = context
            #expect(Self.names(of: try await Self.fire(selecting, at: base).card) == first)
            let weight: Resource = [
                "resourceType": "Observation", "id": "w1", "status": "final", "effectiveDateTime": "2025-06-15",
                "code": ["coding": [["system": "http://loinc.org", "code": "29463-7"]]],
                "subject": ["reference": "Patient/d01"],
                "valueQuantity": ["value": 82, "system": "http://unitsofmeasure.org", "code": "kg"],
            ]
            let weighed = Self.adding([weight], to: "observations", of: request)
            let second = Self.names(of: try await Self.fire(weighed, at: base).card)
            #expect(Set(first).isDisjoint(with: second))
        }
    }
}
