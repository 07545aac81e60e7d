public import ClinicalModel

/// An order of a drug, of rest or of a procedure, as far as the guideline speaks of it (section 3.7).
public struct TherapyOrder: Sendable {
    /// What it is.
    public let orderClass: OrderClass
    /// The code by which it is that, of several the one that names a product.
    let concept: Concept
    /// The drug; nil for rest and procedures.
    let drug: MedicationUse?
    /// The same order as what else it is: an opioid that holds an NSAID is both.
    private(set) var otherClasses: [TherapyOrder] = []
    /// The order with its reasons; of a drug a stand-in that carries the reasons alone.
    let request: ServiceRequest

    /// An order of a drug, of the class with the gravest rules; nil for a drug of no class that the guideline speaks of.
    public init?(_ drug: MedicationUse) {
        let classes = OrderClass.allCases.compactMap { TherapyOrder(drug, as: $0) }
        guard let first = classes.first else { return nil }
        self = first
        otherClasses = Array(classes.dropFirst())
    }

    private init?(_ drug: MedicationUse, as orderClass: OrderClass) {
        let codes = drug.concepts.filter { $0.isDrug(of: orderClass) }
        guard let concept = codes.first(where: { $0.form != nil }) ?? codes.first else { return nil }
        self.orderClass = orderClass
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
    /// Whether it is a drug of a class that the guideline speaks of; a combination may be of several. Drops for eye or ear
    /// are of none.
    func isDrug(of orderClass: OrderClass) -> Bool {
        if form?.route == .eyeOrEar { return false }
        return switch orderClass {
        case .opioid: isMember(of: .opioidsOutpatient)
        case .gabapentinoid: isNeuropathic("gabapentinoid")
        case .tricyclic: isNeuropathic("tricyclic")
        case .nsaid: isMember(of: .nsaids)
        case .muscleRelaxant: isMember(of: .skeletalMuscleRelaxants)
        case .bedRest, .epiduralInjection, .spineSurgery: false
        }
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
