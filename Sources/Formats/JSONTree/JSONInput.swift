/// How an input is to be read; its content decides, never its name.
public enum JSONInput: Sendable, Hashable {
    /// Nothing but white space.
    case empty
    /// One document, or something that is to be refused as one.
    case document
    /// One document a line (NDJSON).
    case lines

    /// Looks at an input.
    ///
    /// One line is one document. Several lines are documents of their own when the first one is complete by itself
    /// (a single document has nothing behind its end), or when, with the first one broken, every line begins with `{`
    /// and the whole is no document. Reads one line and the first byte of others; the whole only where a document
    /// printed with one element a line cannot be told from lines otherwise.
    public init(of bytes: [UInt8], limits: JSONLimits = JSONLimits()) {
        var lines = JSONLines(bytes).makeIterator()
        guard let first = lines.next() else {
            self = .empty
            return
        }
        guard let second = lines.next() else {
            self = .document
            return
        }
        if JSONInput.isComplete(first, in: bytes, limits) {
            self = .lines
            return
        }
        var line: JSONLine? = second
        while let next = line, JSONInput.firstByte(of: next, in: bytes) == UInt8(ascii: "{") { line = lines.next() }
        let beginsRight = JSONInput.firstByte(of: first, in: bytes) == UInt8(ascii: "{")
        let mayBeLines = beginsRight && line == nil
        self = mayBeLines && (try? JSONDocument(bytes, limits: limits)) == nil ? .lines : .document
    }

    private static func firstByte(of line: JSONLine, in bytes: [UInt8]) -> UInt8? {
        bytes[line.range].first { !InputKind.isWhiteSpace($0) }
    }

    private static func isComplete(_ line: JSONLine, in bytes: [UInt8], _ limits: JSONLimits) -> Bool {
        (try? JSONDocument(bytes, in: line.range, firstLine: line.number, limits: limits)) != nil
    }
}
