/// UUIDs made from names (RFC 9562, version 5): the same name gives the same UUID, on every machine.
public enum NameBasedUUID {
    /// Namespace of the product's own names: the UUID of its canonical base under the URL namespace of the RFC.
    public static let namespace = bytes(name: "https://spinehook.example/fhir", in: url)

    /// The namespace `URL` of RFC 9562, appendix A.
    public static let url: [UInt8] = [
        0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ]

    /// The UUID of several parts in order, 36 characters in lower case.
    ///
    /// Parts are joined with a separator that no text of a record keeps, so that `a`, `bc` and `ab`, `c` differ.
    public static func text(of parts: [String]) -> String {
        text(bytes(name: parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\u{1F}"), in: namespace))
    }

    /// Sixteen bytes of a version 5 UUID.
    public static func bytes(name: String, in namespace: [UInt8]) -> [UInt8] {
        var bytes = Array(SHA1.digest(namespace + Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }

    /// The usual spelling in five groups.
    public static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (place, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
