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

    /// What people call it: the display, else the code.
    public var name: String { display ?? code }

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
    /// NCI Thesaurus, by the OID that FHIR R4's value set device-safety names it with.
    public static let nciThesaurus = "urn:oid:2.16.840.1.113883.3.26.1.1"
    /// DICOM's own codes, for example the modalities of imaging studies.
    public static let dicom = "http://dicom.nema.org/resources/ontology/DCM"
    /// HL7 v3 routes of administration.
    public static let routeOfAdministration = "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"
    /// HL7 v3 reasons of acts.
    public static let actReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
    /// HL7 v3 sites of acts.
    public static let actSite = "http://terminology.hl7.org/CodeSystem/v3-ActSite"
    /// HL7 v2 body sites (table 0163).
    public static let bodySiteV2 = "http://terminology.hl7.org/CodeSystem/v2-0163"
    /// HL7 v2 body parts (table 0550).
    public static let bodyPartV2 = "http://terminology.hl7.org/CodeSystem/v2-0550"
    /// HL7 v2 modifiers of body sites (table 0495).
    public static let bodySiteModifierV2 = "http://terminology.hl7.org/CodeSystem/v2-0495"
    /// The product's own input codes: red-flag screen, strength, course answers (ruling R1).
    public static let findings = "\(canonicalBase)/CodeSystem/lumbosacral-findings"
    /// Id of the product's Questionnaire of red flags and course, the last part of its canonical URL.
    public static let questionnaireID = "red-flags-and-course"
    /// Base of every canonical URL that the product defines; one constant, to be replaced when a domain exists.
    public static let canonicalBase = "https://spinehook.example/fhir"
}
