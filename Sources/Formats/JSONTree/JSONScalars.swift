extension JSONNode {
    /// The bytes of a string, escapes resolved; nil for one of more than 4 KiB with escapes, for a defective one, and for
    /// any other value.
    @inlinable public var stringBytes: JSONBytes? {
        guard isString, !hasDefect else { return nil }
        let content = quoted
        return content.containsBackslash ? decodedBytes : content
    }

    /// The text of a string, escapes resolved; nil when it is defective, and for any other value.
    @inlinable public var string: String? {
        guard isString, !hasDefect else { return nil }
        let content = quoted
        return content.containsBackslash ? decodedString : String(content)
    }

    /// A number as written, for example `7.50` or `1e400`; nil when it is malformed, and for any other value.
    @inlinable public var numberText: String? { numberBytes.map { String($0) } }

    /// The bytes of a number as written; nil when it is malformed, and for any other value.
    @inlinable public var numberBytes: JSONBytes? { isNumber && !hasDefect ? raw : nil }

    /// A number written as a whole number (no point, no exponent) that fits; nil for anything else.
    @inlinable public var integer: Int? {
        guard let digits = numberBytes else { return nil }
        var value = 0
        let isNegative = digits.first == UInt8(ascii: "-")
        for digit in digits.dropFirst(isNegative ? 1 : 0) {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            let (shifted, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let step = Int(digit &- UInt8(ascii: "0"))
            let (next, overflow) = shifted.addingReportingOverflow(isNegative ? -step : step)
            guard !tooLarge, !overflow else { return nil }
            value = next
        }
        return value
    }

    @inlinable var quoted: JSONBytes {
        let first = Int(start) &+ 1
        return unsafe JSONBytes(
            start: tree.pointee.bytes + first, count: tree.pointee.lastByte(ofSlot: Int(slot)) &- first)
    }

    @usableFromInline var decodedBytes: JSONBytes? {
        unsafe JSONTree.decodedBytes(atSlot: Int(slot), among: tree.pointee.escapedTexts)
    }

    @usableFromInline var decodedString: String {
        String(decoding: StringContent.decode(quoted), as: UTF8.self)
    }
}

extension JSONBytes {
    /// Whether a backslash is among them.
    @inlinable var containsBackslash: Bool {
        var place = 0
        while place &+ 8 <= count {
            let marked = unsafe word(start + place) ^ 0x5C5C_5C5C_5C5C_5C5C
            if (marked &- 0x0101_0101_0101_0101) & ~marked & 0x8080_8080_8080_8080 != 0 { return true }
            place &+= 8
        }
        while place < count {
            if unsafe start[place] == UInt8(ascii: "\\") { return true }
            place &+= 1
        }
        return false
    }
}
