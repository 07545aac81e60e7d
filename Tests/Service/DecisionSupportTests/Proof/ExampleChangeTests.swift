import CDSHooks
import ClinicalModel
import DecisionSupport
import Foundation
import Guidelines
import KnowledgeBase
import Testing

/// The requests among the examples, changed in ways that change nothing, or that take a search away.
@Suite("Changed requests (I13, I14, I15)")
struct ExampleChangeTests {
    typealias Resource = [String: Any]

    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A request with the day on which it is decided.
    struct Request: Sendable, CustomTestStringConvertible {
        let name: String
        let body: Data
        let asOf: String
        let service: String
        var testDescription: String { name }

        func json() throws -> Resource { try #require(try JSONSerialization.jsonObject(with: body) as? Resource) }
    }

    static let requests: [Request] = ["order-sign", "patient-view"].flatMap { hook -> [Request] in
        let folder = package.appending(path: "Examples/hooks/\(hook)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name -> Request? in
            guard let body = FileManager.default.contents(atPath: folder.appending(path: "\(name)/request.json").path),
                let expected = FileManager.default.contents(
                    atPath: folder.appending(path: "\(name)/expected.json").path),
                let said = try? JSONSerialization.jsonObject(with: expected) as? Resource,
                let asOf = said["asOf"] as? String
            else { return nil }
            let orders = said["slot"] as? String == "imaging" ? "lumbar-imaging" : "radiculopathy-orders"
            return Request(
                name: name, body: body, asOf: asOf,
                service: hook == "patient-view" ? "radiculopathy-red-flags" : orders)
        }
    }

    private static let engine = Result { () throws(KnowledgeError) in
        Engine(knowledge: try KnowledgeBase(profiles: package.appending(path: "Profiles").path))
    }

    /// What the service answers: the decisions, and the text of its cards.
    private static func answer(
        _ json: Resource, of request: Request, asOf: String? = nil
    ) throws -> (decisions: [Decision], cards: String) {
        let engine = try engine.get()
        let time = try #require(ReferenceTime(asOf ?? request.asOf))
        let body = try JSONSerialization.data(withJSONObject: json, options: .withoutEscapingSlashes)
        let reply = try HookService(engine: engine) { time }.answer(service: request.service, body: Array(body)).get()
        let response = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? Resource)
        let cards = (response["cards"] as? [Resource] ?? []).map { "\($0["summary"] ?? "")\n\($0["detail"] ?? "")" }
        return (reply.decisions, cards.joined(separator: "\n\n"))
    }

    /// Everything that decisions say but dates, in an order of its own.
    private static func words(_ decisions: [Decision]) -> [String] {
        decisions.flatMap { decision -> [String] in
            ["\(decision.outcome)", "\(decision.because ?? "-")", "\(decision.presentingFlags)"]
                + decision.criteria.map { criterion in
                    let evidence = criterion.evidence.map { "\($0.resource ?? "-") \($0.code?.code ?? "-")" }.sorted()
                    let missing = criterion.missing.map { "\($0.what) \($0.reason.rawValue)" }.sorted()
                    return "\(criterion.id.rawValue) \(criterion.result.rawValue) \(evidence) \(missing)"
                }
        }
    }

    private static func difference(_ before: [Decision], _ after: [Decision]) -> [String] {
        words(after).difference(from: words(before)).insertions.map { change in
            if case .insert(_, let words, _) = change { words } else { "" }
        }
    }

