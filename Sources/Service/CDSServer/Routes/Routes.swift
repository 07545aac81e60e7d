public import DecisionSupport
import Guidelines
import JSONTree

/// Everything that the service answers, as a function of the request: no socket, no clock but the one given.
public struct Routes: Sendable {
    let hooks: HookService
    let metrics = Metrics()
    private let version: String
    private let guideline: GuidelinePage

    /// - Parameters:
    ///   - hooks: Answers the CDS Hooks calls.
    ///   - version: Version of the program, for the counters and the pages.
    ///   - differences: How the configuration in force differs from the one shipped, for the guideline page.
    public init(hooks: HookService, version: String, differences: [ConfigurationDifference] = []) {
        self.hooks = hooks
        self.version = version
        guideline = GuidelinePage {
            hooks.engine.publication(softwareVersion: version, differences: differences)
        }
    }

    /// HTTP methods that are counted by their name.
    static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Answers a request, as it would be answered over HTTP.
    public func answer(_ call: Call) -> Answer {
        guard let route = Route(path: call.path) else { return Self.notFound }
        return refusal(of: call.method, on: route) ?? answer(call, on: route)
    }

    func route(of path: String) -> Route? { Route(path: path) }

    /// 405 for a method that the route does not know; nil for one that it does.
    func refusal(of method: String, on route: Route) -> Answer? {
        if route.methods.contains(method) { return nil }
        let allowed = route.methods.joined(separator: ", ")
        var answer = OperationOutcome.answer(
            405, .notSupported, "\(route.pattern) does not know this method. Use \(allowed).")
        answer.headers.append(("Allow", allowed))
        return answer
    }

    func answer(_ call: Call, on route: Route) -> Answer {
        switch route {
        case .root: FirstPage.answer(call, version: version)
        case .discovery: .json(hooks.discovery.encoded())
        case .service(let id): service(id, call)
        case .feedback(let id): feedback(id)
        case .guideline: guideline.answer(call)
        case .guidelineItem(let id): guideline.answer(call, item: id)
        case .questionnaire: questionnaire
        case .live: .json(Array(#"{"status":"up"}"#.utf8))
        // The knowledge is loaded before the service listens: whoever is answered at all is answered in full.
        case .ready: .json(Array(#"{"status":"ready"}"#.utf8))
        case .metrics: metricsText()
        }
    }

    private var questionnaire: Answer {
        var answer = Answer.json(hooks.engine.questionnaire)
        answer.contentType = "application/fhir+json"
        return answer
    }

    private func metricsText() -> Answer {
        var answer = Answer.text(metrics.text(version: version, knowledge: LumbosacralRadiculopathy.version))
        answer.contentType = "text/plain; version=0.0.4; charset=utf-8"
        return answer
    }

    private func service(_ id: String, _ call: Call) -> Answer {
        guard hooks.knows(id) else { return Self.unknownService }
        guard let type = call.mediaType, type == "application/json" || type == "application/fhir+json" else {
            return OperationOutcome.answer(
                415, .notSupported, "Send the request as JSON with the header Content-Type: application/json.")
        }
        switch hooks.answer(service: id, body: call.body) {
        case .success(let response):
            var answer = Answer.json(response.body)
            answer.outcomes = response.decisions.map { decision in
                OutcomeCount(
                    rule: decision.outcome.rule ?? "none", rating: decision.outcome.rating?.rawValue ?? "none",
                    card: decision.outcome.card?.rawValue ?? "none")
            }
            return answer
        case .failure(let refusal): return Self.answer(refusal)
        }
    }

    /// Feedback is not kept yet, and the service does not pretend to.
    private func feedback(_ id: String) -> Answer {
        guard hooks.knows(id) else { return Self.unknownService }
        return OperationOutcome.answer(
            501, .notSupported,
            "This version keeps no feedback; the call was not recorded. Nothing needs to be sent again.")
    }

    /// The one place where refusals become statuses.
    private static func answer(_ refusal: HookRefusal) -> Answer {
        switch refusal.reason {
        case .notJSON, .notARequest: OperationOutcome.answer(400, .structure, refusal.message, because: refusal.issues)
        case .unusable: OperationOutcome.answer(422, .invalid, refusal.message, because: refusal.issues)
        case .dataNotObtainable: OperationOutcome.answer(412, .incomplete, refusal.message, because: refusal.issues)
        }
    }

    static let unknownService = OperationOutcome.answer(
        404, .notFound, "There is no service with this id. GET /cds-services lists those that there are.")
    static let notFound = OperationOutcome.answer(404, .notFound, "There is nothing here. GET / says where to go.")

    static func tooLarge(limit: Int) -> Answer {
        OperationOutcome.answer(
            413, .tooLong,
            "The request is larger than \(limit) bytes. Send fewer or smaller prefetch results; large records can be read "
                + "from files with `spinehook evaluate`.")
    }
}
