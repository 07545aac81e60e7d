/// The code systems that the terminology recognises, and how a record may spell them.
enum KnownSystems {
    /// Canonical URI and OIDs. OIDs of C-CDA (HL7 C-CDA R2.1) and of FHIR R4's own code systems.
    static let all: [(uri: String, oids: [String])] = [
        (CodeSystem.snomedCT, ["2.16.840.1.113883.6.96"]),
        (CodeSystem.loinc, ["2.16.840.1.113883.6.1"]),
        (CodeSystem.rxNorm, ["2.16.840.1.113883.6.88"]),
        (CodeSystem.icd10CM, ["2.16.840.1.113883.6.90"]),
        (CodeSystem.icd9CM, ["2.16.840.1.113883.6.103"]),
        (CodeSystem.cpt, ["2.16.840.1.113883.6.12"]),
        (CodeSystem.hcpcs, ["2.16.840.1.113883.6.285"]),
        (CodeSystem.ucum, ["2.16.840.1.113883.6.8"]),
        (CodeSystem.findings, ["2.25.212128376708657056537184201159124270098"]),
        (CodeSystem.nciThesaurus, []),
        (CodeSystem.dicom, ["1.2.840.10008.2.16.4"]),
        (CodeSystem.routeOfAdministration, ["2.16.840.1.113883.5.112"]),
        (CodeSystem.actReason, ["2.16.840.1.113883.5.8"]),
        (CodeSystem.actSite, ["2.16.840.1.113883.5.1052"]),
        (CodeSystem.bodySiteV2, ["2.16.840.1.113883.18.81"]),
        (CodeSystem.bodyPartV2, ["2.16.840.1.113883.18.356"]),
        (CodeSystem.bodySiteModifierV2, ["2.16.840.1.113883.18.319"]),
    ]
}

/// From the spelling of a system to the system.
struct CodeSystemTable: Sendable {
    private var spellings = ByteTable(capacity: 128)
    private var targets: [UInt8] = []
    /// Canonical URIs by number.
    private(set) var uris: [String] = []

    /// Knows every system of ``KnownSystems``: by URI, by `urn:oid:` and by the bare OID of C-CDA.
    init() {
        for (uri, oids) in KnownSystems.all {
            let number = add(uri)
            let bare = uri.hasPrefix("urn:oid:") ? [String(uri.dropFirst("urn:oid:".count))] : []
            for oid in oids {
                name(number, "urn:oid:" + oid)
                name(number, oid)
            }
            for oid in bare { name(number, oid) }
        }
    }

    /// The number of a system, which is added when it is new.
    mutating func add(_ uri: String) -> UInt8 {
        let bytes = Array(uri.utf8)
        if let position = spellings.find(bytes.span, tag: 0) { return targets[position] }
        let number = UInt8(truncatingIfNeeded: uris.count)
        uris.append(uri)
        name(number, uri)
        return number
    }

    private mutating func name(_ number: UInt8, _ spelling: String) {
        if spellings.intern(Array(spelling.utf8).span, tag: 0).isNew { targets.append(number) }
    }

    /// The system that a spelling means, and what had to be put right; nil when none.
    func find(_ spelling: Span<UInt8>) -> (number: UInt8, repairs: CodingMatch.Repairs)? {
        if let position = spellings.find(spelling, tag: 0) { return (targets[position], []) }
        return findRepaired(spelling)
    }

    /// The slow way, for spellings that are not in the table as they stand.
    private func findRepaired(_ spelling: Span<UInt8>) -> (number: UInt8, repairs: CodingMatch.Repairs)? {
        var repairs: CodingMatch.Repairs = []
        let trimmed = spelling.extracting(spelling.rangeWithoutBlanks)
        if trimmed.count != spelling.count { repairs.insert(.blanks) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(trimmed.count + 1)
        for offset in 0..<trimmed.count { bytes.append(trimmed[offset]) }
        if repairs.contains(.blanks), let position = spellings.find(bytes.span, tag: 0) {
            return (targets[position], repairs)
        }
        if bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        let candidates = [bytes, Self.otherScheme(bytes)].compactMap { $0 }
        for candidate in candidates {
            if let position = spellings.find(candidate.span, tag: 0) {
                return (targets[position], repairs.union(.systemSpelling))
            }
        }
        return nil
    }

    private static func otherScheme(_ bytes: [UInt8]) -> [UInt8]? {
        let plain = Array("http://".utf8), secure = Array("https://".utf8)
        if bytes.starts(with: secure) { return plain + bytes.dropFirst(secure.count) }
        if bytes.starts(with: plain) { return secure + bytes.dropFirst(plain.count) }
        return nil
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
