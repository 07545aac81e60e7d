import JSONTree

/// JSON as the files of `Profiles/` are written: each member of the resource on a line, what fits on a line on one line,
/// everything longer broken into its items and indented.
struct ReadableJSON {
    /// Longest line before a value is broken, in UTF-8 bytes.
    private static let width = 200

    /// The resource as a file, with a line end at its end.
    static func file(_ resource: JSONValue) -> [UInt8] { lines(of: resource, depth: 0, isTop: true) + [0x0A] }

    private static func lines(of value: JSONValue, depth: Int, isTop: Bool = false) -> [UInt8] {
        let flat = value.encoded()
        if !isTop, flat.count + depth <= width { return flat }
        switch value {
        case .object(let members):
            let items = members.map { member in
                JSONValue.string(member.name).encoded() + [0x3A] + lines(of: member.value, depth: depth + 1)
            }
            return broken(items, between: "{", and: "}", depth: depth)
        case .array(let elements):
            return broken(
                elements.map { lines(of: $0, depth: depth + 1) }, between: "[", and: "]", depth: depth)
        case .null, .bool, .number, .string, .raw: return flat
        }
    }

    /// The items one a line; members of the resource itself are not indented.
    private static func broken(_ items: [[UInt8]], between open: String, and close: String, depth: Int) -> [UInt8] {
        var bytes = Array(open.utf8)
        for (place, item) in items.enumerated() {
            bytes += Array((place == 0 ? "\n" : ",\n").utf8) + indent(depth) + item
        }
        return bytes + [0x0A] + indent(depth - 1) + Array(close.utf8)
    }

    private static func indent(_ depth: Int) -> [UInt8] { Array(repeating: 0x20, count: max(0, depth)) }
}
