/// One thing that could not be read or used as it stands: what, where, what was expected.
///
/// An issue never holds a value of the patient; ``found`` names the shape of what was met, not its content.
public struct Issue: Sendable, Hashable {
    /// Permanent; callers and tests match on it, the wording may change.
    public let code: IssueCode
    /// How far the problem reaches.
    public let severity: Severity
    /// Where it stands.
    public let location: SourceLocation
    /// What would have been right, in words.
    public let expected: String
    /// The shape of what was found, for example "8 characters"; never the value itself.
    public let found: String

    /// Puts an issue together.
    public init(_ code: IssueCode, _ severity: Severity, at location: SourceLocation, expected: String, found: String) {
        self.code = code
        self.severity = severity
        self.location = location
        self.expected = expected
        self.found = found
    }
}

extension Issue: CustomStringConvertible {
    /// One line for people: place, expectation, finding, code.
    public var description: String {
        "\(location): expected \(expected), found \(found) [\(code.rawValue)]"
    }
}

/// How far an issue reaches.
public enum Severity: String, Sendable, Hashable, Comparable {
    /// Said for completeness; nothing was lost.
    case information
    /// Read and used, but doubtful.
    case warning
    /// A resource or element was not used.
    case error
    /// The whole input was not used.
    case fatal

    /// Orders by reach, `information` lowest.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .information: 0
        case .warning: 1
        case .error: 2
        case .fatal: 3
        }
    }
}

/// The permanent name of a kind of issue, for example `FHIR-204`. Each module lists its own; no code is ever reused.
public struct IssueCode: RawRepresentable, Sendable, Hashable {
    /// The code as printed: letters, a hyphen, a number.
    public let rawValue: String
    /// Names a code; a test holds that no two modules use the same.
    public init(rawValue: String) { self.rawValue = rawValue }
}
