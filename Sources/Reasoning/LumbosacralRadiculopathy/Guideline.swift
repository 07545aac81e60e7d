import ClinicalModel

/// Initial management of lumbosacral radiculopathy: when to image the lumbar spine, and with what.
///
/// The tables are ``decide(_:)``; ``review(_:in:asOf:)`` reads a record into the criteria first. Both are pure: the day
/// that everything is counted against comes in as a value.
public struct LumbosacralRadiculopathy: Sendable {
    /// Id in decisions and URLs.
    public static let id = "lumbosacral-radiculopathy"
    /// Name for people, and the label of every card's source.
    public static let title = "Lumbosacral radiculopathy: initial management and imaging of the lumbar spine"
    /// Version of the knowledge.
    public static let version = "1.0.0"
    /// Day of the last change of the knowledge.
    public static let date = "2026-11-23"

    /// The numbers in force.
    public let thresholds: Thresholds
    /// Digest of thresholds and value sets in force, named in every decision.
    public let configuration: String
    /// Cards that the site does not show; the decisions name them all the same.
    public let suppressedCards: Set<CardID>

    /// The guideline with the numbers of a site.
    public init(
        thresholds: Thresholds = Thresholds(), configuration: String, suppressedCards: Set<CardID> = []
    ) {
        self.thresholds = thresholds
        self.configuration = configuration
        self.suppressedCards = suppressedCards
    }

    /// Whether a decision's card is one that the site does not show.
    public func suppresses(_ outcome: Outcome) -> Bool { outcome.card.map(suppressedCards.contains) ?? false }
}
