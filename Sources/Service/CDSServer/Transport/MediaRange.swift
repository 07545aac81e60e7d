/// One entry of an `Accept` header (RFC 9110, section 12.5.1).
struct MediaRange {
    /// Type, or a pattern such as `text/*`, in lower case.
    let type: String
    /// `q`, 0 to 1; 1 where it is not given or no weight.
    let weight: Double
    /// Where it stands in the header, from 0.
    let place: Int

    /// The entries of a header.
    static func ranges(of header: String) -> [MediaRange] {
        header.split(separator: ",").enumerated().map { place, entry in
            let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return MediaRange(
                type: parts.first ?? "", weight: weight.flatMap { (0...1).contains($0) ? $0 : nil } ?? 1, place: place)
        }
    }

    /// The entry that speaks for a kind of answer; nil when none does.
    ///
    /// - Parameter patterns: Groups of types, the most specific first: of the first group that is named, the entry of
    ///   most weight counts, and the first of equals.
    static func best(of ranges: [MediaRange], for patterns: [[String]]) -> MediaRange? {
        for group in patterns {
            let named = ranges.filter { group.contains($0.type) }
            if let best = named.max(by: { ($0.weight, -$0.place) < ($1.weight, -$1.place) }) { return best }
        }
        return nil
    }
}
