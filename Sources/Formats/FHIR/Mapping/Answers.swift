import ClinicalModel

/// Codes that answer a question with yes or no, and codes that refuse an answer.
///
/// Sources: HL7 v2 table 0136 and the value set `yesnodontknow` of the R4 definitions; DICOM PS3.16 context groups 230, 240 and
/// 3770 (SNOMED CT as published there, read from pydicom 3.0.2).
enum Answers {
    /// The truth that a code states; nil when it states none.
    static func truth(_ code: Code) -> Bool? {
        switch code.system {
        case "http://terminology.hl7.org/CodeSystem/v2-0136", "http://hl7.org/fhir/v2/0136":
            switch code.code {
            case "Y": true
            case "N": false
            default: nil
            }
        case CodeSystem.snomedCT:
            switch code.code {
            case "373066001", "52101004": true  // yes, present
            case "373067005", "272519000", "410516002": false  // no, absent, known absent
            default: nil
            }
        default: nil
        }
    }

    /// Whether a code says that there is no answer.
    static func isAbsent(_ code: Code) -> Bool {
        code.system == "http://terminology.hl7.org/CodeSystem/data-absent-reason"
            || code.system == "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
            || code.system == "http://hl7.org/fhir/v3/NullFlavor"
    }
}
