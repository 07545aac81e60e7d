import Foundation
import Gzip

/// The bytes of one input, piece by piece; gzip is recognised by its first bytes and read through.
struct ByteSource: ~Copyable {
    private let handle: FileHandle
    private let name: String
    private var inflater: Inflater?
    private var isFirstPiece = true

    /// Bytes asked for in one read.
    private static let step = 64 << 10

    /// Opens an input.
    init(_ file: InputFile) throws(InputFailure) {
        name = file.name
        guard let path = file.path else {
            handle = .standardInput
            return
        }
        guard let opened = FileHandle(forReadingAtPath: path) else {
            throw InputFailure(
                InputCode.unreadable, source: file.name, expected: "a readable file",
                found: "a file that cannot be opened")
        }
        handle = opened
    }

    deinit {
        if handle !== FileHandle.standardInput { try? handle.close() }
    }

    /// The next bytes, never empty; nil at the end.
    mutating func next() throws(InputFailure) -> [UInt8]? {
        while true {
            let raw = try read()
            if raw.isEmpty {
                try finish()
                return nil
            }
            guard let bytes = try decompress(raw) else { return raw }
            if !bytes.isEmpty { return bytes }
        }
    }

    private func read() throws(InputFailure) -> [UInt8] {
        do {
            return try handle.read(upToCount: Self.step).map { [UInt8]($0) } ?? []
        } catch {
            throw InputFailure(InputCode.unreadable, source: name, expected: "a readable file", found: "a read error")
        }
    }

    /// Nil when the input is not compressed.
    private mutating func decompress(_ raw: [UInt8]) throws(InputFailure) -> [UInt8]? {
        do throws(GzipError) {
            if isFirstPiece && raw.starts(with: Inflater.magic) { inflater = try Inflater() }
            isFirstPiece = false
            guard var inflater = inflater.take() else { return nil }
            var output: [UInt8] = []
            try inflater.inflate(raw, into: &output)
            self.inflater = consume inflater
            return output
        } catch {
            throw failure(error)
        }
    }

    private mutating func finish() throws(InputFailure) {
        guard let inflater = inflater.take() else { return }
        do throws(GzipError) {
            try inflater.finish()
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: GzipError) -> InputFailure {
        InputFailure(InputCode.badGzip, source: name, expected: "a whole gzip stream", found: error.description)
    }
}
