/// The name of a member, decoded, in place; lives as long as its node.
@frozen
public struct JSONName: Equatable, Sendable {
    /// Its UTF-8 bytes.
    public let bytes: JSONBytes

    @inlinable @inline(__always)
    init(bytes: JSONBytes) { self.bytes = bytes }

    @inlinable @inline(__always)
    var key: UInt64 { unsafe nameKey(bytes.start, bytes.count) }

    /// The name as a string of its own.
    @inlinable public var text: String { String(bytes) }

    /// Whether this is the name `text`.
    @inlinable @inline(__always)
    public static func == (name: JSONName, text: StaticString) -> Bool { name.bytes == text }

    /// For `switch`: whether this is the name of a literal.
    @inlinable @inline(__always)
    public static func ~= (text: StaticString, name: JSONName) -> Bool { name.bytes == text }
}

/// A table from member names to the cases of an enum whose raw values they are; made once and kept for good.
///
/// Finding a case takes one multiplication or two, one look-up and one comparison of bytes.
@safe public struct JSONNames<Member>: @unchecked Sendable
where Member: RawRepresentable<String> & CaseIterable & Sendable {
    @usableFromInline @unsafe struct Entry {
        @usableFromInline var key: UInt64
        @usableFromInline var start: UnsafePointer<UInt8>
        @usableFromInline var count: Int
        @usableFromInline var member: Member?
    }

    @usableFromInline let entries: UnsafeMutablePointer<Entry>
    @usableFromInline let mask: Int

    /// Tables all cases. The memory is never given back: keep the table in a `static let`.
    public init() {
        let members = Array(Member.allCases)
        var size = 4
        while size < 3 * members.count { size *= 2 }
        mask = size - 1
        unsafe entries = .allocate(capacity: size)
        let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        unsafe entries.initialize(repeating: Entry(key: 0, start: nothing, count: 0, member: nil), count: size)
        for member in members {
            let name = Array(member.rawValue.utf8)
            let start = UnsafeMutablePointer<UInt8>.allocate(capacity: max(name.count, 1))
            unsafe start.initialize(from: name, count: name.count)
            let key = unsafe nameKey(start, name.count)
            var place = Int(truncatingIfNeeded: key) & mask
            while unsafe entries[place].member != nil { place = (place + 1) & mask }
            unsafe entries[place] = Entry(key: key, start: start, count: name.count, member: member)
        }
    }

    /// The case of a name; nil when it is none of them.
    @inlinable public subscript(name: JSONName) -> Member? {
        let key = name.key
        var place = Int(truncatingIfNeeded: key) & mask
        while let member = unsafe entries[place].member {
            if unsafe entries[place].key == key, unsafe entries[place].count == name.bytes.count,
                unsafe sameBytes(entries[place].start, name.bytes.start, name.bytes.count)
            {
                return member
            }
            place = (place &+ 1) & mask
        }
        return nil
    }
}
