public import ClinicalModel
public import FHIR
public import Guidelines

/// Decides which orders of a record get a decision, against which day, and takes the decisions.
public struct OrderReview: Sendable {
    private let guideline: LumbosacralRadiculopathy

    /// A review by a guideline.
    public init(guideline: LumbosacralRadiculopathy) {
        self.guideline = guideline
    }

    /// Why the record is looked at.
    public enum Occasion: Sendable {
        /// A file: its drafts, or the patient where it has none.
        case record
        /// A hook that fires on orders: its drafts, never the patient alone.
        case ordering
        /// The chart is opened: the patient alone.
        case patientView
    }

    /// What a record came to.
    public struct Findings: Sendable {
        /// A decision for each order under review, and of the patient where rulings R16 asks for it.
        public var reviews: [CardBuilder.Review] = []
        /// Drafts without a decision, by why, in words.
        public var passedOver: [String: Int] = [:]

        /// Whether drafts came and none of them could be read, so that nothing can be said (ruling R4).
        var isOnlyUnreadable: Bool {
            !reviews.isEmpty && reviews.allSatisfy { $0.decision.outcome.rule == nil && $0.decision.order == nil }
                && Array(passedOver.keys) == [PassedOver.refused.words]
        }
        /// Gives every review the name of the facts that it rests on, once a card needs it.
        fileprivate mutating func nameFacts(of patient: PatientRecord) {
            guard reviews.contains(where: { $0.decision.outcome.card != nil }) else { return }
            let facts = RecordFacts(of: patient.record, except: Set(patient.drafts.map(\.provenance))).digest
            for index in reviews.indices { reviews[index].facts.append(facts) }
        }

        /// The input of each order under review, where the record comes from several.
        var sources: [Int: String] = [:]

        /// The input that the order of a review stands in; nil where the record comes from one, and without an order.
        public func source(of review: Int) -> String? { sources[review] }
    }

    /// The decisions on the drafts of a record.
    ///
    /// - Parameters:
    ///   - slots: The kinds of orders that are decided on; an emergency without a lumbar imaging order is told whatever they are.
    ///   - time: The moment given by the caller or the service's clock; nil lets the record say it.
    ///   - clock: Stands in where neither the caller nor the record says a moment.
    public func review(
        _ patient: PatientRecord, on occasion: Occasion, slots: Set<Slot> = Set(Slot.allCases),
        at time: ReferenceTime?, clock: ReferenceTime
    ) -> Findings {
        var findings = Findings()
        for (reason, count) in patient.passedOver { findings.passedOver[reason.words, default: 0] += count }
        let moment = Moment(given: time, clock: clock, recordTime: patient.recordTime)
        var orders = occasion == .patientView ? [] : reviewed(of: patient, passedOver: &findings.passedOver)
        if occasion == .record { orders += plannedOrder(of: patient, passedOver: &findings.passedOver) }
        let drugs = patient.drafts.compactMap { draft -> MedicationUse? in
            guard case .medication(let drug) = draft.order else { return nil }
            return drug
        }
        for (draft, order) in orders where slots.contains(order.slot) {
            let day = moment.day(for: order.authored)
            let decision =
                switch order {
                case .imaging(let request): decide(request, in: patient.record, asOf: day)
                case .therapy(let therapy): guideline.review(therapy, beside: drugs, in: patient.record, asOf: day)
                }
            findings.sources[findings.reviews.count] = draft.provenance.source
            var review = CardBuilder.Review(
                decision, draft: DraftOrder(json: draft.resource), fullUrl: draft.fullUrl)
            review.facts = [RecordFacts.line(draft.order)]
            findings.reviews.append(review)
        }
        if occasion != .patientView, let count = patient.passedOver[.refused], count > 0 {
            let because = "\(count) draft \(count == 1 ? "order" : "orders") could not be read; the issues say why"
            let decision = guideline.notEvaluated(
                nil, in: patient.record, asOf: moment.day(for: orders.first?.order.authored), because: because)
            findings.reviews.append(CardBuilder.Review(decision))
        }
        if let decision = patientDecision(patient, on: occasion, orders: orders.map(\.order), at: moment) {
            findings.reviews.append(CardBuilder.Review(decision))
        }
        let draftedNSAID = patient.draftedNSAID
        for index in findings.reviews.indices {
            findings.reviews[index].decision.issues = patient.issues
            if let draftedNSAID { findings.reviews[index].decision.cardFacts.nsaidTaken = draftedNSAID }
        }
        suppressCards(of: &findings)
        findings.nameFacts(of: patient)
        return findings
    }

    /// Marks the decisions whose card the site does not show.
    func suppressCards(of findings: inout Findings) {
        for index in findings.reviews.indices {
            let outcome = findings.reviews[index].decision.outcome
            findings.reviews[index].decision.cardIsSuppressed = guideline.suppresses(outcome)
        }
    }

