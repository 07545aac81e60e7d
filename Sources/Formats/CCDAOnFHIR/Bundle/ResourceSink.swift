import CCDA
import Digests
import JSONTree
import XMLTree

/// Collects the resources of one document and gives each its id (sections 8 and 9).
struct ResourceSink {
    /// Where a resource stands in the Bundle: groups in this order, within one by the place of what it is made from.
    enum Group: Int {
        case composition, patient, encounter, body, participant, document, losses
    }
    /// A resource that was made.
    struct Entry {
        var type: String
        var id: String
        var members: [(String, JSONValue?)]
        /// The element behind it.
        var element: XMLElement
        /// Coding that `meta.tag` holds, for example the mood of a plan; nil for none.
        var tag: JSONValue?
        var group: Group
    }
    private(set) var entries: [Entry] = []
    private var indexOfReference: [String: Int] = [:]
    private var ordinals: [String: Int] = [:]
    private let documentKey: String
    private let metaSource: String?
    /// Labels of a document that not everybody may see; nil for others.
    let security: JSONValue?

    init(documentKey: String, metaSource: String?, security: JSONValue?) {
        self.documentKey = documentKey
        self.metaSource = metaSource
        self.security = security
    }

    /// Takes a resource and gives the reference by which others name it, `urn:uuid:` and its id.
    ///
    /// - Parameters:
    ///   - type: Resource type.
    ///   - element: The statement or header element that it is made from.
    ///   - role: Tells resources of one type made from one element apart.
    ///   - key: What the id is made from beside document, type and role: identifier, code, time.
    ///   - group: Where it stands in the Bundle.
    ///   - tag: Coding for `meta.tag`; nil for none.
    ///   - members: In order; nil members are left out. `resourceType`, `id` and `meta` are added.
    mutating func add(
        _ type: String, from element: XMLElement, role: String = "", key: [String] = [], group: Group = .body,
        tag: JSONValue? = nil, _ members: [(String, JSONValue?)]
    ) -> String {
        let name = [documentKey, type, role] + key
        let text = name.joined(separator: "|")
        let ordinal = ordinals[text, default: 0]
        ordinals[text] = ordinal + 1
        let id = NameBasedUUID.text(of: name + [String(ordinal)])
        let reference = "urn:uuid:" + id
        indexOfReference[reference] = entries.count
        entries.append(Entry(type: type, id: id, members: members, element: element, tag: tag, group: group))
        return reference
    }

    /// Changes a resource that was made before; does nothing when there is none of that reference.
    mutating func change(_ reference: String, _ change: (inout [(String, JSONValue?)]) -> Void) {
        guard let index = indexOfReference[reference] else { return }
        change(&entries[index].members)
    }

    /// Type of the resource of a reference; nil when there is none.
    func type(of reference: String) -> String? { indexOfReference[reference].map { entries[$0].type } }

    /// The resources in the order of the Bundle, each with the XPath of the element behind it.
    ///
    /// - Parameter asDocument: Only a document begins with its Composition; elsewhere it stands behind the Patient.
    func finished(asDocument: Bool) -> [(fullURL: String, resource: JSONValue, path: String)] {
        func rank(_ group: Group) -> Int {
            asDocument || group.rawValue > Group.patient.rawValue ? group.rawValue : 1 - group.rawValue
        }
        let order = entries.indices.sorted { left, right in
            let (one, other) = (entries[left], entries[right])
            return (rank(one.group), one.element.index, left) < (rank(other.group), other.element.index, right)
        }
        return order.map { index in
            let entry = entries[index]
            let path = entry.element.path
            let resource = JSONValue.object(
                [("resourceType", .string(entry.type)), ("id", .string(entry.id)), ("meta", meta(path, entry.tag))]
                    + entry.members)
            return ("urn:uuid:" + entry.id, resource, path)
        }
    }

    private func meta(_ path: String, _ tag: JSONValue?) -> JSONValue {
        .object([
            ("extension", [.ext(Self.sourcePath, "String", .string(path))]),
            ("source", metaSource.map { .string($0) }), ("security", security), ("tag", tag.map { [$0] }),
        ])
    }

    /// Extension of `meta` with the XPath of the element behind the resource.
    static let sourcePath = "https://spinehook.example/fhir/StructureDefinition/source-path"
}
