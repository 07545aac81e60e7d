public import Diagnostics

/// Something wrong inside one string, number or object that leaves the rest of the document readable.
///
/// Whoever reads a sub-tree asks ``JSONNode/hasDefect`` first and refuses just that resource.
public struct JSONDefect: Sendable, Hashable {
    /// Permanent: callers and tests match on the code, the wording may change.
    public enum Code: String, Sendable, CaseIterable {
        /// The same member name twice in one object: first-wins and last-wins readers see different data.
        case duplicateName = "JSON-130"
        /// A backslash followed by something JSON does not know.
        case badEscape = "JSON-131"
        /// Half of a surrogate pair: not a character.
        case loneSurrogate = "JSON-132"
        /// U+0000, written as an escape.
        case nul = "JSON-133"
        /// A control character (U+0000 to U+001F) not written as an escape.
        case controlCharacter = "JSON-134"
        /// Bytes that are not UTF-8.
        case invalidUTF8 = "JSON-135"
        /// A number that JSON's grammar does not allow, for example `01`, `1.` or `+1`.
        case malformedNumber = "JSON-136"

        /// What would have been right, in words.
        var expected: String {
            switch self {
            case .duplicateName: "each member name once in an object"
            case .badEscape: "an escape that JSON knows"
            case .loneSurrogate: "both halves of a surrogate pair"
            case .nul: "text without U+0000"
            case .controlCharacter: "control characters written as escapes"
            case .invalidUTF8: "UTF-8"
            case .malformedNumber: "a number in JSON's grammar"
            }
        }

        /// What was found, in words.
        var found: String {
            switch self {
            case .duplicateName: "the same member name again"
            case .badEscape: "an unknown or incomplete escape"
            case .loneSurrogate: "a lone surrogate"
            case .nul: "an escaped U+0000"
            case .controlCharacter: "a bare control character"
            case .invalidUTF8: "bytes that are not UTF-8"
            case .malformedNumber: "a malformed number"
            }
        }
    }

    /// What kind of defect this is.
    public let code: Code
    /// The byte it was found at, counted from 0 at the start of the input as given: the escape, the bad byte, the
    /// number, or the opening quote of the second name. A string with several defects reports at least the first.
    public let offset: Int

    init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// The same as an issue of an input: an error at `location`.
    public func issue(at location: SourceLocation) -> Issue {
        Issue(IssueCode(rawValue: code.rawValue), .error, at: location, expected: code.expected, found: code.found)
    }
}
