import ClinicalModel
import DecisionSupport
import Foundation
import Guidelines
import KnowledgeBase
import Testing

/// A hook request that is fired again and again while the chart changes.
struct Visit {
    typealias Resource = [String: Any]

    private(set) var request: Resource
    /// The day against which the service counts.
    var today = "2025-06-16"
    var thresholds = Thresholds()

    private static let examples = Shipped.folder + "/../Examples/hooks/order-sign"

    /// The chart of an example, by the name of its folder.
    init(_ example: String) throws {
        let data = try #require(FileManager.default.contents(atPath: "\(Self.examples)/\(example)/request.json"))
        request = try #require(try JSONSerialization.jsonObject(with: data) as? Resource)
    }

    /// What the service answers to the request as it stands.
    func fire() throws -> Fired {
        let knowledge = try Shipped.engine.get().knowledge
        let time = try #require(ReferenceTime(today))
        let engine = Engine(knowledge: knowledge, thresholds: thresholds, publicURL: "https://cds.example.org")
        let body = try JSONSerialization.data(withJSONObject: request, options: [.withoutEscapingSlashes, .sortedKeys])
        let reply = try HookService(engine: engine) { time }.answer(service: "lumbar-imaging", body: Array(body)).get()
        let json = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? Resource)
        return Fired(decisions: reply.decisions, cards: json["cards"] as? [Resource] ?? [], body: reply.body)
    }

    // MARK: Changes

    /// Sets a member of the request or of what it holds: `set("2", at: "context", "encounterId")`; a number is an index.
    mutating func set(_ value: Any?, at path: String...) {
        request = Self.setting(value, path[...], in: request) as? Resource ?? request
    }

    /// Adds a resource to the search of a key.
    mutating func add(_ resource: Resource, to key: String = "observations") {
        entries(of: key) { $0.append(["resource": resource]) }
    }

    /// Changes the entries of a search.
    mutating func entries(of key: String, _ change: (inout [Resource]) -> Void) {
        var prefetch = request["prefetch"] as? Resource ?? [:]
        var bundle = prefetch[key] as? Resource ?? ["resourceType": "Bundle", "type": "searchset"]
        var entries = bundle["entry"] as? [Resource] ?? []
        change(&entries)
        bundle["entry"] = entries
        bundle["total"] = entries.count
        prefetch[key] = bundle
        request["prefetch"] = prefetch
    }

    /// The entries of the draft orders.
    var drafts: [Resource] {
        get { ((request["context"] as? Resource)?["draftOrders"] as? Resource)?["entry"] as? [Resource] ?? [] }
        set { set(newValue, at: "context", "draftOrders", "entry") }
    }

    /// Records an answer in an input code, as a suggestion would.
    mutating func answer(_ code: String, _ value: Any, type: String = "valueBoolean", on day: String? = nil) {
        let coding = ["system": CodeSystem.findings, "code": code]
        add([
            "resourceType": "Observation", "id": "answer-\(UUID().uuidString)", "status": "final",
            "code": ["coding": [coding]], "subject": ["reference": "Patient/\(patient)"],
            "effectiveDateTime": day ?? today, type: value,
        ])
    }

    /// Writes what a suggestion creates into the chart, as an EHR does once it is accepted.
    mutating func accept(_ suggestion: Resource) {
        for action in suggestion["actions"] as? [Resource] ?? [] {
            guard action["type"] as? String == "create", var resource = action["resource"] as? Resource else {
                continue
            }
            resource["id"] = UUID().uuidString
            add(resource)
        }
    }

    var patient: String { (request["context"] as? Resource)?["patientId"] as? String ?? "" }

    private static func setting(_ value: Any?, _ path: ArraySlice<String>, in place: Any) -> Any {
        guard let name = path.first else { return value ?? NSNull() }
        if var list = place as? [Any], let index = Int(name) {
            list[index] = setting(value, path.dropFirst(), in: list[index])
            return list
        }
        var object = place as? Resource ?? [:]
        if path.count == 1 && value == nil {
            object[name] = nil
        } else {
            object[name] = setting(value, path.dropFirst(), in: object[name] ?? Resource())
        }
        return object
    }
}

/// The answer to one call.
struct Fired {
    let decisions: [Decision]
    let cards: [Visit.Resource]
    let body: [UInt8]

    var decision: Decision { get throws { try #require(decisions.first) } }
    var card: String? { get throws { try decision.outcome.card?.rawValue } }
    var rule: String? { get throws { try decision.outcome.rule } }

    var suggestions: [Visit.Resource] { cards.flatMap { $0["suggestions"] as? [Visit.Resource] ?? [] } }
    var labels: [String] { suggestions.compactMap { $0["label"] as? String } }

    /// The suggestion whose label begins so.
    func suggestion(_ beginning: String) throws -> Visit.Resource {
        try #require(
            suggestions.first { ($0["label"] as? String)?.hasPrefix(beginning) == true },
            "\(beginning) not among \(labels)")
    }

    /// The one that says no to the open red flags; nil when there is none.
    var noRedFlag: Visit.Resource? {
        suggestions.first { suggestion in
            let label = suggestion["label"] as? String ?? ""
            let answers = Self.answers(of: suggestion)
            return (label.hasPrefix("None of the") || label.hasPrefix("No: "))
                && answers.allSatisfy { $0.value == "false" }
                && !answers.isEmpty
        }
    }

    /// Input codes that a suggestion answers, with the answers.
    static func answers(of suggestion: Visit.Resource) -> [(code: String, value: String)] {
        (suggestion["actions"] as? [Visit.Resource] ?? []).compactMap { action in
            guard action["type"] as? String == "create", let resource = action["resource"] as? Visit.Resource,
                resource["resourceType"] as? String == "Observation",
                let code = ((resource["code"] as? Visit.Resource)?["coding"] as? [Visit.Resource])?.first
            else { return nil }
            let value = resource.first { $0.key.hasPrefix("value") }?.value
            return (code["code"] as? String ?? "", value.map(words) ?? "")
        }
    }

    private static func words(_ value: Any) -> String {
        if let object = value as? Visit.Resource {
            let coding = (object["coding"] as? [Visit.Resource])?.first?["code"] as? String
            return coding ?? "\(object["start"] ?? "") to \(object["end"] ?? "")"
        }
        return (value as? Bool).map { "\($0)" } ?? "\(value)"
    }

    /// The names of all cards and suggestions, in the order of the cards.
    var names: [String] {
        cards.flatMap { card in
            [card["uuid"] as? String] + (card["suggestions"] as? [Visit.Resource] ?? []).map { $0["uuid"] as? String }
        }.compactMap { $0 }
    }

    var cardNames: [String] { cards.compactMap { $0["uuid"] as? String } }
}
