import ClinicalModel
import JSONTree

extension RecordBuilder {
    /// How deep items of a questionnaire may stand inside each other.
    private static let maximumItemDepth = 20

    /// Reads the answers to the product's own questions; other answers are not read.
    ///
    /// An item is a question by its `definition`, by a finding that is ticked, or by its `linkId`; that of a response to
    /// another questionnaire means what that one says, and is not read.
    mutating func readQuestionnaireResponse(_ resource: ResourceContext) -> Outcome {
        var answers: [(finding: String, answer: JSONNode, path: String)] = []
        collect(elements[.item], "item", depth: 0, readsLinks: answersOwnQuestionnaire, into: &answers)
        guard !answers.isEmpty else { return .notNeeded }
        switch elements[.status]?.stringBytes {
        case .some("completed"), .some("amended"): break
        case .some("in-progress"), .some("stopped"), .some("entered-in-error"): return .notNeeded
        default: return refuseStatus(.questionnaireResponses, resource)
        }
        var resource = resource
        guard admit(&resource) else { return leaveUnread(resource, .questionnaireResponses) }
        let authored = date(elements[.authored], "authored", in: resource)
        for item in answers {
            let observation = Observation(
                provenance: Provenance(
                    resource: resource.reference ?? resource.type.name, at: resource.place.path(of: item.path),
                    source: source),
                concepts: [terminology.concept(Code(system: CodeSystem.findings, code: item.finding))],
                value: answer(item.answer, item.finding, item.path, in: resource), effective: authored)
            facts.observations.append(
                Pending(fact: observation, subject: resource.subject ?? 0, entry: resource.entry))
        }
        return .used
    }

    /// Whether the response names the product's Questionnaire, on whatever server it stands, or none.
    private var answersOwnQuestionnaire: Bool {
        guard let canonical = elements[.questionnaire]?.string else { return true }
        let url = canonical.prefix { $0 != "|" }
        return url.split(separator: "/").last.map(String.init) == CodeSystem.questionnaireID
    }

    private func collect(
        _ node: JSONNode?, _ path: String, depth: Int, readsLinks: Bool,
        into answers: inout [(finding: String, answer: JSONNode, path: String)]
    ) {
        guard let node, depth < Self.maximumItemDepth else { return }
        for (index, item) in node.elements.enumerated() {
            let place = "\(path)[\(index)]"
            let question = finding(of: item, readsLinks: readsLinks)
            for (number, answer) in item["answer"].items.enumerated() {
                let at = "\(place).answer[\(number)]"
                if let finding = question ?? checkedFinding(answer) { answers.append((finding, answer, at)) }
                collect(answer["item"], "\(at).item", depth: depth + 1, readsLinks: readsLinks, into: &answers)
            }
            collect(item["item"], "\(place).item", depth: depth + 1, readsLinks: readsLinks, into: &answers)
        }
    }

    /// The finding that an item asks for, by its linkId or its definition.
    private func finding(of item: JSONNode, readsLinks: Bool) -> String? {
        if readsLinks, let link = item["linkId"]?.string, terminology.finding(link) != nil { return link }
        guard let definition = item["definition"]?.string, definition.hasPrefix(CodeSystem.findings),
            let code = definition.split(whereSeparator: { $0 == "#" || $0 == "/" }).last.map(String.init),
            terminology.finding(code) != nil
        else { return nil }
        return code
    }

    /// The finding that was ticked in a list of findings.
    private func checkedFinding(_ answer: JSONNode) -> String? {
        guard let coding = answer["valueCoding"],
            coding["system"]?.stringBytes.map({ String($0) }) == CodeSystem.findings,
            let code = coding["code"]?.string, terminology.finding(code)?.values.contains(.boolean) == true
        else { return nil }
        return code
    }

    private mutating func answer(
        _ node: JSONNode, _ finding: String, _ member: String, in resource: ResourceContext
    ) -> Observation.Value {
        for (name, value) in node.members {
            switch name {
            case "valueBoolean": return value.bool.map { .boolean($0) } ?? .absent
            case "valueCoding":
                let concepts = coding(value).concepts
                if let truth = concepts.lazy.compactMap({ Answers.truth($0.code) }).first { return .boolean(truth) }
                if concepts.contains(where: { Answers.isAbsent($0.code) }) { return .absent }
                // The finding itself, ticked in a list.
                if concepts.contains(where: { $0.finding == finding }) { return .boolean(true) }
                return concepts.isEmpty ? .absent : .concepts(concepts)
            case "valueQuantity":
                return quantity(value, "\(member).valueQuantity", in: resource).map { .quantity($0) } ?? .absent
            case "valueInteger", "valueDecimal":
                guard let text = value.numberText, let number = Double(text), number.magnitude < Self.quantityLimit
                else { return .absent }
                return .quantity(Quantity(literal: text, value: number, unit: Unit.score.rawValue))
            case "valueString": return value.string.map { .text($0) } ?? .absent
            case "valueDate", "valueDateTime":
                return date(value, "\(member).\(name.text)", in: resource).map { .date($0) } ?? .absent
            default: continue
            }
        }
        return .absent
    }
}
