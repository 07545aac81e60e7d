import CCDA
import JSONTree

/// Codes of observations that ask nothing: what was found stands in the value (section 7.10).
enum GenericCode {
    /// Whether a code is one of them.
    static func isOne(_ code: CodedValue?) -> Bool {
        guard let code else { return false }
        return code.has("ASSERTION", CodeSystemOID.actCode) || code.hasAny(["54522-8"], CodeSystemOID.loinc)
            || code.hasAny(kinds, CodeSystemOID.snomed)
    }

    /// SNOMED CT kinds of problem: problem, condition, finding, diagnosis, symptom, complaint, functional limitation,
    /// cognitive function finding.
    private static let kinds: Set = [
        "55607006", "64572001", "404684003", "282291009", "418799008", "409586006", "248536006", "373930000",
    ]

    /// Coding that says of an Observation that its value is the finding.
    static let assertion: JSONValue = [
        "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "ASSERTION",
    ]

    /// The product's own questions and answers (ruling R28).
    static let ownFindings = "2.25.212128376708657056537184201159124270098"
}

extension CodedValue {
    /// What a yes or a no says; nil for other codes. HL7 v2 table 0136, and SNOMED CT yes, present, no, absent, known absent.
    var truth: Bool? {
        if has("Y", Self.yesNo) || hasAny(["373066001", "52101004"], CodeSystemOID.snomed) { return true }
        if has("N", Self.yesNo) || hasAny(["373067005", "272519000", "410516002"], CodeSystemOID.snomed) {
            return false
        }
        return nil
    }

    /// HL7 v2 table 0136
    private static let yesNo = "2.16.840.1.113883.12.136"
}
