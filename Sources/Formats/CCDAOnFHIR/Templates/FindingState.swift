import CCDA
import JSONTree

/// What the mapping of findings remembers from one statement to another.
struct FindingState {
    /// Conditions that were made, by what makes two of them one.
    var conditions = ConditionTable()
    /// Reasons that may name a problem.
    var openReasons: [OpenReason] = []
    /// Resource of each statement that became one, by the rank of its element.
    var resources: [Int: String] = [:]
    /// How many statements have an id, by its key; nil until it is asked for.
    var statementsOfID: [String: Int]?

    /// A reason of a statement, which may turn out to be a problem that the document describes.
    struct OpenReason {
        /// Rank of the element whose resource has the reason.
        let statement: Int
        /// The reason's own ids, by which a problem may be found.
        let ids: [InstanceIdentifier]
        /// Rank of the problem's element where the problem itself stands there.
        let problem: Int?
        /// The reason as it stands in `reasonCode`; nil when it only has ids.
        let concept: JSONValue?
    }
}
