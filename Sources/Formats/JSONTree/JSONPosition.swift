/// A place in a text as people count it.
public struct JSONPosition: Sendable, Hashable, CustomStringConvertible {
    /// 1-based; a line ends with LF.
    public let line: Int
    /// 1-based, in Unicode scalars; a byte that only follows others is not counted.
    public let column: Int

    /// Names a place.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// For people, for example `line 41, column 20`.
    public var description: String { "line \(line), column \(column)" }

    /// The place behind some bytes when the first of them stands here.
    func advanced(over bytes: UnsafeBufferPointer<UInt8>) -> JSONPosition {
        var lineEnds = 0
        for place in bytes.indices where unsafe bytes[place] == UInt8(ascii: "\n") { lineEnds &+= 1 }
        let lineStart = lineEnds == 0 ? 0 : unsafe (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        var characters = 0
        for place in lineStart..<bytes.count where unsafe bytes[place] & 0xC0 != 0x80 { characters &+= 1 }
        return JSONPosition(line: line + lineEnds, column: (lineEnds == 0 ? column : 1) + characters)
    }
}
