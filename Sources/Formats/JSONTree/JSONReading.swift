import CSimdjson

/// One document being read: what is it at all, where is everything, is it right.
struct JSONReading {
    /// What ``JSONDocument`` keeps.
    struct Result {
        let bytes: [UInt8]
        let range: Range<Int>
        let firstLine: Int
        let buffers: TreeBuffers
        let defects: [JSONDefect]
    }

    private let bytes: [UInt8]
    private let whole: Range<Int>
    private let firstLine: Int
    private let limits: JSONLimits

    init(_ bytes: [UInt8], range: Range<Int>?, firstLine: Int, limits: JSONLimits) {
        self.bytes = bytes
        whole = range ?? bytes.startIndex..<bytes.endIndex
        self.firstLine = firstLine
        self.limits = limits
    }

    func run(in buffers: TreeBuffers) throws(JSONError) -> Result {
        guard whole.count <= limits.maximumBytes else {
            throw JSONError(
                .tooLarge, offset: whole.lowerBound, position: JSONPosition(line: firstLine, column: 1),
                expected: "at most \(limits.maximumBytes) bytes", found: "\(whole.count) bytes")
        }
        return try unsafe bytes.withUnsafeBufferPointer { (all) throws(JSONError) in
            let input = unsafe UnsafeBufferPointer(rebasing: all[whole])
            let markLength = unsafe InputKind.byteOrderMarkLength(of: input)
            let text = unsafe UnsafeBufferPointer(rebasing: input.dropFirst(markLength))
            return Result(
                bytes: bytes, range: whole.dropFirst(markLength), firstLine: firstLine, buffers: buffers,
                defects: try unsafe defects(of: text, startingAt: whole.lowerBound + markLength, buffers))
        }
    }

    private func defects(
        of text: UnsafeBufferPointer<UInt8>, startingAt origin: Int, _ buffers: TreeBuffers
    ) throws(JSONError) -> [JSONDefect] {
        if let problem = unsafe InputKind.problem(of: text) { throw unsafe error(problem, in: text, origin) }
        let defects: [JSONDefect]?
        do {
            defects = try unsafe StructuralReading(text, buffers, maximumDepth: limits.maximumDepth).run()
        } catch {
            throw JSONError(
                .noMemory, offset: origin, position: JSONPosition(line: firstLine, column: 1),
                expected: "memory for a document of this size", found: "\(text.count) bytes")
        }
        guard let defects else {
            throw unsafe error(
                Diagnosis.firstProblem(of: text, maximumDepth: limits.maximumDepth), in: text, origin)
        }
        return origin == 0 ? defects : defects.map { JSONDefect($0.code, at: $0.offset + origin) }
    }

    private func error(_ problem: Problem, in text: UnsafeBufferPointer<UInt8>, _ origin: Int) -> JSONError {
        unsafe JSONError(
            problem.code, offset: origin + problem.offset,
            position: LineIndex(firstLine: firstLine).position(of: problem.offset, in: text),
            expected: problem.expected, found: problem.found)
    }
}

/// A structural error before its place is counted in lines.
struct Problem {
    let code: JSONError.Code
    let offset: Int
    let expected: String
    let found: String
}
