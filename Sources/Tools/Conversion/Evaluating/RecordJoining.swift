import ClinicalModel
import FHIR

/// Joins records that share an identifier of the patient, system and value; equal resource ids alone join nothing.
struct RecordJoining {
    private var sources: [RecordEvaluation.Source] = []

    mutating func add(_ source: RecordEvaluation.Source) { sources.append(source) }

    /// The records, each where its first part stood in the input. Requests stay as they are.
    var records: [RecordEvaluation.Source] {
        var joined: [(name: String, parts: [PatientRecord])] = []
        var order: [RecordEvaluation.Source?] = []
        var places: [Int: Int] = [:]
        var holders: [BusinessIdentifier: Int] = [:]
        for source in sources {
            guard case .records(let patients) = source.content else {
                order.append(source)
                continue
            }
            for patient in patients {
                let matches = Set(patient.identifiers.compactMap { holders[$0] })
                let group = matches.min() ?? joined.count
                if group == joined.count {
                    joined.append((source.name, []))
                    places[group] = order.count
                    order.append(nil)
                }
                joined[group].parts.append(patient)
                // A record may tie together what stood apart until now.
                for other in matches.subtracting([group]) {
                    joined[group].parts += joined[other].parts
                    joined[other].parts = []
                    for (identifier, holder) in holders where holder == other { holders[identifier] = group }
                }
                for identifier in patient.identifiers { holders[identifier] = group }
            }
        }
        for (group, place) in places {
            let parts = joined[group].parts
            guard let first = parts.first else { continue }
            var whole = parts.dropFirst().reduce(first) { $0.joined(with: $1) }
            // Birth dates that differ leave none to rely on.
            let dates = parts.compactMap(\.record.birthDate)
            whole.record.birthDate = Set(dates.map(\.literal)).count == 1 ? dates.first : nil
            order[place] = RecordEvaluation.Source(name: joined[group].name, content: .records([whole]))
        }
        return order.compactMap { $0 }
    }
}

extension PatientRecord {
    /// Both records as one, of the same patient.
    fileprivate func joined(with other: PatientRecord) -> PatientRecord {
        var whole = self
        whole.record = record.joined(with: other.record)
        whole.drafts += other.drafts.filter { draft in
            !drafts.contains { $0.reference != nil && $0.reference == draft.reference && $0.resource == draft.resource }
        }
        whole.passedOver.merge(other.passedOver, uniquingKeysWith: +)
        whole.issues += other.issues
        whole.recordTime = [recordTime, other.recordTime].compactMap { $0 }.max { left, right in
            (left.latest ?? Day(.min)) < (right.latest ?? Day(.min))
        }
        whole.identifiers.formUnion(other.identifiers)
        whole.otherPatientsItems += other.otherPatientsItems
        return whole
    }
}

extension ClinicalRecord {
    fileprivate func joined(with other: ClinicalRecord) -> ClinicalRecord {
        var whole = self
        whole.subject = subject ?? other.subject
        whole.patient = patient ?? other.patient
        whole.isDeceased = isDeceased || other.isDeceased
        whole.conditions += other.conditions
        whole.observations += other.observations
        whole.medications += other.medications
        whole.procedures += other.procedures
        whole.examinations += other.examinations
        whole.serviceRequests += other.serviceRequests
        whole.devices += other.devices
        whole.statements += other.statements
        whole.unreadTexts += other.unreadTexts
        whole.notRetrieved.formUnion(other.notRetrieved)
        if setting == .notStated { whole.setting = other.setting }
        return whole
    }
}
