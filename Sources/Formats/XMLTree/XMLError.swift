public import Diagnostics

/// Why a document could not be read. The words never repeat anything of the document.
public struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Permanent; one of the `XML-1xx`.
    public let code: IssueCode
    /// 1-based line of the input as given; nil when the whole input is meant.
    public let line: Int?
    /// 1-based column in the line, counted in bytes or characters; nil when unknown.
    public let column: Int?
    /// What would have been right, in words.
    public let expected: String
    /// What kind of thing was found, in words.
    public let found: String

    init(_ cause: XMLErrorCause, line: Int? = nil, column: Int? = nil, found: String? = nil) {
        code = cause.code
        self.line = line
        self.column = column
        expected = cause.expected
        self.found = found ?? cause.found
    }

    /// The same as an issue of an input: fatal, with line and column.
    public func issue(source: String? = nil) -> Issue {
        Issue(
            code, .fatal, at: SourceLocation(source: source, line: line, column: column), expected: expected,
            found: found)
    }

    /// One line for people, for example `(line 3, column 7): expected …, found … [XML-121]`.
    public var description: String { issue().description }
}
