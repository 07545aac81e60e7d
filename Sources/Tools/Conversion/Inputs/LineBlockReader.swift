/// Reads an input in blocks of whole lines, for work that takes each line alone.
struct LineBlockReader: ~Copyable {
    private var bytes: ByteSource
    private let name: String
    private let limit: Int
    private var carried: [UInt8] = []
    private var nextLine = 1

    /// Whole lines that stand one after another in the input.
    struct Block: Sendable {
        let bytes: [UInt8]
        /// Number of the first line in the input, from 1.
        let firstLine: Int
    }

    /// Bytes from which a block is handed on.
    static let size = 1 << 20

    init(_ file: InputFile, limit: Int) throws(InputFailure) {
        bytes = try ByteSource(file)
        name = file.name
        self.limit = limit
    }

    /// The next block; nil at the end.
    mutating func next() throws(InputFailure) -> Block? {
        var block = carried
        carried = []
        while let more = try bytes.next() {
            block.append(contentsOf: more)
            if block.count >= Self.size, let end = block.lastIndex(of: UInt8(ascii: "\n")) {
                carried = Array(block[(end + 1)...])
                block.removeSubrange((end + 1)...)
                break
            }
            if block.count > limit {
                throw InputFailure(
                    InputCode.tooLarge, source: name, line: nextLine, expected: "lines of at most \(limit) bytes",
                    found: "a longer one")
            }
        }
        if block.isEmpty { return nil }
        defer { nextLine += block.count { $0 == UInt8(ascii: "\n") } }
        return Block(bytes: block, firstLine: nextLine)
    }
}
