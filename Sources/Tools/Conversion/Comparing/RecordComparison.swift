import CDSHooks
import ClinicalModel
import DecisionSupport
import FHIR
import Guidelines
import JSONTree

/// Works on one record under two configurations: read once, decided twice; what differs is written.
struct RecordComparison: Sendable {
    let before: RecordEvaluation
    let after: RecordEvaluation
    /// Whether both configurations read codes alike, so that one reading serves both.
    let sharesReading: Bool
    let format: EvaluateRun.Format

    /// Reads and decides.
    func evaluate(_ input: InputRecord) -> RecordEvaluation.Result {
        switch before.read(input) {
        case .failure(let refused): return refused
        case .success(let record):
            guard !sharesReading else { return compare(record, record) }
            // Other code lists give other facts; the bytes are those that are there already.
            switch after.read(input) {
            case .success(let other): return compare(record, other)
            case .failure: return compare(record, RecordEvaluation.Source(name: record.name, content: .records([])))
            }
        }
    }

    /// Decides twice on a record that was read.
    func evaluate(_ record: RecordEvaluation.Source) -> RecordEvaluation.Result { compare(record, record) }

    private func compare(
        _ record: RecordEvaluation.Source, _ other: RecordEvaluation.Source
    ) -> RecordEvaluation.Result {
        let decided: RecordEvaluation.Decided
        switch before.decide(record) {
        case .success(let value): decided = value
        case .failure(let refused): return refused
        }
        let others = (try? after.decide(other).get())?.patients ?? []
        var result = decided.result
        for (index, patient) in decided.patients.enumerated() {
            let rest = index < others.count ? others[index].reviews.map(\.decision) : []
            write(DecisionChange.all(before: patient.reviews.map(\.decision), after: rest), to: &result)
        }
        for patient in others.dropFirst(decided.patients.count) {
            write(DecisionChange.all(before: [], after: patient.reviews.map(\.decision)), to: &result)
        }
        return result
    }

    private func write(_ changes: [DecisionChange], to result: inout RecordEvaluation.Result) {
        for change in changes {
            result.output +=
                format == .text ? Array(change.text.utf8) : change.json.encoded() + [UInt8(ascii: "\n")]
            result.summary.changed += 1
            for kind in change.kinds { result.summary.changes[kind.rawValue, default: 0] += 1 }
        }
    }
}
