public import ClinicalModel
public import Guidelines
import JSONTree

/// What the service publishes of its guideline: statements, rules, tables, numbers in force, origin, limits.
///
/// Where the logic has a table, the page is made from that table.
public struct GuidelinePublication: Sendable {
    let tables: [PublishedTable]
    /// How the configuration in force differs from the one shipped, with what each difference bears on.
    let differences: SiteDifferences
    let guideline: LumbosacralRadiculopathy
    let softwareVersion: String

    /// The publication of a site.
    ///
    /// - Parameters:
    ///   - guideline: The guideline with the numbers in force.
    ///   - terminology: The value sets in force.
    ///   - softwareVersion: Version of the program.
    ///   - adaptation: What the site changes of the cards.
    ///   - differences: How the configuration in force differs from the one shipped.
    public init(
        _ guideline: LumbosacralRadiculopathy, terminology: Terminology, softwareVersion: String,
        adaptation: CardAdaptation = CardAdaptation(), differences: [ConfigurationDifference] = []
    ) {
        self.guideline = guideline
        self.softwareVersion = softwareVersion
        let knowledge = KnowledgeTables(guideline, terminology: terminology, adaptation: adaptation)
        self.differences = SiteDifferences(differences, links: knowledge.links, terminology: terminology)
        tables =
            knowledge.content + knowledge.decisions + [self.differences.table] + knowledge.inForce
            + [
                SourceAttributes.table(softwareVersion: softwareVersion, terminology: terminology),
                Provenance.differences, Provenance.deviations, Limits.openQuestions, Limits.use, Limits.known,
                PublicSources.table,
            ]
    }

    /// Name, versions and what is in force, for the head of every form.
    var head: [(key: String, title: String, value: String)] {
        [
            ("id", "Id", LumbosacralRadiculopathy.id), ("title", "Guideline", LumbosacralRadiculopathy.title),
            ("version", "Version of the knowledge", LumbosacralRadiculopathy.version),
            ("softwareVersion", "Version of the software", softwareVersion),
            ("configuration", "Configuration in force", guideline.configuration),
        ]
    }

    /// The sentence that every reader has to see first.
    static let notice =
        "The guideline text behind this service is an unreviewed secondary summary; its references [1] to [4] are not "
            + """
            identified, and its last section breaks off. The service supports a clinician's decision, it does not \
            replace 
            """
        + "it, and it is no alarm or triage system."
}
