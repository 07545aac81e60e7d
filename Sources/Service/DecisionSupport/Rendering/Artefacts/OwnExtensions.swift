import ClinicalModel
import JSONTree

/// Extensions that the artefacts carry, and their definitions.
enum OwnExtensions {
    /// A threshold in force.
    static let threshold = ArtefactHead.url("StructureDefinition", "threshold")

    /// Parts of a threshold, and whether each must be there.
    private static let parts: [(name: String, isRequired: Bool, meaning: String)] = [
        ("key", true, "Key in the configuration of a site"), ("value", true, "Value in force"),
        ("unit", false, "Unit of the value"), ("meaning", true, "What it decides"),
    ]

    static func artefacts(_ source: ArtefactSource) -> [GuidelineArtefact] {
        let title = "Threshold in force"
        let head = source.head(
            "StructureDefinition", "threshold", title, "A number or switch of the guideline with the value in force.")
        let elements: [JSONValue] =
            [
                element("Extension", [("short", .string(title)), ("definition", .string(head.description))]),
                element("Extension.extension", [("min", 3)]),
            ] + parts.flatMap(sliced) + [
                element("Extension.url", [("fixedUri", .string(threshold))]),
                element("Extension.value[x]", [("max", "0")]),
            ]
        return [
            head.artefact([
                ("fhirVersion", "4.0.1"), ("kind", "complex-type"), ("abstract", false),
                ("context", [["type": "element", "expression": "PlanDefinition"]]), ("type", "Extension"),
                ("baseDefinition", "http://hl7.org/fhir/StructureDefinition/Extension"), ("derivation", "constraint"),
                ("differential", ["element": .array(elements)]),
            ])
        ]
    }

    private static func sliced(_ part: (name: String, isRequired: Bool, meaning: String)) -> [JSONValue] {
        let id = "Extension.extension:\(part.name)", path = "Extension.extension"
        return [
            element(
                id, path: path,
                [
                    ("sliceName", .string(part.name)), ("short", .string(part.meaning)),
                    ("min", part.isRequired ? 1 : 0), ("max", "1"),
                ]),
            element("\(id).extension", path: "\(path).extension", [("max", "0")]),
            element("\(id).url", path: "\(path).url", [("fixedUri", .string(part.name))]),
            element(
                "\(id).value[x]", path: "\(path).value[x]", [("min", 1), ("type", [["code": "string"]])]),
        ]
    }

    private static func element(_ id: String, path: String? = nil, _ members: [(String, JSONValue?)]) -> JSONValue {
        .object([("id", .string(id)), ("path", .string(path ?? id))] + members)
    }
}
