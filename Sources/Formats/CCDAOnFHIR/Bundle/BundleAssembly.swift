import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// A document from its first element to the Bundle.
extension DocumentMapper {
    /// Begins with a document of which nothing is mapped yet.
    init(_ document: ClinicalDocument) {
        let restrictions = document.restrictions
        let labels = restrictions.map { JSONValue.label($0) }
        if !labels.isEmpty {
            document.context.note(
                .ccdaRestricted, .information, at: document.root, expected: "a document that its readers may all see",
                found: "confidentiality \(restrictions.joined(separator: ", ")); every resource bears it")
        }
        self.init(
            document: document,
            sink: ResourceSink(
                documentKey: document.key, metaSource: document.identifierURI, security: labels.nonEmptyArray),
            ledger: LossLedger(document), participants: Participants(document),
            childSections: Dictionary(grouping: document.sections.indices) { document.sections[$0].parent ?? -1 })
    }

    /// Maps the document and puts its Bundle together.
    ///
    /// - Parameter bytes: The document, for its DocumentReference.
    mutating func converted(_ bytes: [UInt8], options: DocumentConverter.Options) -> ConvertedDocument {
        mapPatient()
        for section in document.sections { mapEntries(of: section) }
        finishFindings()
        let encounter = mapEncompassingEncounter()
        finishActivities(during: encounter)
        let original = options.includesOriginal ? keepOriginal(bytes) : nil
        let body = document.nonXMLBody.map { mapUnstructured($0, encounter: encounter) }
        let composition = body == nil ? mapComposition(encounter: encounter, options: options) : nil
        if let target = composition ?? body { mapProvenance(of: target, original: original) }
        mapWritings()
        mapLosses()
        var loss = ledger.report(for: document)
        noteLosses(loss)
        loss.sections.removeAll { $0.counts.statements == 0 }
        let isDocument = composition != nil && isIdentified
        if composition != nil, !isDocument { noteCollection() }
        if composition != nil, document.sections.isEmpty {
            context.note(
                .ccdaNoStructuredBody, at: document.root, expected: "a body with sections",
                found: "none; nothing but the header is read")
        }
        let entries = sink.finished(asDocument: isDocument)
        return ConvertedDocument(
            bundle: bundle(entries, isDocument: isDocument), paths: entries.map(\.path), loss: loss,
            issues: context.tree.issues.map { $0.of(context.source) } + context.allIssues, kind: document.kind.name)
    }

    /// Whether the document has all that a Bundle of type document needs (bdl-9, bdl-10).
    private var isIdentified: Bool {
        let identifier = documentIdentifier
        return identifier?["system"] != nil && identifier?["value"] != nil && document.effectiveTime?.instant != nil
    }

    private func noteCollection() {
        context.note(
            .ccdaDocumentIdentity, .information, at: document.root,
            expected: "an id with system and value, and an effectiveTime with time of day and zone",
            found: "less; the Bundle is a collection")
    }

    /// `id` of the document; nil when it has none.
    var documentIdentifier: JSONValue? { document.root.first("id").flatMap { InstanceIdentifier($0).json } }

    private func bundle(
        _ entries: [(fullURL: String, resource: JSONValue, path: String)], isDocument: Bool
    ) -> JSONValue {
        .object([
            ("resourceType", "Bundle"), ("meta", sink.security.map { ["security": $0] }),
            ("identifier", documentIdentifier),
            ("type", isDocument ? "document" : "collection"),
            ("timestamp", document.effectiveTime?.instant.map { .string($0) }),
            ("entry", .array(entries.map { ["fullUrl": .string($0.fullURL), "resource": $0.resource] })),
        ])
    }
}

extension ClinicalDocument {
    /// `id` as a URI: `urn:oid:` or `urn:uuid:` and the root, the extension as fragment; nil without an id.
    var identifierURI: String? {
        guard let id = root.first("id").map({ InstanceIdentifier($0) }), id.key != nil,
            let root = id.root?.trimmingBlanks(), UniqueID.isOID(root) || UniqueID.isUUID(root)
        else { return nil }
        let scheme = UniqueID.isOID(root) ? "urn:oid:" + root : "urn:uuid:" + root.lowercased()
        guard let text = id.extensionText?.trimmingBlanks(), !text.isEmpty else { return scheme }
        return scheme + "#" + text.percentEncoded
    }
}

extension String {
    /// With `%` and two digits for every byte that a fragment of a URI may not hold.
    fileprivate var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            let isPlain: Bool =
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: ":"):
                    true
                default: false
                }
            bytes += isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONValue {
    /// A security label of HL7 Confidentiality.
    fileprivate static func label(_ code: String) -> JSONValue {
        [
            "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": .string(code),
            "display": code == "V" ? "very restricted" : "restricted",
        ]
    }
}

extension Issue {
    /// The issue, placed in an input.
    fileprivate func of(_ source: String?) -> Issue {
        guard let source else { return self }
        var place = location
        place.source = source
        return Issue(code, severity, at: place, expected: expected, found: found)
    }
}
