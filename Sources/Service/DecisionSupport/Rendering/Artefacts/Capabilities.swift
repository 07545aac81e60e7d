import CDSHooks
import ClinicalModel
import JSONTree

/// What the service is and which resources it asks a record for, as a CapabilityStatement.
struct Capabilities {
    let source: ArtefactSource
    static let id = "spinehook"

    var artefact: GuidelineArtefact {
        source.head("CapabilityStatement", Self.id, "SpineHook, a CDS Hooks service", Self.description).artefact([
            ("kind", "capability"), ("software", ["name": "SpineHook"]), ("fhirVersion", "4.0.1"),
            ("format", ["application/fhir+json"]),
            ("implementationGuide", [.string(ArtefactHead.url("ImplementationGuide", ArtefactPackage.id))]),
            (
                "rest",
                [
                    [
                        "mode": "client", "documentation": .string(Self.documentation),
                        "resource": .array(resources),
                    ]
                ]
            ),
        ])
    }

    private static let description =
        "Decision support for the initial management of lumbosacral radiculopathy. The service is called by CDS Hooks and "
        + "offers no FHIR interface of its own; this statement says which resources it reads."

    private static let documentation: String = {
        let services = HookCatalog.ServiceID.allCases.map { service in
            "- `POST /cds-services/\(service.rawValue)` (\(service.hooks.map(\.rawValue).joined(separator: ", "))): "
                + service.description
        }
        let routes = [
            "- `GET /cds-services`: discovery, with the prefetch templates of the searches below",
            "- `GET /guideline`: statements, rules, thresholds in force, sources, limits",
        ]
        return
            """
            The service makes no call to a FHIR server: the client sends the answers of these searches as prefetch. Without \
            them the criteria that need them are unknown, and the answer says so.

            \((services + routes).joined(separator: "\n"))
            """
    }()

    /// One entry for each prefetch template: its type, how it is asked for, and the profiles of what is read.
    private var resources: [JSONValue] {
        HookCatalog.prefetch.map { _, template in
            let parts = template.split(separator: "?", maxSplits: 1).map(String.init)
            let type = String(parts[0].prefix { $0.isLetter })
            let parameters = parts.count > 1 ? parts[1].split(separator: "&") : []
            let profiles = ResourceProfiles.all.filter { $0.type == type }.map { JSONValue.string($0.url) }
            return .object([
                ("type", .string(type)), ("supportedProfile", profiles.isEmpty ? .none : .array(profiles)),
                ("documentation", .string("Prefetch `\(template)`")),
                ("interaction", [["code": parameters.isEmpty ? "read" : "search-type"]]),
                (
                    "searchParam",
                    parameters.isEmpty
                        ? .none
                        : .array(
                            parameters.map { parameter in
                                [
                                    "name": .string(String(parameter.prefix { $0 != "=" })),
                                    "type": "reference",
                                ]
                            })
                ),
            ])
        }
    }
}
