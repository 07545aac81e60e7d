import CLibXML2
import XMLTree

/// What a document holds, counted in two ways.
struct NodeCount: Equatable {
    var elements = 0
    var attributes = 0
    /// Bytes of texts and of attribute values.
    var textBytes = 0
    var valueBytes = 0
    /// A number that the names of all elements, in order, make.
    var names: UInt64 = 14_695_981_039_346_656_037

    mutating func add(name: some Sequence<UInt8>) {
        elements += 1
        for byte in name { names = (names ^ UInt64(byte)) &* 1_099_511_628_211 }
    }

    init(_ document: XMLDocument) {
        add(document.root)
        for element in document.root.descendants() { add(element) }
    }

    private mutating func add(_ element: XMLElement) {
        add(name: element.name.utf8)
        attributes += element.attributeNames.count
        textBytes += element.ownText.utf8.count
        for name in Set(element.attributeNames) { valueBytes += element[name]?.utf8.count ?? 0 }
    }

    /// Counts the nodes of libxml2's own tree; nil when it refuses the document.
    init?(_ bytes: [UInt8]) {
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let tree = unsafe bytes.withUnsafeBytes { raw in
            unsafe xmlReadMemory(raw.bindMemory(to: CChar.self).baseAddress, Int32(raw.count), nil, nil, options)
        }
        guard let tree = unsafe tree else { return nil }
        defer { unsafe xmlFreeDoc(tree) }
        var node = unsafe xmlDocGetRootElement(tree)
        while let current = unsafe node {
            unsafe add(current)
            unsafe node = unsafe Self.next(after: current)
        }
    }

    private mutating func add(_ node: xmlNodePtr) {
        switch unsafe node.pointee.type {
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: unsafe textBytes += Int(xmlStrlen(node.pointee.content))
        case XML_ELEMENT_NODE:
            unsafe add(name: UnsafeBufferPointer(start: node.pointee.name, count: Int(xmlStrlen(node.pointee.name))))
            var attribute = unsafe node.pointee.properties
            while let current = unsafe attribute {
                attributes += 1
                if unsafe current.pointee.ns == nil,
                    let value = unsafe xmlNodeGetContent(UnsafePointer(asNode(current)))
                {
                    unsafe valueBytes += Int(xmlStrlen(value))
                    unsafe clibxml2_free(value)
                }
                unsafe attribute = unsafe current.pointee.next
            }
        default: break
        }
    }

    private func asNode(_ attribute: xmlAttrPtr) -> xmlNodePtr {
        unsafe UnsafeMutableRawPointer(attribute).assumingMemoryBound(to: xmlNode.self)
    }

    /// The next node in document order; nil behind the root.
    private static func next(after node: xmlNodePtr) -> xmlNodePtr? {
        if let child = unsafe node.pointee.children, unsafe node.pointee.type == XML_ELEMENT_NODE {
            return unsafe child
        }
        var current = unsafe node
        while true {
            if unsafe current.pointee.parent?.pointee.type != XML_ELEMENT_NODE { return nil }
            if let sibling = unsafe current.pointee.next { return unsafe sibling }
            guard let parent = unsafe current.pointee.parent else { return nil }
            unsafe current = unsafe parent
        }
    }
}
