import CSimdjson

/// What is known of a document beside its bytes: where its values stand and where brackets close.
///
/// Filled once by ``JSONReading``, then only read; that makes it safe to share.
@safe final class TreeBuffers: @unchecked Sendable {
    private var indexer: OpaquePointer?
    private(set) var indexes: UnsafeMutablePointer<UInt32>
    private(set) var indexCount = 0
    private(set) var partners: UnsafeMutablePointer<UInt32>
    private var partnerCapacity = 16
    /// Names written with escapes, decoded, by ascending slot; nearly always empty.
    private(set) var escapedNames: [EscapedString] = []
    /// Short texts written with escapes, decoded, by ascending slot.
    private(set) var escapedTexts: [EscapedString] = []
    /// Longest text that is kept decoded, in bytes as written: enough for every code, URL and reference.
    static let longestKeptText = 4096

    init() {
        unsafe partners = .allocate(capacity: partnerCapacity)
        unsafe indexes = partners
    }

    deinit {
        forgetEscapes()
        unsafe partners.deallocate()
        if let indexer = unsafe indexer { unsafe csimdjson_destroy(indexer) }
    }

    /// Runs simdjson's first stage over `bytes` and makes room for as many partners.
    func index(_ bytes: UnsafeBufferPointer<UInt8>) -> CSimdjsonOutcome {
        forgetEscapes()
        indexCount = 0
        if unsafe indexer == nil { unsafe indexer = csimdjson_create() }
        guard let indexer = unsafe indexer, let start = bytes.baseAddress else { return CSimdjsonNoMemory }
        let outcome = unsafe csimdjson_index(indexer, start, bytes.count)
        guard outcome == CSimdjsonIndexed || outcome == CSimdjsonNotUTF8 else { return outcome }
        unsafe indexes = csimdjson_indexes(indexer)
        indexCount = unsafe csimdjson_index_count(indexer)
        if partnerCapacity < indexCount {
            unsafe partners.deallocate()
            partnerCapacity = indexCount
            unsafe partners = .allocate(capacity: partnerCapacity)
        }
        return outcome
    }

    /// Keeps the decoded form of a name that was written with escapes; slots must ascend.
    func keepName(_ decoded: [UInt8], slot: Int) -> JSONBytes {
        let name = copy(of: decoded)
        escapedNames.append(EscapedString(slot: slot, bytes: name))
        return name
    }

    /// Keeps the decoded form of a text that was written with escapes; slots must ascend.
    func keepText(_ decoded: [UInt8], slot: Int) {
        escapedTexts.append(EscapedString(slot: slot, bytes: copy(of: decoded)))
    }

    private func copy(of bytes: [UInt8]) -> JSONBytes {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
        unsafe copy.initialize(from: bytes, count: bytes.count)
        return unsafe JSONBytes(start: copy, count: bytes.count)
    }

    private func forgetEscapes() {
        for string in escapedNames + escapedTexts { unsafe string.bytes.start.deallocate() }
        escapedNames.removeAll()
        escapedTexts.removeAll()
    }

    /// Everything that nodes need, for as long as the pointers live.
    func view(
        of bytes: UnsafeBufferPointer<UInt8>, origin: Int, lines: LineIndex, defects: UnsafeBufferPointer<JSONDefect>,
        escapedNames: UnsafeBufferPointer<EscapedString>, escapedTexts: UnsafeBufferPointer<EscapedString>
    ) -> TreeView {
        guard let start = bytes.baseAddress else { fatalError("A document is never empty.") }
        return unsafe TreeView(
            bytes: start, count: bytes.count, indexes: indexes, partners: partners, origin: origin,
            lines: lines, defects: defects, escapedNames: escapedNames, escapedTexts: escapedTexts)
    }
}

/// A member name or text that was written with escapes, as decoded.
@usableFromInline @frozen
struct EscapedString {
    /// The slot of its opening quote.
    @usableFromInline let slot: Int
    @usableFromInline let bytes: JSONBytes

    init(slot: Int, bytes: JSONBytes) {
        self.slot = slot
        self.bytes = bytes
    }
}

/// The decoded bytes of a slot, nil when it was written plainly.
func decodedBytes(atSlot slot: Int, among strings: UnsafeBufferPointer<EscapedString>) -> JSONBytes? {
    let place = unsafe strings.partitioningIndex { $0.slot >= slot }
    guard place < strings.count, unsafe strings[place].slot == slot else { return nil }
    return unsafe strings[place].bytes
}

/// A document as its nodes see it. A *slot* is a place in `indexes`.
@usableFromInline @frozen
@unsafe struct TreeView {
    @usableFromInline let bytes: UnsafePointer<UInt8>
    @usableFromInline let count: Int
    /// Byte offsets of brackets, colons, commas and first bytes of values.
    @usableFromInline let indexes: UnsafePointer<UInt32>
    /// For the slot of an opening bracket the slot of its closing one; nothing else is set.
    @usableFromInline let partners: UnsafePointer<UInt32>
    /// Where the document begins in the input.
    @usableFromInline let origin: Int
    @usableFromInline unowned(unsafe) let lines: LineIndex
    @usableFromInline let defects: UnsafeBufferPointer<JSONDefect>
    @usableFromInline let escapedNames: UnsafeBufferPointer<EscapedString>
    @usableFromInline let escapedTexts: UnsafeBufferPointer<EscapedString>
}
