public import XMLTree

/// An identifier: II.
public struct InstanceIdentifier: Sendable, Hashable {
    /// OID or UUID as written; nil when absent.
    public var root: String?
    public var extensionText: String?
    public var assigningAuthority: String?
    public var nullFlavor: NullFlavor?

    /// Reads an `id` element.
    public init(_ element: XMLElement) {
        root = element["root"]
        extensionText = element["extension"]
        assigningAuthority = element["assigningAuthorityName"]
        nullFlavor = element["nullFlavor"].map { NullFlavor(rawValue: $0) }
    }

    /// `root^extension`, by which statements refer to each other; nil for a null identifier.
    public var key: String? {
        guard nullFlavor == nil, let root, !root.isEmpty else { return nil }
        return "\(root.lowercased())^\(extensionText ?? "")"
    }
}