    func decide(_ order: ServiceRequest, in record: ClinicalRecord, asOf day: Day) -> Decision {
        guideline.review(order, in: record, asOf: day)
    }

    /// An order that gets a decision.
    enum Order {
        case imaging(ServiceRequest)
        case therapy(TherapyOrder)

        var authored: PartialDate? {
            switch self {
            case .imaging(let order): order.authored
            case .therapy(let order): order.authored
            }
        }

        var slot: Slot {
            switch self {
            case .imaging: .imaging
            case .therapy(let order): order.orderClass.slot
            }
        }

        var isLumbarImaging: Bool {
            guard case .imaging(let order) = self, case .lumbar = LumbarImaging.scope(of: order) else { return false }
            return true
        }
    }

    /// The drafts that the guideline speaks of; others are counted.
    private func reviewed(
        of patient: PatientRecord, passedOver: inout [String: Int]
    ) -> [(draft: FHIR.DraftOrder, order: Order)] {
        patient.drafts.compactMap { draft in
            switch draft.order {
            case .medication(let drug):
                if let order = TherapyOrder(drug) { return (draft, .therapy(order)) }
                let isCoded = drug.concepts.contains { $0.code.system == CodeSystem.rxNorm }
                passedOver[isCoded ? "drug that no rule speaks of" : "drug without an RxNorm code", default: 0] += 1
            case .service(let order):
                if LumbarImaging.scope(of: order) != .otherService { return (draft, .imaging(order)) }
                if let order = TherapyOrder(order) { return (draft, .therapy(order)) }
                passedOver["service that no rule speaks of", default: 0] += 1
            }
            return nil
        }
    }

    /// The order under review of a document: the newest planned imaging of the lumbar spine, else the newest imaging
    /// (ruling R6). A newer order of another region does not hide one that is to be decided on.
    private func plannedOrder(
        of patient: PatientRecord, passedOver: inout [String: Int]
    ) -> [(draft: FHIR.DraftOrder, order: Order)] {
        let imaging = patient.planned.compactMap { draft -> PlannedImaging? in
            guard case .service(let order) = draft.order else { return nil }
            return PlannedImaging(draft, order)
        }
        guard let newest = imaging.filter(\.isLumbar).newest ?? imaging.newest else { return [] }
        if imaging.count > 1 { passedOver["other imaging that a document plans", default: 0] += imaging.count - 1 }
        return [(newest.draft, .imaging(newest.order))]
    }

    /// The decision on the patient: where no order is at hand, and for an emergency beside orders of something else (R16).
    private func patientDecision(
        _ patient: PatientRecord, on occasion: Occasion, orders: [Order], at moment: Moment
    ) -> Decision? {
        if orders.contains(where: \.isLumbarImaging) { return nil }
        // A draft that was passed over is no order under review, yet the patient is not without one.
        let hasDrafts = !orders.isEmpty || !patient.drafts.isEmpty || !patient.passedOver.isEmpty
        let isAlone = occasion == .patientView || (occasion == .record && !hasDrafts)
        if occasion == .ordering && !hasDrafts { return nil }
        let decision = guideline.review(nil, in: patient.record, asOf: moment.day(for: orders.first?.authored))
        let isEmergency = [CriterionID.caudaEquina, .progressiveDeficit].contains {
            decision.criterion($0).result == .met
        }
        return isAlone || isEmergency ? decision : nil
    }
}

/// The day that a decision counts against (ruling R5).
struct Moment {
    let given: ReferenceTime?
    let clock: ReferenceTime
    let recordTime: PartialDate?

    /// The given moment in the offset that the data carry; else the latest day that order and record name; else the clock.
    ///
    /// - Parameter authored: When the order under review was written.
    func day(for authored: PartialDate?) -> Day {
        let dates = [authored, recordTime].compactMap { $0 }
        let offset = dates.lazy.compactMap { UTCOffset(of: $0.literal) }.first
        if let given { return given.day(in: offset) }
        // A date known only to the month names no day to count against.
        let days = dates.filter(\.isExact).compactMap(\.latest)
        return days.max() ?? clock.day(in: offset)
    }
}

extension PatientRecord {
    /// The name of an NSAID that is being ordered; nil when none is.
    fileprivate var draftedNSAID: String? {
        drafts.lazy.compactMap { draft -> String? in
            guard case .medication(let drug) = draft.order else { return nil }
            let concept = drug.concepts.first { $0.isMember(of: .nsaids) }
            return concept?.code.name
        }.first
    }
}

extension PassedOver {
    /// The reason in words, for the summary.
    var words: String {
        switch self {
        case .doNotPerform: "order not to do something"
        case .revoked: "revoked, cancelled or stopped"
        case .enteredInError: "entered in error"
        case .otherStatus: "neither draft nor active"
        case .notSelected: "not selected"
        case .otherType: "order of another type"
        case .refused: "could not be read"
        }
    }
}
