/// How the bytes of a document are to be turned into characters.
enum InputEncoding: Sendable, Hashable {
    /// UTF-8, by byte order mark, by label or because nothing else is said.
    case utf8
    /// UTF-16, by byte order mark or by the zero bytes of its first characters.
    case utf16(littleEndian: Bool)
    /// The encoding that the XML declaration names; the parser converts it.
    case declared

    /// What the first bytes of an input show, and how many of them are a byte order mark.
    ///
    /// Nil for UTF-32, which is not read.
    static func shown(by bytes: UnsafeBufferPointer<UInt8>) -> (encoding: InputEncoding, mark: Int)? {
        var head: [UInt8] = unsafe Array(bytes.prefix(4))
        while head.count < 4 { head.append(1) }
        return switch (head[0], head[1], head[2], head[3]) {
        case (0x00, 0x00, 0xFE, 0xFF), (0xFF, 0xFE, 0x00, 0x00), (0x00, 0x00, 0x00, _), (1..., 0x00, 0x00, 0x00): nil
        case (0xEF, 0xBB, 0xBF, _): (.utf8, 3)
        case (0xFE, 0xFF, _, _): (.utf16(littleEndian: false), 2)
        case (0xFF, 0xFE, _, _): (.utf16(littleEndian: true), 2)
        case (0x00, isASCII, _, _): (.utf16(littleEndian: false), 0)
        case (isASCII, 0x00, _, _): (.utf16(littleEndian: true), 0)
        default: (.declared, 0)
        }
    }

    private static let isASCII: ClosedRange<UInt8> = 0x09...0x7E

    /// Bytes of one unit.
    var unitSize: Int {
        switch self {
        case .utf8, .declared: 1
        case .utf16: 2
        }
    }

    /// The name by which libxml2 is told the encoding; nil leaves it UTF-8 or to the declaration.
    var parserName: String? {
        switch self {
        case .utf8, .declared: nil
        case .utf16(littleEndian: true): "UTF-16LE"
        case .utf16(littleEndian: false): "UTF-16BE"
        }
    }

    /// Whether a label, in upper case, is true of these bytes.
    func agrees(withLabel label: String) -> Bool {
        switch self {
        case .utf8: label == "UTF-8" || label == "UTF8"
        case .utf16: label.hasPrefix("UTF-16") || label == "UTF16" || label == "ISO-10646-UCS-2"
        case .declared: true
        }
    }

    /// Whether a label, in upper case, names an encoding in which no byte stands for `<` alone.
    static func isWide(label: String) -> Bool {
        let name = label.filter { $0 != "-" && $0 != "_" }
        return ["UTF16", "UTF32", "UCS2", "UCS4", "ISO10646UCS2", "ISO10646UCS4"].contains { name.hasPrefix($0) }
    }
}
