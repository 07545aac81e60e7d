import ClinicalModel
import JSONTree

/// The names of a patient in small letters, all of them: usual, official, maiden. They are compared and never shown.
struct PersonNames: Sendable, Hashable {
    var families: Set<String> = []
    var givens: Set<String> = []

    init() {}

    /// Reads a list of HumanName.
    init(_ node: JSONNode?) {
        for name in node.items {
            if let family = name["family"]?.string { families.formUnion(Self.plain(family)) }
            for given in name["given"].items { givens.formUnion(given.string.map(Self.plain) ?? []) }
        }
    }

    mutating func formUnion(_ other: PersonNames) {
        families.formUnion(other.families)
        givens.formUnion(other.givens)
    }

    /// The name without the blanks around it; none when nothing is left.
    private static func plain(_ name: String) -> Set<String> {
        let words = name.lowercased().split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? [] : [words.joined(separator: " ")]
    }
}

/// Whether two records are of one person.
public enum SamePerson: Sendable, Hashable {
    case same
    case other
    /// Nothing shows either.
    case notShown
}

extension PatientRecord {
    /// Compares whom two records are about.
    ///
    /// An identifier in common (system and value) makes them the same; one system with different values makes them two.
    /// Without a system in common birth date, family name and a given name must agree.
    public func isSamePerson(as other: PatientRecord) -> SamePerson {
        if !identifiers.isDisjoint(with: other.identifiers) { return .same }
        let systems = Set(identifiers.map(\.system)).intersection(other.identifiers.map(\.system))
        if systems.contains(where: { $0 != BusinessIdentifier.noAssigner }) { return .other }
        guard let birth = record.birthDate, let otherBirth = other.record.birthDate, birth.isExact,
            birth.earliest == otherBirth.earliest, birth.latest == otherBirth.latest,
            !names.families.isDisjoint(with: other.names.families), !names.givens.isDisjoint(with: other.names.givens)
        else { return .notShown }
        return .same
    }
}

extension BusinessIdentifier {
    /// The system of identifiers that are URIs of themselves: two of them are two names, not two people.
    fileprivate static let noAssigner = "urn:ietf:rfc:3986"
}
