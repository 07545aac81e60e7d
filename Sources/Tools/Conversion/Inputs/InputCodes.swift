public import Diagnostics

/// Why an input could not be used before any resource of it was read. (`INPUT-105` stood for C-CDA documents before they were
/// read.)
public enum InputCode {
    /// The file cannot be opened or read.
    public static let unreadable = IssueCode(rawValue: "INPUT-101")
    /// A gzip stream that is cut, damaged or followed by something else.
    public static let badGzip = IssueCode(rawValue: "INPUT-102")
    /// No byte, or only blanks.
    public static let empty = IssueCode(rawValue: "INPUT-103")
    /// A JSON array at the top.
    public static let array = IssueCode(rawValue: "INPUT-106")
    /// One record larger than what is held in memory.
    public static let tooLarge = IssueCode(rawValue: "INPUT-108")
    /// Single resources of more than one patient in an NDJSON file.
    public static let severalPatients = IssueCode(rawValue: "INPUT-110")
    /// A line that is no JSON object, or of another kind than the lines before it.
    public static let unexpectedLine = IssueCode(rawValue: "INPUT-111")
    /// A last line that is cut short.
    public static let cutLine = IssueCode(rawValue: "INPUT-112")
    /// JSON that is neither a FHIR resource nor a CDS Hooks request.
    public static let noRecord = IssueCode(rawValue: "INPUT-113")

    /// Nothing but resources that were refused; what was wrong with them is listed beside it.
    public static let nothingUsable = IssueCode(rawValue: "INPUT-114")
    /// No XML, where only documents are converted.
    public static let noDocument = IssueCode(rawValue: "INPUT-115")
    /// An input whose output would be written over another's, over an input, or into a folder that is read.
    public static let outputTaken = IssueCode(rawValue: "INPUT-116")

    /// Every code of this module.
    public static let all = [
        unreadable, badGzip, empty, array, tooLarge, severalPatients, unexpectedLine, cutLine,
        noRecord, nothingUsable, noDocument, outputTaken,
    ]
}

/// An input, or one line of it, that cannot be used; carries the issue that says why.
public struct InputFailure: Error, Equatable {
    /// What to report.
    public let issue: Issue

    /// A failure of a whole input or line.
    init(_ code: IssueCode, source: String, line: Int? = nil, expected: String, found: String) {
        issue = Issue(
            code, .fatal, at: SourceLocation(source: source, line: line), expected: expected, found: found)
    }

    /// A last line that ends in the middle of its JSON.
    static func cutLine(source: String, line: Int) -> InputFailure {
        InputFailure(
            InputCode.cutLine, source: source, line: line, expected: "a whole line",
            found: "a last line that is cut short: the download is incomplete")
    }
}
