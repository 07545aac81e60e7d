import ClinicalModel
import Guidelines

// What must hold of every decision, whatever it is about.

extension Decision {
    /// What decides without evidence, or is open and asks for nothing (I9); nil when every criterion does what it must.
    var unsupported: String? {
        for criterion in criteria {
            let isDecided = [.met, .notMet, .suspected].contains(criterion.result)
            if isDecided && (criterion.evidence.isEmpty || criterion.evidence.contains { $0.because.isEmpty }) {
                return "\(criterion.id.rawValue) is \(criterion.result.rawValue) without evidence"
            }
            let isOpen = criterion.result == .unknown || criterion.result == .suspected
            if isOpen && (criterion.missing.isEmpty || criterion.missing.contains { $0.what.isEmpty }) {
                return "\(criterion.id.rawValue) is \(criterion.result.rawValue) and asks for nothing"
            }
        }
        return nil
    }

    /// What became another answer than unknown, or does not say why, once a search was not retrieved (I15).
    ///
    /// - Parameter empty: The decision where the search found nothing.
    func misread(since empty: Decision) -> String? {
        for criterion in criteria where criterion.id != .recordComplete {
            let result = empty.criterion(criterion.id).result
            if criterion.result != result && criterion.result != .unknown {
                return "\(criterion.id.rawValue) \(result.rawValue) became \(criterion.result.rawValue)"
            }
            if criterion.result == .unknown && result != .unknown,
                !criterion.missing.contains(where: { $0.reason == .notRetrieved })
            {
                return "\(criterion.id.rawValue) became unknown and does not say why"
            }
        }
        return cardFacts.unreadParts.isEmpty ? "no part named" : nil
    }
}
