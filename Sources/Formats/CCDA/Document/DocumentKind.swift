import Diagnostics
import XMLTree

/// What kind of document it is (section 3).
public struct DocumentKind: Sendable, Hashable {
    /// How much of it is read.
    public enum Reading: Sendable, Hashable {
        /// Entries with C-CDA templates, and others by element and section.
        case full
        /// Entries only where a C-CDA template is stated.
        case statedTemplatesOnly
        /// Header and narrative.
        case headerAndNarrative
    }
    /// For people, for example `C-CDA R2.1 CCD`.
    public let name: String
    /// How much of it is read.
    public let reading: Reading
    /// Why it is read only in part, or with care; nil for C-CDA.
    let caution: String?

    init(name: String, reading: Reading, caution: String? = nil) {
        self.name = name
        self.reading = reading
        self.caution = caution
    }
}

extension DocumentKind {
    /// What the header of a document says of its kind.
    struct Evidence {
        /// Roots and extensions of the document's own templateIds, trimmed.
        var templates: [(root: String, extension: String?)]
        /// `realmCode/@code`
        var realms: [String]
        /// `code/@code`
        var code: String?

        /// Reads the header of a document.
        init(_ root: XMLElement) {
            templates = root.elements("templateId").compactMap { id in
                id["root"].map { ($0.trimmingBlanks(), id["extension"]?.trimmingBlanks()) }
            }
            realms = root.elements("realmCode").compactMap { $0["code"]?.trimmingBlanks().uppercased() }
            code = root.first("code")?["code"]?.trimmingBlanks()
        }

        /// Whether a template is that OID or below it.
        func has(below oid: String) -> Bool {
            templates.contains { $0.root == oid || $0.root.hasPrefix(oid + ".") }
        }
    }

    /// A kind of CDA that holds no facts of one patient, in words for people; nil for all others.
    static func refusal(of evidence: Evidence) -> String? {
        if evidence.has(below: "2.16.840.1.113883.10.20.24") {
            return "a quality report (QRDA I), not a clinical document"
        }
        if evidence.has(below: "2.16.840.1.113883.10.20.27") {
            return "a quality report over many patients (QRDA III), not a clinical document"
        }
        if evidence.has(below: "2.16.840.1.113883.10.20.15.2"), evidence.code == "88085-6" {
            return "a reportability response (RR), which holds no facts of the patient"
        }
        return nil
    }

    /// The kind of a document that is not refused; the first row that fits.
    init(_ evidence: Evidence) {
        if evidence.has(below: "2.16.840.1.113883.10.20.15.2") {
            self.init(
                name: "eICR", reading: .full,
                caution: "an electronic initial case report (eICR), built on C-CDA's templates")
        } else if let name = Self.ccda(evidence) {
            self.init(name: name, reading: .full)
        } else if let name = Self.predecessor(evidence) {
            self.init(
                name: name, reading: .statedTemplatesOnly,
                caution: "\(name), whose entries have other templates; only those that state one of C-CDA are read")
        } else if let name = Self.profile(evidence) ?? Self.realm(evidence) {
            self.init(
                name: name, reading: .headerAndNarrative, caution: "\(name); only header and narrative are read")
        } else {
            self.init(
                name: "CDA R2", reading: .headerAndNarrative,
                caution: "CDA without a template that is known; only header and narrative are read")
        }
    }

    /// Root of C-CDA's document templates.
    private static let documentTemplate = "2.16.840.1.113883.10.20.22.1"
    /// Patient generated document header.
    private static let patientGenerated = "2.16.840.1.113883.10.20.29.1"

