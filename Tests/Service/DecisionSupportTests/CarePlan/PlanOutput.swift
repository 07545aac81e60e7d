import CDSHooks
import JSONTree

@testable import DecisionSupport

/// A Bundle or response read back, with the questions that tests of the plan ask.
struct PlanOutput {
    let document: JSONDocument
    let text: String

    init(_ json: JSONValue) throws {
        try self.init(json.encoded())
    }

    init(_ bytes: [UInt8]) throws {
        document = try JSONDocument(bytes)
        text = String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Of a Bundle

    /// Types of the entries, in order.
    var types: [String] {
        document.read { root in
            root["entry"]?.elements.map { $0["resource"]?["resourceType"]?.string ?? "?" } ?? []
        }
    }

    /// Entries of the plan's parts by the id of their part, as written.
    var parts: [(id: String, resource: String)] {
        document.read { root in
            root["entry"]?.elements.compactMap { entry in
                entry["resource"].flatMap { resource in Self.part(of: resource).map { ($0, Self.text(resource)) } }
            } ?? []
        }
    }

    var fullUrls: [String] { document.read { $0["entry"]?.elements.compactMap { $0["fullUrl"]?.string } ?? [] } }

    /// Type and full URL of each entry.
    func url(of type: String) -> String? {
        document.read { root in
            root["entry"]?.elements.first { $0["resource"]?["resourceType"]?.string == type }?["fullUrl"]?.string
        }
    }

    /// References from the CarePlan to its group, and from the group to the parts.
    var references: (group: [String], parts: [String]) {
        document.read { root in
            let resources = root["entry"]?.elements.compactMap { $0["resource"] } ?? []
            let plan = resources.first { $0["resourceType"]?.string == "CarePlan" }
            let group = resources.first { $0["resourceType"]?.string == "RequestGroup" }
            return (
                plan?["activity"]?.elements.compactMap { $0["reference"]?["reference"]?.string } ?? [],
                group?["action"]?.elements.compactMap { $0["resource"]?["reference"]?.string } ?? []
            )
        }
    }

    /// Texts of the notes of the CarePlan.
    var notes: [String] {
        document.read { root in
            root["entry"]?.elements.compactMap { $0["resource"] }
                .first { $0["resourceType"]?.string == "CarePlan" }?["note"]?.elements
                .compactMap { $0["text"]?.string } ?? []
        }
    }

    // MARK: Of a response

    /// Summaries of the cards.
    var summaries: [String] { document.read { $0["cards"]?.elements.compactMap { $0["summary"]?.string } ?? [] } }

    var detail: String { document.read { $0["cards"]?.elements.first?["detail"]?.string ?? "" } }

    /// The code by which the response says why there is no plan; nil where there is one.
    var reason: String? { document.read { $0["extension"]?["org.spinehook.carePlan"]?["reason"]?.string } }

    /// Why no NSAID is suggested, as the response says it to programs; empty where one is, and without a plan.
    var withheld: [String] {
        document.read { root in
            let entry = root["extension"]?["org.spinehook.carePlan"]?["withheld"]?.elements.first
            return entry?["because"]?.elements.compactMap { $0.string } ?? []
        }
    }

    /// The day of the re-check as the response says it to programs.
    var recheck: String? { document.read { $0["extension"]?["org.spinehook.carePlan"]?["recheck"]?.string } }

    /// What the suggestions create, by the id of the part.
    var suggested: [(id: String, resource: String)] {
        document.read { root in
            (root["cards"]?.elements.first?["suggestions"]?.elements).map(Array.init)?.flatMap { suggestion in
                suggestion["actions"]?.elements.compactMap { action in
                    action["resource"].map { (Self.part(of: $0) ?? "?", Self.text($0)) }
                } ?? []
            } ?? []
        }
    }

    /// The uuids of card and suggestions.
    var uuids: [String] {
        document.read { root in
            root["cards"]?.elements.flatMap { card in
                [card["uuid"]?.string ?? ""] + (card["suggestions"]?.elements.compactMap { $0["uuid"]?.string } ?? [])
            } ?? []
        }
    }

    // MARK: Reading

    private static let definitions = "https://spinehook.example/fhir/ActivityDefinition/"

    private static func part(of resource: JSONNode) -> String? {
        guard let canonical = resource["instantiatesCanonical"]?.elements.first?.string,
            canonical.hasPrefix(definitions)
        else { return nil }
        return String(canonical.dropFirst(definitions.count))
    }

    private static func text(_ node: JSONNode) -> String { String(decoding: node.raw, as: UTF8.self) }
}
