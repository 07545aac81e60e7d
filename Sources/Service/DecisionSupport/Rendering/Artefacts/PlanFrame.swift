import ClinicalModel
import Guidelines
import JSONTree

/// What every PlanDefinition says around its actions.
struct PlanFrame {
    let source: ArtefactSource
    /// Code of HL7's types of plans, for example `eca-rule`.
    let type: String
    /// Code of HL7's topics of definitions, for example `treatment`.
    let topic: String
    /// Which thresholds in force the plan names.
    let thresholds: [ThresholdKey]

    /// Thresholds that only orders of drugs are measured against, by the first word of their keys.
    private static let ofDrugs: Set = ["opioid", "older", "nsaid"]

    private static func isOfDrugs(_ key: ThresholdKey) -> Bool {
        ofDrugs.contains(String(key.key.prefix { $0 != "." }))
    }

    /// Thresholds that bear on imaging.
    static var ofImaging: [ThresholdKey] { Thresholds.table.filter { !isOfDrugs($0) } }

    /// Thresholds that bear on orders of drugs, of rest and of procedures, those of the red flags apart.
    static var ofOrders: [ThresholdKey] {
        Thresholds.table.filter { isOfDrugs($0) || $0.key.hasPrefix("course.") || $0.key.hasPrefix("scope.") }
    }

    /// The plan as a file.
    func artefact(_ head: ArtefactHead, actions: [JSONValue]) -> GuidelineArtefact {
        head.artefact([
            ("extension", thresholds.isEmpty ? nil : .array(thresholds.map(inForce))),
            ("type", Self.hl7("plan-definition-type", type)), ("subjectCodeableConcept", Self.patient),
            ("useContext", useContext), ("topic", [Self.hl7("definition-topic", topic)]),
            ("purpose", .string(GuidelinePublication.notice)), ("usage", .string(Self.usage)),
            ("relatedArtifact", Self.sources), ("action", .array(actions)),
        ])
    }

    /// A threshold with the value in force.
    private func inForce(_ key: ThresholdKey) -> JSONValue {
        func part(_ name: String, _ value: String) -> JSONValue? {
            value.isEmpty ? nil : ["url": .string(name), "valueString": .string(value)]
        }
        let parts = [
            part("key", key.key), part("value", key.read(source.guideline.thresholds)), part("unit", key.unit),
            part("meaning", key.meaning),
        ]
        return ["url": .string(OwnExtensions.threshold), "extension": .array(parts.compactMap { $0 })]
    }

    /// Adults with radiculopathy.
    private var useContext: JSONValue {
        let system = "http://terminology.hl7.org/CodeSystem/usage-context-type"
        let years: JSONValue = [
            "value": .number(source.guideline.thresholds.minAgeYears), "unit": "years",
            "system": .string(CodeSystem.ucum), "code": "a",
        ]
        return [
            [
                "code": ["system": .string(system), "code": "focus"],
                "valueCodeableConcept": ["text": "Lumbosacral radiculopathy"],
            ],
            ["code": ["system": .string(system), "code": "age"], "valueRange": ["low": years]],
        ]
    }

    /// What a definition is about.
    static let patient: JSONValue = [
        "coding": [["system": "http://hl7.org/fhir/resource-types", "code": "Patient"]]
    ]

    /// What the plan is for and where it ends, from the guideline page.
    private static var usage: String {
        Limits.use.rows.map { row in row.map(\.line).joined(separator: ": ") }.joined(separator: ". ") + "."
    }

    /// The source text and the public sources, each with its use, from the guideline page.
    private static var sources: JSONValue {
        .array(
            PublicSources.table.rows.map { row in
                let (tag, citation, use) = (row[0].line, row[1].line, row[2].line)
                return [
                    "type": .string(use == "provenance" ? "derived-from" : "justification"), "label": .string(tag),
                    "display": .string(use), "citation": .string(citation),
                ]
            })
    }

    /// A code of a code system of HL7.
    static func hl7(_ system: String, _ code: String) -> JSONValue {
        ["coding": [["system": .string("http://terminology.hl7.org/CodeSystem/\(system)"), "code": .string(code)]]]
    }
}
