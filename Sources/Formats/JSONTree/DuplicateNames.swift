/// Member names that stand twice in one object.
///
/// The walk keeps 64 bits for each open object and looks closer only when a bit is met again. An object with many
/// members is checked as a whole when it closes: its bits are then all set.
extension TreeWalk {
    /// Beyond this many members an object is sorted once instead of searched for each name.
    private static var widestSearched: Int { 64 }

    /// Looks whether the name at `slot` is really there already.
    @inline(never)
    mutating func checkName(at slot: Int, in frame: inout Frame) {
        if frame.filter == .max { return }
        let name = unsafe self.name(atSlot: slot)
        var other = frame.open + 1
        var count = 0
        while other < slot {
            if unsafe self.name(atSlot: other) == name {
                unsafe defects.append(JSONDefect(.duplicateName, at: Int(indexes[slot])))
                return
            }
            count += 1
            guard unsafe count < TreeWalk.widestSearched else {
                frame.filter = .max
                return
            }
            other = unsafe nextMember(after: other)
        }
    }

    /// Checks all names of an object at once.
    @inline(never)
    mutating func checkWideObject(open: Int, close: Int) {
        var names: [(name: JSONBytes, slot: Int)] = []
        var slot = open + 1
        while slot < close {
            unsafe names.append((name(atSlot: slot), slot))
            slot = unsafe nextMember(after: slot)
        }
        names.sort { left, right in
            left.name == right.name ? left.slot < right.slot : left.name.lexicographicallyPrecedes(right.name)
        }
        for (previous, next) in zip(names, names.dropFirst()) where previous.name == next.name {
            unsafe defects.append(JSONDefect(.duplicateName, at: Int(indexes[next.slot])))
        }
    }

    private func nextMember(after slot: Int) -> Int {
        let value = slot + 2
        let isContainer = unsafe bytes[Int(indexes[value])] | 0x20 == UInt8(ascii: "{")
        return unsafe (isContainer ? Int(partners[value]) : value) + 2
    }

    private func name(atSlot slot: Int) -> JSONBytes {
        let escaped = unsafe buffers.escapedNames
        if !escaped.isEmpty,
            let name = unsafe escaped.withUnsafeBufferPointer({ unsafe decodedBytes(atSlot: slot, among: $0) })
        {
            return name
        }
        let start = unsafe Int(indexes[slot]) + 1
        var end = unsafe Int(indexes[slot + 1]) - 1
        while unsafe bytes[end] != UInt8(ascii: "\"") { end -= 1 }
        return unsafe JSONBytes(start: bytes + start, count: end - start)
    }
}
