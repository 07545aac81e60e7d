/// What `codeSystem` means where it is not simply the OID of a code system (sections 4.4 and 10).
enum CodeSystemName {
    /// The OID behind a `codeSystem` as written, and what is doubtful about it.
    ///
    /// An unknown name gives no system: a system is never guessed.
    static func resolve(_ written: String) -> (system: String?, doubt: String?) {
        if UniqueID.isOID(written) {
            guard isValueSet(written) else { return (written, nil) }
            return (systemOfValueSet[written] ?? written, "the OID of a value set")
        }
        if UniqueID.isUUID(written) { return (written, nil) }
        if written.hasPrefix("urn:oid:") {
            let oid = String(written.dropFirst("urn:oid:".utf8.count))
            if UniqueID.isOID(oid) { return (resolve(oid).system, "an OID as URI") }
        }
        if let oid = systemOfURI[written] { return (oid, "a URI") }
        if written.hasPrefix("http://") || written.hasPrefix("https://") { return (written, "a URI") }
        return (systemOfName[key(written)], "a name")
    }

    private static func isValueSet(_ oid: String) -> Bool {
        oid.hasPrefix("2.16.840.1.113883.1.11.") || oid.hasPrefix("2.16.840.1.113883.11.")
            || oid.hasPrefix("2.16.840.1.113883.3.88.12.")
    }

    /// Letters and digits only, in small letters: `ICD-10 CM` is `icd10cm`.
    private static func key(_ name: String) -> String {
        let kept = name.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): byte
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            default: nil
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static let systemOfValueSet = [
        "2.16.840.1.113883.1.11.78": "2.16.840.1.113883.5.83",
        "2.16.840.1.113883.1.11.19563": "2.16.840.1.113883.5.111",
    ]
    /// A document of this guide means the clinical modification when it says ICD-9 or ICD-10.
    private static let systemOfName = [
        "snomed": CodeSystemOID.snomed, "snomedct": CodeSystemOID.snomed, "sct": CodeSystemOID.snomed,
        "snomedctus": CodeSystemOID.snomed, "loinc": CodeSystemOID.loinc, "ln": CodeSystemOID.loinc,
        "rxnorm": "2.16.840.1.113883.6.88", "icd10": "2.16.840.1.113883.6.90", "icd10cm": "2.16.840.1.113883.6.90",
        "icd10pcs": "2.16.840.1.113883.6.4", "icd9": "2.16.840.1.113883.6.103", "icd9cm": "2.16.840.1.113883.6.103",
        "cpt": "2.16.840.1.113883.6.12", "cpt4": "2.16.840.1.113883.6.12",
        "currentproceduralterminology": "2.16.840.1.113883.6.12", "hcpcs": "2.16.840.1.113883.6.285",
        "ndc": "2.16.840.1.113883.6.69", "cvx": "2.16.840.1.113883.12.292", "ucum": "2.16.840.1.113883.6.8",
        "unii": "2.16.840.1.113883.4.9", "ncit": "2.16.840.1.113883.3.26.1.1",
        "ncithesaurus": "2.16.840.1.113883.3.26.1.1",
    ]
    private static let systemOfURI = [
        "http://snomed.info/sct": CodeSystemOID.snomed, "http://loinc.org": CodeSystemOID.loinc,
        "http://www.nlm.nih.gov/research/umls/rxnorm": "2.16.840.1.113883.6.88",
        "http://hl7.org/fhir/sid/icd-10-cm": "2.16.840.1.113883.6.90",
        "http://hl7.org/fhir/sid/icd-9-cm": "2.16.840.1.113883.6.103",
        "http://www.ama-assn.org/go/cpt": "2.16.840.1.113883.6.12",
        "http://hl7.org/fhir/sid/ndc": "2.16.840.1.113883.6.69",
        "http://hl7.org/fhir/sid/cvx": "2.16.840.1.113883.12.292",
    ]
}
