import CDSHooks
import ClinicalModel
import JSONTree

/// Codes that suggested orders carry.
///
/// Each code of a test is also a row of the modality map, so that a suggested order is read back as what it is. CPT labels
/// are the product's own words; LOINC and SNOMED CT labels are theirs.
enum RequestCodes {
    /// Codes of a test: CPT, LOINC, SNOMED CT, in the order of preference; without CPT or SNOMED CT where none is known.
    static func codes(of modality: Modality) -> [Code] {
        switch modality {
        case .mriWithout:
            [
                Code(system: CodeSystem.cpt, code: "72148", display: "Lumbar MRI, no contrast"),
                Code(system: CodeSystem.loinc, code: "30679-5", display: "MR Lumbar spine WO contrast"),
                Code(
                    system: CodeSystem.snomedCT, code: "394451000119106",
                    display: "Magnetic resonance imaging of lumbar spine without contrast"),
            ]
        case .mriWithoutAndWith:
            [
                Code(system: CodeSystem.cpt, code: "72158", display: "Lumbar MRI, before and after contrast"),
                Code(system: CodeSystem.loinc, code: "24967-2", display: "MR Lumbar spine WO and W contrast IV"),
            ]
        case .ctWithout:
            [
                Code(system: CodeSystem.cpt, code: "72131", display: "Lumbar CT, no contrast"),
                Code(system: CodeSystem.loinc, code: "30620-9", display: "CT Lumbar spine WO contrast"),
                Code(
                    system: CodeSystem.snomedCT, code: "572091000119106",
                    display: "Computed tomography of lumbar spine without contrast"),
            ]
        case .ctWith:
            [
                Code(system: CodeSystem.cpt, code: "72132", display: "Lumbar CT, with contrast"),
                Code(system: CodeSystem.loinc, code: "24964-9", display: "CT Lumbar spine W contrast IV"),
                Code(
                    system: CodeSystem.snomedCT, code: "90523008",
                    display: "Computerized axial tomography of lumbar spine with contrast"),
            ]
        case .ctMyelography:
            [
                Code(system: CodeSystem.cpt, code: "62304", display: "Lumbar myelography, injection and imaging"),
                Code(system: CodeSystem.loinc, code: "24965-6", display: "CT Lumbar spine W contrast IT"),
                Code(
                    system: CodeSystem.snomedCT, code: "241592002",
                    display: "Computed tomography myelogram of lumbar region"),
            ]
        case .mriWith, .boneScan, .pet, .radiograph: []
        }
    }

    /// Referral to a surgeon; the text of the request says which.
    static let surgeon = Code(system: CodeSystem.snomedCT, code: "183541002", display: "Referral to surgeon")

    /// Referral to physiotherapy.
    static let physiotherapy = Code(
        system: CodeSystem.snomedCT, code: "306170007", display: "Referral to physiotherapy service")

    /// Attestation that surgery or an injection is, or is not, under consideration.
    static let procedureCandidate = Code(
        system: CodeSystem.findings, code: "procedure-candidate",
        display: "Surgery or injection is under consideration")

    /// Category of instructions given to a patient.
    static let instruction = Code(
        system: "http://terminology.hl7.org/CodeSystem/communication-category", code: "instruction",
        display: "Instruction")
}

extension Code {
    /// The code as a FHIR Coding.
    var coding: JSONValue { Coding(system: system, code: code, display: display).json }
}
