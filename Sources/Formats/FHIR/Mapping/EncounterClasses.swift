import ClinicalModel

/// What `Encounter.class` says of the setting. Source: HL7 v3 ActCode, `_ActEncounterCode`, of the R4 definitions.
enum EncounterClasses {
    private static let v3 = "http://terminology.hl7.org/CodeSystem/v3-ActCode"

    /// The setting of a class; `notStated` for codes of other systems.
    static func setting(_ code: Code) -> ServiceRequest.Setting {
        guard code.system == v3 || code.system == "http://hl7.org/fhir/v3/ActCode" else { return .notStated }
        switch code.code {
        case "EMER": return .emergency
        case "IMP", "ACUTE", "NONAC", "OBSENC", "SS": return .inpatient
        case "AMB", "FLD", "HH", "PRENC", "VR": return .other
        default: return .notStated
        }
    }
}
