/// Where a fact was read.
public struct Provenance: Sendable, Hashable {
    /// `Type/id`, else the entry's fullUrl, else the type alone.
    public let resource: String
    /// JSONPath or XPath of the resource or entry.
    public let at: String
    /// The input it came from; nil when there is only one.
    public var source: String?

    /// Names a place.
    public init(resource: String, at: String, source: String? = nil) {
        self.resource = resource
        self.at = at
        self.source = source
    }
}
