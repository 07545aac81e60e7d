/// Looks through bytes that are to be UTF-8 without U+0000.
///
/// libxml2 does not: some versions take overlong forms, and end a document at U+0000.
enum UTF8Check {
    /// What is wrong at a place.
    enum Fault {
        case nul, malformed
        /// The last character is not complete.
        case cut
    }

    /// The first fault at or behind `start`.
    static func firstFault(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (place: Int, fault: Fault)? {
        guard let base = bytes.baseAddress else { return nil }
        var place = start
        while place < bytes.count {
            if place + 8 <= bytes.count {
                let word = unsafe UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
                let hasZero = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
                if (word & 0x8080_8080_8080_8080) | hasZero == 0 {
                    place &+= 8
                    continue
                }
            }
            let first = unsafe bytes[place]
            if first == 0 { return (place, .nul) }
            if first < 0x80 {
                place &+= 1
                continue
            }
            guard let form = Form(of: first) else { return (place, .malformed) }
            let rest = unsafe bytes[(place + 1)..<min(place + form.length, bytes.count)]
            guard unsafe form.allows(rest) else { return (place, .malformed) }
            if unsafe rest.count + 1 < form.length { return (place, .cut) }
            place &+= form.length
        }
        return nil
    }

    /// What a first byte asks of the bytes behind it (Unicode, table 3-7).
    private struct Form {
        let length: Int
        let second: ClosedRange<UInt8>

        init?(of first: UInt8) {
            switch first {
            case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: return nil
            }
        }

        func allows(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
            guard let next = unsafe rest.first else { return true }
            return unsafe second.contains(next) && rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
        }
    }

    /// The 1-based line and column, in characters, of a place.
    static func position(of place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for offset in 0..<place {
            let byte = unsafe bytes[offset]
            if byte == UInt8(ascii: "\n") {
                line &+= 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column &+= 1
            }
        }
        return (line, column)
    }
}
