public import Diagnostics

// Reading XML
// ===========
//
//     let document = try XMLDocument(bytes, namespaces: [sdtc, xsi])     // [UInt8]; throws XMLError with line and column
//     for entry in document.root.elements("entry") {                     // in the namespace of the root
//         entry.name, entry.line, entry.path                             // what and where it is
//         entry["typeCode"]                                              // an attribute without prefix
//         entry.first("act")?.attribute("type", in: xsi)                 // an attribute of a namespace
//         entry.ownText, entry.content                                   // what stands in it, texts and elements
//     }
//
// A document is read whole and checked when it is made, or refused; nothing is repaired. What can be read but is
// doubtful is one of `document.issues`. An element is a small value that keeps its document alive.

/// An XML document, checked as a whole.
///
/// In memory it takes about as much as its bytes, and eight times as much when it consists of nothing but empty
/// elements of short names.
///
/// It has no document type declaration: one that has is refused. Comments and processing instructions are left out,
/// CDATA sections are text. It never changes and may be read from several tasks at once.
@safe public final class XMLDocument: @unchecked Sendable {
    /// What was read but is doubtful: white space before the declaration, a wrong encoding label, breaches of the rules
    /// for namespaces (each once). Warnings with a line; empty for a document without fault.
    public let issues: [Issue]
    let arena: Arena
    /// The namespace of the root element.
    let rootNamespace: UInt32

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: The document in UTF-8, UTF-16, or an encoding that its declaration names.
    ///   - limits: How large and how deep it may be.
    ///   - namespaces: Those whose usual prefixes are understood without declaration and stand in paths.
    /// - Throws: ``XMLError`` when it is no XML, not well-formed or cut short, has a document type declaration, breaks
    ///   a limit, or is not in its encoding.
    public init(
        _ bytes: [UInt8], limits: XMLLimits = .standard, namespaces: [XMLNamespace] = []
    ) throws(XMLError) {
        let result = try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(XMLError) in
            try unsafe DocumentReading.run(over: bytes, limits: limits, namespaces: namespaces)
        }
        arena = result.arena
        issues = result.issues
        rootNamespace = result.arena.names[Int(result.arena.elements[0].name)].namespace
    }

    deinit {
        var arena = arena
        arena.free()
    }

    /// The outermost element.
    public var root: XMLElement { XMLElement(self, 0) }

    /// How many elements the document has, the root included.
    public var elementCount: Int { arena.elementCount }

    /// How many bytes of memory the tree takes.
    public var memory: Int { arena.memory }

    /// The place of a namespace; nil when no name of the document is in it.
    func place(of namespace: XMLNamespace) -> UInt32? {
        for place in 0..<arena.namespaces.count {
            let record = arena.namespaces[place]
            if unsafe arena.nameText(from: record.start, length: record.length).isEqual(to: namespace.uri) {
                return UInt32(place)
            }
        }
        return nil
    }
}
