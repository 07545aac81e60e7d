extension Arena {
    /// Closes the list of elements, ranks siblings and gives back room that is not used.
    ///
    /// - Throws: An error when there is no memory for it.
    mutating func finish() throws(XMLError) {
        let end = ElementRecord(
            name: 0, parent: ElementRecord.none, next: 0, line: 0, firstAttribute: UInt32(attributes.count),
            start: UInt32(text.count), end: UInt32(text.count), rank: 0)
        guard elements.append(end), rankSiblings() else { throw XMLError(.noMemory) }
        trim()
    }

    /// For a name: the parent whose children were counted last, how many of them have it, and the first one.
    private struct Count: BitwiseCopyable {
        var parent = ElementRecord.none
        var count: UInt32 = 0
        var first = 0
    }

    /// Gives every element with siblings of its name its rank among them, in one pass over all children.
    private mutating func rankSiblings() -> Bool {
        var counts = GrowingBuffer<Count>()
        defer { counts.free() }
        guard counts.reserve(names.count) else { return false }
        for _ in 0..<names.count { _ = counts.append(Count()) }
        for parent in 0..<elementCount {
            var child = parent + 1
            let end = Int(elements[parent].next)
            while child < end {
                let record = elements[child]
                var count = counts[Int(record.name)]
                if count.parent != UInt32(parent) { count = Count(parent: UInt32(parent), first: child) }
                count.count += 1
                counts[Int(record.name)] = count
                if count.count > 1 { elements[child].rank = count.count }
                if count.count == 2 { elements[count.first].rank = 1 }
                child = Int(record.next)
            }
        }
        return true
    }
}
