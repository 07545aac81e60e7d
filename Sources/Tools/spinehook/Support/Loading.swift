import DecisionSupport
import Foundation
import KnowledgeBase
import Settings

extension CommonOptions {
    /// Loads the knowledge and sets the guideline up with the site's numbers.
    ///
    /// - Throws: ``Failure`` naming all that is wrong with the knowledge.
    func engine(_ configuration: Configuration, publicURL: String? = nil) throws(Failure) -> Engine {
        let excluded = Set(configuration.terminology.exclude)
        do {
            let knowledge = try KnowledgeBase(profiles: profiles, excluding: excluded)
            return Engine(
                knowledge: knowledge, excluding: excluded, thresholds: configuration.thresholds, publicURL: publicURL)
        } catch {
            throw Failure(.environment, "the knowledge cannot be used:\n\(error)")
        }
    }
}

extension Configuration {
    /// How many records are worked on at the same time.
    var jobsInForce: Int { evaluate.jobs > 0 ? evaluate.jobs : ProcessInfo.processInfo.activeProcessorCount }
}
