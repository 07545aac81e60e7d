/// The members of an object in the order they stand; empty for any other value.
///
/// Yields a name and a value, without allocating. A name that stands twice comes twice (and the object is defective).
@frozen
@safe public struct JSONMembers: Sequence, @unchecked Sendable {
    @usableFromInline let tree: UnsafePointer<TreeView>
    @usableFromInline let open: Int
    @usableFromInline let close: Int

    @inlinable @inline(__always)
    init(tree: UnsafePointer<TreeView>, open: Int, close: Int) {
        unsafe self.tree = unsafe tree
        self.open = open
        self.close = close
    }

    /// Whether there are none.
    @inlinable public var isEmpty: Bool { open &+ 1 >= close }

    /// Starts at the first member.
    @inlinable @inline(__always)
    public func makeIterator() -> Iterator { unsafe Iterator(tree: tree, next: open &+ 1, close: close) }

    /// Goes from member to member, skipping over what is inside of values.
    @frozen
    @safe public struct Iterator: IteratorProtocol {
        @usableFromInline let tree: UnsafePointer<TreeView>
        @usableFromInline var slot: Int
        @usableFromInline let close: Int

        @inlinable @inline(__always)
        init(tree: UnsafePointer<TreeView>, next: Int, close: Int) {
            unsafe self.tree = unsafe tree
            slot = next
            self.close = close
        }

        /// The next member, nil behind the last one.
        @inlinable @inline(__always)
        public mutating func next() -> (name: JSONName, value: JSONNode)? {
            guard slot < close else { return nil }
            let name = unsafe tree.pointee.name(atSlot: slot)
            let value = unsafe JSONNode(tree: tree, slot: slot &+ 2)
            slot = unsafe tree.pointee.slot(after: value) &+ 1
            return (name, value)
        }
    }
}

/// The elements of an array in order; empty for any other value.
@frozen
@safe public struct JSONElements: Sequence, @unchecked Sendable {
    @usableFromInline let tree: UnsafePointer<TreeView>
    @usableFromInline let open: Int
    @usableFromInline let close: Int

    @inlinable @inline(__always)
    init(tree: UnsafePointer<TreeView>, open: Int, close: Int) {
        unsafe self.tree = unsafe tree
        self.open = open
        self.close = close
    }

    /// Whether there are none.
    @inlinable public var isEmpty: Bool { open &+ 1 >= close }

    /// The first one; nil when there is none.
    @inlinable public var first: JSONNode? { isEmpty ? nil : unsafe JSONNode(tree: tree, slot: open &+ 1) }

    /// Starts at the first element.
    @inlinable @inline(__always)
    public func makeIterator() -> Iterator { unsafe Iterator(tree: tree, next: open &+ 1, close: close) }

    /// Goes from element to element, skipping over what is inside of them.
    @frozen
    @safe public struct Iterator: IteratorProtocol {
        @usableFromInline let tree: UnsafePointer<TreeView>
        @usableFromInline var slot: Int
        @usableFromInline let close: Int

        @inlinable @inline(__always)
        init(tree: UnsafePointer<TreeView>, next: Int, close: Int) {
            unsafe self.tree = unsafe tree
            slot = next
            self.close = close
        }

        /// The next element, nil behind the last one.
        @inlinable @inline(__always)
        public mutating func next() -> JSONNode? {
            guard slot < close else { return nil }
            let value = unsafe JSONNode(tree: tree, slot: slot)
            slot = unsafe tree.pointee.slot(after: value) &+ 1
            return value
        }
    }
}

extension JSONNode {
    /// The members of an object in order; empty for any other value (ask ``isObject`` first where that matters).
    @inlinable public var members: JSONMembers {
        let close = isObject ? unsafe Int(tree.pointee.partners[Int(slot)]) : 0
        return unsafe JSONMembers(tree: tree, open: Int(slot), close: close)
    }

    /// The elements of an array in order; empty for any other value (ask ``isArray`` first where that matters).
    @inlinable public var elements: JSONElements {
        let close = isArray ? unsafe Int(tree.pointee.partners[Int(slot)]) : 0
        return unsafe JSONElements(tree: tree, open: Int(slot), close: close)
    }

    /// The value of the first member with that name; nil when there is none or this is no object.
    @inlinable public subscript(name: StaticString) -> JSONNode? {
        for (other, value) in members where other == name { return value }
        return nil
    }

    /// The value of the first member with a name known only at run time.
    @inlinable public subscript(named name: some StringProtocol) -> JSONNode? {
        for (other, value) in members where other.bytes.elementsEqual(name.utf8) { return value }
        return nil
    }
}

extension TreeView {
    /// The slot behind a value: of a comma or closing bracket.
    @inlinable @inline(__always)
    func slot(after value: JSONNode) -> Int {
        let slot = Int(value.slot)
        // Both brackets that open have this form and nothing else that begins a value does.
        return value.firstByte | 0x20 == UInt8(ascii: "{") ? unsafe Int(partners[slot]) &+ 1 : slot &+ 1
    }

    @inlinable @inline(__always)
    func name(atSlot slot: Int) -> JSONName {
        if unsafe !escapedNames.isEmpty, let name = unsafe escapedName(atSlot: slot) { return name }
        let start = unsafe Int(indexes[slot]) &+ 1
        let end = unsafe lastByte(ofSlot: slot)
        return unsafe JSONName(bytes: JSONBytes(start: bytes + start, count: end &- start))
    }

    @usableFromInline
    func escapedName(atSlot slot: Int) -> JSONName? {
        unsafe decodedBytes(atSlot: slot, among: escapedNames).map { JSONName(bytes: $0) }
    }
}
