import ClinicalModel
import Diagnostics
import JSONTree

/// The resource at hand: what it is, where it stands, whom it is about.
struct ResourceContext {
    let node: JSONNode
    let type: ResourceType
    /// Index in the registry.
    let entry: Int
    let place: Place
    let id: JSONNode?
    let fullUrl: JSONNode?
    /// Base of its fullUrl.
    let base: Int32?
    let origin: RecordBuilder.Origin
    /// Index in the subject table; nil until it was read.
    var subject: Int?

    /// `Type/id`, else the fullUrl; nil when it has neither.
    var reference: String? {
        if let id = id?.string, !id.isEmpty { return "\(type.name)/\(id)" }
        return fullUrl?.string
    }
}

extension RecordBuilder {
    /// Where the resource stands, for facts.
    func provenance(_ resource: ResourceContext) -> Provenance {
        Provenance(
            resource: resource.reference ?? resource.type.name, at: resource.place.path, source: source)
    }

    /// Notes something about a node of the resource.
    mutating func note(
        _ code: IssueCode, _ severity: Severity, at node: JSONNode, _ member: String? = nil,
        in resource: ResourceContext, expected: String, found: String
    ) {
        let path = member.map(resource.place.path(of:)) ?? resource.place.path
        note(code, severity, at: node, path: path, subject: resource.subject, expected: expected, found: found)
    }

    /// Notes something about a node of the document at hand.
    mutating func note(
        _ code: IssueCode, _ severity: Severity, at node: JSONNode, path: String, subject: Int? = nil,
        expected: String, found: String
    ) {
        let source = source
        let hasPositions = hasPositions
        log.note(
            {
                let position = hasPositions ? node.position : nil
                return Issue(
                    code, severity,
                    at: SourceLocation(
                        source: source, path: path, line: position?.line, column: position?.column),
                    expected: expected, found: found)
            }(), code: code, subject: subject)
    }
}

extension JSONNode {
    /// The shape of a value for an issue: what it is, never what it says.
    var shape: String {
        switch kind {
        case .object: "an object"
        case .array: "an array"
        case .string: "\(string?.count ?? 0) characters"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }
}
