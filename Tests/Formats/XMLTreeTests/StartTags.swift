/// Finds start tags by looking at the bytes only.
enum StartTags {
    /// The lines on which they begin; the zero bytes of UTF-16 are passed over.
    static func lines(in bytes: [UInt8]) -> [Int] {
        let bytes = bytes.contains(0) ? bytes.filter { $0 != 0 } : bytes
        var lines: [Int] = []
        var line = 1
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "<"), let end = end(of: bytes, at: place) {
                line += bytes[place..<end].count { $0 == UInt8(ascii: "\n") }
                place = end
                continue
            }
            if bytes[place] == UInt8(ascii: "<"), place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "/") {
                lines.append(line)
            }
            if bytes[place] == UInt8(ascii: "\n") { line += 1 }
            place += 1
        }
        return lines
    }

    /// The end of a comment, CDATA section or instruction that begins at a place; nil when none does.
    private static func end(of bytes: [UInt8], at place: Int) -> Int? {
        guard place + 1 < bytes.count, [UInt8(ascii: "!"), UInt8(ascii: "?")].contains(bytes[place + 1]) else {
            return nil
        }
        for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
            guard bytes[place...].starts(with: open.utf8) else { continue }
            var end = place + open.utf8.count
            while end < bytes.count, !bytes[end...].starts(with: close.utf8) { end += 1 }
            return min(end + close.utf8.count, bytes.count)
        }
        return nil
    }
}
