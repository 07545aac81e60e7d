import ClinicalModel
import JSONTree

/// A FHIR artefact of `Profiles/`, by what its head says.
public struct ArtefactDescription: Sendable, Hashable {
    /// Path below the folder.
    public let path: String
    /// Resource type, for example `PlanDefinition`.
    public let type: String
    /// Last part of the canonical URL; the name of the file.
    public let id: String
    /// Title for people.
    public let title: String
    /// Version of the artefact.
    public let version: String

    /// Puts a description together.
    public init(path: String, type: String, id: String, title: String, version: String) {
        self.path = path
        self.type = type
        self.id = id
        self.title = title
        self.version = version
    }

    /// Canonical URL.
    public var url: String { "\(CodeSystem.canonicalBase)/\(type)/\(id)" }
}

extension ArtefactDescription {
    /// Folders of the artefacts that are published and not read, and the resource type that each holds.
    ///
    /// Code systems and value sets that no logic reads stand beside those that it does.
    static let folders: [(name: String, type: String)] = [
        ("ActivityDefinitions", "ActivityDefinition"), ("CapabilityStatements", "CapabilityStatement"),
        ("CodeSystems", "CodeSystem"), ("ImplementationGuides", "ImplementationGuide"),
        ("PlanDefinitions", "PlanDefinition"), ("Questionnaires", "Questionnaire"),
        ("StructureDefinitions", "StructureDefinition"), ("ValueSets", "ValueSet"),
    ]

    /// Folder of value sets that profiles bind to and no logic reads.
    static let bindings = "ValueSets/bindings/"

    /// The type that a file must hold; nil for a file of no such folder, which is none of the product's.
    static func type(of file: String) -> String? {
        folders.first { file.hasPrefix("\($0.name)/") }?.type
    }

    /// Checks the head of an artefact: its type, its canonical URL, version and title.
    static func read(_ root: JSONNode, _ artefact: inout Artefact) -> ArtefactDescription? {
        guard let type = artefact.text("resourceType", of: root), let url = artefact.text("url", of: root),
            let version = artefact.text("version", of: root), let title = artefact.text("title", of: root)
        else { return nil }
        guard type == Self.type(of: artefact.file) else {
            artefact.fault(
                .valueUnknown, at: root, expected: "the resource type that its folder names", found: "another")
            return nil
        }
        guard url == "\(CodeSystem.canonicalBase)/\(type)/\(artefact.name)" else {
            let expected = "the canonical URL \(CodeSystem.canonicalBase)/\(type)/ and the name of the file"
            artefact.fault(.nameDiffers, at: root["url"], expected: expected, found: "another URL")
            return nil
        }
        return ArtefactDescription(
            path: artefact.file, type: type, id: artefact.name, title: title, version: version)
    }
}
