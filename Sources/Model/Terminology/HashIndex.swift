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
    @inline(__always)
    func find(_ hash: UInt64, matches: (Int) -> Bool) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let position = Int(slots[slot])
            guard position >= 0 else { return nil }
            if matches(position) { return position }
            slot = (slot + 1) & mask
        }
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
