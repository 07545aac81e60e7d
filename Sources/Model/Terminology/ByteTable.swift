/// Byte strings with a tag, each at a position counted from 0 in the order of insertion.
struct ByteTable: Sendable {
    private var keys: [PackedKey] = []
    /// The bytes of keys that do not fit their words, one after the other.
    private var rest: [UInt8] = []
    private var index: HashIndex

    /// A table with room for `capacity` keys before it grows.
    init(capacity: Int = 16) { index = HashIndex(capacity: capacity) }

    /// How many keys there are.
    var count: Int { keys.count }

    /// The position of a key; nil when it is not there.
    func find(_ text: Span<UInt8>, tag: UInt8) -> Int? { find(text, PackedKey(text, tag: tag)) }

    @inline(__always)
    private func find(_ text: Span<UInt8>, _ key: PackedKey) -> Int? {
        index.find(key.hash) { position in
            let other = keys[position]
            return other.isSame(as: key) && (key.isWhole || hasSameMiddle(text, other))
        }
    }

    private func hasSameMiddle(_ text: Span<UInt8>, _ key: PackedKey) -> Bool {
        for (place, offset) in PackedKey.middle(of: text.count).enumerated() {
            if rest[Int(key.restStart) + place] != text[offset] { return false }
        }
        return true
    }

    /// The position of a key, which is added when it is not there; `isNew` tells.
    mutating func intern(_ text: Span<UInt8>, tag: UInt8) -> (position: Int, isNew: Bool) {
        var key = PackedKey(text, tag: tag)
        if let position = find(text, key) { return (position, false) }
        if !key.isWhole {
            key.restStart = Int32(truncatingIfNeeded: rest.count)
            for offset in PackedKey.middle(of: text.count) { rest.append(text[offset]) }
        }
        keys.append(key)
        index.insert(keys.count - 1, hash: key.hash) { keys[$0].hash }
        return (keys.count - 1, true)
    }
}

/// A byte string in three words: its first sixteen bytes and its last eight. Up to 24 bytes that is all of it, so that
/// comparing codes is comparing words.
private struct PackedKey: Sendable {
    private let first: UInt64
    private let second: UInt64
    private let last: UInt64
    private let count: Int32
    private let tag: UInt8
    /// Where the bytes that are in no word begin among those of the table.
    var restStart: Int32 = 0

    @inline(__always)
    init(_ text: Span<UInt8>, tag: UInt8) {
        let length = text.count
        first = Self.word(text, 0, length)
        second = length > 8 ? Self.word(text, 8, length) : 0
        last = length > 16 ? Self.word(text, length - 8, length) : 0
        count = Int32(truncatingIfNeeded: length)
        self.tag = tag
    }

    @inline(__always)
    private static func word(_ text: Span<UInt8>, _ start: Int, _ length: Int) -> UInt64 {
        var word: UInt64 = 0
        var offset = start
        let end = min(start + 8, length)
        while offset < end {
            word = word << 8 | UInt64(text[offset])
            offset += 1
        }
        return word
    }

    /// The bytes that are in no word.
    static func middle(of length: Int) -> Range<Int> { length > 24 ? 16..<(length - 8) : 0..<0 }

    var isWhole: Bool { count <= 24 }

    @inline(__always)
    func isSame(as other: PackedKey) -> Bool {
        first == other.first && second == other.second && last == other.last && count == other.count
            && tag == other.tag
    }

    var hash: UInt64 {
        var hash = (first ^ UInt64(tag)) &* 0x9e37_79b9_7f4a_7c15
        hash = (hash ^ (hash >> 32) ^ second) &* 0xd1b5_4a32_d192_ed03
        hash = (hash ^ (hash >> 32) ^ last ^ UInt64(UInt32(bitPattern: count))) &* 0x9e37_79b9_7f4a_7c15
        return hash ^ (hash >> 32)
    }
}
