import CCDA

/// Templates of problems, allergies, drugs and immunizations beside those that the table of sections names.
extension Template {
    /// By the end of its OID below that of C-CDA's entry templates.
    private static func ccda(_ end: String) -> Template {
        Template(rawValue: "2.16.840.1.113883.10.20.22.4." + end)
    }

    /// Encounter Diagnosis with a root that lacks a part, as some documents have it.
    static let mistypedEncounterDiagnosis = Template(rawValue: "2.16.840.1.113883.10.20.22.80")
    static let dateOfDiagnosis = ccda("502")
    static let prognosis = ccda("113")
    /// Substance or Device Allergy Intolerance Observation
    static let substanceAllergy = Template(rawValue: "2.16.840.1.113883.10.20.24.3.90")
    static let criticality = ccda("145")
    static let preconditionForAdministration = ccda("25")
    static let vehicle = ccda("24")
    static let freeTextSig = ccda("147")
    static let adherence = ccda("508")
    static let immunizationRefusal = ccda("53")
    static let substanceAdministered = ccda("118")
}
