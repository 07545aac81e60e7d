import CCDA

/// The URIs that FHIR has for code systems (section 10).
enum CodeSystemURI {
    /// The URI of a system given as OID, UUID or URI. An OID without a URI of its own is written as `urn:oid:`.
    static func of(_ system: String) -> String {
        if let uri = table[system] { return uri }
        if UniqueID.isOID(system) { return "urn:oid:" + system }
        return UniqueID.isUUID(system) ? "urn:uuid:" + system.lowercased() : system
    }

    private static let table: [String: String] = {
        var table = own
        for (oid, name) in terminology {
            table["2.16.840.1.113883." + oid] = "http://terminology.hl7.org/CodeSystem/" + name
        }
        return table
    }()

    /// Systems with a URI of their own.
    private static let own = [
        "2.16.840.1.113883.6.96": "http://snomed.info/sct",
        "2.16.840.1.113883.6.1": "http://loinc.org",
        "2.16.840.1.113883.6.88": "http://www.nlm.nih.gov/research/umls/rxnorm",
        "2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm",
        "2.16.840.1.113883.6.3": "http://hl7.org/fhir/sid/icd-10",
        "2.16.840.1.113883.6.4": "http://www.cms.gov/Medicare/Coding/ICD10",
        "2.16.840.1.113883.6.103": "http://hl7.org/fhir/sid/icd-9-cm",
        "2.16.840.1.113883.6.104": "http://hl7.org/fhir/sid/icd-9-cm",
        "2.16.840.1.113883.6.42": "http://hl7.org/fhir/sid/icd-9-cm",
        "2.16.840.1.113883.6.12": "http://www.ama-assn.org/go/cpt",
        "2.16.840.1.113883.6.285": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "2.16.840.1.113883.6.14": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "2.16.840.1.113883.6.13": "http://www.ada.org/cdt",
        "2.16.840.1.113883.6.69": "http://hl7.org/fhir/sid/ndc",
        "2.16.840.1.113883.12.292": "http://hl7.org/fhir/sid/cvx",
        "2.16.840.1.113883.6.59": "http://hl7.org/fhir/sid/cvx",
        "2.16.840.1.113883.12.227": "http://hl7.org/fhir/sid/mvx",
        "2.16.840.1.113883.6.8": "http://unitsofmeasure.org",
        "2.16.840.1.113883.4.9": "http://fdasis.nlm.nih.gov",
        "2.16.840.1.113883.3.26.1.1": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",
        "2.16.840.1.113883.3.26.1.5": "http://hl7.org/fhir/ndfrt",
        "2.16.840.1.113883.6.345": "http://www.nlm.nih.gov/research/umls/MED-RT",
        "2.16.840.1.113883.6.254": "http://hl7.org/fhir/sid/icf",
        "2.16.840.1.113883.6.101": "http://nucc.org/provider-taxonomy",
        "2.16.840.1.113883.6.259": "https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html",
        "2.16.840.1.113883.6.256": "http://radlex.org",
        "1.2.840.10008.2.16.4": "http://dicom.nema.org/resources/ontology/DCM",
        "2.16.840.1.113883.6.24": "urn:iso:std:iso:11073:10101",
        "2.16.840.1.113883.6.316": "urn:ietf:bcp:47",
        // The product's own input codes.
        "2.25.212128376708657056537184201159124270098":
            "https://spinehook.example/fhir/CodeSystem/lumbosacral-findings",
    ]

    /// Systems of HL7's terminology by the end of their OID.
    private static let terminology = [
        "5.1": "v3-AdministrativeGender", "5.2": "v3-MaritalStatus", "5.4": "v3-ActCode", "5.6": "v3-ActClass",
        "5.7": "v3-ActPriority", "5.8": "v3-ActReason", "5.14": "v3-ActStatus", "5.25": "v3-Confidentiality",
        "5.60": "v3-LanguageAbilityMode", "5.61": "v3-LanguageAbilityProficiency",
        "5.83": "v3-ObservationInterpretation", "5.88": "v3-ParticipationFunction", "5.110": "v3-RoleClass",
        "5.111": "v3-RoleCode", "5.112": "v3-RouteOfAdministration", "5.139": "v3-TimingEvent", "5.1001": "v3-ActMood",
        "5.1002": "v3-ActRelationshipType", "5.1008": "v3-NullFlavor", "5.1063": "v3-ObservationValue",
        "5.1076": "v3-ReligiousAffiliation", "12.74": "v2-0074", "12.112": "v2-0112", "12.136": "v2-0136",
        "12.443": "v2-0443",
    ]
}
