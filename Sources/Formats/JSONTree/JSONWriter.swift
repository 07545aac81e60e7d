extension JSONValue {
    /// The value as UTF-8, the same bytes for the same value every time.
    ///
    /// - Parameter pretty: Each member and element on a line of its own, indented by two blanks, and a line end at the
    ///   end; otherwise no white space at all. What is raw stays as it is in both.
    public func encoded(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.write(self)
        if pretty { writer.bytes.append(UInt8(ascii: "\n")) }
        return writer.bytes
    }
}

/// Turns values into bytes.
private struct JSONWriter {
    var bytes: [UInt8] = []
    private let pretty: Bool
    private var depth = 0

    init(pretty: Bool) {
        self.pretty = pretty
        bytes.reserveCapacity(1_024)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let text):
            precondition(NumberGrammar.isNumber(text), "A JSON number must be written in JSON's grammar.")
            bytes.append(contentsOf: text.utf8)
        case .string(let text): write(text)
        case .raw(let raw): bytes.append(contentsOf: raw)
        case .array(let elements):
            write(elements, between: UInt8(ascii: "["), and: UInt8(ascii: "]")) { $0.write($1) }
        case .object(let members):
            write(members, between: UInt8(ascii: "{"), and: UInt8(ascii: "}")) { writer, member in
                writer.write(member.name)
                writer.bytes.append(UInt8(ascii: ":"))
                if writer.pretty { writer.bytes.append(UInt8(ascii: " ")) }
                writer.write(member.value)
            }
        }
    }

    private mutating func write<Item>(
        _ items: [Item], between open: UInt8, and close: UInt8, each write: (inout JSONWriter, Item) -> Void
    ) {
        bytes.append(open)
        depth += 1
        for (place, item) in items.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            startLine()
            write(&self, item)
        }
        depth -= 1
        if !items.isEmpty { startLine() }
        bytes.append(close)
    }

    private mutating func startLine() {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    /// Writes text in quotes; escapes only what must be.
    private mutating func write(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { content in
            var plain = 0
            for place in content.indices {
                let byte = unsafe content[place]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                unsafe bytes.append(contentsOf: content[plain..<place])
                writeEscape(of: byte)
                plain = place + 1
            }
            unsafe bytes.append(contentsOf: content[plain...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(of byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}

extension NumberGrammar {
    /// Whether a text is a JSON number and nothing else.
    static func isNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8) + [0]
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return false }
            return unsafe end(of: start, from: 0) == bytes.count - 1
        }
    }
}
