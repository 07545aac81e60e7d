import ClinicalModel
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
    /// What the site changes of the cards.
    public let adaptation: CardAdaptation

    /// Puts the parts together.
    ///
    /// - Parameters:
    ///   - adaptation: What the site changes of the cards.
    ///   - publicURL: Base of the links on cards; nil leaves links to the product's own pages out.
    public init(
        knowledge: KnowledgeBase, thresholds: Thresholds = Thresholds(), adaptation: CardAdaptation = CardAdaptation(),
        publicURL: String? = nil
    ) {
        self.knowledge = knowledge
        self.adaptation = adaptation
        guideline = LumbosacralRadiculopathy(
            thresholds: thresholds,
            configuration: ConfigurationDigest.text(
                knowledge: knowledge.digest, thresholds: thresholds, adaptation: adaptation),
            suppressedCards: adaptation.suppressed)
        cards = CardBuilder(
            CardConfiguration(
                publicURL: publicURL, terminology: knowledge.terminology, thresholds: thresholds,
                wording: adaptation.wording))
    }

    /// The same with another base of the links, as known once the service listens.
    public func linking(to publicURL: String?) -> Engine {
        Engine(
            knowledge: knowledge, thresholds: guideline.thresholds, adaptation: adaptation, publicURL: publicURL)
    }

    /// What is published of the guideline, with the numbers, cards and value sets in force.
    ///
    /// - Parameter differences: How the configuration in force differs from the one shipped.
    public func publication(
        softwareVersion: String, differences: [ConfigurationDifference] = []
    ) -> GuidelinePublication {
        GuidelinePublication(
            guideline, terminology: knowledge.terminology, softwareVersion: softwareVersion, adaptation: adaptation,
            differences: differences)
    }

    /// The questionnaire of red flags and course, FHIR R4 JSON.
    public var questionnaire: [UInt8] { knowledge.questionnaire }

    /// Its id.
    public static let questionnaireID = CodeSystem.questionnaireID
}
