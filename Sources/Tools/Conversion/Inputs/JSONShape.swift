/// What the outline of some bytes says, before anything is parsed.
enum JSONShape {
    /// A blank of JSON.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// Whether the bytes are one value in brackets, with nothing but blanks around it.
    ///
    /// Only brackets and strings are looked at: the answer is about where a value ends, not whether it is right.
    static func isOneBracketedValue(_ bytes: some Collection<UInt8>) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        var isComplete = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            if isBlank(byte) { continue }
            if isComplete { return false }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return false }
                isComplete = depth == 0
            case UInt8(ascii: "\""): isInString = depth > 0
            default: break
            }
            if depth == 0 && !isComplete { return false }
        }
        return isComplete
    }

    /// Whether the bytes are one JSON object, by their outline.
    static func isOneObject(_ bytes: [UInt8]) -> Bool {
        bytes.first { !isBlank($0) } == UInt8(ascii: "{") && isOneBracketedValue(bytes)
    }
}