    /// Document templates by the end of their OID; 1 is the header that all share.
    private static let types: [String: String] = [
        "2": "CCD", "3": "History and Physical", "4": "Consultation Note", "5": "Diagnostic Imaging Report",
        "6": "Procedure Note", "7": "Operative Note", "8": "Discharge Summary", "9": "Progress Note",
        "10": "Unstructured Document", "13": "Transfer Summary", "14": "Referral Note", "15": "Care Plan",
    ]
    /// Document codes (LOINC) for documents that state the header's template only.
    private static let typesByCode: [String: String] = [
        "34133-9": "CCD", "34117-2": "History and Physical", "11488-4": "Consultation Note",
        "18748-4": "Diagnostic Imaging Report", "28570-0": "Procedure Note", "11504-8": "Operative Note",
        "18842-5": "Discharge Summary", "11506-3": "Progress Note", "18761-7": "Transfer Summary",
        "57133-1": "Referral Note", "52521-2": "Care Plan",
    ]

    /// Version and type of a C-CDA document; nil when it states none of its document templates.
    private static func ccda(_ evidence: Evidence) -> String? {
        let prefix = documentTemplate + "."
        let stated = evidence.templates.compactMap { template -> (end: String, version: String?)? in
            if template.root.hasPrefix(prefix) {
                let end = String(template.root.dropFirst(prefix.count))
                return end == "1" || Int(end).map({ 2...15 ~= $0 }) == true ? (end, template.extension) : nil
            }
            return template.root == patientGenerated ? ("1", template.extension) : nil
        }
        guard !stated.isEmpty else { return nil }
        let isPatientGenerated = evidence.templates.contains { $0.root == patientGenerated }
        let type =
            stated.lazy.compactMap { types[$0.end] }.first
            ?? (isPatientGenerated ? "Patient Generated Document" : nil)
            ?? evidence.code.flatMap { typesByCode[$0] } ?? "document"
        return "C-CDA \(version(stated.compactMap(\.version).max())) \(type)"
    }

    /// The version by the highest extension of the document's templates.
    private static func version(_ extension: String?) -> String {
        guard let date = `extension`, !date.isEmpty else { return "R1.1" }
        if date >= "2024-05-01" { return "3.0 or later" }
        if date >= "2023-05-01" { return "R2.1 (2023)" }
        return date >= "2015-08-01" ? "R2.1" : "R2.0"
    }

    /// Documents of older or neighbouring guides, whose entries have templates of their own.
    private static let predecessors: [(oid: String, name: String)] = [
        ("2.16.840.1.113883.3.88.11", "HITSP C32/C83"),
        ("2.16.840.1.113883.10.20.1", "CCD R1 (2007)"),
        ("2.16.840.1.113883.10.20.3", "CDA for US history and physical notes (2008)"),
    ]

    /// National and other profiles by the root of their templates.
    private static let profiles: [(oid: String, name: String)] = [
        ("2.16.756", "CDA of Switzerland"), ("1.2.36", "CDA of Australia"), ("1.2.208", "CDA of Denmark"),
        ("2.16.840.1.113883.2.9", "CDA of Italy"), ("1.2.40", "CDA of Austria"),
        ("2.16.840.1.113883.10.22", "International Patient Summary (CDA)"), ("1.2.276", "CDA of Germany"),
        ("1.2.250", "CDA of France"),
    ]

    /// The older or neighbouring guide that a document follows; IHE's only where no nation built on it.
    private static func predecessor(_ evidence: Evidence) -> String? {
        if let name = predecessors.first(where: { evidence.has(below: $0.oid) })?.name { return name }
        return profile(evidence) == nil && evidence.has(below: "1.3.6.1.4.1.19376.1.5.3") ? "IHE PCC" : nil
    }

    /// The profile whose templates a document states.
    private static func profile(_ evidence: Evidence) -> String? {
        profiles.first { evidence.has(below: $0.oid) }?.name
    }

    /// A realm other than the US that a document names.
    private static func realm(_ evidence: Evidence) -> String? {
        // A realm is two letters; anything else is not repeated.
        guard let realm = evidence.realms.first(where: { $0 != "US" }) else { return nil }
        let isCode = realm.utf8.count == 2 && realm.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
        return isCode ? "CDA of realm \(realm)" : "CDA of another realm"
    }
}
