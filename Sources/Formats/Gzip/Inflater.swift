import CZlib

/// Decompresses a gzip stream piece by piece, through every member it consists of.
///
/// Feed it the compressed bytes in any cut with ``inflate(_:into:)`` and end with ``finish()``, which tells a whole stream
/// from a cut one. The calls to zlib are the only unsafe code of the module.
@safe public struct Inflater: ~Copyable {
    /// zlib keeps a pointer back to its state, so the state may not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var position = Position.betweenMembers(first: true)
    private var outputWasFull = false

    private enum Position: Equatable {
        case betweenMembers(first: Bool)
        case insideMember
        /// Zero bytes after the last member: some archivers fill up blocks with them.
        case padding
    }

    /// Bytes that open every gzip member.
    public static let magic: [UInt8] = [0x1f, 0x8b]

    /// Compressed bytes taken and decompressed bytes given in one call to zlib.
    private static let outputStep = 256 << 10

    /// An inflater at the start of a stream.
    public init() throws(GzipError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15: the largest window; 16: gzip framing, header and checksum verified.
        let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if status != Z_OK { throw .outOfMemory }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Decompresses `input` and appends what comes out to `output`.
    ///
    /// - Throws: ``GzipError/damaged`` where the data contradict themselves or a checksum fails,
    ///   ``GzipError/trailingData`` where something that is no gzip member follows one.
    public mutating func inflate(_ input: [UInt8], into output: inout [UInt8]) throws(GzipError) {
        var taken = 0
        while taken < input.count {
            switch position {
            case .padding:
                guard input[taken...].allSatisfy({ $0 == 0 }) else { throw .trailingData }
                return
            case .betweenMembers(first: false) where input[taken] == 0:
                position = .padding
            case .betweenMembers(first: false) where input[taken] != Self.magic[0]:
                throw .trailingData
            case .betweenMembers:
                position = .insideMember
            case .insideMember:
                taken += try step(input, from: taken, into: &output)
            }
        }
        // All input is taken, but what did not fit into the last piece of output may still wait inside zlib.
        while position == .insideMember && outputWasFull { _ = try step([], from: 0, into: &output) }
    }

    /// Ends the stream.
    ///
    /// - Throws: ``GzipError/cut`` when the last member is not complete.
    public consuming func finish() throws(GzipError) {
        if position == .insideMember || position == .betweenMembers(first: true) { throw .cut }
    }

    /// One call to zlib; returns the number of compressed bytes that it took.
    private mutating func step(
        _ input: [UInt8], from start: Int, into output: inout [UInt8]
    ) throws(GzipError) -> Int {
        var taken = 0
        var status = Z_OK
        let stream = unsafe self.stream
        let produced = unsafe [UInt8](unsafeUninitializedCapacity: Self.outputStep) { room, written in
            unsafe input.withUnsafeBufferPointer { bytes in
                // zlib reads through `next_in` and never writes; its type lacks the `const`.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress?.advanced(by: start))
                unsafe stream.pointee.avail_in = UInt32(clamping: bytes.count - start)
                unsafe stream.pointee.next_out = room.baseAddress
                unsafe stream.pointee.avail_out = UInt32(room.count)
                let offered = unsafe stream.pointee.avail_in
                status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
                unsafe taken = Int(offered - stream.pointee.avail_in)
                unsafe written = room.count - Int(stream.pointee.avail_out)
            }
        }
        output.append(contentsOf: produced)
        outputWasFull = produced.count == Self.outputStep
        switch status {
        case Z_OK, Z_BUF_ERROR:
            // Without progress on input the next call would come to the same end.
            if taken == 0 && produced.isEmpty && start < input.count { throw .damaged }
        case Z_STREAM_END:
            position = .betweenMembers(first: false)
            unsafe inflateReset(stream)
        case Z_MEM_ERROR: throw .outOfMemory
        default: throw .damaged
        }
        return taken
    }
}

/// Why a gzip stream cannot be decompressed.
public enum GzipError: Error, Equatable, CustomStringConvertible {
    /// The stream ends inside a member: the file was cut short.
    case cut
    /// The bytes are no gzip data, or a checksum does not match.
    case damaged
    /// Something that is no gzip member follows a complete one.
    case trailingData
    case outOfMemory

    /// The cause, in words.
    public var description: String {
        switch self {
        case .cut: "the gzip stream is cut short"
        case .damaged: "the gzip data are damaged"
        case .trailingData: "data that are no gzip member follow the gzip stream"
        case .outOfMemory: "no memory left to decompress"
        }
    }
}
