import CLibXML2
import Diagnostics

/// One run of libxml2's SAX2 interface over one document.
enum DocumentReading {
    /// What a run comes to.
    struct Result {
        var arena: Arena
        let issues: [Issue]
    }

    /// Once for the process: libxml2's tables, and a second wall against external entities.
    private static let initialized: Void = {
        xmlInitParser()
        unsafe xmlSetExternalEntityLoader { _, _, _ in nil }
    }()

    /// Reads a document; the arena belongs to the caller, who must free it.
    static func run(
        over bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits, namespaces: [XMLNamespace]
    ) throws(XMLError) -> Result {
        _ = initialized
        if bytes.count > limits.bytes { throw XMLError(.tooLarge) }
        let head = unsafe try InputHead(of: bytes)
        if head.encoding == .utf8 { unsafe try checkUTF8(bytes, from: head.start) }
        guard let parser = unsafe xmlNewParserCtxt() else { throw XMLError(.noMemory) }
        defer { unsafe xmlFreeParserCtxt(parser) }
        var builder = unsafe TreeBuilder(
            parser: parser, input: bytes[head.start...], head: head, limits: limits, namespaces: namespaces)
        defer { builder.free() }
        unsafe parse(with: parser, head.encoding, into: &builder)
        do {
            unsafe try check(builder, parser)
            try builder.arena.finish()
        } catch {
            builder.arena.free()
            throw error
        }
        return Result(arena: builder.arena, issues: builder.issues)
    }

    private static func checkUTF8(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(XMLError) {
        guard let (place, fault) = unsafe UTF8Check.firstFault(in: bytes, from: start) else { return }
        let (line, column) = unsafe UTF8Check.position(of: place, in: bytes)
        switch fault {
        case .nul: throw XMLError(.character, line: line, column: column, found: "U+0000")
        case .malformed: throw XMLError(.encoding, line: line, column: column, found: "bytes that are not UTF-8")
        case .cut: throw XMLError(.cutShort, line: line, column: column, found: "half a character at its end")
        }
    }

    /// Nothing that replaces entities, reads a DTD, repairs or lifts limits: no `NOENT`, `DTDLOAD`, `DTDATTR`,
    /// `DTDVALID`, `XINCLUDE`, `RECOVER`, `HUGE`. Errors come to the handler alone, which `NOERROR` would silence in
    /// some versions.
    private static func options(for encoding: InputEncoding) -> Int32 {
        var options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue) | clibxml2_no_external_entities()
        if encoding != .declared { options |= Int32(XML_PARSE_IGNORE_ENC.rawValue) }
        return options
    }

    private static func parse(
        with parser: UnsafeMutablePointer<xmlParserCtxt>, _ encoding: InputEncoding, into builder: inout TreeBuilder
    ) {
        unsafe withUnsafeMutablePointer(to: &builder) { builder in
            let context = UnsafeMutableRawPointer(builder)
            unsafe parser.pointee.sax.pointee = SAXHandler.table
            unsafe parser.pointee.userData = context
            var handler: xmlStructuredErrorFunc? = unsafe SAXHandler.report
            var handlerContext: UnsafeMutableRawPointer? = unsafe context
            unsafe clibxml2_swap_error_handler(&handler, &handlerContext)
            defer { unsafe clibxml2_swap_error_handler(&handler, &handlerContext) }
            let document = unsafe xmlCtxtReadIO(
                parser, SAXHandler.read, nil, context, nil, encoding.parserName, options(for: encoding))
            unsafe xmlFreeDoc(document)
        }
    }

    /// Throws when the run has not come to the end of a sound document.
    private static func check(
        _ builder: TreeBuilder, _ parser: UnsafeMutablePointer<xmlParserCtxt>
    ) throws(XMLError) {
        if let refusal = builder.refusal { throw refusal }
        if unsafe parser.pointee.errNo == Int32(XML_ERR_NO_MEMORY.rawValue) { throw XMLError(.noMemory) }
        guard unsafe parser.pointee.wellFormed == 1, unsafe parser.pointee.disableSAX == 0, builder.isComplete
        else { throw XMLError(.internal) }
    }
}
