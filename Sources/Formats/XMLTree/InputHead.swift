import Diagnostics

/// The beginning of an input: encoding, byte order mark, white space and XML declaration.
struct InputHead {
    /// How the document is read.
    private(set) var encoding: InputEncoding
    /// The byte at which the document begins: its first `<`.
    private(set) var start: Int
    /// The lines that end before it.
    private(set) var linesBefore = 0
    /// The characters before it on its own line.
    private(set) var columnsBefore = 0
    /// What is doubtful about it.
    private(set) var issues: [Issue] = []

    private static let lineFeed = UInt8(ascii: "\n")

    /// Looks at an input.
    ///
    /// - Throws: An error when it is empty, plainly no XML, or begins with a document type declaration.
    init(of bytes: UnsafeBufferPointer<UInt8>) throws(XMLError) {
        guard let shown = unsafe InputEncoding.shown(by: bytes) else {
            throw XMLError(.unknownEncoding, line: 1, column: 1, found: "UTF-32 or binary data")
        }
        encoding = shown.encoding
        start = shown.mark
        unsafe skipSpace(in: bytes)
        let first = unsafe character(at: start, in: bytes)
        guard first != nil || start < bytes.count else { throw XMLError(.empty) }
        guard first == UInt8(ascii: "<") else {
            throw unsafe XMLError(.notXML, line: line, column: column, found: Self.kind(of: bytes, at: start))
        }
        let opening = unsafe text(of: 20, in: bytes).lowercased()
        if opening.hasPrefix("<!doctype") {
            let isHTML = opening.dropFirst(9).drop(while: \.isWhitespace).hasPrefix("html")
            throw XMLError(.doctype, line: line, column: column, found: isHTML ? "an HTML page" : nil)
        }
        if opening.hasPrefix("<?xml"), let last = opening.dropFirst(5).first, last.isWhitespace {
            if start > shown.mark {
                note(.xmlLeadingSpace, expected: "the XML declaration first", found: "white space")
            }
            unsafe readLabel(in: bytes, isMarked: shown.mark > 0)
        } else if encoding == .declared {
            encoding = .utf8
        }
        if encoding.unitSize == 2, bytes.count % 2 != 0 {
            throw XMLError(.cutShort, found: "half a character at its end")
        }
    }

    private var line: Int { linesBefore + 1 }
    private var column: Int { columnsBefore + 1 }

    private mutating func note(_ code: IssueCode, expected: String, found: String) {
        let place = SourceLocation(line: line, column: column)
        issues.append(Issue(code, .warning, at: place, expected: expected, found: found))
    }

    /// The ASCII character of the unit at a byte; nil at the end and for all other characters.
    private func character(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard place + encoding.unitSize <= bytes.count else { return nil }
        guard case .utf16(let littleEndian) = encoding else {
            return unsafe bytes[place] < 0x80 ? bytes[place] : nil
        }
        let (low, high) = unsafe littleEndian ? (bytes[place], bytes[place + 1]) : (bytes[place + 1], bytes[place])
        return high == 0 && low < 0x80 ? low : nil
    }

    /// Passes over white space and, in UTF-8, a byte order mark behind it.
    private mutating func skipSpace(in bytes: UnsafeBufferPointer<UInt8>) {
        while start < bytes.count {
            switch unsafe character(at: start, in: bytes) {
            case Self.lineFeed:
                linesBefore += 1
                columnsBefore = 0
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): columnsBefore += 1
            default:
                guard encoding.unitSize == 1, unsafe bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]) else { return }
                encoding = .utf8
                start += 2
            }
            start += encoding.unitSize
        }
    }

    /// The ASCII characters among the next `count` units.
    private func text(of count: Int, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        let places = stride(from: start, to: min(start + count * encoding.unitSize, bytes.count), by: encoding.unitSize)
        return String(decoding: places.compactMap { unsafe character(at: $0, in: bytes) }, as: UTF8.self)
    }

    /// How far a declaration is looked through for its label.
    private static let longestDeclaration = 1_000

    /// Compares the encoding that the declaration names with the one that the bytes show, which wins.
    private mutating func readLabel(in bytes: UnsafeBufferPointer<UInt8>, isMarked: Bool) {
        let declaration = unsafe text(of: Self.longestDeclaration, in: bytes).prefix { $0 != ">" }
        let label = Self.label(in: declaration)?.uppercased()
        if encoding == .declared {
            guard let label, !InputEncoding.utf8.agrees(withLabel: label) else {
                encoding = .utf8
                return
            }
            guard InputEncoding.isWide(label: label) else { return }
            encoding = .utf8
        }
        if let label, !encoding.agrees(withLabel: label) {
            note(.xmlEncodingLabel, expected: "the encoding of the bytes in the XML declaration", found: "another one")
        }
    }

    /// The value of `encoding` in an XML declaration.
    private static func label(in declaration: Substring) -> Substring? {
        let afterName = declaration.split(separator: "encoding", maxSplits: 1, omittingEmptySubsequences: false)
        guard afterName.count == 2 else { return nil }
        let rest = afterName[1].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return rest.dropFirst().prefix { $0 != quote }
    }

    /// What an input is that is no XML, in words.
    private static func kind(of bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> String {
        let kinds: [(start: [UInt8], name: String)] = [
            (Array("{".utf8), "JSON"), (Array("[".utf8), "JSON"), (Array("MSH|".utf8), "an HL7 v2 message"),
            (Array("FHS|".utf8), "an HL7 v2 file"), (Array("BHS|".utf8), "an HL7 v2 batch"),
            ([0x1F, 0x8B], "gzip-compressed data"), (Array("PK\u{3}\u{4}".utf8), "a ZIP archive"),
            (Array("%PDF".utf8), "a PDF file"),
        ]
        return kinds.first { kind in unsafe bytes[start...].starts(with: kind.start) }?.name ?? "something else"
    }
}
