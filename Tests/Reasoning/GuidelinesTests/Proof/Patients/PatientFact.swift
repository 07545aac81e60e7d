import ClinicalModel

/// When something happened, in days before the decision: one day, or an interval of which only the ends are known.
struct When: Sendable, Hashable {
    let earliest: Int
    let latest: Int

    init(_ days: Int) { (earliest, latest) = (days, days) }
    init(from earliest: Int, to latest: Int) { (self.earliest, self.latest) = (earliest, latest) }

    /// The date as a record of that day gives it.
    func date(asOf: Day) -> PartialDate {
        let (first, last) = (asOf - earliest, asOf - latest)
        guard first != last else { return PartialDate(first) }
        return PartialDate(literal: "\(first)/\(last)", earliest: first, latest: last)
    }

    var words: String {
        earliest == latest ? "\(earliest) days before" : "between \(earliest) and \(latest) days before"
    }
}

extension When? {
    var words: String { map(\.words) ?? "undated" }
}

/// One thing that a record says, put in words, and built for any day of decision.
struct PatientFact: Sendable {
    let words: String
    /// The search that delivers it.
    let part: RecordPart
    /// A reason that forbids to suggest an NSAID (invariant I17, ruling R49).
    var forbidsNSAID = false
    /// Adds it to a record whose decision is made on a day, under an id.
    let add: @Sendable (inout ClinicalRecord, Day, String) -> Void
}

/// A patient made of facts, so that each of them can be left out.
struct GeneratedPatient: Sendable {
    /// Nil without a birth date.
    var birth: When?
    /// Nil in a patient view.
    var order: GeneratedOrder?
    var facts: [(id: Int, fact: PatientFact)] = []
    var notRetrieved: Set<RecordPart> = []
    var refused: Set<RecordPart> = []
    /// Parts with a resource that could not be read.
    var unreadTexts: [RecordPart] = []

    /// The record and the order for a decision on a day.
    func build(asOf: Day) -> (record: ClinicalRecord, order: ServiceRequest?) {
        var record = ClinicalRecord()
        record.subject = "Patient/p"
        record.patient = Provenance(resource: "Patient/p", at: "$.patient")
        record.birthDate = birth?.date(asOf: asOf)
        for (id, fact) in facts { fact.add(&record, asOf, "f\(id)") }
        record.notRetrieved = notRetrieved
        record.refused = refused
        record.unreadTexts = unreadTexts.enumerated().map { number, part in
            UnreadText(provenance: Provenance(resource: "Condition/u\(number)", at: "$.u\(number)"), part: part)
        }
        return (record, order?.build(asOf: asOf))
    }

    var words: String {
        var words = [birth.map { "born \($0.words)" } ?? "no birth date", order?.words ?? "no order (patient view)"]
        words += facts.map(\.fact.words)
        words += RecordPart.allCases.filter(notRetrieved.contains).map { "\($0.rawValue) not retrieved" }
        words += RecordPart.allCases.filter(refused.contains).map { "\($0.rawValue) in part refused" }
        words += unreadTexts.map { "one of \($0.rawValue) not read" }
        return words.joined(separator: "; ")
    }

    /// The same patient with one thing less.
    var simplified: [GeneratedPatient] {
        var simpler: [GeneratedPatient] = []
        func add(_ change: (inout GeneratedPatient) -> Void) {
            var patient = self
            change(&patient)
            simpler.append(patient)
        }
        for index in facts.indices { add { $0.facts.remove(at: index) } }
        for part in notRetrieved { add { $0.notRetrieved.remove(part) } }
        for part in refused { add { $0.refused.remove(part) } }
        for index in unreadTexts.indices { add { $0.unreadTexts.remove(at: index) } }
        for order in order?.simplified ?? [] { add { $0.order = order } }
        return simpler
    }
}

/// The order under review.
struct GeneratedOrder: Sendable {
    var modality: Modality = .mriWithout
    var priority: Priority?
    var reasons: [(coded: CodedFinding, certainty: Certainty)] = []
    var hasReasonText = false
    var setting: ServiceRequest.Setting = .notStated

    func build(asOf: Day) -> ServiceRequest {
        ServiceRequest(
            provenance: Provenance(resource: "ServiceRequest/o", at: "$.o"),
            concepts: [CodedFinding.test(modality)], status: .draft, priority: priority, authored: PartialDate(asOf),
            reasons: reasons.enumerated().map { number, reason in
                OrderReason(concepts: [reason.coded.concept], certainty: reason.certainty, at: "$.o.reason[\(number)]")
            },
            hasReasonText: hasReasonText, setting: setting)
    }

    var words: String {
        var words = ["order \(modality.rawValue) \(priority?.rawValue ?? "without priority")"]
        words += reasons.map { "for \($0.coded.words) \($0.certainty.rawValue)" }
        if hasReasonText { words.append("with a reason in words") }
        if setting != .notStated { words.append("in \(setting.rawValue) care") }
        return words.joined(separator: ", ")
    }

    var simplified: [GeneratedOrder] {
        var simpler: [GeneratedOrder] = []
        func add(_ change: (inout GeneratedOrder) -> Void) {
            var order = self
            change(&order)
            simpler.append(order)
        }
        for index in reasons.indices { add { $0.reasons.remove(at: index) } }
        if hasReasonText { add { $0.hasReasonText = false } }
        if setting != .notStated { add { $0.setting = .notStated } }
        if priority != nil { add { $0.priority = nil } }
        if modality != .mriWithout { add { $0.modality = .mriWithout } }
        return simpler
    }
}
