import Diagnostics
import JSONTree

/// Cuts one input into records, by its content and never by its name; at most one record is in memory at a time.
///
/// One document is a record, FHIR or XML. Of several lines that are documents of their own, Bundles and CDS Hooks requests are a
/// record each, single resources are one record together.
struct RecordReader: ~Copyable {
    private var lines: LineReader
    private let file: InputFile
    private var state = State.atStart
    /// Records found while the kind of the input was still open, the next one last.
    private var waiting: [InputRecord] = []

    private enum State { case atStart, recordLines, atEnd }

    /// Opens an input.
    ///
    /// - Parameter limit: The largest record, in bytes, that is held in memory.
    init(_ file: InputFile, limit: Int) throws(InputFailure) {
        self.file = file
        lines = try LineReader(file, limit: limit)
    }

    /// The next record; nil at the end. After a refusal of the whole input nothing follows.
    mutating func next() -> InputRecord? {
        if let record = waiting.popLast() { return record }
        do {
            switch state {
            case .atStart: return try start()
            case .recordLines:
                guard let line = try lines.nextFilled() else {
                    state = .atEnd
                    return nil
                }
                return record(of: line)
            case .atEnd: return nil
            }
        } catch {
            state = .atEnd
            return InputRecord(error, source: file.name)
        }
    }

    private mutating func start() throws(InputFailure) -> InputRecord? {
        if try lines.beginsDocument() {
            state = .atEnd
            return InputRecord(source: file.name, .xml(try lines.rest()))
        }
        guard let first = try lines.nextFilled() else {
            state = .atEnd
            // Without content only the name can tell an export without resources of a type from a lost document.
            if file.isNamedNDJSON { return nil }
            throw InputFailure(InputCode.empty, source: file.name, expected: "a document", found: "an empty input")
        }
        if try lines.isAtEndOfContent() { return document(first.bytes, firstLine: first.number) }
        if JSONShape.isOneBracketedValue(first.bytes) { return try ofLines(opening: [first]) }
        let rest = try lines.rest()
        var whole = first.bytes
        if first.isEnded { whole.append(UInt8(ascii: "\n")) }
        whole.append(contentsOf: rest)
        guard JSONInput(of: whole) == .lines else { return document(whole, firstLine: first.number) }
        let all = JSONLines(whole).map { line in
            LineReader.Line(
                number: line.number + first.number - 1, bytes: Array(whole[line.range]), isEnded: line.isEnded)
        }
        return try ofLines(opening: all)
    }

    private mutating func document(_ bytes: [UInt8], firstLine: Int) -> InputRecord {
        state = .atEnd
        return InputRecord(source: file.name, .document(bytes, firstLine: firstLine))
    }

    /// Decides by the lines that can be read whether lines are records or resources of one.
    ///
    /// One Bundle or request makes every line a record of its own, whatever stood before it: resources of one patient
    /// do not come with Bundles between them, and a single line at the top must not cost the rest of the file.
    private mutating func ofLines(opening: [LineReader.Line]) throws(InputFailure) -> InputRecord? {
        var collected = opening
        var isOfRecords = opening.contains { LineKind(of: $0) == .record }
        var size = opening.reduce(0) { $0 + $1.bytes.count }
        while !isOfRecords, let line = try lines.nextFilled() {
            isOfRecords = LineKind(of: line) == .record
            size += line.bytes.count
            if !isOfRecords && size > lines.limit { throw lines.tooLarge() }
            collected.append(line)
        }
        if isOfRecords {
            state = .recordLines
            waiting = collected.reversed().map { record(of: $0) }
            return waiting.popLast()
        }
        state = .atEnd
        let content = collected.map { InputRecord.Line(number: $0.number, bytes: $0.bytes, isEnded: $0.isEnded) }
        return InputRecord(source: file.name, .resources(content))
    }

    private func record(of line: LineReader.Line) -> InputRecord {
        let source = "\(file.name):\(line.number)"
        if !line.isEnded && !JSONShape.isOneBracketedValue(line.bytes) {
            return InputRecord(.cutLine(source: source, line: line.number), source: source)
        }
        return InputRecord(source: source, .document(line.bytes, firstLine: line.number))
    }
}

/// What a line of an input of several lines is.
private enum LineKind {
    /// A record of its own.
    case record
    /// A single resource.
    case resource

    /// Nil when the line cannot be read, or is neither.
    init?(of line: LineReader.Line) {
        guard let document = try? JSONDocument(line.bytes) else { return nil }
        let kind: LineKind? = document.read { root in
            guard let type = root["resourceType"]?.string else { return root["hook"] == nil ? nil : .record }
            return type == "Bundle" || type == "Parameters" ? .record : .resource
        }
        guard let kind else { return nil }
        self = kind
    }
}
