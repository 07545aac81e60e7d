/// A 128-bit identity of bytes: FNV-1a with 128 bits (Fowler, Noll, Vo).
///
/// It names which knowledge gave a decision, so it must be the same on every machine and change with every byte. It is
/// no protection against someone who wants two folders to look alike, and it does not need to be; that would take a
/// cryptographic hash and a library for it.
struct ContentDigest {
    private var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

    /// Adds the bytes and then their number, so that the border between two pieces counts.
    mutating func add(_ bytes: [UInt8]) {
        var hash = hash
        for byte in bytes { hash = (hash ^ UInt128(byte)) &* Self.prime }
        var length = bytes.count
        for _ in 0..<8 {
            hash = (hash ^ UInt128(UInt8(truncatingIfNeeded: length))) &* Self.prime
            length >>= 8
        }
        self.hash = hash
    }

    /// 32 hexadecimal digits.
    var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
