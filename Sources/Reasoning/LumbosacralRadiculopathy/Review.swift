public import ClinicalModel

extension LumbosacralRadiculopathy {
    /// Reads a record into the criteria and lets the tables decide, for one imaging order or, without one, for the patient.
    ///
    /// - Parameters:
    ///   - order: The order under review, one whose ``LumbarImaging/scope(of:)`` is lumbar imaging; nil for a patient view.
    ///   - record: Everything known of the patient, the order included.
    ///   - asOf: The day that everything is counted against (ruling R5).
    public func review(_ order: ServiceRequest?, in record: ClinicalRecord, asOf: Day) -> Decision {
        fatalError("to come")
    }

    /// The decision on an order that cannot be evaluated (ruling R15): no rule, no card, the reason in words.
    public func notEvaluated(_ order: ServiceRequest?, in record: ClinicalRecord, asOf: Day, because: String) -> Decision {
        Decision(
            guideline: Self.id, guidelineVersion: Self.version, asOf: asOf, subject: record.subject,
            order: order.map { OrderUnderReview($0) },
            outcome: Outcome(
                rule: nil, rating: .notEvaluated, contextClass: .undetermined, fit: nil, provisional: false, card: nil,
                indicator: nil, removeSuggestionAllowed: false),
            because: because, configuration: configuration)
    }
}

extension OrderUnderReview {
    /// What decisions say of an order.
    public init(_ order: ServiceRequest) {
        var modality: Modality?
        if case .lumbar(let test) = LumbarImaging.scope(of: order) { modality = test }
        self.init(
            reference: order.provenance.resource, at: order.provenance.at, modality: modality,
            priority: order.priority ?? .routine)
    }
}
