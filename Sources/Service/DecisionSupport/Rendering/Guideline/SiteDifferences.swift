import ClinicalModel
import Guidelines
public import JSONTree

/// How the configuration in force differs from the guideline as shipped, and what each difference bears on.
struct SiteDifferences: Sendable {
    private let items: [(difference: ConfigurationDifference, concerns: Concerns)]

    init(_ differences: [ConfigurationDifference], links: RuleLinks, terminology: Terminology) {
        items = differences.map { difference in
            let concerns = Concerns(
                of: difference.key, values: [difference.shipped, difference.inForce], links: links,
                terminology: terminology)
            return (difference, concerns)
        }
    }

    /// What is said where nothing differs.
    static let none = "No differences: the guideline is in force as shipped."

    var table: PublishedTable {
        PublishedTable(
            "siteDifferences", "Differences of this site",
            items.isEmpty
                ? Self.none
                : """
                What the site file changes against the guideline as shipped. The digest of the configuration stands at the \
                head of this page and in every decision.
                """,
            columns: [
                ("key", "key"), ("shipped", "shipped"), ("inForce", "in force"), ("unit", "unit"),
                ("meaning", "meaning"),
                ("criteria", "criteria"), ("rules", "rules"), ("cards", "cards"),
            ],
            rows: items.map { difference, concerns in
                [
                    .text(difference.key), .text(difference.shipped), .text(difference.inForce), .text(difference.unit),
                    .text(difference.meaning), .links(concerns.criteria.map(\.rawValue)), .links(concerns.rules),
                    .links(concerns.cards.map(\.rawValue)),
                ]
            })
    }
}

extension GuidelinePublication {
    /// The differences of the site alone, as one JSON object; `differences` is empty where there are none.
    public var differencesJSON: JSONValue {
        var members = head.map { JSONValue.Member($0.key, .string($0.value)) }
        members.append(JSONValue.Member("differences", differences.table.json))
        return .object(members)
    }

    /// The differences of the site alone, for a terminal.
    public var differencesText: String {
        let opening = head.map { "\($0.title): \($0.value)" }
        return (opening + differences.table.textLines).joined(separator: "\n") + "\n"
    }
}
