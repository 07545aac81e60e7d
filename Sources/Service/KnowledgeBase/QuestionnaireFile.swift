import ClinicalModel
import JSONTree

/// Checks the questionnaire against the product's own input codes: each is asked for once, in a type that its answers can
/// have, and nothing else is asked.
struct QuestionnaireFile {
    private let findings: [String: FindingDefinition]
    private var asked: Set<String> = []

    /// How deep items may stand inside each other.
    private static let maximumDepth = 8

    /// Notes what is wrong with the file.
    static func check(_ root: JSONNode, _ artefact: inout Artefact, asking findings: [FindingDefinition]) {
        var file = QuestionnaireFile(findings)
        file.check(artefact.list("item", of: root), depth: 0, &artefact)
        let missing = findings.filter { !$0.isAnswer && !file.asked.contains($0.code) }.map(\.code)
        guard !missing.isEmpty else { return }
        artefact.fault(
            .memberMissing, at: root["item"], expected: "a question for each input code",
            found: "none for \(missing.joined(separator: ", "))")
    }

    private init(_ findings: [FindingDefinition]) {
        self.findings = Dictionary(findings.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func check(_ items: [JSONNode], depth: Int, _ artefact: inout Artefact) {
        for item in items {
            guard let link = artefact.text("linkId", of: item), let type = artefact.text("type", of: item) else {
                continue
            }
            if type != "group" && type != "display" { check(item, link: link, type: type, &artefact) }
            guard let children = item["item"] else { continue }
            guard depth < Self.maximumDepth else {
                artefact.fault(
                    .valueUnknown, at: children, expected: "items at most \(Self.maximumDepth) deep", found: "deeper")
                return
            }
            check(Array(children.elements), depth: depth + 1, &artefact)
        }
    }

    private mutating func check(_ item: JSONNode, link: String, type: String, _ artefact: inout Artefact) {
        guard let finding = findings[link], !finding.isAnswer else {
            artefact.fault(
                .valueUnknown, at: item, expected: "an input code as the linkId of a question", found: "another linkId")
            return
        }
        if !asked.insert(link).inserted {
            artefact.fault(.codeTwice, at: item, expected: "each question once", found: "\(link) again")
        }
        guard finding.questionTypes.contains(type) else {
            artefact.fault(
                .valueUnknown, at: item["type"],
                expected: "for \(link) one of \(finding.questionTypes.sorted().joined(separator: ", "))",
                found: "another type")
            return
        }
        let options = item["answerOption"].map { Array($0.elements) } ?? []
        let codes = options.compactMap { option -> String? in
            guard let coding = option["valueCoding"], coding["system"]?.string == CodeSystem.findings else {
                return nil
            }
            return coding["code"]?.string
        }
        if !finding.answers.isEmpty, codes.sorted() != finding.answers.sorted() || options.count != codes.count {
            artefact.fault(
                .valueUnknown, at: item, expected: "for \(link) the answers of its input code", found: "others")
        }
    }
}

extension FindingDefinition {
    /// The types of a question whose answers are read as values of the finding.
    fileprivate var questionTypes: Set<String> {
        var types: Set<String> = []
        for value in values {
            switch value {
            case .boolean: types.insert("boolean")
            case .quantity: types.formUnion(["quantity", "decimal"])
            case .string: types.formUnion(["string", "choice"])
            case .codeableConcept: types.insert("choice")
            case .dateTime: types.formUnion(["date", "dateTime"])
            case .period: break
            }
        }
        return types
    }
}
