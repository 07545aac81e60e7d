import ClinicalModel
import Diagnostics
import JSONTree

extension RecordBuilder {
    /// Says that the display of a coding has no word in common with what the knowledge calls the code (quirk b08).
    ///
    /// The code counts; which of the two was meant, only a person can tell.
    mutating func reportDisplay(
        _ node: JSONNode, _ reading: CodeReading, _ member: String = "code", in resource: ResourceContext
    ) {
        for (index, coding) in node["coding"].items.enumerated() {
            guard let code = coding["code"]?.string, let display = coding["display"]?.string,
                let concept = reading.concepts.first(where: { $0.code.code == code && !$0.uses.isEmpty }),
                let known = concept.code.display, !Self.haveCommonWord(display, known)
            else { continue }
            note(
                .fhirDisplay, .warning, at: coding, "\(member).coding[\(index)].display", in: resource,
                expected: "a display that agrees with the code", found: "another; the code counts")
        }
    }

    /// Whether two names share the beginning of a word; very short or non-Latin names are not judged.
    static func haveCommonWord(_ left: String, _ right: String) -> Bool {
        let (left, right) = (stems(left), stems(right))
        return left.isEmpty || right.isEmpty || !left.isDisjoint(with: right)
    }

    private static func stems(_ text: String) -> Set<Substring> {
        let words = text.lowercased().split { !$0.isLetter }
        guard words.allSatisfy({ $0.allSatisfy(\.isASCII) }) else { return [] }
        return Set(words.filter { $0.count >= 4 && !noise.contains($0) }.map { $0.prefix(4) })
    }

    /// Words that many names carry and that say nothing of their meaning.
    private static let noise: Set<Substring> = [
        "disorder", "finding", "with", "without", "unspecified", "other", "left", "right", "side", "situation",
        "structure", "disease", "syndrome",
    ]
}
