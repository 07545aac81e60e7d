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
        guard count <= Self.limit else { return }
        issues.append(
            Issue(
                code, severity, at: SourceLocation(source: source, path: element.path, line: element.line),
                expected: expected, found: found))
    }
}
