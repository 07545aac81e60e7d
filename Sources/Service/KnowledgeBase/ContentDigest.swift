/// A 128-bit identity of bytes: two lanes that multiply and fold eight bytes at a time.
///
/// It names which knowledge gave a decision, so it must be the same on every machine and change with every byte. It is
/// no protection against someone who wants two folders to look alike, and it does not need to be; that would take a
/// cryptographic hash and a library for it.
struct ContentDigest {
    private var first: UInt64 = 0x9e37_79b9_7f4a_7c15
    private var second: UInt64 = 0xd1b5_4a32_d192_ed03

    /// Adds the length of the bytes and then the bytes, so that the border between two pieces counts.
    mutating func add(_ bytes: [UInt8]) {
        add(UInt64(bytes.count))
        var place = 0
        while place < bytes.count {
            var word: UInt64 = 0
            let end = min(place + 8, bytes.count)
            for offset in place..<end { word |= UInt64(bytes[offset]) << UInt64(8 * (offset - place)) }
            add(word)
            place = end
        }
    }

    private mutating func add(_ word: UInt64) {
        first = Self.folded(first ^ word, 0xa076_1d64_78bd_642f)
        second = Self.folded((second &+ word) ^ first, 0xe703_7ed1_a0b4_28db)
    }

    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low ^ left
    }

    /// 32 hexadecimal digits.
    var text: String {
        [first, second].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
