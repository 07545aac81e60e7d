/// What stands between the quotes of a string.
enum StringContent {
    /// The first bad escape, nil when all are right.
    ///
    /// - Parameters:
    ///   - bytes: What stands between the quotes.
    ///   - first: A place at or before the first backslash.
    static func defect(in bytes: JSONBytes, from first: Int = 0) -> (code: JSONDefect.Code, place: Int)? {
        var place = first
        while place < bytes.count {
            guard unsafe bytes.start[place] == UInt8(ascii: "\\") else {
                place += 1
                continue
            }
            switch escape(in: bytes, at: place) {
            case .scalar(let value, let length):
                if value == 0 { return (.nul, place) }
                place += length
            case .loneSurrogate: return (.loneSurrogate, place)
            case .unknown: return (.badEscape, place)
            }
        }
        return nil
    }

    /// The content with its escapes resolved; what cannot be resolved becomes U+FFFD.
    static func decode(_ bytes: JSONBytes) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            let byte = unsafe bytes.start[place]
            guard byte == UInt8(ascii: "\\") else {
                decoded.append(byte)
                place += 1
                continue
            }
            switch escape(in: bytes, at: place) {
            case .scalar(let value, let length):
                decoded.append(contentsOf: Unicode.Scalar(value).map { Array(UTF8.encode($0) ?? .init()) } ?? [])
                place += length
            case .loneSurrogate:
                decoded.append(contentsOf: replacement)
                place += 6
            case .unknown:
                decoded.append(contentsOf: replacement)
                place += 2
            }
        }
        return decoded
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    private enum Escape {
        case scalar(UInt32, length: Int)
        case loneSurrogate
        case unknown
    }

    /// Reads the escape whose backslash stands at `place` (RFC 8259 section 7).
    private static func escape(in bytes: JSONBytes, at place: Int) -> Escape {
        guard place + 1 < bytes.count else { return .unknown }
        switch unsafe bytes.start[place + 1] {
        case UInt8(ascii: "\""): return .scalar(0x22, length: 2)
        case UInt8(ascii: "\\"): return .scalar(0x5C, length: 2)
        case UInt8(ascii: "/"): return .scalar(0x2F, length: 2)
        case UInt8(ascii: "b"): return .scalar(0x08, length: 2)
        case UInt8(ascii: "f"): return .scalar(0x0C, length: 2)
        case UInt8(ascii: "n"): return .scalar(0x0A, length: 2)
        case UInt8(ascii: "r"): return .scalar(0x0D, length: 2)
        case UInt8(ascii: "t"): return .scalar(0x09, length: 2)
        case UInt8(ascii: "u"): return unicodeEscape(in: bytes, at: place)
        default: return .unknown
        }
    }

    private static func unicodeEscape(in bytes: JSONBytes, at place: Int) -> Escape {
        guard let unit = codeUnit(in: bytes, at: place) else { return .unknown }
        switch unit {
        case 0xD800...0xDBFF:
            guard let low = codeUnit(in: bytes, at: place + 6), (0xDC00...0xDFFF).contains(low) else {
                return .loneSurrogate
            }
            return .scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), length: 12)
        case 0xDC00...0xDFFF: return .loneSurrogate
        default: return .scalar(unit, length: 6)
        }
    }

    /// The number of a `\uXXXX` at `place`; nil when there is none.
    private static func codeUnit(in bytes: JSONBytes, at place: Int) -> UInt32? {
        guard place + 6 <= bytes.count, unsafe bytes.start[place] == UInt8(ascii: "\\"),
            unsafe bytes.start[place + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt32 = 0
        for index in place + 2..<place + 6 {
            guard let digit = unsafe hexadecimal(bytes.start[index]) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
