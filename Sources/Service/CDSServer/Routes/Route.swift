import DecisionSupport
import Foundation
import Guidelines

/// A place of the service.
enum Route: Sendable, Equatable {
    case root
    case discovery
    case service(id: String)
    case feedback(id: String)
    case guideline
    case guidelineItem(id: String)
    case questionnaire
    case live
    case ready
    case metrics

    /// The place of a path, a slash at its end set aside; nil when there is none.
    init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        switch parts.count {
        case 0: self = .root
        case 1 where parts[0] == "cds-services": self = .discovery
        case 1 where parts[0] == "guideline": self = .guideline
        case 1 where parts[0] == "metrics": self = .metrics
        case 2 where parts[0] == "guideline" && parts[1] == LumbosacralRadiculopathy.id: self = .guideline
        case 2 where parts[0] == "guideline":
            self = .guidelineItem(id: parts[1].removingPercentEncoding ?? String(parts[1]))
        case 2 where parts[0] == "cds-services": self = .service(id: String(parts[1]))
        case 2 where parts[0] == "health" && parts[1] == "live": self = .live
        case 2 where parts[0] == "health" && parts[1] == "ready": self = .ready
        case 3 where parts[0] == "cds-services" && parts[2] == "feedback": self = .feedback(id: String(parts[1]))
        case 3 where parts[0] == "fhir" && parts[1] == "Questionnaire" && parts[2] == Engine.questionnaireID:
            self = .questionnaire
        default: return nil
        }
    }

    /// The pattern for counters and logs: what a client put into the path is not in it.
    var pattern: String {
        switch self {
        case .root: "/"
        case .discovery: "/cds-services"
        case .service: "/cds-services/{id}"
        case .feedback: "/cds-services/{id}/feedback"
        case .guideline: "/guideline"
        case .guidelineItem: "/guideline/{id}"
        case .questionnaire: "/fhir/Questionnaire/{id}"
        case .live: "/health/live"
        case .ready: "/health/ready"
        case .metrics: "/metrics"
        }
    }

    /// Methods that may be asked of it.
    var methods: [String] {
        switch self {
        case .service, .feedback: ["POST"]
        case .root, .discovery, .guideline, .guidelineItem, .questionnaire, .live, .ready, .metrics: ["GET", "HEAD"]
        }
    }
}
