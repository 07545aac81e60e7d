public import Diagnostics
public import JSONTree

/// A C-CDA document as a FHIR R4 Bundle, with where each resource comes from and what was lost.
public struct ConvertedDocument: Sendable {
    /// The Bundle; the same bytes for the same document.
    public let bundle: JSONValue
    /// XPath of the element behind each `Bundle.entry`, by its index.
    public let paths: [String]
    /// What became of every statement.
    public let loss: LossReport
    /// What was read with a doubt.
    public let issues: [Issue]
    /// What kind of document it is, for example `C-CDA R2.1 CCD`.
    public let kind: String
}

extension ConvertedDocument {
    /// The Bundle as UTF-8 JSON without blanks.
    public var bytes: [UInt8] { bundle.encoded() }
}
