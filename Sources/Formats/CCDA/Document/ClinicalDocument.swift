public import Diagnostics
public import XMLTree

/// A CDA document: recognised, indexed, its sections in order.
public struct ClinicalDocument {
    /// Narrative, offset, issues.
    public let context: DocumentContext
    /// What kind of document it is.
    public let kind: DocumentKind
    /// The root element.
    public let root: XMLElement
    /// Sections at any depth, in document order; none without a structured body.
    public let sections: [Section]
    /// `effectiveTime` of the document; nil when unknown.
    public let effectiveTime: Timestamp?
    /// `setId`, else `id`, as `root^extension`; by which ids of resources are made.
    public let key: String

    /// Reads what the whole document says of itself.
    ///
    /// - Throws: The issue that says why the document is not read.
    public init(_ tree: XMLDocument, source: String?) throws(DocumentRefused) {
        throw DocumentRefused(issues: [])
    }
}

/// Why a document is not read.
public struct DocumentRefused: Error {
    /// What to report.
    public let issues: [Issue]
    /// A refusal.
    public init(issues: [Issue]) { self.issues = issues }
}

/// What kind of document it is (section 3).
public struct DocumentKind: Sendable, Hashable {
    /// How much of it is read.
    public enum Reading: Sendable, Hashable {
        /// Entries with C-CDA templates, and others by element and section.
        case full
        /// Entries only where a C-CDA template is stated.
        case statedTemplatesOnly
        /// Header and narrative.
        case headerAndNarrative
    }
    /// For people, for example `C-CDA R2.1 CCD`.
    public let name: String
    /// How much of it is read.
    public let reading: Reading
}
