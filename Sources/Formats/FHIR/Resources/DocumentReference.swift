import ClinicalModel
import Diagnostics
import JSONTree

/// An attachment of a DocumentReference before it is known where its bytes stand.
struct PendingAttachment {
    let reference: String?
    let at: String
    var contentType: String?
    var data: String?
    /// Where the bytes stand when they are not in the attachment itself.
    var target: ReferenceKey?
}

extension RecordBuilder {
    /// Reads a DocumentReference: the first of its contents that is XML. The same document in other formats is not read.
    mutating func readDocumentReference(_ resource: ResourceContext) -> Outcome {
        let contents = elements[.content].items
        guard let index = contents.firstIndex(where: { mayBeXML($0["attachment"]) }) else {
            if !contents.isEmpty { otherAttachments += 1 }
            return .notNeeded
        }
        if elements[.docStatus]?.stringBytes.map({ $0 == "entered-in-error" }) == true { return .notNeeded }
        switch elements[.status]?.stringBytes {
        case .some("current"): break
        case .some("superseded"), .some("entered-in-error"): return .notNeeded
        default:
            note(
                .fhirModifierUnreadable, .error, at: elements[.status] ?? resource.node, "status", in: resource,
                expected: "a code of document-reference-status", found: "something else; the document is not used")
            return .refused
        }
        var resource = resource
        guard admit(&resource), let attachment = contents[index]["attachment"] else { return .refused }
        let pending = pending(attachment, "content[\(index)].attachment", in: resource)
        facts.attachments.append(Pending(fact: pending, subject: resource.subject ?? 0, entry: resource.entry))
        return .used
    }

    /// Whether an attachment is XML by its type, or does not say what it is and has its bytes here.
    private func mayBeXML(_ attachment: JSONNode?) -> Bool {
        guard let attachment else { return false }
        guard let type = attachment["contentType"]?.string else {
            return attachment["data"] != nil || attachment["url"] != nil
        }
        return MediaType.isXML(type)
    }

    private mutating func pending(
        _ attachment: JSONNode, _ member: String, in resource: ResourceContext
    ) -> PendingAttachment {
        var pending = PendingAttachment(reference: resource.reference, at: resource.place.path(of: member))
        pending.contentType = attachment["contentType"]?.string
        pending.data = attachment["data"]?.string
        guard pending.data == nil, let url = attachment["url"]?.stringBytes, !url.isEmpty else { return pending }
        guard url.hasPrefix("#") else {
            pending.target = bases.reference(url, in: resource.base)
            return pending
        }
        let id = url.part(1..<url.count)
        for inner in elements[.contained].items
        where inner["id"]?.stringBytes == id && inner["resourceType"]?.stringBytes.map({ $0 == "Binary" }) == true {
            pending.take(inner)
        }
        return pending
    }

    /// The document of an attachment, now that every resource was met.
    func attachedDocument(_ pending: PendingAttachment) -> AttachedDocument {
        var pending = pending
        if let target = pending.target, let index = registry.target(of: target), registry[index].type == .binary,
            let document = try? JSONDocument(bytes(of: registry[index]))
        {
            document.read { pending.take($0) }
        }
        return AttachedDocument(
            reference: pending.reference, at: pending.at, isDeclaredXML: pending.contentType.map(MediaType.isXML),
            base64: pending.data)
    }
}

extension PendingAttachment {
    /// Takes type and bytes of a Binary.
    fileprivate mutating func take(_ binary: JSONNode) {
        contentType = contentType ?? binary["contentType"]?.string
        data = binary["data"]?.string
    }
}

/// Media types of attachments.
enum MediaType {
    /// Whether the type is XML that may be a clinical document: not a page, a picture or a FHIR resource.
    static func isXML(_ text: String) -> Bool {
        let type = text.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return type.hasSuffix("/xml") || type.hasSuffix("+xml") && !others.contains(type)
    }

    private static let others: Set = ["application/xhtml+xml", "application/fhir+xml", "image/svg+xml"]
}
