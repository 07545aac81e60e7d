/// Bytes of a document, in place.
///
/// They point into it without owning it and must not leave ``JSONDocument/read(_:)``; `Array(bytes)` and
/// `String(bytes)` are copies that may.
@frozen
@safe public struct JSONBytes: RandomAccessCollection, @unchecked Sendable {
    @usableFromInline let start: UnsafePointer<UInt8>
    /// How many bytes there are.
    public let count: Int

    @inlinable @inline(__always)
    init(start: UnsafePointer<UInt8>, count: Int) {
        unsafe self.start = unsafe start
        self.count = count
    }

    /// Always 0.
    @inlinable public var startIndex: Int { 0 }
    /// The same as `count`.
    @inlinable public var endIndex: Int { count }

    /// One byte; an index out of range traps.
    @inlinable public subscript(position: Int) -> UInt8 {
        precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "Byte out of range.")
        return unsafe start[position]
    }

    /// The bytes as a span, for as long as `body` runs.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeBufferPointer(start: start, count: count).span)
    }

    /// Lets the standard library copy and compare whole runs.
    @inlinable
    public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        try unsafe body(UnsafeBufferPointer(start: start, count: count))
    }

    /// Whether these are the UTF-8 bytes of `text`.
    @inlinable
    public static func == (bytes: JSONBytes, text: StaticString) -> Bool {
        unsafe bytes.count == text.utf8CodeUnitCount && sameBytes(bytes.start, text.utf8Start, bytes.count)
    }

    /// Whether both are the same bytes.
    @inlinable
    public static func == (left: JSONBytes, right: JSONBytes) -> Bool {
        unsafe left.count == right.count && sameBytes(left.start, right.start, left.count)
    }

    /// For `switch`: whether these are the UTF-8 bytes of a literal.
    @inlinable
    public static func ~= (text: StaticString, bytes: JSONBytes) -> Bool { bytes == text }
}

extension JSONBytes: Equatable {}

extension String {
    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    @inlinable
    public init(_ bytes: JSONBytes) {
        unsafe self.init(decoding: UnsafeBufferPointer(start: bytes.start, count: bytes.count), as: UTF8.self)
    }
}
