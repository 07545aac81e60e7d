import Diagnostics
import JSONTree

/// Collects issues of reading, bounded: the hundredth of a kind says no more than the tenth.
struct IssueLog {
    /// The most issues of one code that are kept for one patient; the rest is summed up in one more.
    static let limit = 25

    /// An issue and whom it touches.
    struct Entry {
        let issue: Issue
        /// Index of the subject, or nil when it touches every patient of the input.
        let subject: Int?
    }

    private(set) var entries: [Entry] = []
    private var counts: [String: Int] = [:]

    mutating func note(_ issue: @autoclosure () -> Issue, code: IssueCode, subject: Int?) {
        let count = (counts[code.rawValue] ?? 0) + 1
        counts[code.rawValue] = count
        if count <= Self.limit { entries.append(Entry(issue: issue(), subject: subject)) }
    }

    /// What was left out because there was too much of it.
    func overflow(source: String?) -> [Issue] {
        counts.filter { $0.value > Self.limit }.sorted { $0.key < $1.key }.map { code, count in
            Issue(
                IssueCode(rawValue: code), .information, at: SourceLocation(source: source),
                expected: "no more of the same kind", found: "\(count - Self.limit) more")
        }
    }
}
