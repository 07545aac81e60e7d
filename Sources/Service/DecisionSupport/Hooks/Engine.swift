import Digests
public import Guidelines
public import KnowledgeBase

/// Everything that is loaded once and never changes: the knowledge, the guideline with a site's numbers, the cards.
public struct Engine: Sendable {
    /// Code lists and tables.
    public let knowledge: KnowledgeBase
    /// The guideline with the numbers in force.
    public let guideline: LumbosacralRadiculopathy
    /// Turns decisions into cards.
    public let cards: CardBuilder

    /// Puts the parts together.
    ///
    /// - Parameter publicURL: Base of the links on cards; nil leaves links out.
    public init(knowledge: KnowledgeBase, thresholds: Thresholds = Thresholds(), publicURL: String? = nil) {
        self.knowledge = knowledge
        let digest = Self.digest(knowledge: knowledge.digest, thresholds: thresholds)
        guideline = LumbosacralRadiculopathy(thresholds: thresholds, configuration: digest)
        cards = CardBuilder(
            CardConfiguration(publicURL: publicURL, terminology: knowledge.terminology, thresholds: thresholds))
    }

    /// The same with another base of the links, as known once the service listens.
    public func linking(to publicURL: String?) -> Engine {
        Engine(knowledge: knowledge, thresholds: guideline.thresholds, publicURL: publicURL)
    }

    /// What is published of the guideline, with the numbers and value sets in force.
    public func publication(softwareVersion: String) -> GuidelinePublication {
        GuidelinePublication(guideline, terminology: knowledge.terminology, softwareVersion: softwareVersion)
    }

    /// Names the thresholds and value sets in force: 32 hexadecimal digits that change with any of them.
    private static func digest(knowledge: String, thresholds: Thresholds) -> String {
        let values = Thresholds.table.map { "\($0.key)=\($0.read(thresholds))" }
        let text = ([knowledge] + values).joined(separator: "\n")
        return SHA1.digest(Array(text.utf8)).prefix(16).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
