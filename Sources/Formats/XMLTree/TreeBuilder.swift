import CLibXML2
import Diagnostics

/// Turns the events of libxml2's SAX2 interface into an ``Arena``.
///
/// The parser calls it through a pointer for as long as one document is read. Names, prefixes and URIs are known by
/// their addresses; nothing of the parser's is kept beyond an event but those addresses.
@safe struct TreeBuilder {
    var arena = Arena()
    /// Why the document is refused; the first reason stays.
    private(set) var refusal: XMLError?
    /// The same as a flag, which every event looks at.
    private var isRefused = false
    /// What is doubtful.
    private(set) var issues: [Issue]
    /// Whether the parser came to the end of the bytes with every element closed.
    private(set) var isComplete = false
    /// The bytes not yet given to the parser.
    private var input: Slice<UnsafeBufferPointer<UInt8>>

    private let parser: UnsafeMutablePointer<xmlParserCtxt>
    private let limits: XMLLimits
    private let head: InputHead
    private var resolver: NameResolver
    private var openElement = ElementRecord.none
    private var depth = 0
    /// Where the text begins that is being read.
    private var textStart = 0
    /// The line of the parser at the event before; the lines of tags are only looked for when it has moved.
    private var lastLine: Int32 = 1
    private var namespaceErrors: Set<Int32> = []
    /// Whether bytes were met that the encoding does not have.
    private var isUnreadable = false

    init(
        parser: UnsafeMutablePointer<xmlParserCtxt>, input: Slice<UnsafeBufferPointer<UInt8>>, head: InputHead,
        limits: XMLLimits, namespaces: [XMLNamespace]
    ) {
        unsafe self.parser = unsafe parser
        unsafe self.input = unsafe input
        self.head = head
        self.limits = limits
        issues = head.issues
        resolver = NameResolver(known: namespaces)
    }

    /// Gives back what only the reading needed; the arena belongs to whoever takes it.
    mutating func free() { resolver.free() }

    // MARK: Input

    /// Gives the parser its next bytes; none after a refusal, which ends the parse soon.
    mutating func read(into room: UnsafeMutablePointer<CChar>, _ size: Int) -> Int {
        // A tag that is still open may hold too many attributes already: libxml2 would first compare them all.
        if unsafe clibxml2_attribute_room(parser) > 2 * limits.attributes + 100
            || clibxml2_namespaces_in_scope(parser) > limits.namespaces
            || xmlDictSize(parser.pointee.dict) > limits.names
        {
            refuse(.manyAttributes)
        }
        guard !isRefused else { return 0 }
        // libxml2 empties its buffer only when it comes upon it nearly used up. Pieces of one size could keep that from
        // ever happening in a document of long tags, until it takes the buffer for an attack.
        let piece = unsafe input.prefix(size > 2_000 ? size - input.count % 1_000 : size)
        unsafe UnsafeMutableRawBufferPointer(start: room, count: size).copyBytes(from: piece)
        unsafe input = unsafe input.dropFirst(piece.count)
        return unsafe piece.count
    }

    /// Whether the parser has taken all characters that it was given.
    private var isAtEnd: Bool {
        guard unsafe input.isEmpty || isUnreadable, let place = unsafe parser.pointee.input else { return false }
        return unsafe place.pointee.cur >= place.pointee.end
    }

    /// Whether bytes are left that could not be turned into characters.
    private var hasBytesLeft: Bool {
        guard let buffer = unsafe parser.pointee.input?.pointee.buf, let raw = unsafe buffer.pointee.raw else {
            return isUnreadable
        }
        return unsafe isUnreadable || xmlBufUse(raw) > 0
    }

    // MARK: Events

