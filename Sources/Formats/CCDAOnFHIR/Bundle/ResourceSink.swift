import CCDA
import Digests
import JSONTree
import XMLTree

/// Collects the resources of one document in order and gives each its id (sections 8 and 9).
struct ResourceSink {
    /// A resource that was made.
    struct Entry {
        var type: String
        var id: String
        var members: [(String, JSONValue?)]
        /// The element behind it.
        var element: XMLElement
        /// Coding that `meta.tag` holds, for example the mood of a plan; nil for none.
        var tag: JSONValue?
    }
    private(set) var entries: [Entry] = []
    private var indexOfReference: [String: Int] = [:]
    private var ordinals: [String: Int] = [:]
    private let documentKey: String
    private let metaSource: String?
    /// Confidentiality of the document where it is restricted.
    var security: JSONValue?

    init(documentKey: String, metaSource: String?) {
        self.documentKey = documentKey
        self.metaSource = metaSource
    }

    /// Takes a resource and gives the reference by which others name it, `urn:uuid:` and its id.
    ///
    /// - Parameters:
    ///   - type: Resource type.
    ///   - element: The statement or header element that it is made from.
    ///   - role: Tells resources of one type made from one element apart.
    ///   - key: What the id is made from beside document, type and role: identifier, code, time.
    ///   - tag: Coding for `meta.tag`; nil for none.
    ///   - members: In order; nil members are left out. `resourceType`, `id` and `meta` are added.
    mutating func add(
        _ type: String, from element: XMLElement, role: String = "", key: [String] = [],
        tag: JSONValue? = nil, _ members: [(String, JSONValue?)]
    ) -> String {
        let name = [documentKey, type, role] + key
        let text = name.joined(separator: "|")
        let ordinal = ordinals[text, default: 0]
        ordinals[text] = ordinal + 1
        let id = NameBasedUUID.text(of: name + [String(ordinal)])
        let reference = "urn:uuid:" + id
        indexOfReference[reference] = entries.count
        entries.append(Entry(type: type, id: id, members: members, element: element, tag: tag))
        return reference
    }

    /// Changes a resource that was made before; does nothing when there is none of that reference.
    mutating func change(_ reference: String, _ change: (inout [(String, JSONValue?)]) -> Void) {
        guard let index = indexOfReference[reference] else { return }
        change(&entries[index].members)
    }

    /// The type of a resource that was made; nil when there is none of that reference.
    func type(of reference: String) -> String? { indexOfReference[reference].map { entries[$0].type } }

    /// The finished resource.
    func resource(_ entry: Entry) -> JSONValue {
        .object(
            [("resourceType", .string(entry.type)), ("id", .string(entry.id)), ("meta", meta(entry))] + entry.members)
    }

    private func meta(_ entry: Entry) -> JSONValue {
        .object([
            (
                "extension",
                [["url": .string(Self.sourcePath), "valueString": .string(entry.element.path)]]
            ),
            ("source", metaSource.map { .string($0) }),
            ("security", security), ("tag", entry.tag.map { [$0] }),
        ])
    }

    /// Extension of `meta` with the XPath of the element behind the resource.
    static let sourcePath = "https://spinehook.example/fhir/StructureDefinition/source-path"
}
