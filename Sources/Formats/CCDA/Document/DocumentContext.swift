public import Diagnostics
public import XMLTree

/// What reading an element needs of the document around it, and where doubts are noted. One document, one thread.
public final class DocumentContext {
    /// The tree.
    public let tree: XMLDocument
    /// Texts of the narrative by their ID.
    public let narrative: NarrativeIndex
    /// Offset of `ClinicalDocument/effectiveTime` as FHIR writes it, for example `-05:00`; nil when it has none.
    public let offset: String?
    /// The input's name; nil when there is only one.
    public let source: String?
    /// What was noted so far.
    public private(set) var issues: [Issue] = []
    private var counts: [IssueCode: Int] = [:]
    private var noted: Set<Noted> = []
    /// Codes of which more was noted than is kept, in the order in which that happened, with the gravest of what is not.
    private var full: [(code: IssueCode, severity: Severity)] = []
    /// The most issues of one code that are kept; the rest is counted.
    static let limit = 25

    /// A context of a document.
    public init(_ tree: XMLDocument, narrative: NarrativeIndex, offset: String?, source: String?) {
        self.tree = tree
        self.narrative = narrative
        self.offset = offset
        self.source = source
        issues = narrative.issues(source: source)
    }

    /// What was noted of which element.
    private struct Noted: Hashable {
        let code: IssueCode
        let element: Int
        let found: String
    }

    /// Notes a doubt at an element, once, however often the element is read.
    public func note(
        _ code: IssueCode, _ severity: Severity = .warning, at element: XMLElement, expected: String, found: String
    ) {
        guard noted.insert(Noted(code: code, element: element.index, found: found)).inserted else { return }
        let count = (counts[code] ?? 0) + 1
        counts[code] = count
        guard count <= Self.limit else {
            return countOnly(code, severity)
        }
        issues.append(
            Issue(
                code, severity, at: SourceLocation(source: source, path: element.path, line: element.line),
                expected: expected, found: found))
    }

    private func countOnly(_ code: IssueCode, _ severity: Severity) {
        guard let place = full.firstIndex(where: { $0.code == code }) else { return full.append((code, severity)) }
        full[place].severity = max(full[place].severity, severity)
    }

    /// What was noted, and for each code that was noted too often how many more there were.
    public var allIssues: [Issue] {
        issues
            + full.map { code, severity in
                Issue(
                    code, severity, at: SourceLocation(source: source), expected: "at most \(Self.limit) such issues",
                    found: "\((counts[code] ?? 0) - Self.limit) more, which are not listed")
            }
    }
}
