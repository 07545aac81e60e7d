public import ClinicalModel

/// An order of a drug, of rest or of a procedure, as far as the guideline speaks of it (section 3.7).
public struct TherapyOrder: Sendable {
    /// What it is.
    public let orderClass: OrderClass
    /// The code by which it is that, of several the one that names a product.
    let concept: Concept
    /// The drug; nil for rest and procedures.
    let drug: MedicationUse?
    /// The order with its reasons; of a drug a stand-in that carries the reasons alone.
    let request: ServiceRequest

    /// An order of a drug; nil for a drug of no class that the guideline speaks of.
    public init?(_ drug: MedicationUse) {
        let classes = drug.concepts.compactMap(\.drugClass)
        guard let gravest = OrderClass.allCases.first(where: classes.contains) else { return nil }
        let codes = drug.concepts.filter { $0.drugClass == gravest }
        guard let concept = codes.first(where: { $0.form != nil }) ?? codes.first else { return nil }
        orderClass = gravest
        self.concept = concept
        self.drug = drug
        request = ServiceRequest(
            provenance: drug.provenance, concepts: [], status: .draft, authored: drug.authored,
            reasons: drug.reasons, hasReasonText: drug.hasReasonText)
    }

    /// An order of rest or of a procedure; nil for any other service and for procedures at another site. A side alone is
    /// no other site.
    public init?(_ order: ServiceRequest) {
        guard
            let found = order.concepts.lazy.compactMap({ concept in concept.serviceClass.map { ($0, concept) } }).first,
            found.0 == .bedRest || order.bodySites.contains(.lumbarOrSacral)
                || order.bodySites.allSatisfy({ [.left, .right, .bilateral].contains($0) })
        else { return nil }
        (orderClass, concept) = found
        drug = nil
        request = order
    }

    /// When it was written.
    public var authored: PartialDate? { request.authored }

    /// Name for cards.
    var name: String { concept.code.name }

    func evidence(value: String? = nil, because: String) -> Evidence {
        Evidence(request.provenance, code: concept.code, value: value, because: because)
    }
}

extension OrderUnderReview {
    init(_ order: TherapyOrder) {
        self.init(order.request, orderClass: order.orderClass)
    }
}

extension Concept {
    /// The class of drug that the guideline speaks of; of a combination the one with the graver rules. Drops for eye or ear
    /// are none.
    var drugClass: OrderClass? {
        if form?.route == .eyeOrEar { return nil }
        if isMember(of: .opioidsOutpatient) { return .opioid }
        if isNeuropathic("gabapentinoid") { return .gabapentinoid }
        if isNeuropathic("tricyclic") { return .tricyclic }
        if isMember(of: .nsaids) { return .nsaid }
        return isMember(of: .skeletalMuscleRelaxants) ? .muscleRelaxant : nil
    }

    /// Codes of ICD-10-CM in these sets name states, not orders.
    fileprivate var serviceClass: OrderClass? {
        guard code.system != CodeSystem.icd10CM else { return nil }
        if isMember(of: .bedRestOrder) { return .bedRest }
        if isMember(of: .epiduralSteroidInjection) { return .epiduralInjection }
        return isMember(of: .spineSurgery) ? .spineSurgery : nil
    }

    private func isNeuropathic(_ word: String) -> Bool {
        uses.contains { $0.set == .neuropathicAgents && $0.applies.contains(word) }
    }
}
