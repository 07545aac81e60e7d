/// Where a resource stands in its document; the JSONPath is only written out when a fact or an issue needs it.
enum Place: Sendable {
    /// A resource at a path of its own.
    case at(String)
    /// An entry of the Bundle at a path.
    case entry(bundle: String, index: Int)
    /// A parameter of the Parameters resource at a path.
    case parameter(of: String, index: Int)

    /// The JSONPath of the resource.
    var path: String {
        switch self {
        case .at(let path): path
        case .entry(let bundle, let index): "\(bundle).entry[\(index)].resource"
        case .parameter(let path, let index): "\(path).parameter[\(index)].resource"
        }
    }

    /// The JSONPath of the entry or parameter around the resource.
    var entryPath: String {
        switch self {
        case .at(let path): path
        case .entry(let bundle, let index): "\(bundle).entry[\(index)]"
        case .parameter(let path, let index): "\(path).parameter[\(index)]"
        }
    }
}
