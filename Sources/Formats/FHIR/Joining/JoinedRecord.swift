import ClinicalModel
import Diagnostics

extension PatientRecord {
    /// Which orders of a record that is joined come under review.
    public enum OrdersOfOther: Sendable, Hashable {
        /// Its drafts and planned orders beside one's own.
        case reviewed
        /// None: it only says more about the patient.
        case onRecordOnly
    }

    /// Both records as one, of the same patient: what both state is one fact, what contradicts is kept.
    public func joined(with other: PatientRecord, orders: OrdersOfOther = .reviewed) -> PatientRecord {
        var whole = self
        whole.record = record.joined(with: other.record)
        if orders == .reviewed {
            whole.drafts += other.drafts.filter { draft in !drafts.contains { $0.isCopy(of: draft) } }
            whole.planned += other.planned
            whole.passedOver.merge(other.passedOver, uniquingKeysWith: +)
            if record.setting == .notStated { whole.record.setting = other.record.setting }
        }
        for order in other.planned { whole.absorb(order, in: drafts) }
        if orders == .reviewed { for order in planned { whole.absorb(order, in: other.drafts) } }
        whole.refreshOrders()
        whole.issues += other.issues
        if whole.record.birthDatesDiffer && !record.birthDatesDiffer && !other.record.birthDatesDiffer {
            whole.issues.append(
                Issue(
                    .fhirContradiction, .warning,
                    at: SourceLocation(source: other.record.patient?.source, path: other.record.patient?.at),
                    expected: "one birth date in all records of a patient", found: "another one; age not known"))
        }
        whole.recordTime = [recordTime, other.recordTime].compactMap { $0 }.max { left, right in
            (left.latest ?? Day(.min)) < (right.latest ?? Day(.min))
        }
        whole.identifiers.formUnion(other.identifiers)
        whole.names.formUnion(other.names)
        whole.otherPatientsItems += other.otherPatientsItems
        return whole
    }

    /// Takes a planned order of one record for a draft of the other, where they are for the same test and of one date: the
    /// document was written with the draft at hand. The draft stays, with the reasons of both.
    private mutating func absorb(_ planned: DraftOrder, in drafts: [DraftOrder]) {
        guard case .service(let order) = planned.order,
            let draft = drafts.first(where: { $0.isSameOrder(as: order) }),
            let index = record.serviceRequests.firstIndex(where: { $0.provenance == draft.provenance })
        else { return }
        record.serviceRequests[index].absorbReasons(of: order)
        record.serviceRequests.removeAll { $0.provenance == planned.provenance }
    }

    /// Gives the orders under review what the join changed in them, and leaves out planned ones that are on record no more.
    private mutating func refreshOrders() {
        let requests = Dictionary(
            record.serviceRequests.map { ($0.provenance, $0) }, uniquingKeysWith: { first, _ in first })
        func refreshed(_ draft: DraftOrder) -> DraftOrder? {
            guard case .service = draft.order else { return draft }
            guard let request = requests[draft.provenance] else { return nil }
            var draft = draft
            draft.order = .service(request)
            return draft
        }
        drafts = drafts.map { refreshed($0) ?? $0 }
        planned = planned.compactMap(refreshed)
    }
}

extension DraftOrder {
    /// Whether two drafts are one resource, byte for byte.
    fileprivate func isCopy(of other: DraftOrder) -> Bool {
        reference != nil && reference == other.reference && resource == other.resource
    }

    /// Whether it is for the same test and of the same date as an order of a document.
    fileprivate func isSameOrder(as order: ServiceRequest) -> Bool {
        guard case .service(let own) = self.order, own.authored != nil else { return false }
        return !Set(own.names).isDisjoint(with: order.names) && own.authored.agrees(with: order.authored)
    }
}

extension ClinicalRecord {
    fileprivate func joined(with other: ClinicalRecord) -> ClinicalRecord {
        var whole = self
        whole.subject = subject ?? other.subject
        whole.patient = patient ?? other.patient
        whole.joinBirthDate(of: other)
        whole.isDeceased = isDeceased || other.isDeceased
        whole.conditions = conditions.joined(with: other.conditions)
        whole.observations = observations.joined(with: other.observations)
        whole.medications = medications.joined(with: other.medications)
        whole.procedures = procedures.joined(with: other.procedures)
        whole.examinations = examinations.joined(with: other.examinations)
        whole.serviceRequests = serviceRequests.joined(with: other.serviceRequests)
        whole.devices = devices.joined(with: other.devices)
        whole.statements = statements.joined(with: other.statements)
        whole.unreadTexts = unreadTexts.joined(with: other.unreadTexts)
        whole.notRetrieved.formUnion(other.notRetrieved)
        whole.refused.formUnion(other.refused)
        return whole
    }

    /// Birth dates that differ leave none to rely on.
    private mutating func joinBirthDate(of other: ClinicalRecord) {
        if other.birthDatesDiffer || !birthDate.mayAgree(with: other.birthDate) { birthDatesDiffer = true }
        birthDate = birthDatesDiffer ? nil : birthDate.finer(other.birthDate)
    }
}
