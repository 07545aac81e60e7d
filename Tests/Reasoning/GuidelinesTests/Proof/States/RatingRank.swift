import Guidelines

// Every imaging decision has a rating; one without compares as the lowest, so that its absence is seen.

extension Optional<Rating> {
    var rank: Int { self?.rank ?? -1 }
    var rawValue: String { self?.rawValue ?? "none" }
}
