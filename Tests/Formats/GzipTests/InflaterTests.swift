import Gzip
import Testing

@Suite("Gzip streams")
struct InflaterTests {
    /// `gzip -n` of "spine\n" and of "hook\n".
    static let spine = bytes("1f8b08000000000002032b2ec8cc4be502005c169e3906000000")
    static let hook = bytes("1f8b0800000000000203cbc8cfcfe60200abfb722905000000")

    struct Row: CustomTestStringConvertible {
        let data: [UInt8]
        let expected: Result<String, GzipError>
        let because: String
        var testDescription: String { because }
    }

    static let rows = [
        Row(data: spine, expected: .success("spine\n"), because: "one member"),
        Row(data: spine + hook, expected: .success("spine\nhook\n"), because: "two members are one stream"),
        Row(data: spine + [0, 0, 0], expected: .success("spine\n"), because: "zero padding of a block is no data"),
        Row(data: Array(spine.dropLast(3)), expected: .failure(.cut), because: "cut inside the checksum"),
        Row(data: Array(spine.prefix(12)), expected: .failure(.cut), because: "cut inside the data"),
        Row(data: spine + hook.prefix(5), expected: .failure(.cut), because: "cut inside the second member's header"),
        Row(data: [], expected: .failure(.cut), because: "no byte at all"),
        Row(data: spine + [0x7b], expected: .failure(.trailingData), because: "text after the stream"),
        Row(data: spine + [0, 0x7b], expected: .failure(.trailingData), because: "text after the padding"),
        Row(
            data: spine.enumerated().map { $0.offset == 19 ? $0.element ^ 1 : $0.element },
            expected: .failure(.damaged),
            because: "a flipped bit of the checksum"),
        Row(data: Array("{\"a\":1}".utf8), expected: .failure(.damaged), because: "no gzip at all"),
    ]

    @Test("whole and byte by byte", arguments: rows)
    func reading(_ row: Row) {
        #expect(Self.inflate([row.data]) == row.expected)
        #expect(Self.inflate(row.data.map { [$0] }) == row.expected)
    }

    @Test("a piece of input that expands far beyond one piece of output comes out whole")
    func expansion() {
        #expect(Self.inflate([Self.millionZeros]).map(\.utf8.count) == .success(1_000_000))
    }

    /// `head -c 1000000 /dev/zero | gzip -n`.
    static let millionZeros =
        bytes("1f8b0800000000000203edc101010000008220ffaf6e484001") + [UInt8](repeating: 0, count: 968)
        + bytes("af069ecb791240420f00")

    static func inflate(_ pieces: [[UInt8]]) -> Result<String, GzipError> {
        Result { () throws(GzipError) in
            var inflater = try Inflater()
            var output: [UInt8] = []
            for piece in pieces { try inflater.inflate(piece, into: &output) }
            try inflater.finish()
            return String(decoding: output, as: UTF8.self)
        }
    }

    static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { offset in
            UInt8(hex.dropFirst(offset).prefix(2), radix: 16)
        }
    }
}
