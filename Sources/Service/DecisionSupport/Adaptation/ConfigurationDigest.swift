import Digests
import Guidelines

/// The name of a configuration in every decision: 32 hexadecimal digits that change with any threshold, code list, sentence,
/// link or suppressed card, and with nothing else.
enum ConfigurationDigest {
    static func text(knowledge: String, thresholds: Thresholds, adaptation: CardAdaptation) -> String {
        let values = Thresholds.table.map { "\($0.key)=\($0.read(thresholds))" }
        return digest([knowledge] + values + adaptation.parts)
    }

    /// The digest of texts, the border between two of them counted.
    private static func digest(_ texts: [String]) -> String {
        let bytes = texts.flatMap { text in Array("\(text.utf8.count):".utf8) + Array(text.utf8) }
        return SHA1.digest(bytes).prefix(16).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}

extension CardAdaptation {
    /// Every part that differs from what is shipped, in one order whatever that of the file.
    fileprivate var parts: [String] {
        var parts: [String] = []
        for (card, wording) in wording.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if let summary = wording.summary { parts += ["cards.\(card.rawValue).summary", summary] }
            if let summary = wording.provisional { parts += ["cards.\(card.rawValue).provisional", summary] }
            for link in wording.links { parts += ["cards.\(card.rawValue).links", link.label, link.url] }
        }
        parts += suppressed.map { "cards.suppress=\($0.rawValue)" }.sorted()
        if orderSelect != .all { parts.append("cards.orderSelect=\(orderSelect.rawValue)") }
        return parts
    }
}
