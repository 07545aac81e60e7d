import ClinicalModel
import JSONTree

/// The codes by which a conversion names what it refused.
public enum ConversionLossCodes {
    /// Canonical URL of the code system.
    public static let system = "\(CodeSystem.canonicalBase)/CodeSystem/conversion-loss"
    /// The codes: the names of the resource types of R4, by name in order.
    public static let all = ResourceType.allCases.map(\.name).sorted()
}

/// What a conversion says that it could not take over: an OperationOutcome whose every issue names the resource type
/// that a statement of the source would have become.
struct ConversionLoss {
    /// Parts of which a statement was not used: they are not whole.
    var refused: Set<RecordPart> = []
    /// Parts that the source lists in words alone.
    var inWords: Set<RecordPart> = []

    /// System of the codes; a code is a resource type.
    static let system = ConversionLossCodes.system

    /// Nil when the outcome says something else too, or names a type that is unknown.
    init?(_ outcome: JSONNode) {
        let issues = outcome["issue"].items
        guard !issues.isEmpty else { return nil }
        for issue in issues {
            let codings = (issue["details"]?["coding"]).items
            guard let coding = codings.first(where: { $0["system"]?.string == Self.system }),
                let type = coding["code"]?.stringBytes.flatMap(ResourceType.named)
            else { return nil }
            guard let part = type.partOfFacts else { continue }
            if issue["severity"]?.string == "warning" { inWords.insert(part) } else { refused.insert(part) }
        }
    }
}

extension ResourceType {
    /// The part of a record that facts of such a resource belong to; nil for types that give none.
    fileprivate var partOfFacts: RecordPart? {
        switch self {
        case .medication, .medicationAdministration: .medicationStatements
        case .carePlan, .communication: .procedures
        case .goal: .observations
        case .flag: .conditions
        default: part
        }
    }
}
