/// A place in an input: which input, which element, which line.
public struct SourceLocation: Sendable, Hashable {
    /// The input's name as given, for example `x.json` or `x.ndjson:4`; nil when the caller knows only one input.
    public var source: String?
    /// JSONPath or XPath of the element, for example `$.entry[3].resource.birthDate`; nil before anything was parsed.
    public var path: String?
    /// 1-based line; nil when unknown.
    public var line: Int?
    /// 1-based column in characters of the line; nil when unknown.
    public var column: Int?

    /// Names a place; every part may be unknown.
    public init(source: String? = nil, path: String? = nil, line: Int? = nil, column: Int? = nil) {
        self.source = source
        self.path = path
        self.line = line
        self.column = column
    }
}

extension SourceLocation: CustomStringConvertible {
    /// For people, for example `x.json $.entry[3] (line 41, column 20)`.
    public var description: String {
        var parts: [String] = []
        if let source { parts.append(source) }
        if let path { parts.append(path) }
        if let line { parts.append(column.map { "(line \(line), column \($0))" } ?? "(line \(line))") }
        return parts.isEmpty ? "input" : parts.joined(separator: " ")
    }
}
