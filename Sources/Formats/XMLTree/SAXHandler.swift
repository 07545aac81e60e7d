import CLibXML2

/// The builder behind the context that libxml2 was given.
private func builder(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<TreeBuilder> {
    guard let context = unsafe context else { fatalError("libxml2 gives back the context it was given.") }
    return unsafe context.assumingMemoryBound(to: TreeBuilder.self)
}

/// The functions that libxml2 calls; each finds the ``TreeBuilder`` behind its context.
enum SAXHandler {
    /// Elements and text go into the arena; whatever belongs to a document type declaration ends the parse; comments,
    /// processing instructions and locators are not asked for.
    static var table: xmlSAXHandler {
        var table = unsafe xmlSAXHandler()
        unsafe table.initialized = XML_SAX2_MAGIC
        unsafe table.startElementNs = { context, local, prefix, uri, _, _, count, _, attributes in
            guard let local = unsafe local else { return }
            unsafe builder(context).pointee.startElement(
                NameParts(local: local, prefix: prefix, uri: uri), attributes: attributes, count: Int(count))
        }
        unsafe table.endElementNs = { context, _, _, _ in unsafe builder(context).pointee.endElement() }
        let characters: charactersSAXFunc = { context, text, length in
            guard let text = unsafe text else { return }
            unsafe builder(context).pointee.characters(text, Int(length))
        }
        // One function for all three: libxml2 tells white space apart only where they differ.
        unsafe table.characters = characters
        unsafe table.ignorableWhitespace = characters
        unsafe table.cdataBlock = characters
        unsafe table.endDocument = { context in unsafe builder(context).pointee.endDocument() }
        unsafe table.serror = report
        unsafe refuseDoctype(in: &table)
        return unsafe table
    }

    private static func refuseDoctype(in table: inout xmlSAXHandler) {
        unsafe table.internalSubset = { context, name, _, _ in
            let isHTML = unsafe xmlStrcasecmp(name, "html") == 0
            unsafe builder(context).pointee.doctype(isHTML: isHTML)
        }
        unsafe table.externalSubset = { context, _, _, _ in unsafe builder(context).pointee.doctype() }
        unsafe table.entityDecl = { context, _, _, _, _, _ in unsafe builder(context).pointee.doctype() }
        unsafe table.attributeDecl = { context, _, _, _, _, _, tree in
            unsafe xmlFreeEnumeration(tree)
            unsafe builder(context).pointee.doctype()
        }
        unsafe table.elementDecl = { context, _, _, _ in unsafe builder(context).pointee.doctype() }
        unsafe table.notationDecl = { context, _, _, _ in unsafe builder(context).pointee.doctype() }
        unsafe table.unparsedEntityDecl = { context, _, _, _, _ in unsafe builder(context).pointee.doctype() }
        unsafe table.reference = { context, _ in unsafe builder(context).pointee.doctype() }
        unsafe table.resolveEntity = { context, _, _ in
            unsafe builder(context).pointee.doctype()
            return nil
        }
    }

    /// Errors and warnings.
    static let report: xmlStructuredErrorFunc = { context, error in
        guard let error = unsafe error?.pointee else { return }
        unsafe builder(context).pointee.report(
            domain: error.domain, code: error.code, isFatal: error.level == XML_ERR_FATAL, line: Int32(error.line),
            column: error.int2)
    }

    /// The next bytes of the document.
    static let read: xmlInputReadCallback = { context, room, size in
        guard let room = unsafe room, size > 0 else { return 0 }
        return unsafe Int32(builder(context).pointee.read(into: room, Int(size)))
    }
}
