import ClinicalModel
import Guidelines
import JSONTree

/// A decision on a state of the tables, without a record: the resources that the service would create are made from it, and
/// the definitions of those resources are read off them.
struct SampleReview {
    let source: ArtefactSource
    private let decision: Decision

    init(_ source: ArtefactSource, _ state: GuidelineState) {
        self.source = source
        let outcome = source.guideline.decide(state)
        decision = Decision(
            guideline: LumbosacralRadiculopathy.id, guidelineVersion: LumbosacralRadiculopathy.version, asOf: Day(0),
            subject: "Patient/patient",
            order: state.order.map { order in
                OrderUnderReview(
                    reference: "ServiceRequest/order", at: nil, modality: order.modality, priority: order.priority)
            }, outcome: outcome,
            presentingFlags: Self.presentingFlags(state),
            criteria: CriterionID.allCases.map { Criterion($0, state[$0]) },
            configuration: source.guideline.configuration)
    }

    /// A review of an order of a drug, of rest or of a procedure.
    init(_ source: ArtefactSource, _ orderClass: OrderClass, _ state: GuidelineState) {
        self.source = source
        decision = Decision(
            guideline: LumbosacralRadiculopathy.id, guidelineVersion: LumbosacralRadiculopathy.version, asOf: Day(0),
            subject: "Patient/patient",
            order: OrderUnderReview(
                reference: "ServiceRequest/order", at: nil, orderClass: orderClass, priority: .routine),
            slot: orderClass.slot, outcome: source.guideline.decide(orderClass, state),
            presentingFlags: Self.presentingFlags(state),
            criteria: CriterionID.allCases.map { Criterion($0, state[$0]) },
            configuration: source.guideline.configuration)
    }

    private static func presentingFlags(_ state: GuidelineState) -> [CriterionID] {
        CriterionID.presentingFamilies.filter { state.isPresenting($0) && state[$0] == .met }
    }

    /// The order under review, as little as it takes to be changed or taken away; nil in a patient view.
    private var draft: DraftOrder? {
        guard decision.order != nil else { return nil }
        return DraftOrder(
            json: Array(
                #"{"resourceType":"ServiceRequest","id":"order","subject":{"reference":"Patient/patient"}}"#.utf8))
    }

    /// Makes the resources of suggestions.
    var make: RequestFactory {
        RequestFactory(
            decision: decision, draft: draft, codes: RequestCodes(terminology: source.terminology),
            thresholds: source.guideline.thresholds)
    }

    /// What the card of the decision offers to do; nothing for a silent one.
    var offers: [SuggestionTable.Offer] {
        guard let card = decision.outcome.card else { return [] }
        return SuggestionTable(
            decision: decision, draft: draft, codes: RequestCodes(terminology: source.terminology),
            thresholds: source.guideline.thresholds
        ).offers(of: card)
    }
}
