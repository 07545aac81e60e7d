import CCDA
import JSONTree

extension Statement.Mood {
    /// Coding for `meta.tag` of a request: in what mood the document plans it, which `intent` does not tell (ruling R6).
    var tag: JSONValue {
        ["system": "http://terminology.hl7.org/CodeSystem/v3-ActMood", "code": .string(rawValue)]
    }

    /// `intent` of a request in that mood (section 7.6); `plan` for moods that are no plans.
    var intent: String {
        switch self {
        case .request, .appointment: "order"
        case .proposal, .permission, .appointmentRequest: "proposal"
        default: "plan"
        }
    }
}
