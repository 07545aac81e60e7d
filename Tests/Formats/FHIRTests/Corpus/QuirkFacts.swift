import ClinicalModel
import FHIR

/// What the quirk cases ask of a record, in the words of their vocabulary.
struct QuirkFacts {
    let record: ClinicalRecord
    let patient: PatientRecord
    let asOf: Day

    init(_ patient: PatientRecord, asOf: Day) {
        self.patient = patient
        record = patient.record
        self.asOf = asOf
    }

    private func conditions(in set: ValueSetName) -> [Condition] {
        record.conditions.filter { $0.certainty != .refuted && $0.concepts.contains { $0.isMember(of: set) } }
    }

    private func state(_ set: ValueSetName) -> String {
        let found = conditions(in: set)
        if found.contains(where: { !$0.status.hasEnded }) { return "active" }
        if !found.isEmpty { return "historical" }
        return record.unreadTexts.contains { $0.part == .conditions } ? "unknown" : "none"
    }

    var radiculopathy: String { state(.lumbosacralRadiculopathy) }
    /// Low back pain by its own code, or by a finding whose site is the lumbar spine.
    var lowBackPain: String {
        let byCode = state(.lowBackPain)
        let bySite = record.conditions.contains { $0.bodySites.contains(.lumbarOrSacral) && !$0.status.hasEnded }
        return byCode == "none" && bySite ? "active" : byCode
    }
    var complaints: Int { Set(conditions(in: .lumbosacralRadiculopathy).flatMap(\.concepts).map(\.code)).count }

    var onset: PartialDate? {
        let active = conditions(in: .lumbosacralRadiculopathy).filter { !$0.status.hasEnded }
        return active.compactMap(\.onset).max { ($0.latest ?? asOf) < ($1.latest ?? asOf) }
    }

    var sixWeeksSinceOnset: Truth { onset?.isAtLeast(42, daysBefore: asOf) ?? .unknown }

    /// Family, certainty, and the resource it was read from.
    struct RedFlag: Hashable {
        let kind: String
        let certainty: String
        let resource: String
    }

    var redFlags: Set<RedFlag> {
        var flags: Set<RedFlag> = []
        func add(_ concepts: [Concept], _ certainty: String, _ resource: String) {
            for use in concepts.flatMap(\.uses) where (use.part == .presenting || use.part == .risk) && use.alone != .no
            {
                guard let criterion = use.criterion, criterion.hasPrefix("redflag.") else { continue }
                let kind = String(criterion.dropFirst("redflag.".count))
                flags.insert(
                    RedFlag(kind: kind, certainty: use.role == "history" ? "history" : certainty, resource: resource))
            }
        }
        for condition in record.conditions where condition.certainty != .refuted {
            let certainty = condition.certainty == .suspected ? "suspected" : "confirmed"
            add(condition.concepts, condition.status.hasEnded ? "history" : certainty, condition.provenance.resource)
        }
        for observation in record.observations {
            guard case .boolean(true) = observation.value else { continue }
            add(observation.concepts, "confirmed", observation.provenance.resource)
        }
        for order in record.serviceRequests {
            for reason in order.reasons where reason.certainty != .refuted {
                add(reason.concepts, "suspected", order.provenance.resource)
            }
        }
        return flags
    }

    /// Families that an answer denies.
    var deniedFamilies: Set<String> {
        var families: Set<String> = []
        for observation in record.observations {
            guard case .boolean(false) = observation.value else { continue }
            for use in observation.concepts.flatMap(\.uses) {
                if let criterion = use.criterion { families.insert(String(criterion.dropFirst("redflag.".count))) }
            }
        }
        return families
    }

    /// `true`, `false` or `unknown`.
    func drug(_ set: ValueSetName) -> String {
        let counts = record.medications.contains { use in
            use.standing == .counts && use.concepts.contains { $0.isMember(of: set) }
        }
        if counts { return "true" }
        let unread = record.unreadTexts.contains {
            [.medicationRequests, .medicationStatements, .medicationDispenses].contains($0.part)
        }
        return unread ? "unknown" : "false"
    }

    var priorLumbarImaging: Bool { !lumbarExaminations.isEmpty }

    var lumbarExaminations: [ImagingExamination] {
        record.examinations.filter { examination in
            if let day = examination.date?.earliest, day > asOf { return false }
            guard let test = examination.test else { return true }
            return test.region == .lumbar
                || (test.region == .notStated && examination.bodySites.contains(.lumbarOrSacral))
        }
    }

    private func isLumbar(_ order: ServiceRequest) -> Bool {
        order.concepts.compactMap(\.test).contains { test in
            test.region == .lumbar || (test.region == .notStated && order.bodySites.contains(.lumbarOrSacral))
        }
    }

    private var orders: [(id: String, order: ServiceRequest)] {
        patient.drafts.compactMap { draft in
            guard case .service(let order) = draft.order else { return nil }
            return (draft.reference?.split(separator: "/").last.map(String.init) ?? "", order)
        }
    }

    /// `true`, `false` or `unknown`.
    var lumbarOrder: String {
        if orders.contains(where: { isLumbar($0.order) }) { return "true" }
        return orders.contains { $0.order.concepts.isEmpty } ? "unknown" : "false"
    }

    var lumbarOrders: [String] { orders.filter { isLumbar($0.order) }.map(\.id) }
    var imagingOrder: Bool { !orders.isEmpty }

    /// `unknown`, `interval` or a number of years.
    var age: String {
        guard let birth = record.birthDate, let earliest = birth.earliest, let latest = birth.latest else {
            return "unknown"
        }
        func years(_ day: Day) -> Int {
            var count = 0
            while count < 200, day.adding(months: 12 * (count + 1)) <= asOf { count += 1 }
            return count
        }
        return earliest == latest ? String(years(earliest)) : "interval"
    }

    var fever: Bool {
        measured(.celsius).contains { $0 >= 38 }
    }

    var weightLossPercent: Double? {
        let weights = record.observations.compactMap { observation -> (Day, Double)? in
            guard case .quantity(let quantity) = observation.value, let value = quantity.value(in: .kilogram),
                let day = observation.effective?.earliest
            else { return nil }
            return (day, value)
        }.sorted { $0.0 < $1.0 }
        guard let first = weights.first?.1, let last = weights.last?.1, first > last else { return nil }
        return (first - last) / first * 100
    }

    private func measured(_ unit: Unit) -> [Double] {
        record.observations.compactMap { observation in
            guard case .quantity(let quantity) = observation.value, quantity.comparator == nil else { return nil }
            return quantity.value(in: unit)
        }
    }

    var pregnant: Bool {
        record.observations.contains { observation in
            guard observation.concepts.contains(where: { $0.isMember(of: .pregnancyStatus) }),
                case .concepts(let values) = observation.value
            else { return false }
            return values.contains { $0.isMember(of: .pregnancyStatus) }
        }
    }

    var countedMedications: Set<String> {
        Set(
            record.medications.filter { $0.standing == .counts }.map {
                $0.provenance.resource.split(separator: "/").last.map(String.init) ?? ""
            })
    }

    var allMedications: Set<String> {
        Set(record.medications.map { $0.provenance.resource.split(separator: "/").last.map(String.init) ?? "" })
    }

    var resources: Int { patient.counts.values.reduce(0) { $0 + $1.total } }
}
