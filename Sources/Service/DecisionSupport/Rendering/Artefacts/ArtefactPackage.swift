import ClinicalModel
import Guidelines
import JSONTree
import KnowledgeBase

/// The package of all artefacts: an ImplementationGuide that lists them, and the manifest of the package.
struct ArtefactPackage {
    let source: ArtefactSource
    /// Every FHIR artefact that is in use, made by the program or not, without the guide itself.
    let listed: [ArtefactDescription]

    /// Id of the guide.
    static let id = "lumbosacral-radiculopathy"
    /// Name of the package.
    private static let name = "example.spinehook.lumbosacral-radiculopathy"
    private static let title = LumbosacralRadiculopathy.title
    private static let description =
        "The guideline as computable artefacts: plans, activities, value sets, code systems, the questionnaire, profiles of "
        + "what is read from a record, and what the service is. " + GuidelinePublication.notice

    /// Packages that the artefacts refer to.
    private static let dependencies: [(name: String, version: String, uri: String)] = [
        ("hl7.fhir.r4.core", "4.0.1", "http://hl7.org/fhir"),
        (
            "hl7.fhir.us.core", ResourceProfiles.usCoreVersion,
            "http://hl7.org/fhir/us/core/ImplementationGuide/hl7.fhir.us.core"
        ),
    ]

    var artefacts: [GuidelineArtefact] { [guide, manifest] }

    private var guide: GuidelineArtefact {
        source.head("ImplementationGuide", Self.id, Self.title, Self.description).artefact([
            ("packageId", .string(Self.name)), ("license", "Apache-2.0"), ("fhirVersion", ["4.0.1"]),
            (
                "dependsOn",
                .array(
                    Self.dependencies.dropFirst().map { package in
                        [
                            "uri": .string(package.uri), "packageId": .string(package.name),
                            "version": .string(package.version),
                        ]
                    })
            ), ("definition", ["resource": .array(listed.map(resource))]),
        ])
    }

    private func resource(_ artefact: ArtefactDescription) -> JSONValue {
        [
            "reference": ["reference": .string("\(artefact.type)/\(artefact.id)")], "name": .string(artefact.title),
            "exampleBoolean": false,
        ]
    }

    private var manifest: GuidelineArtefact {
        let guide = "ImplementationGuides/\(Self.id).json"
        return GuidelineArtefact(
            path: "package/package.json",
            content: .object([
                ("name", .string(Self.name)), ("version", .string(source.version)), ("type", "fhir.ig"),
                ("canonical", .string(CodeSystem.canonicalBase)), ("title", .string(Self.title)),
                ("description", .string(Self.description)), ("author", "SpineHook"), ("license", "Apache-2.0"),
                ("date", .string(LumbosacralRadiculopathy.date)), ("fhirVersions", ["4.0.1"]),
                (
                    "dependencies",
                    .object(Self.dependencies.map { ($0.name, JSONValue.string($0.version)) })
                ), ("files", .array((listed.map(\.path) + [guide]).sorted().map(JSONValue.string))),
            ]))
    }
}

extension GuidelineArtefact {
    /// What the guide lists of it; nil for what is no resource.
    var described: ArtefactDescription? {
        guard case .string(let type)? = content["resourceType"], case .string(let id)? = content["id"],
            case .string(let title)? = content["title"], case .string(let version)? = content["version"]
        else { return nil }
        return ArtefactDescription(path: path, type: type, id: id, title: title, version: version)
    }
}
