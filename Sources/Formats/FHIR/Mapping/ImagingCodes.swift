import JSONTree

/// Codes that mark an order or a report as imaging without naming the test.
///
/// Sources: the value set `servicerequest-category` and HL7 v2 table 0074 of the R4 definitions; LOINC 18748-4 (diagnostic imaging
/// report) and the DICOM modality system as named in the guideline's data tables.
enum ImagingCodes {
    /// Whether a CodeableConcept, or one of a list, marks imaging. Looks at bytes only: reports of laboratories are many.
    static func mark(_ node: JSONNode) -> Bool {
        if node.isArray { return node.elements.contains { mark(concept: $0) } }
        return mark(concept: node)
    }

    private static func mark(concept node: JSONNode) -> Bool {
        guard let codings = node["coding"] else { return false }
        return codings.isArray ? codings.elements.contains { mark(coding: $0) } : mark(coding: codings)
    }

    private static func mark(coding node: JSONNode) -> Bool {
        guard let system = node["system"]?.stringBytes, let code = node["code"]?.stringBytes else { return false }
        switch system {
        case "http://snomed.info/sct": return code == "363679005"
        case "http://loinc.org": return code == "18748-4" || code == "LP29684-5"
        case "http://dicom.nema.org/resources/ontology/DCM": return true
        // The radiology section of CPT holds the five-digit codes that begin with 7.
        case "http://www.ama-assn.org/go/cpt": return code.count == 5 && code.hasPrefix("7")
        case "http://terminology.hl7.org/CodeSystem/v2-0074", "http://hl7.org/fhir/v2/0074":
            return code == "RAD" || code == "IMG" || code == "RX" || code == "CT" || code == "NMR" || code == "NMS"
                || code == "XRC"
        default: return false
        }
    }
}
