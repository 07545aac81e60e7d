import CDSHooks
public import ClinicalModel
public import Diagnostics
public import FHIR
public import Guidelines
public import JSONTree
import KnowledgeBase

/// The CDS services: request bytes in, response bytes or a refusal out. It knows no sockets and no status codes.
public struct HookService: Sendable {
    /// Which cards are shown while an order is still being selected.
    public enum OrderSelectCards: String, Sendable, Hashable, CaseIterable {
        case all
        case critical
        case none
    }

    /// What decides and writes cards.
    public let engine: Engine
    private let atOrderSelect: OrderSelectCards
    private let clock: @Sendable () -> ReferenceTime
    private let reader: HookRequestReader

    /// The services of a site.
    ///
    /// - Parameters:
    ///   - atOrderSelect: What `order-select` shows, for sites that call the service at `order-sign` too; nil takes what
    ///     the site set.
    ///   - clock: The moment that decisions count against.
    public init(
        engine: Engine, atOrderSelect: OrderSelectCards? = nil, clock: @escaping @Sendable () -> ReferenceTime
    ) {
        self.engine = engine
        self.atOrderSelect = atOrderSelect ?? engine.adaptation.orderSelect
        self.clock = clock
        reader = HookRequestReader(terminology: engine.knowledge.terminology, declared: Self.declaredParts)
    }

    /// The parts of a record that the services ask for: what is missing of them was not retrieved.
    public static let declaredParts = Set(HookCatalog.prefetch.map(\.part))

    /// The body of discovery.
    public var discovery: JSONValue { HookCatalog.discovery }

    /// Whether there is a service with an id.
    public func knows(_ id: String) -> Bool { HookCatalog.ServiceID(rawValue: id) != nil }

    /// Answers a call of a service.
    ///
    /// - Parameters:
    ///   - service: An id that ``knows(_:)``.
    ///   - body: The request as received.
    public func answer(service id: String, body: [UInt8]) -> Result<HookReply, HookRefusal> {
        Result { () throws(HookRefusal) in
            let request = try read(body)
            guard let service = HookCatalog.ServiceID(rawValue: id), service.hooks.contains(request.hook) else {
                let expected = HookCatalog.ServiceID(rawValue: id)?.hooks.map(\.rawValue).joined(separator: " or ")
                throw HookRefusal(
                    .unusable, "This service answers \(expected ?? "no hook"). Call the one that discovery lists.")
            }
            return try service == .carePlan ? carePlanReply(to: request) : reply(to: request, by: service)
        }
    }

    /// The decisions of a service on a request that was read.
    func review(
        _ request: HookRequest, by service: HookCatalog.ServiceID
    ) throws(HookRefusal) -> OrderReview.Findings {
        guard request.record.holdsAnything else {
            throw HookRefusal(
                .dataNotObtainable,
                "Neither the patient nor any clinical data came with the request. Send the prefetch results.",
                issues: request.record.issues)
        }
        let now = clock()
        return OrderReview(guideline: engine.guideline).review(
            request.record, on: request.hook.carriesDraftOrders ? .ordering : .patientView, slots: service.slots,
            at: now, clock: now)
    }

    private func read(_ body: [UInt8]) throws(HookRefusal) -> HookRequest {
        let document: JSONDocument
        do {
            document = try JSONDocument(body)
        } catch {
            throw HookRefusal(.notJSON, "The body is not a JSON document.", issues: [error.issue()])
        }
        do {
            return try reader.read(document, asOf: clock().day(in: nil))
        } catch {
            throw HookRefusal(error)
        }
    }

    private func reply(to request: HookRequest, by service: HookCatalog.ServiceID) throws(HookRefusal) -> HookReply {
        let findings = try review(request, by: service)
        if findings.isOnlyUnreadable {
            throw HookRefusal(
                .dataNotObtainable, "None of the draft orders could be read.", issues: request.record.issues)
        }
        var response = engine.cards.response(for: findings.reviews, passedOver: findings.passedOver)
        let problems = request.record.issues.filter { $0.severity >= .warning }
        if findings.reviews.isEmpty && !problems.isEmpty {
            response.extensions.append(.init(CardBuilder.issuesExtension, .array(problems.map(\.json))))
        }
        if request.hook == .orderSelect {
            switch atOrderSelect {
            case .all: break
            case .critical: response.cards.removeAll { $0.indicator != .critical }
            case .none: response.cards = []
            }
        }
        return HookReply(body: response.json.encoded(), decisions: findings.reviews.map(\.decision))
    }
}

extension HookService {
    /// The conservative plan of the patient, the one review of a patient view.
    private func carePlanReply(to request: HookRequest) throws(HookRefusal) -> HookReply {
        guard let review = try review(request, by: .carePlan).reviews.first else {
            throw HookRefusal(.unusable, "This service looks at a patient, and the request names none.")
        }
        return HookReply(
            body: engine.cards.carePlanResponse(for: review).json.encoded(), decisions: [review.decision])
    }
}

/// What a service answers.
public struct HookReply: Sendable {
    /// The response, JSON.
    public let body: [UInt8]
    /// The decisions in it, for the counters.
    public let decisions: [Decision]
}

/// Why a call cannot be answered.
public struct HookRefusal: Error, Sendable {
    /// What kind of problem it is.
    public enum Reason: Sendable, Hashable {
        /// The body is no JSON document.
        case notJSON
        /// JSON that is no request: a member is missing or of the wrong type.
        case notARequest
        /// A request that contradicts itself, or that this service does not answer.
        case unusable
        /// What the decision needs was not sent and cannot be had (ruling R4).
        case dataNotObtainable
    }
    /// What kind of problem it is.
    public let reason: Reason
    /// What to change, in words; nothing of the patient.
    public let message: String
    /// The reading problems behind it.
    public let issues: [Issue]

    init(_ reason: Reason, _ message: String, issues: [Issue] = []) {
        self.reason = reason
        self.message = message
        self.issues = issues
    }

    init(_ error: HookRequestError) {
        issues = error.issues
        let codes = Set(error.issues.map(\.code))
        if error.lacksData {
            reason = .dataNotObtainable
            message = "The draft order did not come with the request."
        } else if codes.contains(.hookOtherPatient) || codes.contains(.hookUnknown) {
            reason = .unusable
            message = "The request was understood, but it cannot be used as it stands."
        } else {
            reason = .notARequest
            message = "The body is not a CDS Hooks request."
        }
    }
}

extension PatientRecord {
    /// Of a hook request: whether there is a patient or any clinical data to decide on, or a search that found nothing (ruling R4).
    public var holdsAnything: Bool {
        if record.patient != nil { return true }
        let searched = HookCatalog.prefetch.map(\.part).filter { $0 != .patient }
        if searched.contains(where: { !record.notRetrieved.contains($0) }) { return true }
        let orders = record.serviceRequests.filter { order in !drafts.contains { $0.provenance == order.provenance } }
        return !record.conditions.isEmpty || !record.observations.isEmpty || !record.medications.isEmpty
            || !record.procedures.isEmpty || !record.examinations.isEmpty || !record.devices.isEmpty
            || !record.statements.isEmpty || !orders.isEmpty
    }
}
