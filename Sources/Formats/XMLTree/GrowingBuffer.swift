import CLibXML2

/// A flat array whose memory can run out without ending the process, which Swift's own cannot.
@safe struct GrowingBuffer<Element: BitwiseCopyable> {
    private(set) var start: UnsafeMutablePointer<Element>?
    private(set) var count = 0
    private var capacity = 0

    /// Bytes of memory taken.
    var memory: Int { capacity * MemoryLayout<Element>.stride }

    /// Makes room for `wanted` elements in all; false when there is no memory.
    mutating func reserve(_ wanted: Int) -> Bool {
        if wanted <= capacity { return true }
        let size = max(wanted, capacity * 2, 16)
        guard let moved = unsafe clibxml2_realloc(start, size * MemoryLayout<Element>.stride) else { return false }
        unsafe start = moved.bindMemory(to: Element.self, capacity: size)
        capacity = size
        return true
    }

    /// Adds one element; false when there is no memory.
    @inline(__always)
    mutating func append(_ element: Element) -> Bool {
        if count == capacity {
            guard reserve(count + 1) else { return false }
        }
        unsafe (start.unsafelyUnwrapped + count).initialize(to: element)
        count &+= 1
        return true
    }

    /// Adds `length` elements; false when there is no memory.
    @inline(__always)
    mutating func append(_ elements: UnsafePointer<Element>, _ length: Int) -> Bool {
        guard length > 0 else { return true }
        if count &+ length > capacity {
            guard reserve(count + length) else { return false }
        }
        unsafe (start.unsafelyUnwrapped + count).initialize(from: elements, count: length)
        count &+= length
        return true
    }

    /// The element at a place, which must exist.
    @inline(__always)
    subscript(place: Int) -> Element {
        get {
            precondition(UInt(bitPattern: place) < UInt(bitPattern: count))
            return unsafe start.unsafelyUnwrapped[place]
        }
        _modify {
            precondition(UInt(bitPattern: place) < UInt(bitPattern: count))
            yield unsafe &start.unsafelyUnwrapped[place]
        }
    }

    /// The elements of a range, which must exist; they live as long as the buffer is neither grown nor freed.
    @inline(__always)
    subscript(places: Range<Int>) -> UnsafeBufferPointer<Element> {
        precondition(places.lowerBound >= 0 && places.upperBound <= count)
        return unsafe UnsafeBufferPointer(start: start.map { unsafe $0 + places.lowerBound }, count: places.count)
    }

    /// Gives back the room that is not used.
    mutating func trim() {
        guard count < capacity, count > 0,
            let moved = unsafe clibxml2_realloc(start, count * MemoryLayout<Element>.stride)
        else { return }
        unsafe start = moved.bindMemory(to: Element.self, capacity: count)
        capacity = count
    }

    /// Gives back everything.
    mutating func free() {
        unsafe clibxml2_free(start)
        self = GrowingBuffer()
    }
}
