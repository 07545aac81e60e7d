/// Numbers as JSON writes them (RFC 8259 section 6).
enum NumberGrammar {
    /// The offset behind the number that begins at `start`, nil when there is none.
    ///
    /// Reads the byte behind it, which must be there.
    @inline(__always)
    static func end(of bytes: UnsafePointer<UInt8>, from start: Int) -> Int? {
        var place = start
        if unsafe bytes[place] == UInt8(ascii: "-") { place &+= 1 }
        if unsafe bytes[place] == UInt8(ascii: "0") {
            place &+= 1
        } else {
            guard unsafe skipDigits(bytes, &place) else { return nil }
        }
        if unsafe bytes[place] == UInt8(ascii: ".") {
            place &+= 1
            guard unsafe skipDigits(bytes, &place) else { return nil }
        }
        if unsafe bytes[place] | 0x20 == UInt8(ascii: "e") {
            place &+= 1
            let sign = unsafe bytes[place]
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { place &+= 1 }
            guard unsafe skipDigits(bytes, &place) else { return nil }
        }
        return place
    }

    @inline(__always)
    private static func skipDigits(_ bytes: UnsafePointer<UInt8>, _ place: inout Int) -> Bool {
        let first = place
        while unsafe bytes[place] &- UInt8(ascii: "0") < 10 { place &+= 1 }
        return place > first
    }

    /// The offset behind something that was meant as a number, nil when it looks like a word (`-Infinity`).
    static func endOfMalformed(_ bytes: UnsafePointer<UInt8>, from start: Int, to limit: Int) -> Int? {
        var place = start
        while unsafe place < limit && isPart(bytes[place]) { place += 1 }
        let isSigned = unsafe bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "+")
        if isSigned, start + 1 < place, unsafe isLetter(bytes[start + 1]) { return nil }
        return place
    }

    /// Whether a byte may begin something meant as a number.
    static func isStart(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ".")
    }

    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func isPart(_ byte: UInt8) -> Bool {
        isStart(byte) || isLetter(byte) || byte == UInt8(ascii: "_")
    }
}
