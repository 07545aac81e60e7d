/// Eight bytes as one word, the first one lowest.
@inlinable @inline(__always)
func word(_ start: UnsafePointer<UInt8>) -> UInt64 {
    unsafe UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
}

/// Four bytes as one word, the first one lowest.
@inlinable @inline(__always)
func halfWord(_ start: UnsafePointer<UInt8>) -> UInt32 {
    unsafe UInt32(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt32.self))
}

/// Whether two runs of `count` bytes are the same; reads none beyond them.
@inlinable @inline(__always)
func sameBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    if count >= 8 {
        var place = 0
        while place < count &- 8 {
            if unsafe word(left + place) != word(right + place) { return false }
            place &+= 8
        }
        return unsafe word(left + (count &- 8)) == word(right + (count &- 8))
    }
    if count >= 4 {
        return unsafe halfWord(left) == halfWord(right)
            && halfWord(left + (count &- 4)) == halfWord(right + (count &- 4))
    }
    var place = 0
    while place < count {
        if unsafe left[place] != right[place] { return false }
        place &+= 1
    }
    return true
}

/// A number made of the bytes of a name: equal names have equal keys, different ones nearly always different ones.
///
/// It sees the length, the first eight and the last eight bytes, and reads none beyond the name.
@inlinable @inline(__always)
func nameKey(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let first: UInt64
    let last: UInt64
    if count >= 8 {
        unsafe first = word(start)
        unsafe last = word(start + (count &- 8))
    } else if count >= 4 {
        unsafe first = UInt64(halfWord(start))
        unsafe last = UInt64(halfWord(start + (count &- 4)))
    } else if count > 0 {
        unsafe first = UInt64(start[0]) | UInt64(start[count >> 1]) << 8
        unsafe last = UInt64(start[count &- 1])
    } else {
        return 0
    }
    let mixed = (first ^ UInt64(truncatingIfNeeded: count) << 59) &* 0x9E37_79B9_7F4A_7C15
    let both = (mixed ^ mixed >> 32 ^ last) &* 0xD6E8_FEB8_6659_FD93
    return both ^ both >> 32
}
