import CCDA
import JSONTree

/// Which statements are imaging by their section, by a class of codes, or by the code of a test (section 7.5).
enum ImagingCategory {
    /// `ServiceRequest.category`
    static let service = JSONValue.concept("http://snomed.info/sct", "363679005", "Imaging")
    /// `DiagnosticReport.category`
    static let report = JSONValue.concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology")
    /// `Observation.category`
    static let observation = JSONValue.concept(
        "http://terminology.hl7.org/CodeSystem/observation-category", "imaging", "Imaging")

    private static let cpt = "2.16.840.1.113883.6.12"
    /// Diagnostic imaging in CPT.
    private static let radiology = 70010...76499

    /// Whether a code is that of an imaging test, or of a class that is imaging.
    static func holds(_ code: CodedValue?) -> Bool {
        code?.codings.contains { coding in
            switch coding.system {
            case cpt: coding.code.utf8.count == 5 && Int(coding.code).map(radiology.contains) == true
            case CodeSystemOID.loinc: ImagingTestCodes.loinc.contains(coding.code)
            case CodeSystemOID.snomed: ImagingTestCodes.snomed.contains(coding.code)
            default: false
            }
        } ?? false
    }

    /// Whether a section holds imaging and nothing else.
    static func holds(_ section: Section) -> Bool {
        switch section.role {
        case .imagingFindings, .imagingCatalog: true
        default: false
        }
    }
}

extension DocumentMapper {
    /// Whether a statement is imaging by its code's class or its section.
    func isImaging(_ statement: Statement, in section: Section) -> Bool {
        ImagingCategory.holds(statement.code) || ImagingCategory.holds(section)
    }
}
