import JSONTree

/// The top-level members of the resource being read, found in one pass and then asked for by name.
///
/// The nodes live as long as the reading of their document; ``clear()`` ends their stay.
struct ResourceElements {
    private var slots = ContiguousArray<JSONNode?>(repeating: nil, count: Element.count)
    private var present: ContiguousArray<Element> = []
    /// Members that are no element of any type that is read, extensions of primitives (`_birthDate`) apart.
    private(set) var strangers = 0

    /// Reads the members of a resource; of a name that stands twice the last one (such a resource is refused anyway).
    mutating func read(_ resource: JSONNode) {
        clear()
        for (name, value) in resource.members {
            guard let named = Element.names[name] else {
                strangers &+= 1
                continue
            }
            slots[Int(named.element.rawValue)] = value
            present.append(named.element)
        }
    }

    /// The value of an element; nil when it is not there. A JSON null is there, and wrong.
    subscript(_ element: Element) -> JSONNode? { slots[Int(element.rawValue)] }

    /// Whether an element is there.
    func has(_ element: Element) -> Bool { slots[Int(element.rawValue)] != nil }

    /// Forgets the resource.
    mutating func clear() {
        for element in present { slots[Int(element.rawValue)] = nil }
        present.removeAll(keepingCapacity: true)
        strangers = 0
    }
}
