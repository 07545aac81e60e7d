import ClinicalModel
import Guidelines

extension GuidelineState {
    /// Calls `body` with every combination of results of some criteria.
    func vary(_ criteria: [(CriterionID, [CriterionResult])], _ body: (GuidelineState) -> Void) {
        guard let (id, results) = criteria.first else { return body(self) }
        for result in results {
            var state = self
            state[id] = result
            state.vary(Array(criteria.dropFirst()), body)
        }
    }
}
