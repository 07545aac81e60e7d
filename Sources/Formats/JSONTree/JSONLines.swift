import CSimdjson

/// The lines of an NDJSON input that hold anything, each a document of its own.
///
/// A line ends with LF; a CR before it is dropped. U+2028 and U+0085 are text. Blank lines are passed over but counted,
/// and a byte order mark before the first line is dropped.
public struct JSONLines: Sequence, Sendable {
    private let bytes: [UInt8]

    /// The lines of an input.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Starts at the first line.
    public func makeIterator() -> Iterator { Iterator(bytes) }

    /// Goes from line to line, reading each byte once.
    public struct Iterator: IteratorProtocol, Sendable {
        private let bytes: [UInt8]
        private var place: Int
        private var number = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            place = unsafe bytes.withUnsafeBufferPointer { unsafe InputKind.byteOrderMarkLength(of: $0) }
        }

        /// The next line that holds anything.
        public mutating func next() -> JSONLine? {
            while place < bytes.count {
                let start = place
                let end = lineEnd(from: start)
                place = end + 1
                number += 1
                let isEnded = end < bytes.count
                let text = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? start..<end - 1 : start..<end
                if bytes[text].contains(where: { !InputKind.isWhiteSpace($0) }) {
                    return JSONLine(number: number, range: text, isEnded: isEnded)
                }
            }
            return nil
        }

        private func lineEnd(from start: Int) -> Int {
            unsafe bytes.withUnsafeBufferPointer { bytes in
                guard let first = bytes.baseAddress else { return start }
                let found = unsafe csimdjson_find(first + start, UInt8(ascii: "\n"), bytes.count - start)
                return unsafe found.map { unsafe first.distance(to: $0) } ?? bytes.count
            }
        }
    }
}

/// One line of an NDJSON input.
public struct JSONLine: Sendable, Hashable {
    /// 1-based, blank lines counted.
    public let number: Int
    /// Its bytes in the input, without line end.
    public let range: Range<Int>
    /// Whether a line end follows; without one the input may have been cut here.
    public let isEnded: Bool
}
