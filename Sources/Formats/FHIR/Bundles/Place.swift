/// Where a resource stands in its document; the path is only written out when a fact or an issue needs it.
enum Place: Sendable {
    /// A resource at a JSONPath of its own.
    case at(String)
    /// An entry of the Bundle at a JSONPath.
    case entry(bundle: String, index: Int)
    /// A parameter of the Parameters resource at a JSONPath.
    case parameter(of: String, index: Int)
    /// A resource that was made from an element of another document, by the path of that element.
    case element(String)

    /// The path of the resource.
    var path: String {
        switch self {
        case .at(let path), .element(let path): path
        case .entry(let bundle, let index): "\(bundle).entry[\(index)].resource"
        case .parameter(let path, let index): "\(path).parameter[\(index)].resource"
        }
    }

    /// The path of a member of the resource; of one that was made from an element, the path of that element.
    func path(of member: String) -> String {
        if case .element(let path) = self { return path }
        return "\(path).\(member)"
    }

    /// The path of the entry or parameter around the resource.
    var entryPath: String {
        switch self {
        case .at(let path), .element(let path): path
        case .entry(let bundle, let index): "\(bundle).entry[\(index)]"
        case .parameter(let path, let index): "\(path).parameter[\(index)]"
        }
    }

    /// The path of a member of the entry around the resource.
    func entryPath(of member: String) -> String {
        if case .element(let path) = self { return path }
        return "\(entryPath).\(member)"
    }
}
