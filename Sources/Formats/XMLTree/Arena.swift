// How a document is kept
// ======================
//
// Elements, attributes and names stand in flat arrays, in document order; a place in the array is the identity. All
// attribute values and texts stand in one run of UTF-8, in document order as well, so that most bounds need not be
// kept:
//
//     <a x="1" y="2">one<b>two</b>three</a>          12 one two three
//
//     element a: start 0, end 13                     attribute x: end 1
//     element b: start 5, end 8                      attribute y: end 2
//
// The values of an element's attributes begin at its `start`, each where the one before ends. Its first text reaches
// from there to the start of its first child, the text behind a child from that child's `end` to the start of the next
// one, the last text to its own `end`.

/// One element.
struct ElementRecord: BitwiseCopyable {
    /// Place among the names.
    var name: UInt32
    /// Place of the parent among the elements; ``none`` for the root.
    var parent: UInt32
    /// Place behind its last descendant: its next sibling, where there is one.
    var next: UInt32
    /// The line on which its start tag begins.
    var line: UInt32
    /// Place of its first attribute; they end where those of the next element begin.
    var firstAttribute: UInt32
    /// Where its values and texts begin in the run of UTF-8.
    var start: UInt32
    /// Where they end, those of its descendants included.
    var end: UInt32
    /// Its rank among the siblings of its name, from 1; 0 when it is the only one.
    var rank: UInt32

    static let none = UInt32.max
}

/// One attribute.
struct AttributeRecord: BitwiseCopyable {
    /// Place among the names.
    var name: UInt32
    /// Where its value ends in the run of UTF-8.
    var end: UInt32
}

/// One name, of elements or attributes: local name and namespace.
struct NameRecord: BitwiseCopyable {
    /// Where the local name stands among the bytes of names.
    var start: UInt32
    var length: UInt32
    /// Place among the namespaces; ``noNamespace`` for none.
    var namespace: UInt32
    /// The last element, by place, that has an attribute of this name.
    var lastBearer = ElementRecord.none

    static let noNamespace = UInt32.max
}

/// One namespace of the document.
struct NamespaceRecord: BitwiseCopyable {
    /// Where its URI stands among the bytes of names.
    var start: UInt32
    var length: UInt32
    /// Where the prefix that paths use stands there; none has length 0.
    var prefixStart: UInt32
    var prefixLength: UInt32
}

/// All of a document. Filled once by ``TreeBuilder``, then only read; that makes it safe to share.
@safe struct Arena {
    /// One more than there are elements: the last one only says where the attributes end.
    var elements = GrowingBuffer<ElementRecord>()
    var attributes = GrowingBuffer<AttributeRecord>()
    /// Values and texts.
    var text = GrowingBuffer<UInt8>()
    var names = GrowingBuffer<NameRecord>()
    var namespaces = GrowingBuffer<NamespaceRecord>()
    /// Local names, URIs and prefixes.
    var nameText = GrowingBuffer<UInt8>()

    var elementCount: Int { elements.count - 1 }

    /// Bytes of memory in all.
    var memory: Int {
        elements.memory + attributes.memory + text.memory + names.memory + namespaces.memory + nameText.memory
    }

    mutating func trim() {
        elements.trim()
        attributes.trim()
        text.trim()
    }

    mutating func free() {
        elements.free()
        attributes.free()
        text.free()
        names.free()
        namespaces.free()
        nameText.free()
    }

    /// Bytes of the run of values and texts.
    @inline(__always)
    func text(from start: UInt32, to end: UInt32) -> UnsafeBufferPointer<UInt8> {
        unsafe text[Int(start)..<Int(end)]
    }

    /// Bytes of a local name, URI or prefix.
    @inline(__always)
    func nameText(from start: UInt32, length: UInt32) -> UnsafeBufferPointer<UInt8> {
        unsafe nameText[Int(start)..<Int(start) + Int(length)]
    }

    /// The bytes of a name without its namespace.
    @inline(__always)
    func localName(_ name: UInt32) -> UnsafeBufferPointer<UInt8> {
        let record = names[Int(name)]
        return unsafe nameText(from: record.start, length: record.length)
    }

    /// A name without its namespace.
    func localNameString(_ name: UInt32) -> String { unsafe String(decoding: localName(name), as: UTF8.self) }

    /// Whether a name is, without its namespace, this one.
    @inline(__always)
    func isLocalName(_ name: UInt32, _ text: String) -> Bool { unsafe localName(name).isEqual(to: text) }

    /// The places of an element's attributes.
    @inline(__always)
    func attributes(of element: Int) -> Range<Int> {
        Int(elements[element].firstAttribute)..<Int(elements[element &+ 1].firstAttribute)
    }

    /// The value of the attribute at a place.
    @inline(__always)
    func value(ofAttribute place: Int, of element: Int) -> UnsafeBufferPointer<UInt8> {
        let record = elements[element]
        let start = place == Int(record.firstAttribute) ? record.start : attributes[place &- 1].end
        return unsafe text(from: start, to: attributes[place].end)
    }

    /// Where the texts of an element begin: behind its attributes.
    @inline(__always)
    func textStart(of element: Int) -> UInt32 {
        let places = attributes(of: element)
        return places.isEmpty ? elements[element].start : attributes[places.upperBound &- 1].end
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these bytes are the UTF-8 of a string.
    @inline(__always)
    func isEqual(to text: String) -> Bool {
        guard text.utf8.count == count else { return false }
        var text = text
        return text.withUTF8 { other in
            for place in 0..<count where unsafe self[place] != other[place] { return false }
            return true
        }
    }
}
