/// One element of a document: a small value that keeps its document alive.
public struct XMLElement: Sendable {
    let document: XMLDocument
    /// Its rank among the elements of the document in document order, the root 0; also its identity there.
    public let index: Int

    init(_ document: XMLDocument, _ index: Int) {
        self.document = document
        self.index = index
    }

    var record: ElementRecord { document.arena.elements[index] }
    private var nameRecord: NameRecord { document.arena.names[Int(record.name)] }

    // MARK: Name

    /// Its name without prefix; with it where the prefix is neither declared nor known.
    public var name: String { document.arena.localNameString(record.name) }

    /// Whether it has this local name and is in the namespace of the root element.
    public func has(name: String) -> Bool { isInRootNamespace && hasLocalName(name) }

    /// Whether it has this local name and is in that namespace.
    public func has(name: String, in namespace: XMLNamespace) -> Bool {
        hasLocalName(name) && document.place(of: namespace) == nameRecord.namespace
    }

    private func hasLocalName(_ name: String) -> Bool {
        document.arena.isLocalName(record.name, name)
    }

    /// The namespace it is in; nil for none.
    public var namespaceURI: String? {
        let place = nameRecord.namespace
        guard place != NameRecord.noNamespace else { return nil }
        let namespace = document.arena.namespaces[Int(place)]
        return unsafe String(
            decoding: document.arena.nameText(from: namespace.start, length: namespace.length), as: UTF8.self)
    }

    /// Whether it is in the namespace of the root element.
    public var isInRootNamespace: Bool { nameRecord.namespace == document.rootNamespace }

    // MARK: Place

    /// The element it stands in; nil for the root.
    public var parent: XMLElement? {
        let parent = record.parent
        return parent == ElementRecord.none ? nil : XMLElement(document, Int(parent))
    }

    /// The 1-based line on which its start tag begins, counted in the input as given.
    public var line: Int { Int(record.line) }

    // MARK: Attributes

    /// The value of an attribute without namespace, as XML normalises it; nil when there is none.
    public subscript(name: String) -> String? {
        value(of: name, in: NameRecord.noNamespace)
    }

    /// The value of an attribute of a namespace, for example `xsi:type`, also where its usual prefix is not declared.
    public func attribute(_ name: String, in namespace: XMLNamespace) -> String? {
        guard let place = document.place(of: namespace) else { return nil }
        return value(of: name, in: place)
    }

    /// Whether it has an attribute without namespace of this value; makes no string.
    public func hasAttribute(_ name: String, equalTo value: String) -> Bool {
        guard let place = attribute(name, NameRecord.noNamespace) else { return false }
        return unsafe document.arena.value(ofAttribute: place, of: index).isEqual(to: value)
    }

    /// The local names of its attributes, in order; declarations of namespaces are none.
    public var attributeNames: [String] {
        document.arena.attributes(of: index).map { place in
            document.arena.localNameString(document.arena.attributes[place].name)
        }
    }

    private func value(of name: String, in namespace: UInt32) -> String? {
        attribute(name, namespace).map { place in
            unsafe String(decoding: document.arena.value(ofAttribute: place, of: index), as: UTF8.self)
        }
    }

    /// The place of an attribute.
    private func attribute(_ name: String, _ namespace: UInt32) -> Int? {
        document.arena.attributes(of: index).first { place in
            let attribute = document.arena.attributes[place].name
            return document.arena.names[Int(attribute)].namespace == namespace
                && document.arena.isLocalName(attribute, name)
        }
    }
}

extension XMLElement: Hashable {
    /// Whether both are the same element of the same document.
    public static func == (left: XMLElement, right: XMLElement) -> Bool {
        left.index == right.index && left.document === right.document
    }

    /// Feeds identity into a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(index)
        hasher.combine(ObjectIdentifier(document))
    }
}