    /// How many of them a run takes a search from: all in a release build, each n-th in a debug build, which is slower.
    #if DEBUG
        private static let step = 3
    #else
        private static let step = 1
    #endif
    static let sample = requests.enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element)

    @Test("there are requests, and a date moved alone does tell")
    func examples() throws {
        #expect(Self.requests.count > 25)
        let request = try #require(Self.requests.first)
        let before = try Self.answer(request.json(), of: request).decisions
        #expect(
            !Self.difference(before, try Self.answer(request.json(), of: request, asOf: "2053-06-16").decisions).isEmpty
        )
    }

    /// 28 years later every date falls on a day of the same name and every leap day on a leap day; 400 years repeat all.
    @Test("every date moved by whole cycles of the calendar, the clock too (I13)", arguments: requests)
    func shifted(_ request: Request) throws {
        let before = try Self.answer(request.json(), of: request).decisions
        for years in [28, 400] {
            let moved = try #require(Self.moved(request.json(), by: years) as? Resource)
            let asOf = try #require(Self.moved(request.asOf, by: years) as? String)
            let after = try Self.answer(moved, of: request, asOf: asOf).decisions
            #expect(Self.difference(before, after).isEmpty, "by \(years) years")
            #expect(after.count == before.count)
        }
    }

    /// A copy in which every date lies some years later.
    private static func moved(_ json: Any, by years: Int, member: String = "") -> Any {
        switch json {
        case let object as Resource:
            return object.reduce(into: Resource()) { $0[$1.key] = moved($1.value, by: years, member: $1.key) }
        case let array as [Any]: return array.map { moved($0, by: years, member: member) }
        case let text as String:
            guard let date = text.wholeMatch(of: #/(\d{4})((-\d\d(-\d\d(T.*)?)?)?)/#), let year = Int(date.1) else {
                return text
            }
            // Four digits alone may be a code.
            let isDate = !date.2.isEmpty || member.lowercased().contains("date") || ["start", "end"].contains(member)
            return isDate ? "\(year + years)\(date.2)" : text
        default: return json
        }
    }

    @Test("every search answered in another order (I14)", arguments: requests)
    func permuted(_ request: Request) throws {
        let before = try Self.answer(request.json(), of: request)
        for turn in 1...3 {
            let after = try Self.answer(
                Self.changed(request.json()) { _, entries in
                    turn == 1 ? entries.reversed() : Array(entries.dropFirst(turn) + entries.prefix(turn))
                }, of: request)
            #expect(Self.difference(before.decisions, after.decisions).isEmpty)
            #expect(after.cards == before.cards)
        }
    }

    /// A copy with other entries in each Bundle of its prefetch.
    private static func changed(_ json: Resource, _ change: (String, [Any]) -> [Any]) -> Resource {
        var json = json
        json["prefetch"] = (json["prefetch"] as? Resource)?.mapValues { $0 }.reduce(into: Resource()) {
            prefetch, item in
            guard var bundle = item.value as? Resource, let entries = bundle["entry"] as? [Any] else {
                prefetch[item.key] = item.value
                return
            }
            bundle["entry"] = change(item.key, entries)
            prefetch[item.key] = bundle
        }
        return json
    }

    /// How a search comes to nothing, as clients say it.
    static let failures: [(words: String, value: @Sendable () -> Any)] = [
        ("null", { NSNull() }),
        (
            "an OperationOutcome",
            {
                [
                    "resourceType": "OperationOutcome",
                    "issue": [["severity": "error", "code": "forbidden", "diagnostics": "no"]],
                ] as Resource
            }
        ),
    ]

    @Test(
        "a search that failed leaves what it would have said unknown, and the card says so (I15)", arguments: sample)
    func failed(_ request: Request) throws {
        let json = try request.json()
        let prefetch = try #require(json["prefetch"] as? Resource)
        for (number, (key, value)) in prefetch.sorted(by: { $0.key < $1.key }).enumerated() {
            guard let bundle = value as? Resource, bundle["resourceType"] as? String == "Bundle" else { continue }
            var empty = bundle
            empty["entry"] = nil
            empty["total"] = nil
            let without = try Self.answer(Self.with(json, key, empty), of: request).decisions
            let failure = Self.failures[number % Self.failures.count]
            let answer = try Self.answer(Self.with(json, key, failure.value()), of: request)
            let place = "\(key) as \(failure.words)"
            for decision in answer.decisions where decision.outcome.rule != nil {
                #expect(!decision.cardFacts.unreadParts.isEmpty, "\(place): no part is named")
                try Self.checkUnknown(decision, without.first { $0.order == decision.order }, place)
            }
            let hasCard = answer.decisions.contains { $0.outcome.card != nil }
            #expect(!hasCard || answer.cards.contains("Could not be retrieved"), "\(place): no card says so")
        }
    }

    private static func with(_ json: Resource, _ key: String, _ value: Any) -> Resource {
        var json = json
        var prefetch = json["prefetch"] as? Resource ?? [:]
        prefetch[key] = value
        json["prefetch"] = prefetch
        return json
    }

    /// A criterion stays what it is without the search's answers, or becomes unknown and says why.
    private static func checkUnknown(_ failed: Decision, _ empty: Decision?, _ place: String) throws {
        guard let empty else { return }
        for criterion in failed.criteria where criterion.id != .recordComplete {
            let result = empty.criterion(criterion.id).result
            #expect(
                criterion.result == result || criterion.result == .unknown,
                "\(place): \(criterion.id.rawValue) is \(criterion.result.rawValue), without it \(result.rawValue)")
            if criterion.result == .unknown && result != .unknown {
                #expect(
                    criterion.missing.contains { $0.reason == .notRetrieved },
                    "\(place): \(criterion.id.rawValue) does not say why it is unknown")
            }
        }
    }
}
