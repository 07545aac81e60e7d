/// Finds the place of a name by the addresses of its parts.
///
/// libxml2 keeps each name, prefix and URI of a document once, so that equal ones have one address while it reads.
@safe struct NameTable {
    /// What a name is found by.
    struct Key: BitwiseCopyable, Equatable {
        /// Address of the local name; 0 marks a free place of the table.
        var local: UInt
        /// Address of the URI, or of a prefix, or the place of a namespace, as `kind` says.
        var space: UInt
        var kind: Kind

        enum Kind: UInt {
            /// As written: `space` is the URI that the prefix stands for, 0 for none.
            case declared
            /// As written: `space` is a prefix that stands for nothing.
            case undeclared
            /// As understood: `space` is the place of a namespace.
            case resolved
            /// `local` is a URI.
            case namespace
        }

        @inline(__always)
        var hash: UInt {
            let mixed = (local ^ (space << 21 | space >> 43) ^ kind.rawValue) &* 0x9E37_79B9_7F4A_7C15
            return mixed ^ mixed >> 32
        }
    }

    private struct Entry: BitwiseCopyable {
        var key = Key(local: 0, space: 0, kind: .declared)
        var value: UInt32 = 0
    }

    private var entries = GrowingBuffer<Entry>()
    private var count = 0

    /// The place that belongs to a key; nil when it is new.
    @inline(__always)
    func find(_ key: Key) -> UInt32? {
        guard entries.count > 0 else { return nil }
        let mask = entries.count &- 1
        var place = Int(truncatingIfNeeded: key.hash) & mask
        while true {
            let entry = entries[place]
            if entry.key == key { return entry.value }
            if entry.key.local == 0 { return nil }
            place = (place &+ 1) & mask
        }
    }

    /// Adds a key that is new; false when there is no memory.
    mutating func add(_ key: Key, _ value: UInt32) -> Bool {
        if (count + 1) * 2 > entries.count {
            guard grow() else { return false }
        }
        put(Entry(key: key, value: value))
        count += 1
        return true
    }

    mutating func free() { entries.free() }

    private mutating func put(_ entry: Entry) {
        let mask = entries.count - 1
        var place = Int(truncatingIfNeeded: entry.key.hash) & mask
        while entries[place].key.local != 0 { place = (place + 1) & mask }
        entries[place] = entry
    }

    private mutating func grow() -> Bool {
        var old = entries
        let size = max(256, old.count * 2)
        entries = GrowingBuffer()
        guard entries.reserve(size) else {
            entries = old
            return false
        }
        for _ in 0..<size { _ = entries.append(Entry()) }
        for place in 0..<old.count where old[place].key.local != 0 { put(old[place]) }
        old.free()
        return true
    }
}
