import DecisionSupport
import Foundation
import KnowledgeBase
import Settings

extension CommonOptions {
    /// Loads the knowledge and sets the guideline up with the site's numbers.
    ///
    /// - Throws: ``Failure`` naming all that is wrong with the knowledge.
    func engine(_ configuration: Configuration, publicURL: String? = nil) throws(Failure) -> Engine {
        do {
            let knowledge = try KnowledgeBase(
                profiles: profiles, excluding: Set(configuration.terminology.exclude),
                adding: configuration.terminology.local)
            return Engine(
                knowledge: knowledge, thresholds: configuration.thresholds, adaptation: configuration.cards,
                publicURL: publicURL)
        } catch {
            if error.issues.isEmpty {
                let problems = configuration.problems(error.localCodes).all
                throw Failure(.environment, problems.map(\.description).joined(separator: "\n"))
            }
            throw Failure(.environment, "the knowledge cannot be used:\n\(error)")
        }
    }
}

extension Configuration {
    /// How many records are worked on at the same time.
    var jobsInForce: Int { evaluate.jobs > 0 ? evaluate.jobs : ProcessInfo.processInfo.activeProcessorCount }
}
