import CSimdjson

/// Goes once over the structural indexes of a document, checks everything and joins brackets to their partners.
///
/// It says only whether the document is right; where and why it is not, ``Diagnosis`` finds. It is iterative: nesting
/// costs a frame of its own stack. No byte behind the last index is read: the last one of a right document is the
/// bracket that closes the first, nothing before it can be taken for more than one place further, and behind it stands
/// a sentinel pointing at the opening bracket, which is right neither as a name nor after a value.
@unsafe struct TreeWalk {
    let bytes: UnsafePointer<UInt8>
    let indexes: UnsafeMutablePointer<UInt32>
    let indexCount: Int
    let partners: UnsafeMutablePointer<UInt32>
    let maximumDepth: Int
    let buffers: TreeBuffers
    /// No backslash stands between the place reached and this offset; `Int.max` when there is no more.
    var nextBackslash = 0
    private let end: Int
    var defects: [JSONDefect] = []

    /// An open bracket waiting for its partner while something inside is read.
    struct Frame {
        var open: Int
        var filter: UInt64
    }

    init(_ bytes: UnsafePointer<UInt8>, _ buffers: TreeBuffers, maximumDepth: Int) {
        unsafe self.bytes = unsafe bytes
        unsafe self.buffers = buffers
        unsafe self.maximumDepth = maximumDepth
        unsafe indexes = buffers.indexes
        unsafe indexCount = buffers.indexCount
        unsafe partners = buffers.partners
        unsafe end = Int(indexes[indexCount])
        unsafe findBackslash(from: 0)
    }

    /// Checks a document that is one string, number or word; behind its bytes stands one blank.
    mutating func runOnScalar() -> Bool {
        unsafe indexCount == 1 && scalar(at: 0)
    }

    /// Checks a document that is an array or object.
    mutating func run() -> Bool {
        let count = unsafe indexCount
        let root = unsafe bytes[Int(indexes[0])]
        guard unsafe bytes[Int(indexes[count - 1])] == root &+ 2 else { return false }
        unsafe indexes[count] = indexes[0]

        var stack: [Frame] = []
        stack.reserveCapacity(64)
        var frame = Frame(open: 0, filter: 0)
        var inObject = false
        var slot = 0
        while true {
            let first = unsafe bytes[Int(indexes[slot])]
            if first == UInt8(ascii: "{") {
                guard unsafe stack.count < maximumDepth else { return false }
                stack.append(frame)
                frame = Frame(open: slot, filter: 0)
                inObject = true
                slot &+= 1
                if unsafe bytes[Int(indexes[slot])] != UInt8(ascii: "}") {
                    guard unsafe name(at: slot, in: &frame) else { return false }
                    slot &+= 2
                    continue
                }
            } else if first == UInt8(ascii: "[") {
                guard unsafe stack.count < maximumDepth else { return false }
                stack.append(frame)
                frame = Frame(open: slot, filter: 0)
                inObject = false
                slot &+= 1
                if unsafe bytes[Int(indexes[slot])] != UInt8(ascii: "]") { continue }
            } else {
                guard unsafe scalar(at: slot) else { return false }
                slot &+= 1
            }
            // After a value: a comma leads to the next one, brackets close as long as they stand here.
            while true {
                let next = unsafe bytes[Int(indexes[slot])]
                if next == UInt8(ascii: ",") {
                    slot &+= 1
                    if inObject {
                        guard unsafe name(at: slot, in: &frame) else { return false }
                        slot &+= 2
                    }
                    break
                }
                guard next == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
                unsafe partners[frame.open] = UInt32(truncatingIfNeeded: slot)
                if frame.filter == .max { unsafe checkWideObject(open: frame.open, close: slot) }
                slot &+= 1
                frame = stack.removeLast()
                if stack.isEmpty { return slot == count }
                inObject = unsafe bytes[Int(indexes[frame.open])] == UInt8(ascii: "{")
            }
        }
    }

