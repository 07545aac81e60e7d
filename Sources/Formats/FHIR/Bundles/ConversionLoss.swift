import ClinicalModel
import JSONTree

/// What a conversion says that it could not take over: an OperationOutcome whose every issue names the resource type
/// that a statement of the source would have become.
enum ConversionLoss {
    /// System of the codes; a code is a resource type.
    static let system = "https://spinehook.example/fhir/CodeSystem/conversion-loss"

    /// The parts of the record that are not whole; nil when the outcome says something else too, or names a type that is
    /// unknown.
    static func parts(of outcome: JSONNode) -> Set<RecordPart>? {
        let issues = outcome["issue"].items
        guard !issues.isEmpty else { return nil }
        var parts: Set<RecordPart> = []
        for issue in issues {
            let codings = (issue["details"]?["coding"]).items
            guard let coding = codings.first(where: { $0["system"]?.string == system }),
                let type = coding["code"]?.stringBytes.flatMap(ResourceType.named)
            else { return nil }
            if let part = type.partOfFacts { parts.insert(part) }
        }
        return parts
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
