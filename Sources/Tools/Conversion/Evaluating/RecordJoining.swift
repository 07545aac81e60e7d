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
            let whole = parts.dropFirst().reduce(first) { $0.joined(with: $1) }
            order[place] = RecordEvaluation.Source(name: joined[group].name, content: .records([whole]))
        }
        return order.compactMap { $0 }
    }
}
