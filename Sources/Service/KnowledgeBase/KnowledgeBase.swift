public import ClinicalModel
import Diagnostics
import JSONTree

/// The knowledge of the product, read from `Profiles/` and checked once at start.
public struct KnowledgeBase: Sendable {
    /// Code lists, role table, input codes.
    public let terminology: Terminology
    /// Reasons for setting a card aside, in the order of the file.
    public let overrideReasons: [OverrideReason]
    /// What the cards are about, in the order of the file.
    public let cards: [CardDefinition]
    /// The questionnaire of red flags and course as it stands in the file, FHIR R4 JSON; checked against the input codes.
    public let questionnaire: [UInt8]
    /// Every FHIR artefact of the folder that is in use, by path in order: those that are read, and those that are published
    /// only.
    public let artefacts: [ArtefactDescription]
    /// Identity of the content in use, 32 hexadecimal digits: changes with every byte that is read for decisions, and with
    /// what is left out.
    public let digest: String
    /// The folder that was read.
    public let folder: String

    /// Code systems that a site without their licence can leave out; each has a folder of its own in `ValueSets/`.
    public enum LicensedSystem: String, Sendable, Hashable, CaseIterable {
        /// CPT of the American Medical Association.
        case cpt
        /// SNOMED CT.
        case snomed

        /// Canonical URI.
        var uri: String {
            switch self {
            case .cpt: CodeSystem.cpt
            case .snomed: CodeSystem.snomedCT
            }
        }
    }

    /// Reads and checks the knowledge.
    ///
    /// - Parameters:
    ///   - profiles: The folder; nil takes the copy that was built with the product.
    ///   - excluded: Code systems to leave out, as if their files were deleted.
    ///   - local: Codes of the site.
    /// - Throws: ``KnowledgeError`` with everything that is wrong or missing.
    public init(
        profiles: String? = nil, excluding excluded: Set<LicensedSystem> = [], adding local: LocalCodes = LocalCodes()
    ) throws(KnowledgeError) {
        let folder = try ProfilesFolder(profiles)
        var loader = KnowledgeLoader(folder, excluding: excluded)
        var content = loader.content()
        overrideReasons = loader.codeSystem("override-reasons", CodeSystemFile.overrideReasons) ?? []
        cards = loader.codeSystem("cards", CodeSystemFile.cards) ?? []
        questionnaire = loader.questionnaire(asking: content.findings)
        loader.checkPublished()
        artefacts = loader.artefacts.sorted { $0.path < $1.path }
        guard loader.issues.isEmpty else { throw KnowledgeError(issues: loader.issues) }
        var digest = loader.digest
        if !local.isEmpty {
            var check = LocalCodeCheck(content, excluding: excluded)
            content = check.content(with: local)
            guard check.problems.isEmpty else { throw KnowledgeError(issues: [], localCodes: check.problems) }
            for part in local.parts { digest.add(Array(part.utf8)) }
        }
        terminology = Terminology(content)
        self.digest = digest.text
        self.folder = folder.path
    }
}

/// Goes through the files of the folder.
struct KnowledgeLoader {
    private static let guideline = "Guidelines/lumbosacral-radiculopathy"
    private let folder: ProfilesFolder
    private let excluded: Set<KnowledgeBase.LicensedSystem>
    private(set) var issues: [Issue] = []
    private(set) var digest = ContentDigest()
    /// Files that were read for decisions.
    private var seen: Set<String> = []
    /// Heads of the FHIR artefacts met so far.
    private(set) var artefacts: [ArtefactDescription] = []

    init(_ folder: ProfilesFolder, excluding excluded: Set<KnowledgeBase.LicensedSystem>) {
        self.folder = folder
        self.excluded = excluded
    }

    /// Everything that the terminology is made of.
    mutating func content() -> TerminologyContent {
        var content = TerminologyContent()
        content.valueSets = valueSets()
        if let roles = table("roles", GuidelineTables.roles) {
            content.roles = roles
            checkDefaults(of: roles)
        }
        content.imagingTests = table("imaging-tests", GuidelineTables.imagingTests) ?? []
        content.morphineFactors = table("mme-factors", GuidelineTables.morphineFactors) ?? []
        content.prednisoneEquivalents = table("prednisone-equivalents", GuidelineTables.prednisoneEquivalents) ?? [:]
        content.products = codeSystem("rxnorm-products", CodeSystemFile.products) ?? [:]
        content.findings = codeSystem("lumbosacral-findings", CodeSystemFile.findings) ?? []
        return content
    }

