/// The code systems that the terminology recognises, and how a record may spell them.
enum KnownSystems {
    /// Canonical URI, OIDs (of C-CDA R2.1 and of FHIR R4's own code systems), and URIs that mean the same: those of FHIR
    /// STU3 for HL7's tables, and that of the NCI Thesaurus file.
    static let all: [(uri: String, oids: [String], otherURIs: [String])] = [
        (CodeSystem.snomedCT, ["2.16.840.1.113883.6.96"], []),
        (CodeSystem.loinc, ["2.16.840.1.113883.6.1"], []),
        (CodeSystem.rxNorm, ["2.16.840.1.113883.6.88"], []),
        (CodeSystem.icd10CM, ["2.16.840.1.113883.6.90"], []),
        (CodeSystem.icd9CM, ["2.16.840.1.113883.6.103", "2.16.840.1.113883.6.42"], []),
        (CodeSystem.cpt, ["2.16.840.1.113883.6.12"], []),
        (CodeSystem.hcpcs, ["2.16.840.1.113883.6.285", "2.16.840.1.113883.6.14"], []),
        (CodeSystem.ucum, ["2.16.840.1.113883.6.8"], []),
        (CodeSystem.findings, ["2.25.212128376708657056537184201159124270098"], []),
        (CodeSystem.nciThesaurus, [], ["http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"]),
        (CodeSystem.dicom, ["1.2.840.10008.2.16.4"], []),
        (
            CodeSystem.routeOfAdministration, ["2.16.840.1.113883.5.112"],
            ["http://hl7.org/fhir/v3/RouteOfAdministration"]
        ),
        (CodeSystem.actReason, ["2.16.840.1.113883.5.8"], ["http://hl7.org/fhir/v3/ActReason"]),
        (CodeSystem.actSite, ["2.16.840.1.113883.5.1052"], ["http://hl7.org/fhir/v3/ActSite"]),
        (CodeSystem.bodySiteV2, ["2.16.840.1.113883.18.81"], ["http://hl7.org/fhir/v2/0163"]),
        (CodeSystem.bodyPartV2, ["2.16.840.1.113883.18.356"], ["http://hl7.org/fhir/v2/0550"]),
        (CodeSystem.bodySiteModifierV2, ["2.16.840.1.113883.18.319"], ["http://hl7.org/fhir/v2/0495"]),
    ]
}

/// From the spelling of a system to the system.
///
/// Spellings that are put right (`https:` for `http:`, the reverse, a trailing slash) stand in the table as well, marked,
/// so that one look-up answers for every spelling.
struct CodeSystemTable: Sendable {
    private struct Target: Sendable {
        let number: UInt8
        let repairs: CodingMatch.Repairs
    }
    private var spellings = ByteTable(capacity: 256)
    private var targets: [Target] = []
    /// Canonical URIs by number.
    private(set) var uris: [String] = []

    /// Knows every system of ``KnownSystems``: by URI, by `urn:oid:` and by the bare OID of C-CDA.
    init() {
        for (uri, oids, others) in KnownSystems.all {
            let number = add(uri)
            if uri.hasPrefix("urn:oid:") { name(number, String(uri.dropFirst("urn:oid:".count))) }
            for oid in oids {
                name(number, "urn:oid:" + oid)
                name(number, oid)
            }
            for other in others { name(number, other) }
        }
    }

    /// The number of a system, which is added when it is new.
    mutating func add(_ uri: String) -> UInt8 {
        if let (number, repairs) = find(Array(uri.utf8).span), repairs.isEmpty { return number }
        let number = UInt8(truncatingIfNeeded: uris.count)
        uris.append(uri)
        name(number, uri)
        let twin = Self.otherScheme(of: uri)
        for spelling in [uri + "/", twin, twin.map { $0 + "/" }].compactMap(\.self) {
            name(number, spelling, .systemSpelling)
        }
        return number
    }

    private mutating func name(_ number: UInt8, _ spelling: String, _ repairs: CodingMatch.Repairs = []) {
        guard spellings.intern(Array(spelling.utf8).span, tag: 0).isNew else { return }
        targets.append(Target(number: number, repairs: repairs))
    }

    private static func otherScheme(of uri: String) -> String? {
        if uri.hasPrefix("https://") { return "http://" + uri.dropFirst("https://".count) }
        if uri.hasPrefix("http://") { return "https://" + uri.dropFirst("http://".count) }
        return nil
    }

    /// The system that a spelling means, and what had to be put right; nil when none.
    func find(_ spelling: Span<UInt8>) -> (number: UInt8, repairs: CodingMatch.Repairs)? {
        if let position = spellings.find(spelling, tag: 0) {
            return (targets[position].number, targets[position].repairs)
        }
        let range = spelling.rangeWithoutBlanks
        guard range.count != spelling.count, let position = spellings.find(spelling.extracting(range), tag: 0) else {
            return nil
        }
        return (targets[position].number, targets[position].repairs.union(.blanks))
    }
}

extension Span<UInt8> {
    /// Where the bytes without the blanks at either end stand.
    var rangeWithoutBlanks: Range<Int> {
        var start = 0
        var end = count
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
