import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Reads a ServiceRequest: an order under review, or one on record that the guideline looks at.
    mutating func readServiceRequest(_ resource: ResourceContext) -> Outcome {
        let isPlanned = isPlannedInDocument(resource)
        let isDraft = isDraft(resource) && !isPlanned
        let quick = elements[.code].map { codes($0) } ?? CodeReading()
        guard isDraft || quick.findings.contains(.match) || quick.isUnread || looksLikeImaging() else {
            return .notNeeded
        }
        var resource = resource
        guard admit(&resource) else { return passOver(.refused, resource, isDraft: isDraft) }
        guard let isForbidden = doNotPerform(in: resource), let status = requestStatus(in: resource) else {
            return passOver(.refused, resource, isDraft: isDraft)
        }
        if isForbidden { return passOver(.doNotPerform, resource, isDraft: isDraft) }
        if let reason = status.passedOver { return passOver(reason, resource, isDraft: isDraft) }
        let request = serviceRequest(status.status ?? .unknown, resource)
        let isReadable = !request.concepts.isEmpty || !quick.isUnread
        if let code = elements[.code] {
            report(codes(code, .all), at: code, "code", in: resource, textIs: .information)
        }
        if !isReadable { _ = leaveUnread(resource, .serviceRequests) }
        var pending = PendingServiceRequest(request: request)
        let references = reasonReferences(in: resource)
        pending.reasons = references.targets
        if references.hasText { pending.request.hasReasonText = true }
        pending.encounter = reference(elements[.encounter], in: resource)
        if isPlanned {
            pending.planned =
                status.status == .active || status.status == .draft ? seed(status.code, in: resource) : nil
        } else {
            pending.draft = draftSeed(status.code, in: resource)
        }
        if isDraft { pending.requester = reference(elements[.requester], in: resource) }
        facts.serviceRequests.append(Pending(fact: pending, subject: resource.subject ?? 0, entry: resource.entry))
        return .used
    }

    private mutating func serviceRequest(_ status: ServiceRequest.Status, _ resource: ResourceContext) -> ServiceRequest
    {
        let intent = elements[.intent]?.string
        let reasons = reasonCodes(in: resource)
        return ServiceRequest(
            provenance: provenance(resource), concepts: elements[.code].map { codes($0, .all).concepts } ?? [],
            bodySites: bodySites(elements[.bodySite]), status: status,
            isOrder: intent.map { $0 == "order" || $0.hasSuffix("-order") } ?? true, priority: priority(in: resource),
            authored: date(elements[.authoredOn], "authoredOn", in: resource), occurrence: occurrence(in: resource),
            reasons: reasons.coded, hasReasonText: reasons.hasText,
            looksLikeImaging: looksLikeImaging() || isOfUnknownKind())
    }

    /// Counts a draft that gets no decision, and why.
    mutating func passOver(_ reason: PassedOver, _ resource: ResourceContext, isDraft: Bool) -> Outcome {
        if isDraft {
            facts.passedOver.append(
                Pending(fact: reason, subject: resource.subject ?? subjects.indexOfMissing(), entry: resource.entry))
        }
        return reason == .refused ? .refused : .notNeeded
    }

    // MARK: Modifiers

    /// `doNotPerform`; nil when it is no boolean: guessing could turn the order round (quirk h05).
    mutating func doNotPerform(in resource: ResourceContext) -> Bool? {
        guard let node = elements[.doNotPerform] else { return false }
        if let value = node.bool { return value }
        note(
            .fhirModifierUnreadable, .error, at: node, "doNotPerform", in: resource, expected: "true or false",
            found: "\(node.shape); the order is not used")
        return nil
    }

    /// The status of a request and what follows from it.
    struct RequestStatus {
        let code: String
        /// Nil for statuses that are no fact.
        let status: ServiceRequest.Status?
        /// Set when the request counts for nothing.
        let passedOver: PassedOver?
    }

    /// Nil when the status cannot be read.
    mutating func requestStatus(in resource: ResourceContext) -> RequestStatus? {
        guard let node = elements[.status] else {
            note(
                .fhirMissingElement, .warning, at: resource.node, "status", in: resource, expected: "a status",
                found: resource.origin == .draftOrders ? "none; read as draft" : "none; read as unknown")
            let isDraft = resource.origin == .draftOrders
            return RequestStatus(
                code: isDraft ? "draft" : "unknown", status: isDraft ? .draft : .unknown, passedOver: nil)
        }
        if case .code(let code) = node.statusCode {
            if code == "revoked" { return RequestStatus(code: code, status: nil, passedOver: .revoked) }
            if code == "entered-in-error" { return RequestStatus(code: code, status: nil, passedOver: .enteredInError) }
            if let status = ServiceRequest.Status(rawValue: code) {
                return RequestStatus(code: code, status: status, passedOver: nil)
            }
        }
        note(
            .fhirModifierUnreadable, .error, at: node, "status", in: resource, expected: "a code of request-status",
            found: "something else; the order is not used")
        return nil
    }

    private mutating func priority(in resource: ResourceContext) -> Priority? {
        guard let node = elements[.priority] else { return nil }
        if let priority = node.string.flatMap(Priority.init(rawValue:)) { return priority }
        if let priority = node.string.flatMap({ Priority(rawValue: $0.lowercased()) }) {
            note(
                .fhirUnknownCode, .warning, at: node, "priority", in: resource,
                expected: "routine, urgent, asap or stat in small letters", found: "other letters; read all the same")
            return priority
        }
        note(
            .fhirUnknownCode, .warning, at: node, "priority", in: resource, expected: "routine, urgent, asap or stat",
            found: "something else; priority not stated")
        return nil
    }

    private mutating func occurrence(in resource: ResourceContext) -> PartialDate? {
        if let node = elements[.occurrenceDateTime] { return date(node, "occurrenceDateTime", in: resource) }
        if let period = period(elements[.occurrencePeriod], "occurrencePeriod", in: resource) {
            return PartialDate.between(period.start, period.end)
        }
        let timing = timing(elements[.occurrenceTiming], "occurrenceTiming", in: resource)
        return timing.flatMap { PartialDate.between($0.start, $0.end) }
    }

    private func looksLikeImaging() -> Bool {
        for element in [Element.category, .code] {
            if let node = elements[element], ImagingCodes.mark(node) { return true }
        }
        return false
    }

    /// An order of which nothing but text says what it is: it may be imaging, and it gets an answer that says so (quirk f12).
    private func isOfUnknownKind() -> Bool {
        guard !elements.has(.category), let code = elements[.code] else { return false }
        return codes(code).isUnread
    }

    // MARK: Reasons

    /// The coded reasons of an order, and whether one was given only as text.
    mutating func reasonCodes(in resource: ResourceContext) -> (coded: [OrderReason], hasText: Bool) {
        var reasons: [OrderReason] = []
        var hasText = false
        guard let node = elements[.reasonCode] else { return ([], false) }
        let items = node.isArray ? Array(node.elements) : [node]
        for (index, item) in items.enumerated() {
            let reading = codes(item, .all)
            report(reading, at: item, "reasonCode[\(index)]", in: resource, textIs: .information)
            if reading.isUnread { hasText = true }
            guard !reading.concepts.isEmpty else { continue }
            reasons.append(
                OrderReason(concepts: reading.concepts, at: resource.place.path(of: "reasonCode[\(index)]")))
        }
        return (reasons, hasText)
    }

    /// What the reasons of an order refer to, with the places; a display is text like any other.
    mutating func reasonReferences(
        in resource: ResourceContext
    ) -> (targets: [(target: ReferenceKey, at: String)], hasText: Bool) {
        var targets: [(target: ReferenceKey, at: String)] = []
        var hasText = false
        for (index, item) in elements[.reasonReference].items.enumerated() {
            let at = resource.place.path(of: "reasonReference[\(index)]")
            if let target = reference(item, in: resource) {
                targets.append((target, at))
            } else {
                hasText = true
                note(
                    .fhirMissingTarget, .warning, at: item, "reasonReference[\(index)]", in: resource,
                    expected: "a reference that can be resolved", found: "none")
            }
        }
        return (targets, hasText)
    }

    /// The target of a Reference; nil when it has no `reference`.
    mutating func reference(_ node: JSONNode?, in resource: ResourceContext) -> ReferenceKey? {
        guard let text = node?["reference"]?.stringBytes, !text.isEmpty else { return nil }
        return bases.reference(text, in: resource.base)
    }

    // MARK: Drafts

    /// Whether a request is given as an order that is not signed yet.
    func isDraft(_ resource: ResourceContext) -> Bool {
        resource.origin == .draftOrders || elements[.status]?.stringBytes.map { $0 == "draft" } == true
    }

    /// Whether a request on record stood in a document as ordered or intended (CDA mood RQO or INT): of these only the
    /// newest imaging order is under review (ruling R6).
    func isPlannedInDocument(_ resource: ResourceContext) -> Bool {
        guard resource.origin == .record, let tags = elements[.meta]?["tag"] else { return false }
        return tags.elements.contains { tag in
            guard tag["system"]?.stringBytes.map({ $0 == "http://terminology.hl7.org/CodeSystem/v3-ActMood" }) == true
            else { return false }
            return tag["code"]?.stringBytes.map { $0 == "RQO" || $0 == "INT" } == true
        }
    }

    /// What is kept of an order under review; nil when it is not under review.
    mutating func draftSeed(_ status: String, in resource: ResourceContext) -> DraftSeed? {
        if resource.origin == .draftOrders {
            guard status == "draft" || status == "active" else {
                _ = passOver(.otherStatus, resource, isDraft: true)
                return nil
            }
        } else if status != "draft" || isHook {
            return nil
        }
        guard isSelected(resource) else {
            _ = passOver(.notSelected, resource, isDraft: true)
            return nil
        }
        return seed(status, in: resource)
    }

    private mutating func seed(_ status: String, in resource: ResourceContext) -> DraftSeed {
        draftCount += 1
        return DraftSeed(
            reference: resource.reference, fullUrl: resource.fullUrl?.string, status: status,
            identifiers: elements[.identifier].items.compactMap { BusinessIdentifier($0) },
            resource: Array(resource.node.raw), rank: draftCount)
    }

    /// Whether the user selected the draft; always, where the hook has no selections.
    private mutating func isSelected(_ resource: ResourceContext) -> Bool {
        guard selections != nil, resource.origin == .draftOrders else { return true }
        for name in [resource.reference, resource.id?.string, resource.fullUrl?.string].compactMap({ $0 })
        where selections?[name] != nil {
            selections?[name] = true
            return true
        }
        return false
    }
}
