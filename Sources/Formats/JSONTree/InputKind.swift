/// What an input is, told from its first bytes.
enum InputKind {
    /// 3 when the bytes begin with the UTF-8 byte order mark, else 0.
    static func byteOrderMarkLength(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        unsafe bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Names what is plainly something other than JSON in UTF-8; nil when it has to be read to know.
    static func problem(of text: UnsafeBufferPointer<UInt8>) -> Problem? {
        if let encoding = unsafe otherEncoding(of: text) {
            return Problem(code: .notUTF8, offset: 0, expected: "JSON in UTF-8", found: encoding)
        }
        guard let first = unsafe text.firstIndex(where: { !isWhiteSpace($0) }) else {
            let found = text.isEmpty ? "no bytes" : "only white space"
            return Problem(code: .empty, offset: 0, expected: "a JSON document", found: found)
        }
        if unsafe text.starts(with: [0x1F, 0x8B]) {
            return Problem(
                code: .valueExpected, offset: 0, expected: "a JSON document", found: "gzip-compressed data")
        }
        guard unsafe text[first] == UInt8(ascii: "<") else { return nil }
        return unsafe isHTML(text[first...])
            ? Problem(code: .htmlPage, offset: first, expected: "a JSON document", found: "an HTML page")
            : Problem(code: .xml, offset: first, expected: "a JSON document", found: "an XML document")
    }

    static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\t")
    }

    /// By byte order mark, else by where the zero bytes of the first (always ASCII) characters stand.
    private static func otherEncoding(of text: UnsafeBufferPointer<UInt8>) -> String? {
        var start: [UInt8] = unsafe Array(text.prefix(4))
        while start.count < 4 { start.append(1) }
        return switch (start[0], start[1], start[2], start[3]) {
        case (0x00, 0x00, 0xFE, 0xFF), (0x00, 0x00, 0x00, 1...): "UTF-32, big-endian"
        case (0xFF, 0xFE, 0x00, 0x00), (1..., 0x00, 0x00, 0x00): "UTF-32, little-endian"
        case (0xFE, 0xFF, _, _), (0x00, 1..., _, _): "UTF-16, big-endian"
        case (0xFF, 0xFE, _, _), (1..., 0x00, _, _): "UTF-16, little-endian"
        default: nil
        }
    }

    /// What HTML pages begin with, in lower case.
    private static let htmlStarts = [
        "<!doctype html", "<html", "<head", "<title", "<meta", "<script", "<style", "<body", "<div", "<h1", "<center",
        "<p>",
    ]

    /// How far a page may begin with comments or an XML declaration before its `<html>`.
    private static let htmlSearchLength = 2_048

    private static func isHTML(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let start = unsafe String(decoding: text.prefix(htmlSearchLength), as: UTF8.self).lowercased()
        return htmlStarts.contains { start.hasPrefix($0) } || start.contains("<html")
            || start.contains("<!doctype html")
    }
}
