import ClinicalModel

/// What a body site, laterality or level code says, as far as the guideline needs it.
///
/// Sources of the codes: DICOM PS3.16 context groups 2, 4, 4029, 7151 and 7192 (SNOMED CT as published there, read from
/// pydicom 3.0.2), the R4 value set `bodysite-laterality`, and the HL7 v3 code system ActSite of the R4 definitions.
enum BodySiteCodes {
    /// The site that a code names; `other` for every code that is not listed.
    static func site(_ code: Code) -> BodySite {
        switch code.system {
        case CodeSystem.snomedCT: snomed[code.code] ?? .other
        case "http://terminology.hl7.org/CodeSystem/v3-ActSite": actSite[code.code] ?? .other
        default: .other
        }
    }

    /// The sites of a code: a sided lumbar region is the region and the side.
    static func sites(_ code: Code) -> [BodySite] {
        guard code.system == CodeSystem.snomedCT, let side = sidedLumbar[code.code] else { return [site(code)] }
        return [.lumbarOrSacral, side]
    }

    private static let sidedLumbar: [String: BodySite] = [
        "1017210004": .left, "133943005": .left,  // left lumbar region
        "1017211000": .right, "133944004": .right,  // right lumbar region
    ]

    private static let snomed: [String: BodySite] = [
        "122496007": .lumbarOrSacral,  // lumbar spine
        "52612000": .lumbarOrSacral,  // lumbar region of the back
        "243898001": .lumbarOrSacral, "1217253001": .lumbarOrSacral, "297173004": .lumbarOrSacral,  // lumbosacral spine
        "1217256009": .lumbarOrSacral, "297172009": .lumbarOrSacral,  // thoracolumbar spine
        "54735007": .lumbarOrSacral,  // sacrum
        "1217254007": .lumbarOrSacral, "297174005": .lumbarOrSacral,  // sacrococcygeal spine
        "66794005": .lumbarOrSacral, "14293000": .lumbarOrSacral, "36470004": .lumbarOrSacral,  // L1 to L3
        "11994002": .lumbarOrSacral, "49668003": .lumbarOrSacral,  // L4, L5
        "80064006": .lumbarOrSacral, "67459009": .lumbarOrSacral, "62551000": .lumbarOrSacral,  // discs L1 to L3
        "84020006": .lumbarOrSacral, "75782005": .lumbarOrSacral, "715056000": .lumbarOrSacral,  // L4, L5, L5-S1
        "243920003": .lumbarOrSacral, "243921004": .lumbarOrSacral, "243922006": .lumbarOrSacral,  // levels
        "243923001": .lumbarOrSacral, "243927000": .lumbarOrSacral,
        "113182001": .lumbarOrSacral,  // skin of the lower back
        "38864007": .saddle, "48014002": .saddle,  // perineum and its skin
        "53505006": .saddle, "59112000": .saddle,  // anus and its skin
        "60944009": .saddle, "86969008": .saddle, "90418005": .saddle,  // external genitalia
        "18911002": .saddle, "35900000": .saddle, "20233005": .saddle, "81992007": .saddle, "45292006": .saddle,
        "7771000": .left, "24028007": .right, "51440002": .bilateral,
        "419161000": .left, "419465000": .right,
    ]

    private static let actSite: [String: BodySite] = ["PA": .saddle, "PERIN": .saddle]
}
