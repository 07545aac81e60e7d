import CDSHooks
import DecisionSupport
import JSONTree

/// Writes what a record came to, in the format of the run.
struct RecordWriter: Sendable {
    let format: EvaluateRun.Format
    let cards: CardBuilder

    /// Name of the response extension that says which input a response is of.
    static let sourceExtension = "org.spinehook.source"

    /// Whole lines; none for a record without a decision where the format is a decision a line.
    func lines(for reviews: [CardBuilder.Review], source: String) -> [UInt8] {
        switch format {
        case .decisions: return reviews.flatMap { $0.decision.json.encoded() + [UInt8(ascii: "\n")] }
        case .cards:
            var response = cards.response(for: reviews)
            response.extensions.insert(JSONValue.Member(Self.sourceExtension, .string(source)), at: 0)
            return response.json.encoded() + [UInt8(ascii: "\n")]
        }
    }
}
