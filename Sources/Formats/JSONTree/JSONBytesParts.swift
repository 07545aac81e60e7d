extension JSONBytes {
    /// A part of the bytes, in place.
    @inlinable public func part(_ range: Range<Int>) -> JSONBytes {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "Bytes out of range.")
        return unsafe JSONBytes(start: start + range.lowerBound, count: range.count)
    }

    /// The position behind the last byte of a kind; nil when there is none.
    @inlinable public func position(behindLast byte: UInt8) -> Int? {
        var place = count
        while place > 0 {
            if unsafe start[place &- 1] == byte { return place }
            place &-= 1
        }
        return nil
    }

    /// Whether the bytes begin with those of a literal.
    @inlinable public func hasPrefix(_ text: StaticString) -> Bool {
        unsafe count >= text.utf8CodeUnitCount && sameBytes(start, text.utf8Start, text.utf8CodeUnitCount)
    }

    /// A number made of all the bytes, for tables: equal bytes have equal fingerprints.
    @inlinable public var fingerprint: UInt64 {
        var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        var place = 0
        while place &+ 8 <= count {
            unsafe hash = (hash ^ word(start + place)) &* 0xD6E8_FEB8_6659_FD93
            hash ^= hash >> 32
            place &+= 8
        }
        while place < count {
            unsafe hash = (hash ^ UInt64(start[place])) &* 0x9E37_79B9_7F4A_7C15
            place &+= 1
        }
        return hash ^ hash >> 29
    }
}

extension JSONNames {
    /// The case whose raw value the bytes are, for codes and type names; nil when it is none of them.
    @inlinable public subscript(text text: JSONBytes) -> Member? { self[JSONName(bytes: text)] }
}
