/// Open addressing from a hash to a position in arrays kept elsewhere: the one look-up behind every code.
struct HashIndex: Sendable {
    private var slots: [Int32]
    private var count = 0

    /// An index with room for `capacity` positions before it grows.
    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
    }

    /// The position whose key `matches`; nil when no key does.
    func find(_ hash: UInt64, matches: (Int) -> Bool) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let position = Int(slots[slot])
            if matches(position) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds a position that is not there yet. `hashOf` gives the hashes of the positions before it when the table grows.
    mutating func insert(_ position: Int, hash: UInt64, hashOf: (Int) -> UInt64) {
        if (count + 1) * 2 > slots.count {
            slots = Array(repeating: -1, count: slots.count * 2)
            for earlier in 0..<count { place(earlier, hashOf(earlier)) }
        }
        place(position, hash)
        count += 1
    }

    private mutating func place(_ position: Int, _ hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(truncatingIfNeeded: position)
    }
}

/// Byte strings with a tag, each at a position counted from 0 in the order of insertion.
struct ByteTable: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [Int32] = [0]
    private var tags: [UInt8] = []
    private var hashes: [UInt64] = []
    private var index: HashIndex

    /// A table with room for `capacity` keys before it grows.
    init(capacity: Int = 16) { index = HashIndex(capacity: capacity) }

    /// How many keys there are.
    var count: Int { tags.count }

    /// The position of a key; nil when it is not there.
    func find(_ key: Span<UInt8>, tag: UInt8) -> Int? {
        index.find(Self.hash(key, tag)) { position in
            let start = Int(starts[position])
            guard tags[position] == tag, Int(starts[position + 1]) - start == key.count else { return false }
            for offset in 0..<key.count where bytes[start + offset] != key[offset] { return false }
            return true
        }
    }

    /// The position of a key, which is added when it is not there; `isNew` tells.
    mutating func intern(_ key: Span<UInt8>, tag: UInt8) -> (position: Int, isNew: Bool) {
        if let position = find(key, tag: tag) { return (position, false) }
        let position = count
        for offset in 0..<key.count { bytes.append(key[offset]) }
        starts.append(Int32(truncatingIfNeeded: bytes.count))
        tags.append(tag)
        let hash = Self.hash(key, tag)
        hashes.append(hash)
        index.insert(position, hash: hash) { hashes[$0] }
        return (position, true)
    }

    /// FNV-1a with a final mix, so that the low bits that choose the slot depend on every byte.
    private static func hash(_ key: Span<UInt8>, _ tag: UInt8) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(tag)
        for offset in 0..<key.count { hash = (hash ^ UInt64(key[offset])) &* 0x0000_0100_0000_01b3 }
        return hash ^ (hash >> 32)
    }
}
