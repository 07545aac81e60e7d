/// A code of a code system, as recorded.
public struct Code: Sendable, Hashable {
    /// Canonical URI of the code system, for example `http://snomed.info/sct`.
    public let system: String
    /// The code itself, trimmed and normalised as its system writes it.
    public let code: String
    /// What the record calls it; nil when it gives no display. Not part of the identity.
    public let display: String?

    /// Names a code.
    public init(system: String, code: String, display: String? = nil) {
        self.system = system
        self.code = code
        self.display = display
    }

    /// Equal when system and code are; the display is only a label.
    public static func == (left: Code, right: Code) -> Bool { left.code == right.code && left.system == right.system }

    /// Hashes what equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(system)
        hasher.combine(code)
    }
}

/// The code systems that the product reads or writes, by canonical URI.
public enum CodeSystem {
    /// SNOMED CT.
    public static let snomedCT = "http://snomed.info/sct"
    /// LOINC.
    public static let loinc = "http://loinc.org"
    /// RxNorm.
    public static let rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    /// ICD-10-CM.
    public static let icd10CM = "http://hl7.org/fhir/sid/icd-10-cm"
    /// ICD-9-CM.
    public static let icd9CM = "http://hl7.org/fhir/sid/icd-9-cm"
    /// CPT of the American Medical Association.
    public static let cpt = "http://www.ama-assn.org/go/cpt"
    /// HCPCS level II.
    public static let hcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    /// UCUM units.
    public static let ucum = "http://unitsofmeasure.org"
    /// The product's own input codes: red-flag screen, strength, course answers (ruling R1).
    public static let findings = "\(canonicalBase)/CodeSystem/lumbosacral-findings"
    /// Base of every canonical URL that the product defines; one constant, to be replaced when a domain exists.
    public static let canonicalBase = "https://spinehook.example/fhir"
}
