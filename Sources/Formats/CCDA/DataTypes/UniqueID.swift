/// The shapes of a UID: OID or UUID.
public enum UniqueID {
    /// Whether a text is an OID: numbers without leading zeros, parted by points, the first of them 0, 1 or 2.
    public static func isOID(_ text: String) -> Bool {
        var previous = UInt8(ascii: ".")
        var length = 0
        var leadsWithZero = false
        var hasPoint = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                guard previous != byte else { return false }
                hasPoint = true
            } else {
                guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return false }
                if previous == UInt8(ascii: ".") {
                    leadsWithZero = byte == UInt8(ascii: "0")
                } else if leadsWithZero {
                    return false
                }
                if length == 0, byte > UInt8(ascii: "2") { return false }
                if length == 1 { return false }
            }
            previous = byte
            length += 1
        }
        return hasPoint && previous != UInt8(ascii: ".")
    }

    /// Whether a text is a UUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
    public static func isUUID(_ text: String) -> Bool {
        guard text.utf8.count == 36 else { return false }
        return text.utf8.enumerated().allSatisfy { index, byte in
            switch index {
            case 8, 13, 18, 23: byte == UInt8(ascii: "-")
            default:
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"):
                    true
                default: false
                }
            }
        }
    }
}