    private mutating func valueSets() -> [ValueSetContent] {
        var sets: [ValueSetContent] = []
        let left = leftOut + [ArtefactDescription.bindings]
        for file in folder.files where file.hasPrefix("ValueSets/") && !left.contains(where: file.hasPrefix) {
            guard let set = read(file, ValueSetFile.read) else { continue }
            check(set, file: file)
            sets.append(set)
        }
        for name in ValueSetName.all where !folder.files.contains("ValueSets/\(name).json") {
            missing("ValueSets/\(name).json")
        }
        return sets
    }

    /// Folders of the code systems that the site leaves out.
    private var leftOut: [String] { excluded.map { "ValueSets/\($0.rawValue)/" } }

    /// The questionnaire as it stands in its file; none, with a fault, when it does not ask what the input codes are for.
    ///
    /// It decides nothing, so it is no part of the digest.
    mutating func questionnaire(asking findings: [FindingDefinition]) -> [UInt8] {
        let file = "Questionnaires/\(CodeSystem.questionnaireID).json"
        guard folder.files.contains(file) else {
            missing(file)
            return []
        }
        let bytes = folder.bytes(of: file)
        Artefact.read(file, bytes: bytes, issues: &issues) { root, artefact in
            QuestionnaireFile.check(root, &artefact, asking: findings)
        }
        return bytes ?? []
    }

    /// Looks at the head of every artefact that is published and not read for decisions.
    mutating func checkPublished() {
        for file in folder.files where ArtefactDescription.type(of: file) != nil && !seen.contains(file) {
            if leftOut.contains(where: file.hasPrefix) { continue }
            let head = Artefact.read(file, bytes: folder.bytes(of: file), issues: &issues, ArtefactDescription.read)
            if let head { artefacts.append(head) }
        }
    }

    /// Whether the product knows the set, and whether licensed codes stand where leaving them out finds them.
    private mutating func check(_ set: ValueSetContent, file: String) {
        var artefact = Artefact(file: file)
        if !ValueSetName.all.contains(set.description.name) {
            artefact.fault(
                .setUnknown, expected: "a value set of the product, or one that completes it", found: "another name")
        }
        for system in KnowledgeBase.LicensedSystem.allCases where !file.hasPrefix("ValueSets/\(system.rawValue)/") {
            guard set.groups.contains(where: { $0.system == system.uri }) else { continue }
            artefact.fault(
                .systemMisplaced, expected: "codes of \(system.rawValue) in ValueSets/\(system.rawValue)/ only",
                found: "some here")
        }
        issues += artefact.issues
    }

    private mutating func checkDefaults(of roles: [RoleRow]) {
        let defaults = Set(roles.filter { $0.code == nil }.map(\.set))
        var artefact = Artefact(file: "\(Self.guideline)/roles.json")
        for name in ValueSetName.all where !defaults.contains(name) {
            artefact.fault(.roleMissing, expected: "a row without a code for \(name)", found: "none")
        }
        issues += artefact.issues
    }

    /// A table of the guideline.
    mutating func table<Content>(
        _ name: String, _ body: (JSONNode, inout Artefact) -> Content
    ) -> Content? {
        required("\(Self.guideline)/\(name).json", body)
    }

    /// A code system.
    mutating func codeSystem<Content>(
        _ name: String, _ body: (JSONNode, inout Artefact) -> Content
    ) -> Content? {
        required("CodeSystems/\(name).json", body)
    }

    private mutating func required<Content>(
        _ file: String, _ body: (JSONNode, inout Artefact) -> Content
    ) -> Content? {
        guard folder.files.contains(file) else {
            missing(file)
            return nil
        }
        return read(file) { root, artefact in body(root, &artefact) }
    }

    private mutating func read<Content>(
        _ file: String, _ body: (JSONNode, inout Artefact) -> Content?
    ) -> Content? {
        let bytes = folder.bytes(of: file)
        seen.insert(file)
        digest.add(Array(file.utf8))
        digest.add(bytes ?? [])
        var head: ArtefactDescription?
        let content = Artefact.read(file, bytes: bytes, issues: &issues) { root, artefact in
            var unheard = Artefact(file: file)  // the body names the same faults
            if ArtefactDescription.type(of: file) != nil { head = ArtefactDescription.read(root, &unheard) }
            return body(root, &artefact)
        }
        if let head { artefacts.append(head) }
        return content
    }

    private mutating func missing(_ file: String) {
        var artefact = Artefact(file: file)
        artefact.fault(.fileMissing, expected: "this file", found: "no such file")
        issues += artefact.issues
    }
}
