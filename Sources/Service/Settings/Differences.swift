public import DecisionSupport
import Guidelines
import KnowledgeBase

extension Configuration {
    /// How the guideline in force differs from the one shipped, in the order of ``table``; empty where nothing does.
    ///
    /// How the service runs (address, limits, jobs) is no difference of the guideline.
    public var differences: [ConfigurationDifference] { differences(from: Configuration()) }

    /// How the guideline of this configuration differs from that of another one.
    ///
    /// - Parameter other: The configuration whose values are given as `shipped`.
    public func differences(from other: Configuration) -> [ConfigurationDifference] {
        let settings = (Self.adaptation + Self.guideline).compactMap { setting in
            Self.difference(
                setting.key, setting.read(other), setting.read(self), setting.meaning, unit: setting.unit)
        }
        return settings + wordingDifferences(from: other) + codeDifferences(from: other)
    }

    private static func difference(
        _ key: String, _ before: String, _ after: String, _ meaning: String, unit: String = ""
    ) -> ConfigurationDifference? {
        guard before != after else { return nil }
        return ConfigurationDifference(key: key, shipped: before, inForce: after, meaning: meaning, unit: unit)
    }

    private func wordingDifferences(from other: Configuration) -> [ConfigurationDifference] {
        CardID.allCases.flatMap { card -> [ConfigurationDifference] in
            let before = other.cards.wording[card] ?? CardWording()
            let after = cards.wording[card] ?? CardWording()
            func text(_ own: String?, provisional: Bool) -> String {
                own ?? ShippedSummary.text(of: card, provisional: provisional) ?? ""
            }
            let key = "cards.\(card.rawValue)"
            return [
                Self.difference(
                    "\(key).summary", text(before.summary, provisional: false), text(after.summary, provisional: false),
                    "sentence of the card \"\(card.title)\""),
                Self.difference(
                    "\(key).provisional", text(before.provisional, provisional: true),
                    text(after.provisional, provisional: true),
                    "its sentence while a red-flag group is not recorded"),
                Self.difference(
                    "\(key).links", before.links.shown, after.links.shown, "further links of the card"),
            ].compactMap { $0 }
        }
    }

    private func codeDifferences(from other: Configuration) -> [ConfigurationDifference] {
        let (before, after) = (other.terminology.local, terminology.local)
        let added = Self.changes(
            "terminology.add", before.added.map(\.shown), after.added.map(\.shown), "code added to a value set")
        let mapped = Self.changes(
            "terminology.map", before.mapped.map(\.shown), after.mapped.map(\.shown),
            "local code that means an input code")
        return added + mapped
    }

    /// A difference for each entry that stands in one of two lists only.
    private static func changes(
        _ key: String, _ before: [String], _ after: [String], _ meaning: String
    ) -> [ConfigurationDifference] {
        let (old, new) = (Set(before), Set(after))
        return before.filter { !new.contains($0) }.sorted().compactMap { difference(key, $0, "", meaning) }
            + after.filter { !old.contains($0) }.sorted().compactMap { difference(key, "", $0, meaning) }
    }
}

extension [CardLink] {
    fileprivate var shown: String { map { "\($0.label) <\($0.url)>" }.joined(separator: ", ") }
}

extension LocalCodes.AddedCode {
    fileprivate var shown: String {
        let words = qualifiers.sorted() + [test].compactMap { $0 }
        let tail = words.isEmpty ? "" : " [\(words.joined(separator: ", "))]"
        return "\(set): \(system)|\(code) \(display)\(tail)"
    }
}

extension LocalCodes.MappedCode {
    fileprivate var shown: String { "\(system)|\(code): \(finding)" }
}
