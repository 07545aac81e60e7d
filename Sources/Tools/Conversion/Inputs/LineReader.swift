/// The lines of an input; only U+000A ends a line, so that a line separator inside a JSON string does not.
struct LineReader: ~Copyable {
    private var bytes: ByteSource
    private let name: String
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    private(set) var number = 0

    /// One line without its end.
    struct Line {
        let number: Int
        let bytes: [UInt8]
        /// False for a last line that no line end follows.
        let isEnded: Bool
    }

    /// Bytes that one record may have: beyond it the input is refused, so that memory stays bounded.
    let limit: Int

    init(_ file: InputFile, limit: Int) throws(InputFailure) {
        bytes = try ByteSource(file)
        name = file.name
        self.limit = limit
    }

    /// The next line; nil at the end.
    mutating func next() throws(InputFailure) -> Line? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return line(upTo: end, isEnded: true)
            }
            searched = buffer.count
            if isAtEnd {
                if start == buffer.count { return nil }
                defer { start = buffer.count }
                return line(upTo: buffer.count, isEnded: false)
            }
            searched -= try refill()
        }
    }

    /// The next line that holds more than blanks; nil at the end.
    mutating func nextFilled() throws(InputFailure) -> Line? {
        while let line = try next() {
            if !line.bytes.allSatisfy(JSONShape.isBlank) { return line }
        }
        return nil
    }

    /// Whether what is not read yet is an XML document, as far as the first bytes tell.
    mutating func beginsDocument() throws(InputFailure) -> Bool {
        if start == buffer.count, !isAtEnd { _ = try refill() }
        return XMLShape.mayBeDocument(buffer[start...])
    }

    /// Whether only blanks are left.
    mutating func isAtEndOfContent() throws(InputFailure) -> Bool {
        while true {
            if !buffer[start...].allSatisfy(JSONShape.isBlank) { return false }
            if isAtEnd { return true }
            _ = try refill()
        }
    }

    /// Everything that was not read yet.
    mutating func rest() throws(InputFailure) -> [UInt8] {
        while !isAtEnd { _ = try refill() }
        defer { start = buffer.count }
        return Array(buffer[start...])
    }

    /// Reads on; returns by how much the unread bytes moved to the front.
    private mutating func refill() throws(InputFailure) -> Int {
        let moved = start
        buffer.removeFirst(moved)
        start = 0
        if let more = try bytes.next() {
            buffer.append(contentsOf: more)
        } else {
            isAtEnd = true
        }
        if buffer.count > limit { throw tooLarge() }
        return moved
    }

    /// The refusal of a record that does not fit into memory.
    func tooLarge() -> InputFailure {
        InputFailure(
            InputCode.tooLarge, source: name, line: number + 1, expected: "a record of at most \(limit) bytes",
            found: "a larger one")
    }

    private mutating func line(upTo end: Int, isEnded: Bool) -> Line {
        number += 1
        var content = buffer[start..<end]
        if content.last == UInt8(ascii: "\r") { content.removeLast() }
        if number == 1, content.starts(with: [0xEF, 0xBB, 0xBF]) { content.removeFirst(3) }
        return Line(number: number, bytes: Array(content), isEnded: isEnded)
    }
}
