import CDSHooks
import ClinicalModel
import Guidelines
import JSONTree

/// What all artefacts are made from.
struct ArtefactSource {
    let guideline: LumbosacralRadiculopathy
    let terminology: Terminology
    /// Version of the knowledge; where a site has changed a number, with a mark of its own.
    let version: String

    /// The head of an artefact.
    ///
    /// - Parameter notices: Terms of the codes of other bodies that stand in it.
    func head(
        _ type: String, _ id: String, _ title: String, _ description: String, isRecommendation: Bool = false,
        notices: [String] = [], in folder: String? = nil
    ) -> ArtefactHead {
        ArtefactHead(
            type: type, id: id, title: title, description: description, isRecommendation: isRecommendation,
            notices: notices, version: version, place: folder)
    }

    /// The files that are loaded of value sets: codes of licensed systems stand in files of their own.
    func files(of sets: [ValueSetName]) -> [ValueSetDescription] {
        sets.flatMap { name in terminology.valueSets.filter { $0.name == name } }
    }

    /// The terms of codes, as the value sets that hold them print them, each once.
    func notices(of codings: JSONValue?) -> [String] {
        guard case .array(let codings)? = codings else { return [] }
        var texts: [String] = []
        for coding in codings {
            guard case .string(let system)? = coding["system"], case .string(let code)? = coding["code"],
                let text = notice(of: Code(system: system, code: code)), !texts.contains(text)
            else { continue }
            texts.append(text)
        }
        return texts
    }

    /// The terms of a code; nil for a code of the project or of no set that is loaded.
    private func notice(of code: Code) -> String? {
        let sets = Set(terminology.concept(code).uses.map(\.set))
        let suffix = [CodeSystem.cpt: "-cpt", CodeSystem.snomedCT: "-snomed"][code.system]
        return terminology.valueSets.first { file in
            let name = file.url.split(separator: "/").last.map(String.init) ?? ""
            return sets.contains(file.name) && name == file.name.rawValue + (suffix ?? "")
        }?.copyright
    }
}

/// Pieces of PlanDefinitions.
enum PlanPart {
    /// Codings of the product's own code systems.
    static func concept(_ system: String, _ code: String, _ display: String? = nil) -> JSONValue {
        .object([
            (
                "coding",
                .array([
                    .object([
                        ("system", .string("\(CodeSystem.canonicalBase)/CodeSystem/\(system)")),
                        ("code", .string(code)), ("display", display.map(JSONValue.string)),
                    ])
                ])
            )
        ])
    }

    /// The statements that an action carries out, each in the project's own words; nil when there is none.
    static func documentation(_ ids: some Sequence<String>) -> JSONValue? {
        let statements = Set(ids).sorted().compactMap(Statement.statement)
        if statements.isEmpty { return nil }
        return .array(
            statements.map { statement in
                .object([
                    ("type", "documentation"), ("label", .string(statement.id)), ("display", .string(statement.text)),
                    (
                        "citation",
                        statement.marks.isEmpty
                            ? nil
                            : .string(
                                "Marks of the source text: \(statement.marks.map { "ref-\($0)" }.joined(separator: ", "))"
                            )
                    ),
                ])
            })
    }

    /// When an action applies: in words and as FHIRPath.
    static func condition(_ words: String, _ fhirPath: String) -> JSONValue {
        .array([
            [
                "kind": "applicability",
                "expression": [
                    "description": .string(words), "language": "text/fhirpath", "expression": .string(fhirPath),
                ],
            ]
        ])
    }

    /// The hooks of CDS Hooks that call a service.
    static func triggers(_ service: HookCatalog.ServiceID) -> JSONValue {
        .array(service.hooks.map { ["type": "named-event", "name": .string($0.rawValue)] })
    }

    /// An id that FHIR accepts: letters, digits, hyphens and dots.
    static func id(_ text: String) -> String {
        String(
            text.replacing("(x)", with: "").map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
    }
}