    /// A start tag with its attributes, five pointers each: local name, prefix, URI, start and end of the value.
    mutating func startElement(
        _ name: NameParts, attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
    ) {
        guard !isRefused else { return }
        let line = lineOfStartTag()
        depth += 1
        if depth > limits.depth { return stop(.tooDeep) }
        if unsafe count > limits.attributes || clibxml2_namespaces_in_scope(parser) > limits.namespaces {
            return stop(.manyAttributes)
        }
        guard let name = unsafe place(of: name, line: line) else { return stop(.noMemory) }
        let place = UInt32(truncatingIfNeeded: arena.elements.count)
        let record = ElementRecord(
            name: name, parent: openElement, next: 0, line: line,
            firstAttribute: UInt32(truncatingIfNeeded: arena.attributes.count),
            start: UInt32(truncatingIfNeeded: arena.text.count), end: 0, rank: 0)
        guard arena.elements.append(record) else { return stop(.noMemory) }
        openElement = place
        for number in 0..<count {
            guard let part = unsafe attributes.map({ unsafe $0 + 5 * number }) else { break }
            guard unsafe addAttribute(part, of: place, line: line) else { return }
        }
        textStart = arena.text.count
    }

    /// An end tag: always that of the open element, or the parser would have refused it.
    mutating func endElement() {
        guard !isRefused, openElement != ElementRecord.none else { return }
        var record = arena.elements[Int(openElement)]
        record.next = UInt32(truncatingIfNeeded: arena.elements.count)
        record.end = UInt32(truncatingIfNeeded: arena.text.count)
        arena.elements[Int(openElement)] = record
        openElement = record.parent
        depth -= 1
        textStart = arena.text.count
        unsafe lastLine = parser.pointee.input?.pointee.line ?? lastLine
    }

    /// A piece of text; one text may come in many pieces.
    mutating func characters(_ piece: UnsafePointer<xmlChar>, _ length: Int) {
        guard !isRefused else { return }
        if arena.text.count - textStart + length > limits.textBytes { return stop(.longText) }
        guard unsafe arena.text.append(piece, length) else { return stop(.noMemory) }
        unsafe lastLine = parser.pointee.input?.pointee.line ?? lastLine
    }

    /// The end of the parse. Some versions of libxml2 take U+0000 behind the root, or bytes that are no characters, for
    /// it.
    mutating func endDocument() {
        guard !isRefused, unsafe parser.pointee.wellFormed == 1, depth == 0, arena.elements.count > 0 else { return }
        if hasBytesLeft { return refuse(.encoding) }
        if !isAtEnd { return refuse(.contentAfterRoot) }
        isComplete = true
    }

    /// A document type declaration, or anything that only one can bring.
    mutating func doctype(isHTML: Bool = false) {
        stop(.doctype, found: isHTML ? "an HTML page" : nil)
    }

    /// An error or warning of the parser.
    mutating func report(domain: Int32, code: Int32, isFatal: Bool, line: Int32, column: Int32) {
        guard !isRefused else { return }
        if domain == Int32(XML_FROM_NAMESPACE.rawValue) {
            // A prefix that is not declared is noted where its name is resolved.
            if code != Int32(XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue), namespaceErrors.insert(code).inserted {
                let place = SourceLocation(line: Int(line) + head.linesBefore)
                issues.append(
                    Issue(
                        .xmlNamespace, .warning, at: place, expected: "namespaces as the standard has them",
                        found: "a breach of it"))
            }
        } else if ParserErrorCode.isUnreadable(code) {
            // The parser goes on to where the bytes end that it could read; its error there has the place.
            isUnreadable = true
        } else if let cause = ParserErrorCode.cause(
            of: code, isFatal: isFatal, isAtEnd: isAtEnd, isAfterAmpersand: isAfterAmpersand)
        {
            refuse(cause == .cutShort && hasBytesLeft ? .encoding : cause, line: line, column: column)
        }
    }

    // MARK: Refusal

    /// Refuses the document at the parser's place and stops the parser; only for events, not for errors.
    private mutating func stop(_ cause: XMLErrorCause, found: String? = nil) {
        refuse(cause, found: found)
        unsafe xmlStopParser(parser)
    }

