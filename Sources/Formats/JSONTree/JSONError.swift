public import Diagnostics

/// Why an input could not be read as JSON at all.
///
/// What is wrong with one string, number or object only is a ``JSONDefect`` and costs no more than its resource.
/// The words never repeat anything of the input.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Permanent: callers and tests match on the code, the wording may change.
    public enum Code: String, Sendable, CaseIterable {
        /// No bytes, or nothing but white space.
        case empty = "JSON-101"
        /// UTF-16 or UTF-32; JSON is exchanged in UTF-8 (RFC 8259 section 8.1).
        case notUTF8 = "JSON-102"
        /// An HTML page, for example a login or error page.
        case htmlPage = "JSON-103"
        /// An XML document.
        case xml = "JSON-104"
        /// More bytes than ``JSONLimits/maximumBytes``.
        case tooLarge = "JSON-105"
        /// More nested arrays and objects than ``JSONLimits/maximumDepth``.
        case tooDeep = "JSON-106"
        /// No memory left for the indexes.
        case noMemory = "JSON-107"
        /// Something other than a value where one must stand.
        case valueExpected = "JSON-110"
        /// The input ends inside an array or object, or where a value must follow.
        case truncated = "JSON-111"
        /// Something other than a quoted member name.
        case nameExpected = "JSON-112"
        /// No colon after a member name.
        case colonExpected = "JSON-113"
        /// Neither a comma nor the right closing bracket after a value.
        case commaOrEndExpected = "JSON-114"
        /// A comma with nothing after it before the closing bracket.
        case trailingComma = "JSON-115"
        /// A comment.
        case comment = "JSON-116"
        /// A word other than `true`, `false` and `null`, for example `NaN`.
        case unknownWord = "JSON-117"
        /// Something after the end of the document.
        case contentAfterEnd = "JSON-118"
        /// A string without a closing quote.
        case unterminatedString = "JSON-119"
    }

    /// What kind of error this is.
    public let code: Code
    /// The byte it was found at, counted from 0 at the start of the input as given (a byte order mark included).
    public let offset: Int
    /// The same place as line and column.
    public let position: JSONPosition
    /// What would have been right, in words.
    public let expected: String
    /// What kind of thing was found, in words; never the content.
    public let found: String

    init(_ code: Code, offset: Int, position: JSONPosition, expected: String, found: String) {
        self.code = code
        self.offset = offset
        self.position = position
        self.expected = expected
        self.found = found
    }

    /// The same as an issue of an input: fatal, with line and column.
    public func issue(source: String? = nil) -> Issue {
        Issue(
            IssueCode(rawValue: code.rawValue), .fatal,
            at: SourceLocation(source: source, line: position.line, column: position.column),
            expected: expected, found: found)
    }

    /// One line for people, for example `line 3, column 7: expected a comma or ], found a string [JSON-114]`.
    public var description: String { "\(position): expected \(expected), found \(found) [\(code.rawValue)]" }
}
