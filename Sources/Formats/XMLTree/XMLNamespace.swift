/// A namespace and the prefix that is usual for it.
///
/// A document that uses the prefix without declaring it means this namespace: it is read so, with a warning.
public struct XMLNamespace: Sendable, Hashable {
    /// The name of the namespace, for example `urn:hl7-org:sdtc`.
    public let uri: String
    /// Its usual prefix, for example `sdtc`; paths use it whatever the document uses.
    public let prefix: String

    /// Names a namespace.
    public init(uri: String, prefix: String) {
        self.uri = uri
        self.prefix = prefix
    }
}
