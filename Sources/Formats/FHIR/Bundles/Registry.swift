import JSONTree

/// Every resource that was met, found again by its identity, so that copies, versions, deletions and references
/// come out right whatever the order of the entries is.
struct Registry {
    /// One resource.
    struct Entry {
        /// Which document it stands in.
        let document: Int32
        let type: ResourceType
        /// Set when a newer version or a deletion takes its place: its facts do not count.
        var isSuperseded = false
        /// Whether it is the mark of a deletion.
        var isDeletion = false
        /// Whether its fullUrl is a urn.
        var isURN = false
        /// Whether it stands in `draftOrders`.
        var isDraft = false
        /// Set for a second name of a resource: the entry it stands for.
        var alias: Int32?
        /// Base of its fullUrl, as an index of `Bases`; nil when it is unknown.
        let base: Int32?
        /// Bytes of the resource in its document.
        let range: Range<Int>
        let place: Place
        /// Next older entry with the same key.
        var next: Int32
    }

    private(set) var entries: ContiguousArray<Entry> = []
    private var keys: ContiguousArray<UInt64> = []
    private var heads: ContiguousArray<Int32> = []
    private var used = 0

    /// Makes room for a number of resources.
    mutating func reserve(_ count: Int) {
        entries.reserveCapacity(entries.count + count)
    }

    subscript(_ index: Int) -> Entry { entries[index] }

    mutating func supersede(_ index: Int) { entries[index].isSuperseded = true }

    /// The newest entry with a key; nil when there is none.
    func first(_ key: UInt64) -> Int? {
        guard !keys.isEmpty else { return nil }
        let place = slot(of: key)
        return heads[place] < 0 ? nil : Int(heads[place])
    }

    /// The next older entry with the same key.
    func next(after index: Int) -> Int? { entries[index].next < 0 ? nil : Int(entries[index].next) }

    /// Adds an entry under a key; a key of nil is never found again.
    mutating func add(_ entry: Entry, key: UInt64?) -> Int {
        var entry = entry
        entry.next = -1
        if let key {
            if 2 * (used + 1) > keys.count { grow() }
            let place = slot(of: key)
            if heads[place] < 0 {
                used += 1
                keys[place] = key
            }
            entry.next = heads[place]
            heads[place] = Int32(entries.count)
        }
        entries.append(entry)
        return entries.count - 1
    }

    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: key) & mask
        while heads[place] >= 0, keys[place] != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = zip(keys, heads).filter { $0.1 >= 0 }
        let size = max(64, keys.count * 2)
        keys = ContiguousArray(repeating: 0, count: size)
        heads = ContiguousArray(repeating: -1, count: size)
        for (key, head) in old {
            let place = slot(of: key)
            keys[place] = key
            heads[place] = head
        }
    }
}
