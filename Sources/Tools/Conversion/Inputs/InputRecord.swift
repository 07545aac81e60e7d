public import Diagnostics

/// What is read as one record: one patient as of one moment, or why it could not be had.
public struct InputRecord: Sendable {
    /// What decisions and issues call it: the file, `FILE:LINE` for a line that is a record of its own, `-` for standard
    /// input.
    public let source: String
    /// What there is to read.
    public let content: Content

    /// What there is to read.
    public enum Content: Sendable {
        /// One document, with the line at which it begins.
        case document([UInt8], firstLine: Int)
        /// An XML document.
        case xml([UInt8])
        /// Single resources, one a line, that make up one record.
        case resources([Line])
        /// The input, or the line, cannot be used.
        case refused(Issue)
    }

    /// One line of a file of single resources.
    public struct Line: Sendable {
        /// Line number in the file, from 1.
        public let number: Int
        /// The line without its end.
        public let bytes: [UInt8]
        /// False when it is the last line and no line end follows: it may have been cut there.
        public let isEnded: Bool
    }

    init(source: String, _ content: Content) {
        self.source = source
        self.content = content
    }

    init(_ failure: InputFailure, source: String) {
        self.init(source: source, .refused(failure.issue))
    }
}
