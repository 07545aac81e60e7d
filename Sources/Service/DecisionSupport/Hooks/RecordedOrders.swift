import ClinicalModel
public import FHIR
import Guidelines

extension OrderReview {
    /// The decisions on every imaging order and examination on record, each as of its own date, with what was known then.
    ///
    /// An order without a date known to the day cannot be placed and is counted. An examination that an order on record
    /// explains (the same test, within 90 days after it) is not reviewed a second time.
    public func reviewRecorded(_ patient: PatientRecord) -> Findings {
        var findings = Findings()
        let ordered = patient.record.serviceRequests.filter {
            $0.isOrder && $0.status != .draft && LumbarImaging.scope(of: $0) != .otherService
        }
        let examined = patient.record.examinations.filter { examination in
            examination.test != nil && !ordered.contains { $0.explains(examination) }
        }
        let orders = ordered + examined.map(ServiceRequest.init(of:))
        let dated = orders.compactMap { order -> (order: ServiceRequest, day: Day)? in
            guard let date = order.authored, date.isExact, let day = date.latest else {
                findings.passedOver["imaging on record without a date", default: 0] += 1
                return nil
            }
            return (order, day)
        }
        let sorted = dated.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
        for (_, (order, day)) in sorted {
            var decision = decide(order, in: patient.record.asKnown(on: day, except: order), asOf: day)
            decision.issues = patient.issues
            findings.sources[findings.reviews.count] = order.provenance.source
            findings.reviews.append(CardBuilder.Review(decision))
        }
        suppressCards(of: &findings)
        return findings
    }
}

extension ServiceRequest {
    /// An examination as the order it must have had; its priority and reasons are not known.
    init(of examination: ImagingExamination) {
        self.init(
            provenance: examination.provenance,
            concepts: [Concept(Code(system: "", code: ""), test: examination.test)],
            bodySites: examination.bodySites, status: .completed, authored: examination.date, looksLikeImaging: true)
    }

    /// Whether an examination is probably what this order asked for.
    fileprivate func explains(_ examination: ImagingExamination) -> Bool {
        guard let day = authored?.latest, let done = examination.date?.earliest, let test = examination.test else {
            return false
        }
        return (0...90).contains(done - day)
            && concepts.contains { $0.test?.modality == test.modality && $0.test?.region == test.region }
    }
}

extension ClinicalRecord {
    /// The record as it stood on a day: what is dated later is left out, what ended later had not ended.
    ///
    /// Undated items stay: nothing says that they were not known.
    func asKnown(on day: Day, except order: ServiceRequest) -> ClinicalRecord {
        func isKnown(_ date: PartialDate?) -> Bool { date.map { ($0.earliest ?? day) <= day } ?? true }
        var known = self
        known.conditions = conditions.filter { isKnown($0.recorded ?? $0.onset) && isKnown($0.onset) }.map {
            $0.asKnown(on: day)
        }
        known.observations = observations.filter { isKnown($0.effective) }
        known.medications = medications.filter { isKnown($0.authored) && isKnown($0.start) }
        known.procedures = procedures.filter { $0.state == .planned || isKnown($0.start) }
        known.examinations = examinations.filter { examination in
            // An examination of the same day may be the one that the order asked for.
            examination.provenance != order.provenance && examination.date.map { ($0.earliest ?? day) < day } ?? true
        }
        known.serviceRequests = serviceRequests.filter { isKnown($0.authored) }
        known.statements = statements.filter { isKnown($0.recorded) }
        return known
    }
}

extension Condition {
    /// The condition on a day that lies before its end.
    fileprivate func asKnown(on day: Day) -> Condition {
        guard let end = abatement?.earliest, end > day else { return self }
        var known = self
        known.abatement = nil
        if status.hasEnded { known.status = .active }
        return known
    }
}
