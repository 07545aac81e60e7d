import ClinicalModel

/// Which route codes make a drug systemic, inhaled, topical or local.
///
/// Sources: HL7 v3 RouteOfAdministration of the R4 definitions (the injections around joints and into the epidural space are those of
/// the set `joint-injection`), the R4 value set `route-codes` (SNOMED CT), and DICOM PS3.16 context group 11.
enum RouteCodes {
    private static let v3 = "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"

    /// The kind of route; nil for a code that is not listed.
    static func route(_ code: Code) -> MedicationUse.Route? {
        switch code.system {
        case v3, "http://hl7.org/fhir/v3/RouteOfAdministration": v3Routes[code.code]
        case CodeSystem.snomedCT: snomedRoutes[code.code]
        default: nil
        }
    }

    private static let v3Routes = table([
        .systemic: """
        PO SL IM IMD IMZ IV IVC IVCC IVCI IVINJ IVINJBOL IVPUSH IVRPUSH IVSPUSH PCA IVFLUSH SQ SQINFUS PARENTINJ PR \
        TRNSDERM TRNSDERMD CHEW DISSOLVE BUC GT NGT OGT EFT ENTINSTL TRNSLING IVASCINJ IVASCINFUS SWISHSWAL ORALTA \
        IOSSINJ IA IAINJ SQIMPLNT
        """,
        .inhaledOrNasal: """
        IPINHL ORIFINHL REBREATH IPPB NASINHL NASINHLC NEB NASNEB ORNEB TRACH VENT VENTMASK NASAL NASALINSTIL ETNEB
        """,
        .topical: """
        TOPICAL SKIN SCALP HAIR NAIL OPTHALTA IOTOP OT IOINSTL GIN DEN MUC OCDRESTA DRESS SWAB PERIANAL PERINEAL \
        RECTAL VAGINS VAGINSI SUBCONJTA SCINJ IVITINJ IVITIMPLNT RBINJ IOINJ SOAK SHAMPOO GARGLE SWISHSPIT IONTO \
        ILESINJ ILTOP
        """,
        .localInjection: """
        IARTINJ ISYNINJ IBURSINJ PAINJ EPIDURINJ EPIINJ EPINJSP EPI PDURINJ ICAUDINJ ITENDINJ PNINJ SOFTISINJ \
        IDISCINJ ISINJ ITINJ IT IDURINJ SUBARACHINJ
        """,
    ])

    private static let snomedRoutes = table([
        // Oral, sublingual, buccal, intramuscular, intravenous, subcutaneous, rectal, transdermal, tube and enteral.
        .systemic: """
        26643006 37839007 54471007 78421000 47625008 418114005 419993007 34206005 37161004 45890007 127490009 \
        127491008 127492001 417985001 447964005 58100008 445755006 417255000 418441008 372454008
        """,
        // Nasal, lower respiratory tract, endotracheopulmonary, intrapulmonary, intrabronchial.
        .inhaledOrNasal: "46713006 447694001 447081004 372452007 420201002 419778001",
        // Topical, ear, eye, conjunctiva, dental, gingival, vaginal, into the lesion or the skin.
        .topical: """
        6064005 10547007 54485002 446105004 372449004 372457001 16857009 372476004 418401004 372468001 418321004 \
        448598008 372466002 372473007
        """,
        // Joint, bursa, around the joint, synovia, tendon, disc, epidural, caudal, spinal, nerve.
        .localInjection: """
        12130007 372459003 372474001 418877009 418586008 419762003 419320008 372465003 404820008 447080003 \
        417070009 418418000 72607000 445756007 372475000 419165009
        """,
    ])

    private static func table(_ rows: [MedicationUse.Route: String]) -> [String: MedicationUse.Route] {
        var result: [String: MedicationUse.Route] = [:]
        for (route, codes) in rows {
            for code in codes.split(whereSeparator: \.isWhitespace) { result[String(code)] = route }
        }
        return result
    }
}
