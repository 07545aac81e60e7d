/// The code lists and role tables of the knowledge, indexed once at start and immutable from then on.
public struct Terminology: Sendable {
    private let index: TerminologyIndex
    /// The value sets, in the order of their files; one entry for each file.
    public let valueSets: [ValueSetDescription]
    /// The product's own input codes, questions and coded answers.
    public let findings: [FindingDefinition]
    private let members: [ValueSetName: [Code]]
    private let findingsByCode: [String: FindingDefinition]
    private let preferred: [Modality: [Code]]

    /// Indexes the content.
    public init(_ content: TerminologyContent) {
        index = TerminologyIndex(content)
        valueSets = content.valueSets.map(\.description)
        findings = content.findings
        findingsByCode = Dictionary(content.findings.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        members = Dictionary(grouping: content.valueSets, by: \.description.name).mapValues { files in
            files.flatMap { file in
                file.groups.flatMap { group in
                    group.members.map { Code(system: group.system, code: $0.code, display: $0.display) }
                }
            }
        }
        preferred = Self.preferredCodes(content, members: members)
    }

    /// A terminology that knows no code; it still recognises the code systems.
    public static let empty = Terminology(TerminologyContent())

    /// The code with everything the knowledge says of it; a code of no list comes back as it is, with no uses.
    ///
    /// The display of the record is kept when it gives one, else that of the knowledge stands in. System and code may be
    /// spelled in any way that ``match(system:code:)`` reads.
    public func concept(_ code: Code) -> Concept {
        let system = Array(code.system.utf8), text = Array(code.code.utf8)
        guard let known = index.match(system: system.span, code: text.span).concept else { return Concept(code) }
        return code.display.map { known.displayed(as: $0) } ?? known
    }

    /// Looks up a coding by the bytes of its `system` and `code`, without building strings.
    ///
    /// - Parameters:
    ///   - system: UTF-8 of the system as written, a URI, `urn:oid:…` or the bare OID of C-CDA; empty when there is none.
    ///   - code: UTF-8 of the code as written.
    /// - Returns: The concept with the display of the knowledge; what had to be put right; whether the system is known.
    public func match(system: Span<UInt8>, code: Span<UInt8>) -> CodingMatch { index.match(system: system, code: code) }

    /// The codes that a set lists, headers without their children; empty for a set that is not loaded.
    public func members(of set: ValueSetName) -> [Code] { members[set] ?? [] }

    /// The definition of one of the product's own input codes; nil when there is none.
    public func finding(_ code: String) -> FindingDefinition? { findingsByCode[code] }

    /// Whether a code is written as its system writes codes, so that a value set can hold it.
    public func canHold(_ code: Code) -> Bool {
        code.system != CodeSystem.icd10CM || ICD10CMCode(code.code) != nil
    }

    /// Codes to suggest a test with, at most one a system: CPT, LOINC, SNOMED CT as far as they are loaded.
    public func preferredCodes(of test: Modality) -> [Code] { preferred[test] ?? [] }

    private static func preferredCodes(
        _ content: TerminologyContent, members: [ValueSetName: [Code]]
    ) -> [Modality: [Code]] {
        let sets: [ValueSetName] = [.mriLumbar, .ctLumbar, .ctMyelography, .xrayLumbar, .boneScanSpect, .pet]
        let loaded = Dictionary(
            sets.flatMap { members[$0] ?? [] }.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [Modality: [Code]] = [:]
        for system in [CodeSystem.cpt, CodeSystem.loinc, CodeSystem.snomedCT] {
            for row in content.imagingTests where row.isPreferred && row.code.system == system {
                guard let test = row.test.modality, let code = loaded[row.code] else { continue }
                found[test, default: []].append(code)
            }
        }
        return found
    }
}

extension Concept {
    fileprivate func displayed(as display: String) -> Concept {
        Concept(
            Code(system: code.system, code: code.code, display: display), uses: uses, test: test,
            ingredients: ingredients, form: form, encounter: encounter, bodySite: bodySite, finding: finding)
    }
}
