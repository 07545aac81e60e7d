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
            version: Self.version(engine.guideline.thresholds))
        files = Self.made(from: source).sorted { $0.path < $1.path }
    }

    private static func made(from source: ArtefactSource) -> [GuidelineArtefact] {
        [ImagingPlan(source: source).artefact] + LogicCodeSystems(source: source).artefacts
            + OwnExtensions.artefacts(source)
    }

    /// The version of the knowledge; with another number than the default, eight digits that name the numbers follow, so
    /// that two contents never have one version.
    static func version(_ thresholds: Thresholds) -> String {
        let changed = Thresholds.table.filter { $0.read(thresholds) != $0.read(Thresholds()) }
        if changed.isEmpty { return LumbosacralRadiculopathy.version }
        let text = changed.map { "\($0.key)=\($0.read(thresholds))" }.joined(separator: "\n")
        let digits = SHA1.digest(Array(text.utf8)).prefix(4).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\(LumbosacralRadiculopathy.version)-site.\(digits.joined())"
    }
}
