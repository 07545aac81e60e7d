/// Base64 (RFC 4648, section 4).
enum Base64 {
    /// The value of each letter of the alphabet; 255 for every other byte.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, letter) in alphabet.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// The bytes of a text; white space in it is passed over, as FHIR allows.
    ///
    /// - Returns: Nil when another letter stands in it, or when its length or padding shows that it was cut.
    static func decoded(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var word: UInt32 = 0
        var letters = 0
        var padding = 0
        for byte in text.utf8 {
            if byte == 0x20 || (0x09...0x0D).contains(byte) { continue }
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            let value = values[Int(byte)]
            guard value < 64, padding == 0 else { return nil }
            word = word << 6 | UInt32(value)
            letters += 1
            if letters % 4 == 0 { bytes += [UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)] }
        }
        switch (letters % 4, padding) {
        case (0, 0): return bytes
        case (2, 2): return bytes + [UInt8(word >> 4 & 255)]
        case (3, 1): return bytes + [UInt8(word >> 10 & 255), UInt8(word >> 2 & 255)]
        default: return nil
        }
    }
}
