/// What a JSON value is.
@frozen public enum JSONKind: UInt8, Sendable, Hashable, CaseIterable {
    /// `{ … }`
    case object
    /// `[ … ]`
    case array
    /// `" … "`
    case string
    /// A number, well formed or not.
    case number
    /// `true` or `false`
    case bool
    /// `null`
    case null
}

/// A value in a document: a place, not a copy.
///
/// It lives inside ``JSONDocument/read(_:)`` and points into the document without owning it, so it costs nothing to
/// pass around and must not leave that closure.
@frozen
@safe public struct JSONNode: @unchecked Sendable {
    @usableFromInline let tree: UnsafePointer<TreeView>
    @usableFromInline let slot: UInt32
    @usableFromInline let start: UInt32

    @inlinable @inline(__always)
    init(tree: UnsafePointer<TreeView>, slot: Int) {
        unsafe self.tree = unsafe tree
        self.slot = UInt32(truncatingIfNeeded: slot)
        unsafe start = tree.pointee.indexes[slot]
    }

    @inlinable @inline(__always)
    var firstByte: UInt8 { unsafe tree.pointee.bytes[Int(start)] }

    /// What the value is.
    @inlinable public var kind: JSONKind {
        switch firstByte {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// Whether it is `null`.
    @inlinable public var isNull: Bool { firstByte == UInt8(ascii: "n") }
    /// Whether it is an object.
    @inlinable public var isObject: Bool { firstByte == UInt8(ascii: "{") }
    /// Whether it is an array.
    @inlinable public var isArray: Bool { firstByte == UInt8(ascii: "[") }
    /// Whether it is a string.
    @inlinable public var isString: Bool { firstByte == UInt8(ascii: "\"") }
    /// Whether it is a number.
    @inlinable public var isNumber: Bool { kind == .number }

    /// The value of `true` or `false`; nil for anything else.
    @inlinable public var bool: Bool? {
        switch firstByte {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }

    // MARK: Where it stands

    @inlinable
    var end: Int {
        unsafe tree.pointee.end(ofSlot: Int(slot), startingWith: firstByte)
    }

    /// The byte it begins with, counted from the start of the input.
    @inlinable public var offset: Int { unsafe tree.pointee.origin &+ Int(start) }

    /// The bytes it takes in the input, brackets and quotes included.
    @inlinable public var byteRange: Range<Int> { unsafe offset..<(tree.pointee.origin &+ end) }

    /// Line and column of its first byte; for messages only, since all before it may have to be read.
    public var position: JSONPosition {
        unsafe tree.pointee.lines.position(
            of: Int(start), in: UnsafeBufferPointer(start: tree.pointee.bytes, count: tree.pointee.count))
    }

    /// The value as it stands in the input: every member, order, number and blank unchanged.
    @inlinable public var raw: JSONBytes {
        unsafe JSONBytes(start: tree.pointee.bytes + Int(start), count: end &- Int(start))
    }

    // MARK: What is wrong inside

    /// Whether anything inside is defective; the price is one comparison when the document has no defect.
    @inlinable public var hasDefect: Bool {
        unsafe !tree.pointee.defects.isEmpty && !tree.pointee.defectPlaces(in: byteRange).isEmpty
    }

    /// The defects inside, in order of place.
    public var defects: [JSONDefect] {
        unsafe Array(tree.pointee.defects[tree.pointee.defectPlaces(in: byteRange)])
    }
}

extension TreeView {
    /// The offset behind the value of a slot.
    @inlinable
    func end(ofSlot slot: Int, startingWith first: UInt8) -> Int {
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): unsafe Int(indexes[Int(partners[slot])]) &+ 1
        default: unsafe lastByte(ofSlot: slot) &+ 1
        }
    }

    /// The offset of the last byte of a string, number or word: nothing but white space follows it up to the next slot.
    @inlinable @inline(__always)
    func lastByte(ofSlot slot: Int) -> Int {
        var last = unsafe Int(indexes[slot &+ 1]) &- 1
        while unsafe bytes[last] <= UInt8(ascii: " ") { last &-= 1 }
        return last
    }

    /// Which defects lie in a range of the input.
    @usableFromInline
    func defectPlaces(in range: Range<Int>) -> Range<Int> {
        let first = unsafe defects.partitioningIndex { $0.offset >= range.lowerBound }
        let end = unsafe defects.partitioningIndex { $0.offset >= range.upperBound }
        return first..<end
    }
}

extension UnsafeBufferPointer {
    /// The first place at which `isBehind` holds; it holds for everything after it.
    func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if unsafe isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
