import CSimdjson

/// Indexes a text and walks it: the fast way to its defects.
@unsafe struct StructuralReading {
    /// No memory for the indexes.
    struct NoMemory: Error {}

    private let text: UnsafeBufferPointer<UInt8>
    private let buffers: TreeBuffers
    private let maximumDepth: Int

    init(_ text: UnsafeBufferPointer<UInt8>, _ buffers: TreeBuffers, maximumDepth: Int) {
        unsafe self.text = unsafe text
        unsafe self.buffers = buffers
        unsafe self.maximumDepth = maximumDepth
    }

    /// The defects of a document in order of place; nil when it is not JSON.
    func run() throws(NoMemory) -> [JSONDefect]? {
        var outcome = unsafe buffers.index(text)
        let hasControlCharacters = outcome == CSimdjsonControlCharacter
        if hasControlCharacters { outcome = unsafe indexWithoutControlCharacters() }
        switch outcome {
        case CSimdjsonIndexed, CSimdjsonNotUTF8: break
        case CSimdjsonNoMemory: throw NoMemory()
        default: return nil
        }
        guard var defects = unsafe walk() else { return nil }
        if hasControlCharacters || outcome == CSimdjsonNotUTF8 { unsafe defects += badStrings() }
        return unsafe inOrder(defects)
    }

    /// Indexes a copy in which nothing but the control characters is different.
    ///
    /// simdjson drops its indexes when a string holds one. Inside strings anything that is no quote or backslash may
    /// stand for them; outside only tab and line ends are white space, and blanks do for these.
    private func indexWithoutControlCharacters() -> CSimdjsonOutcome {
        let copy = unsafe text.map { byte in
            if byte >= UInt8(ascii: " ") { return byte }
            return InputKind.isWhiteSpace(byte) ? UInt8(ascii: " ") : UInt8(ascii: "!")
        }
        return unsafe copy.withUnsafeBufferPointer { unsafe buffers.index($0) }
    }

    private func walk() -> [JSONDefect]? {
        guard let start = unsafe text.baseAddress, unsafe buffers.indexCount > 0 else { return nil }
        let first = unsafe start[Int(buffers.indexes[0])]
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            var walk = unsafe TreeWalk(start, buffers, maximumDepth: maximumDepth)
            return unsafe walk.run() ? walk.defects : nil
        }
        // A number or word at the root is checked in a copy, so that the walk may look at the byte behind it.
        let copy = unsafe Array(text) + [UInt8(ascii: " ")]
        return unsafe copy.withUnsafeBufferPointer { copy in
            guard let start = copy.baseAddress else { return nil }
            var walk = unsafe TreeWalk(start, buffers, maximumDepth: maximumDepth)
            return unsafe walk.runOnScalar() ? walk.defects : nil
        }
    }

    /// By place, each once: a name may have been met as a duplicate before its object was found to be wide.
    private func inOrder(_ defects: [JSONDefect]) -> [JSONDefect] {
        guard defects.count > 1 else { return defects }
        let sorted = defects.sorted { ($0.offset, $0.code.rawValue) < ($1.offset, $1.code.rawValue) }
        return zip(sorted.dropFirst(), sorted).reduce(into: [sorted[0]]) { kept, pair in
            if pair.0 != pair.1 { kept.append(pair.0) }
        }
    }

    /// The first control character or byte that is not UTF-8 of each string.
    private func badStrings() -> [JSONDefect] {
        var defects: [JSONDefect] = []
        for slot in unsafe 0..<buffers.indexCount {
            let first = unsafe Int(buffers.indexes[slot])
            guard unsafe text[first] == UInt8(ascii: "\"") else { continue }
            var place = first + 1
            while unsafe text[place] != UInt8(ascii: "\"") {
                let byte = unsafe text[place]
                if byte < UInt8(ascii: " ") {
                    defects.append(JSONDefect(.controlCharacter, at: place))
                    break
                }
                let length = unsafe UTF8Sequence.length(at: place, in: text)
                if length == 0 {
                    defects.append(JSONDefect(.invalidUTF8, at: place))
                    break
                }
                place += byte == UInt8(ascii: "\\") ? 2 : length
            }
        }
        return defects
    }
}

/// A character in UTF-8 (Unicode standard, table 3-7).
enum UTF8Sequence {
    /// How many bytes the character at `place` has; 0 when they are not UTF-8.
    static func length(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let first = unsafe bytes[place]
        let second: ClosedRange<UInt8>
        let length: Int
        switch first {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard place + length <= bytes.count, unsafe second.contains(bytes[place + 1]) else { return 0 }
        for index in place + 2..<max(place + 2, place + length) where unsafe bytes[index] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