    private mutating func refuse(_ cause: XMLErrorCause, found: String? = nil) {
        let place = unsafe parser.pointee.input
        unsafe refuse(cause, line: place?.pointee.line ?? 0, column: place?.pointee.col ?? 0, found: found)
    }

    private mutating func refuse(_ cause: XMLErrorCause, line: Int32, column: Int32, found: String? = nil) {
        guard !isRefused else { return }
        let columnsBefore = line == 1 ? head.columnsBefore : 0
        isRefused = true
        refusal = XMLError(
            cause, line: line > 0 ? Int(line) + head.linesBefore : nil,
            column: line > 0 && column > 0 ? Int(column) + columnsBefore : nil, found: found)
    }

    private var isAfterAmpersand: Bool {
        guard let place = unsafe parser.pointee.input, unsafe place.pointee.cur > place.pointee.base else {
            return false
        }
        return unsafe place.pointee.cur[-1] == UInt8(ascii: "&")
    }

    // MARK: Parts of a tag

    /// The line on which the tag begins whose end the parser has reached: a tag holds no other `<`.
    private mutating func lineOfStartTag() -> UInt32 {
        guard let input = unsafe parser.pointee.input else { return 0 }
        var line = unsafe input.pointee.line
        if line != lastLine {
            lastLine = line
            var place = unsafe input.pointee.cur - 1
            while unsafe place > input.pointee.base, unsafe place.pointee != UInt8(ascii: "<") {
                if unsafe place.pointee == UInt8(ascii: "\n") { line -= 1 }
                unsafe place -= 1
            }
        }
        return UInt32(truncatingIfNeeded: Int(line) + head.linesBefore)
    }

    private mutating func place(of name: NameParts, line: UInt32) -> UInt32? {
        unsafe resolver.place(of: name, line: Int(line), in: &arena, noting: &issues)
    }

    /// False when the document is refused.
    @inline(__always)
    private mutating func addAttribute(
        _ parts: UnsafeMutablePointer<UnsafePointer<xmlChar>?>, of element: UInt32, line: UInt32
    ) -> Bool {
        guard let local = unsafe parts[0], let start = unsafe parts[3], let end = unsafe parts[4] else { return true }
        let parts = unsafe NameParts(local: local, prefix: parts[1], uri: parts[2])
        guard let name = unsafe place(of: parts, line: line), unsafe addValue(start, end - start) else {
            stop(.noMemory)
            return false
        }
        // libxml2 finds the same name twice, but not the same namespace by two prefixes or by one not declared.
        guard arena.names[Int(name)].lastBearer != element else {
            stop(.duplicateAttribute)
            return false
        }
        arena.names[Int(name)].lastBearer = element
        let record = AttributeRecord(name: name, end: UInt32(truncatingIfNeeded: arena.text.count))
        guard arena.attributes.append(record) else {
            stop(.noMemory)
            return false
        }
        return true
    }

    /// `&` in an attribute comes as this from libxml2 when it does not replace entities, whatever way it was written.
    private static let ampersand: StaticString = "&#38;"

    /// Adds a value; false when there is no memory.
    @inline(__always)
    private mutating func addValue(_ start: UnsafePointer<xmlChar>, _ length: Int) -> Bool {
        guard unsafe UnsafeBufferPointer(start: start, count: length).contains(UInt8(ascii: "&")) else {
            return unsafe arena.text.append(start, length)
        }
        return unsafe addValueWithAmpersands(UnsafeBufferPointer(start: start, count: length))
    }

    private mutating func addValueWithAmpersands(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let written = unsafe UnsafeBufferPointer(
            start: Self.ampersand.utf8Start, count: Self.ampersand.utf8CodeUnitCount)
        var place = 0
        while place < value.count {
            guard unsafe arena.text.append(value[place]) else { return false }
            place += unsafe value[place...].starts(with: written) ? written.count : 1
        }
        return true
    }
}
