import ClinicalModel
import Guidelines

// What cards, texts and suggestions ask of a decision.

extension Decision {
    /// Red-flag families that are met.
    var metFamilies: [CriterionID] { CriterionID.redFlags.filter { criterion($0).result == .met } }

    /// Red-flag families of which nothing settles whether they are present.
    var unknownFamilies: [CriterionID] { CriterionID.redFlags.filter { criterion($0).result == .unknown } }

    /// Red-flag families that the record hints at.
    var suspectedFamilies: [CriterionID] { CriterionID.redFlags.filter { criterion($0).result == .suspected } }

    /// Whether a red-flag family is met.
    var hasFlag: Bool { !metFamilies.isEmpty }

    /// The rule that decided, without the rule that would have: `A13-HINT` for `A13-HINT(A10-EARLY)`.
    var ruleName: String? { outcome.rule.map { String($0.prefix { $0 != "(" }) } }

    /// Short names of what meets or hints at a criterion, else why its evidence counts.
    func findings(of id: CriterionID) -> [String] {
        let named = (cardFacts.findings[id] ?? []) + (criterion(id).result == .met ? [] : cardFacts.hints[id] ?? [])
        return named.isEmpty ? criterion(id).evidence.map(\.because) : named
    }

    /// The findings behind the card, those of the deciding families first, presenting ones before risk factors.
    var leadingFindings: [String] {
        if slot == .procedure {
            return metFamilies.filter {
                presentingFlags.contains($0) || !CriterionID.presentingFamilies.contains($0) || $0 == .infection
            }
            .flatMap { findings(of: $0) }
        }
        let deciding: [CriterionID] =
            switch outcome.contextClass {
            case .emergency: metFamilies.contains(.caudaEquina) ? [.caudaEquina] : [.progressiveDeficit]
            case .infectionOrMalignancy: [.infection, .malignancy]
            case .fracture: [.fracture]
            case .noFlag, .priorSurgery, .undetermined: []
            }
        let met = metFamilies.filter { deciding.contains($0) }
        let presenting = met.filter { presentingFlags.contains($0) }
        let others = presentingFlags.filter { !deciding.contains($0) && outcome.contextClass != .emergency }
        return (presenting + met.filter { !presenting.contains($0) } + others).flatMap { findings(of: $0) }
    }

    /// What is to be clarified: hints, an urgent context, or under 18 a presenting flag (rulings R32, R51).
    var hintsToClarify: [String] {
        if ruleName == "A3" { return presentingFlags.flatMap { findings(of: $0) } }
        let context = criterion(.urgentContext).result == .met ? findings(of: .urgentContext) : []
        let hints = suspectedFamilies.flatMap { findings(of: $0) } + context
        if !hints.isEmpty { return hints }
        return criterion(.urgentContext).result == .met ? ["urgent order or setting"] : []
    }

    /// Parts of the record that could not be read, in words.
    var partsNotRead: [String] {
        cardFacts.unreadParts.isEmpty ? criterion(.recordComplete).missing.map(\.what) : cardFacts.unreadParts
    }
}

extension Evidence {
    /// The value for people: without a UCUM annotation such as `{score}`, which is no unit.
    var shownValue: String? {
        guard let value, value.hasSuffix("}"), let brace = value.firstRange(of: " {") else { return value }
        return String(value[..<brace.lowerBound])
    }

    /// The date for people: `2025-06-16 08:40` for a dateTime, everything else as it is.
    var shownDate: String? {
        guard let parts = date?.split(separator: "T", maxSplits: 1), parts.count == 2 else { return date }
        return "\(parts[0]) \(parts[1].prefix(5))"
    }
}
