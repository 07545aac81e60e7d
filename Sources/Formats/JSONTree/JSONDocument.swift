public import Diagnostics

// Reading JSON
// ============
//
//     let document = try JSONDocument(bytes)                      // [UInt8]; throws JSONError with code, line, column
//     let text = document.read { root in                          // nodes live inside the closure only
//         root["entry"]?.elements.compactMap { $0["fullUrl"]?.string } ?? []
//     }
//
// A document is validated whole when it is made. What is wrong inside one string, number or object does not fail it:
// it is one of `document.defects`, and `node.hasDefect` says whether a sub-tree holds one.
//
// A node is a place in the document, two words without reference counting:
//
//     node.kind, isNull, isObject, isArray, isString, isNumber    what it is
//     node.bool, string, numberText                               its value, nil when it is of another kind
//     node.stringBytes                                            a string of up to 4 KiB, without making a String
//     node.elements, node.members, node["name"]                   what is inside; empty or nil for other kinds
//     node.raw                                                    its bytes as they stand in the input
//     node.offset, byteRange, position                            where it stands
//     node.hasDefect, defects                                     what is wrong inside
//
// An object is read in one pass over its members. A `JSONNames` table, made once, turns names into cases:
//
//     enum Member: String, CaseIterable { case resourceType, id, status }
//     static let names = JSONNames<Member>()
//
//     for (name, value) in node.members {
//         switch Self.names[name] {
//         case .status: status = value.string
//         case .resourceType, .id: break
//         case nil: note(unknown: name.text)
//         }
//     }
//
// `name == "status"` and `switch name { case "status": … }` work as well. Names are compared as decoded: `"st\u0061tus"`
// is `status`.
//
// Many documents: a `JSONParser` keeps its buffers from one to the next. `JSONInput` tells one document from one a line,
// `JSONLines` gives the lines. `JSONValue` is the small value for writing.

/// A JSON text, validated as a whole, read in place.
///
/// The bytes are kept as given and not copied. A document never changes and may be read from several tasks at once.
public final class JSONDocument: Sendable {
    /// What is wrong inside strings, numbers and objects, in order of place; empty for a document without fault.
    public let defects: [JSONDefect]
    let bytes: [UInt8]
    let range: Range<Int>
    private let lines: LineIndex
    private let buffers: TreeBuffers

    /// Reads one document.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, with or without byte order mark.
    ///   - range: The part of `bytes` that is the document, nil for all; offsets still count from the start of `bytes`.
    ///   - firstLine: The number of the line at which the part begins, for positions.
    ///   - limits: How large and how deep it may be.
    /// - Throws: ``JSONError`` when it is not JSON, naming the place and what was expected there.
    public convenience init(
        _ bytes: [UInt8], in range: Range<Int>? = nil, firstLine: Int = 1, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) {
        self.init(try JSONReading(bytes, range: range, firstLine: firstLine, limits: limits).run(in: TreeBuffers()))
    }

    init(_ reading: JSONReading.Result) {
        defects = reading.defects
        bytes = reading.bytes
        range = reading.range
        lines = LineIndex(firstLine: reading.firstLine)
        buffers = reading.buffers
    }

    /// How many bytes the document has, without byte order mark.
    public var byteCount: Int { range.count }

    /// Gives the root to `body`.
    ///
    /// Nodes, names and bytes reached from it point into the document: they must not leave `body`. What `body` makes of
    /// them (strings, numbers, facts) may.
    @inlinable
    public func read<Result, Failure: Error>(_ body: (JSONNode) throws(Failure) -> Result) throws(Failure) -> Result {
        try unsafe withTree { (tree) throws(Failure) in
            try unsafe body(JSONNode(tree: tree, slot: 0))
        }
    }

    @usableFromInline
    func withTree<Result, Failure: Error>(
        _ body: (UnsafePointer<TreeView>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe bytes.withUnsafeBufferPointer { (all) throws(Failure) in
            try unsafe defects.withUnsafeBufferPointer { (defects) throws(Failure) in
                try unsafe buffers.escapedNames.withUnsafeBufferPointer { (names) throws(Failure) in
                    try unsafe buffers.escapedTexts.withUnsafeBufferPointer { (texts) throws(Failure) in
                        let view = unsafe buffers.view(
                            of: UnsafeBufferPointer(rebasing: all[range]), origin: range.lowerBound, lines: lines,
                            defects: defects, escapedNames: names, escapedTexts: texts)
                        return try unsafe withUnsafePointer(to: view, body)
                    }
                }
            }
        }
    }

    /// The line and column of a byte, counted in the whole input.
    public func position(of offset: Int) -> JSONPosition {
        unsafe bytes.withUnsafeBufferPointer { all in
            unsafe lines.position(of: offset - range.lowerBound, in: UnsafeBufferPointer(rebasing: all[range]))
        }
    }

    /// The defects as issues of an input, with line and column.
    public func issues(source: String? = nil) -> [Issue] {
        defects.map { defect in
            let position = position(of: defect.offset)
            return defect.issue(at: SourceLocation(source: source, line: position.line, column: position.column))
        }
    }
}
