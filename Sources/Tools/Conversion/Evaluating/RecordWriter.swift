import CDSHooks
import DecisionSupport
import Diagnostics
import JSONTree

/// Writes what a record came to, in the format of the run.
struct RecordWriter: Sendable {
    let format: EvaluateRun.Format
    let cards: CardBuilder
    let isColoured: Bool

    /// Name of the response extension that says which input a response is of.
    static let sourceExtension = "org.spinehook.source"

    /// Whole lines; none for a record without a decision where the format is a decision a line.
    ///
    /// - Parameter patient: Reading problems and drafts that were passed over go into the formats that speak of a record
    ///   as a whole.
    func lines(for patient: RecordEvaluation.Patient, source: String) -> [UInt8] {
        let reviews = patient.reviews
        switch format {
        case .decisions: return reviews.flatMap { $0.decision.json.encoded() + [UInt8(ascii: "\n")] }
        case .cards:
            var response = cards.response(for: reviews, passedOver: patient.passedOver)
            response.extensions.insert(JSONValue.Member(Self.sourceExtension, .string(source)), at: 0)
            return response.json.encoded() + [UInt8(ascii: "\n")]
        case .bundle: return cards.bundle(for: reviews, issues: patient.issues).encoded() + [UInt8(ascii: "\n")]
        case .text:
            let report = TextReport(cards, isColoured: isColoured)
            return Array((report.text(of: reviews, passedOver: patient.passedOver, source: source) + "\n").utf8)
        }
    }
}
