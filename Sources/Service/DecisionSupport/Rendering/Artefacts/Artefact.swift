import ClinicalModel
import Guidelines
public import JSONTree

/// One file of the guideline as FHIR artefacts.
public struct GuidelineArtefact: Sendable {
    /// Path below the folder, for example `PlanDefinitions/lumbar-imaging.json`.
    public let path: String
    /// The content: an R4 resource, or the package manifest.
    public let content: JSONValue

    /// The bytes of the file, the same for the same content every time.
    public var bytes: [UInt8] { ReadableJSON.file(content) }
}

/// What every published artefact says of itself.
struct ArtefactHead {
    /// Resource type, for example `PlanDefinition`.
    let type: String
    /// Id, last part of the canonical URL and name of the file.
    let id: String
    let title: String
    let description: String
    /// Whether it recommends care: such an artefact stays a draft until a clinician owner has signed the rules.
    var isRecommendation = false
    /// Terms of code systems inside beside the project's own; empty when it holds none.
    var notices: [String] = []
    /// Version of the knowledge that it is made from.
    let version: String
    /// Folder of `Profiles/`; the resource type in the plural where there is no other.
    var folder: String { place ?? "\(type)s" }
    /// Another folder than that of the type.
    var place: String?

    /// Canonical URL of an artefact of the product.
    static func url(_ type: String, _ id: String) -> String { "\(CodeSystem.canonicalBase)/\(type)/\(id)" }

    var url: String { Self.url(type, id) }

    /// The file of the artefact: its head, then what is its own, in the order given.
    func artefact(_ members: [(String, JSONValue?)]) -> GuidelineArtefact {
        let head: [(String, JSONValue?)] = [
            ("resourceType", .string(type)), ("id", .string(id)), ("url", .string(url)),
            ("version", .string(version)), ("name", .string(Self.name(id))), ("title", .string(title)),
            ("status", .string(isRecommendation ? "draft" : "active")), ("experimental", false),
            ("date", .string(LumbosacralRadiculopathy.date)), ("publisher", "SpineHook"),
            ("description", .string(description)), ("copyright", .string(copyright)),
        ]
        return GuidelineArtefact(path: "\(folder)/\(id).json", content: .object(head + members))
    }

    private var copyright: String {
        let own = "Copyright of the project, Apache-2.0; text and own codes are free to use."
        return ([own] + notices).joined(separator: " ")
    }

    /// The id as a name for programs: `lumbar-imaging` becomes `LumbarImaging`.
    static func name(_ id: String) -> String {
        id.split(separator: "-").map { String($0).capitalizedFirst }.joined()
    }
}
