import CCDA
import JSONTree

extension PersonName {
    /// HumanName of the name itself; nil when there is nothing in it (section 4.9). ``names(asOf:)`` has what stands aside, too.
    var json: JSONValue? { main(asOf: nil) }

    /// HumanName of the name itself, then those that it holds beside: names to be called by, names from birth.
    ///
    /// - Parameter day: When the document was made: a name that was in use until before then is old. Nil when unknown.
    func names(asOf day: Timestamp?) -> [JSONValue] {
        var names = [main(asOf: day)]
        if !callMe.isEmpty { names.append(.object([("use", "nickname")] + Self.members("given", callMe))) }
        if !formerGiven.isEmpty { names.append(.object([("use", "old")] + Self.members("given", formerGiven))) }
        if !birthFamily.isEmpty { names.append(.object([("use", "maiden")] + Self.familyMembers(birthFamily))) }
        return names.compactMap(\.self)
    }

    private func main(asOf day: Timestamp?) -> JSONValue? {
        guard !isEmpty else { return nil }
        return .object(
            [("use", use(asOf: day)), ("text", text.map { .string($0) })] + Self.familyMembers(family)
                + Self.members("given", given) + [("prefix", Self.texts(prefixes)), ("suffix", Self.texts(suffixes))]
                + [("period", period?.json)])
    }

    private func use(asOf day: Timestamp?) -> JSONValue? {
        if let end = period?.end, let day, end.days.upperBound < day.days.lowerBound { return "old" }
        if uses.contains("L") { return "usual" }
        if uses.contains("C") { return "official" }
        if uses.contains("P") { return given.contains { $0.qualifiers.contains("CL") } ? "nickname" : "anonymous" }
        return uses.contains("A") ? "nickname" : nil
    }

    private static func texts(_ parts: [Part]) -> JSONValue? {
        parts.isEmpty ? nil : .array(parts.map { .string($0.text) })
    }

    /// Strings, and their qualifiers where any has one.
    private static func members(_ name: String, _ parts: [Part]) -> [(String, JSONValue?)] {
        let extensions = parts.map { qualifiers([$0]) ?? .null }
        return [(name, texts(parts)), ("_" + name, extensions.allSatisfy { $0 == .null } ? nil : .array(extensions))]
    }

    /// One string, for FHIR has one family name only.
    private static func familyMembers(_ parts: [Part]) -> [(String, JSONValue?)] {
        guard !parts.isEmpty else { return [] }
        return [
            ("family", .string(parts.map(\.text).joined(separator: " "))),
            ("_family", parts.count == 1 ? qualifiers(parts) : nil),
        ]
    }

    /// The element of a string with its qualifiers; nil when it has none that FHIR knows.
    private static func qualifiers(_ parts: [Part]) -> JSONValue? {
        let codes = parts.flatMap(\.qualifiers).filter(knownQualifiers.contains)
        guard !codes.isEmpty else { return nil }
        return [
            "extension": .array(
                codes.map { code in
                    [
                        "url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier",
                        "valueCode": .string(code),
                    ]
                })
        ]
    }

    private static let knownQualifiers: Set = [
        "LS", "AC", "NB", "PR", "HON", "BR", "AD", "SP", "MID", "CL", "IN", "VV",
    ]
}
