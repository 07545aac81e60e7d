import ClinicalModel
import Digests
import Guidelines
import KnowledgeBase

/// The guideline as FHIR R4 artefacts, made from the logic: plans, activities, code systems, value sets, profiles, what the
/// service is, and the package that lists them all.
public struct GuidelineArtefacts: Sendable {
    /// Every file, by path in order.
    public let files: [GuidelineArtefact]

    /// The artefacts of a site: with the numbers in force, and codes of the code systems that it has loaded only.
    public init(_ engine: Engine) {
        let source = ArtefactSource(
            guideline: engine.guideline, terminology: engine.knowledge.terminology,
            version: Self.version(engine.guideline, leavingOut: Self.leftOut(by: engine.knowledge)))
        let made = Self.made(from: source)
        let own = Set(made.map(\.path)).union(["ImplementationGuides/\(ArtefactPackage.id).json"])
        let others = engine.knowledge.artefacts.filter { !own.contains($0.path) && !Self.isLeftOver($0.path) }
        let listed = (made.compactMap(\.described) + others).sorted { ($0.type, $0.id) < ($1.type, $1.id) }
        files = (made + ArtefactPackage(source: source, listed: listed).artefacts).sorted { $0.path < $1.path }
    }

    private static func made(from source: ArtefactSource) -> [GuidelineArtefact] {
        let plans = [
            ImagingPlan(source: source).artefact, OrdersPlan(source: source).artefact,
            RedFlagsPlan(source: source).artefact,
            ConservativePlan(source: source).artefact,
        ]
        return plans + ActivityDefinitions(source).artefacts + LogicCodeSystems(source: source).artefacts
            + BindingValueSets(source).artefacts + ResourceProfiles(source: source).artefacts
            + OwnExtensions.artefacts(source) + [Capabilities(source: source).artefact]
    }

    /// The version of the knowledge; with another number than the default, a suppressed card or without a code system, eight
    /// digits that name the differences follow, so that two contents never have one version.
    static func version(_ guideline: LumbosacralRadiculopathy, leavingOut systems: [String]) -> String {
        let (numbers, defaults) = (guideline.thresholds, Thresholds())
        let changed = Thresholds.table.filter { $0.read(numbers) != $0.read(defaults) }
        let differences =
            changed.map { "\($0.key)=\($0.read(numbers))" } + systems.map { "without \($0)" }
            + guideline.suppressedCards.map { "suppressed \($0.rawValue)" }.sorted()
        if differences.isEmpty { return LumbosacralRadiculopathy.version }
        let digits = SHA1.digest(Array(differences.joined(separator: "\n").utf8)).prefix(4).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\(LumbosacralRadiculopathy.version)-site.\(digits.joined())"
    }

    /// Code systems whose files are not there or not in use.
    private static func leftOut(by knowledge: KnowledgeBase) -> [String] {
        KnowledgeBase.LicensedSystem.allCases.map(\.rawValue).filter { system in
            !knowledge.artefacts.contains { $0.path.hasPrefix("ValueSets/\(system)/") }
        }
    }
}