    /// Checks a member name and its colon, and that the object does not have it yet.
    @inline(__always)
    private mutating func name(at slot: Int, in frame: inout Frame) -> Bool {
        let quote = unsafe Int(indexes[slot])
        let colon = unsafe Int(indexes[slot &+ 1])
        guard unsafe bytes[quote] == UInt8(ascii: "\""), unsafe bytes[colon] == UInt8(ascii: ":") else { return false }
        var end = colon &- 1
        while unsafe bytes[end] != UInt8(ascii: "\"") { end &-= 1 }
        var key: UInt64
        if unsafe nextBackslash < colon {
            key = unsafe escapedName(slot: slot, from: quote &+ 1, to: end)
        } else {
            key = unsafe nameKey(bytes + (quote &+ 1), end &- quote &- 1)
        }
        key = 1 &<< (key &>> 58)
        if frame.filter & key != 0 { unsafe checkName(at: slot, in: &frame) }
        frame.filter |= key
        return true
    }

    /// Checks a string, number or word.
    @inline(__always)
    private mutating func scalar(at slot: Int) -> Bool {
        let first = unsafe Int(indexes[slot])
        let next = unsafe Int(indexes[slot &+ 1])
        switch unsafe bytes[first] {
        case UInt8(ascii: "\""):
            if unsafe nextBackslash < next { unsafe escapes(slot: slot, from: first &+ 1, to: next) }
            return true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            if let end = unsafe NumberGrammar.end(of: bytes, from: first), unsafe isBlank(from: end, to: next) {
                return true
            }
            return unsafe malformedNumber(from: first, to: next)
        case UInt8(ascii: "t"):
            return unsafe next &- first >= 4 && halfWord(bytes + first) == 0x6575_7274
                && isBlank(from: first &+ 4, to: next)
        case UInt8(ascii: "n"):
            return unsafe next &- first >= 4 && halfWord(bytes + first) == 0x6C6C_756E
                && isBlank(from: first &+ 4, to: next)
        case UInt8(ascii: "f"):
            return unsafe next &- first >= 5 && halfWord(bytes + (first &+ 1)) == 0x6573_6C61
                && isBlank(from: first &+ 5, to: next)
        case UInt8(ascii: "+"), UInt8(ascii: "."):
            return unsafe malformedNumber(from: first, to: next)
        default:
            return false
        }
    }

    @inline(__always)
    private func isBlank(from start: Int, to end: Int) -> Bool {
        var place = start
        while place < end {
            guard unsafe InputKind.isWhiteSpace(bytes[place]) else { return false }
            place &+= 1
        }
        return true
    }

    /// A number out of grammar costs its own resource, as long as it is plain where it ends.
    @inline(never)
    private mutating func malformedNumber(from start: Int, to next: Int) -> Bool {
        guard let end = unsafe NumberGrammar.endOfMalformed(bytes, from: start, to: next),
            unsafe isBlank(from: end, to: next)
        else { return false }
        unsafe defects.append(JSONDefect(.malformedNumber, at: start))
        return true
    }
}

// MARK: Escapes

extension TreeWalk {
    private mutating func findBackslash(from place: Int) {
        let found = unsafe csimdjson_find(bytes + place, UInt8(ascii: "\\"), end &- place)
        unsafe nextBackslash = unsafe found.map { unsafe bytes.distance(to: $0) } ?? .max
    }

    /// Checks the escapes of a string value whose next structural index is `next`, and keeps a short one as decoded.
    @inline(never)
    fileprivate mutating func escapes(slot: Int, from start: Int, to next: Int) {
        var end = next &- 1
        while unsafe bytes[end] != UInt8(ascii: "\"") { end &-= 1 }
        unsafe checkEscapes(from: start, to: end)
        if end &- start <= TreeBuffers.longestKeptText {
            let content = unsafe JSONBytes(start: bytes + start, count: end &- start)
            if content.containsBackslash { unsafe buffers.keepText(StringContent.decode(content), slot: slot) }
        }
        unsafe findBackslash(from: end)
    }

    private mutating func checkEscapes(from start: Int, to end: Int) {
        let content = unsafe JSONBytes(start: bytes + start, count: end &- start)
        if let (code, place) = unsafe StringContent.defect(in: content, from: max(nextBackslash, start) &- start) {
            unsafe defects.append(JSONDefect(code, at: start &+ place))
        }
    }

    /// Checks and keeps a name written with escapes; returns its key.
    @inline(never)
    fileprivate mutating func escapedName(slot: Int, from start: Int, to end: Int) -> UInt64 {
        unsafe checkEscapes(from: start, to: end)
        unsafe findBackslash(from: end)
        let content = unsafe JSONBytes(start: bytes + start, count: end &- start)
        let name = unsafe buffers.keepName(StringContent.decode(content), slot: slot)
        return unsafe nameKey(name.start, name.count)
    }
}
