public import XMLTree

/// An identifier: II.
public struct InstanceIdentifier: Sendable, Hashable {
    /// OID or UUID, trimmed; nil when absent.
    public var root: String?
    /// `extension`, trimmed; nil when absent.
    public var extensionText: String?
    /// Who gives out such identifiers, for people.
    public var assigningAuthority: String?
    /// Why there is no identifier.
    public var nullFlavor: NullFlavor?

    /// Reads an `id` element.
    public init(_ element: XMLElement) {
        root = element["root"]?.trimmingBlanks().nonEmpty
        extensionText = element["extension"]?.trimmingBlanks().nonEmpty
        assigningAuthority = element["assigningAuthorityName"]?.trimmingBlanks().nonEmpty
        nullFlavor = element["nullFlavor"].map { NullFlavor(rawValue: $0) }
    }

    /// Puts an identifier together.
    public init(
        root: String? = nil, extensionText: String? = nil, assigningAuthority: String? = nil,
        nullFlavor: NullFlavor? = nil
    ) {
        self.root = root
        self.extensionText = extensionText
        self.assigningAuthority = assigningAuthority
        self.nullFlavor = nullFlavor
    }

    /// `root^extension`, by which statements refer to each other; nil for a null identifier.
    public var key: String? {
        guard nullFlavor == nil, let root else { return nil }
        return "\(root.lowercased())^\(extensionText ?? "")"
    }

    /// Whether the root is there and neither an OID nor a UUID.
    public var hasOddRoot: Bool {
        guard let root else { return false }
        return !UniqueID.isOID(root) && !UniqueID.isUUID(root)
    }
}
