import CDSHooks
import ClinicalModel
import JSONTree

/// Codes that suggested requests carry, as far as the site has loaded their code systems.
struct RequestCodes {
    let terminology: Terminology

    /// Codes of a test: CPT, LOINC, SNOMED CT, the rows of the modality map that are marked for suggestions.
    func codes(of modality: Modality) -> [Code] { terminology.preferredCodes(of: modality) }

    /// Referral to a surgeon; the text of the request says which.
    var surgeon: [Code] { loaded("183541002", in: .spineSurgeryReferral) }

    /// Referral to physiotherapy.
    var physiotherapy: [Code] { loaded("306170007", in: .physicalTherapy) }

    /// Advice to keep moving; the text of the request says more.
    var stayActive: [Code] { loaded("281090004", in: .activityModification) }

    private func loaded(_ code: String, in set: ValueSetName) -> [Code] {
        terminology.members(of: set).filter { $0 == Code(system: CodeSystem.snomedCT, code: code) }
    }

    /// One of the product's own input codes or answers.
    func finding(_ code: String) -> Code {
        Code(system: CodeSystem.findings, code: code, display: terminology.finding(code)?.display)
    }

    /// Category of instructions given to a patient.
    static let instruction = Code(
        system: "http://terminology.hl7.org/CodeSystem/communication-category", code: "instruction",
        display: "Instruction")
}

extension Code {
    /// The code as a FHIR Coding.
    var coding: JSONValue { Coding(system: system, code: code, display: display).json }
}
