import ClinicalModel

/// Modality and category codes around an imaging order or study.
///
/// Sources: DICOM PS3.16 context groups 29, 33 and 10005 (read from pydicom 3.0.2), the R4 value set
/// `servicerequest-category`, HL7 v2 table 0074 of the R4 definitions.
enum ImagingCodes {
    static let dicom = "http://dicom.nema.org/resources/ontology/DCM"
    private static let diagnosticService = "http://terminology.hl7.org/CodeSystem/v2-0074"

    /// The test behind a modality code; contrast is not stated there, which reads as without (ruling R8).
    ///
    /// Nil for modalities outside the fit table. A nuclear medicine study is a bone scan only if a procedure code says so.
    static func modality(_ code: Code) -> Modality? {
        guard code.system == dicom else { return nil }
        switch code.code {
        case "MR": return .mriWithout
        case "CT": return .ctWithout
        case "PT": return .pet
        case "CR", "DX", "RG": return .radiograph
        default: return nil
        }
    }

    /// Whether a DICOM modality says that a picture was taken at all, not that a document or a plan was stored.
    static func isModality(_ code: Code) -> Bool { code.system == dicom }

    /// The test of a procedure code that names a modality and no region; nil for every other code.
    ///
    /// The code lists hold tests of the spine only; an order may name the modality and give the site apart (quirk f13).
    static func genericTest(_ code: Code) -> ImagingTest? {
        guard code.system == CodeSystem.snomedCT else { return nil }
        switch code.code {
        case "113091000": return ImagingTest(modality: .mriWithout, region: .notStated)
        case "77477000", "399331006": return ImagingTest(modality: .ctWithout, region: .notStated)
        case "168537006": return ImagingTest(modality: .radiograph, region: .notStated)
        default: return nil
        }
    }

    /// Whether a category or code marks an order as imaging.
    static func marksImaging(_ code: Code) -> Bool {
        switch code.system {
        case CodeSystem.snomedCT: code.code == "363679005" || genericTest(code) != nil
        case diagnosticService: ["RAD", "RX", "CT", "NMR", "NMS", "IMG", "XRC"].contains(code.code)
        case "http://loinc.org": code.code == "18748-4"
        case dicom: true
        default: false
        }
    }
}
