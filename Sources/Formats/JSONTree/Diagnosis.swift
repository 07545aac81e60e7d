/// Reads a text byte by byte to find the first place where it is not JSON.
///
/// The plain counterpart of ``TreeWalk``: slower, needs no index, and knows what it expected. It runs only over
/// texts that the walk refused; the tests hold that both refuse the same.
@unsafe struct Diagnosis {
    private let text: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    private var place = 0
    /// The brackets open at `place`, the outermost first.
    private var open: [UInt8] = []

    private init(_ text: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        unsafe self.text = unsafe text
        unsafe self.maximumDepth = maximumDepth
    }

    /// The first structural error of a text that has one.
    static func firstProblem(of text: UnsafeBufferPointer<UInt8>, maximumDepth: Int) -> Problem {
        unsafe problem(of: text, maximumDepth: maximumDepth)
            ?? Problem(
                code: .valueExpected, offset: 0, expected: "a JSON document",
                found: "something that could not be read")
    }

    /// The first structural error, nil when there is none; says nothing of defects.
    static func problem(of text: UnsafeBufferPointer<UInt8>, maximumDepth: Int) -> Problem? {
        var reading = unsafe Diagnosis(text, maximumDepth: maximumDepth)
        do {
            try unsafe reading.document()
            return nil
        } catch {
            return error.problem
        }
    }

    private struct Failure: Error {
        let problem: Problem
    }

    // MARK: Structure

    private mutating func document() throws(Failure) {
        repeat {
            try unsafe value()
            try unsafe afterValue()
        } while unsafe !open.isEmpty
        unsafe skipBlanks()
        if unsafe place < text.count {
            throw unsafe failure(.contentAfterEnd, expected: "the end of the document")
        }
    }

    /// Reads up to and including the next value that is no bracket, or an empty array or object.
    private mutating func value() throws(Failure) {
        while true {
            unsafe skipBlanks()
            guard let first = unsafe current else { throw unsafe failure(.truncated, expected: "a value") }
            switch first {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard unsafe open.count < maximumDepth else { throw unsafe tooDeep() }
                unsafe open.append(first)
                unsafe place += 1
                unsafe skipBlanks()
                if unsafe current == first + 2 { return }
                if first == UInt8(ascii: "{") { try unsafe name(afterComma: false) }
            case UInt8(ascii: "\""): return try unsafe string()
            case _ where NumberGrammar.isStart(first) || NumberGrammar.isLetter(first): return try unsafe word()
            default: throw unsafe failure(.valueExpected, expected: "a value")
            }
        }
    }

    /// Closes what closes behind a value; leaves the place at the next value or at the end of the document.
    private mutating func afterValue() throws(Failure) {
        while let bracket = unsafe open.last {
            unsafe skipBlanks()
            let isObject = bracket == UInt8(ascii: "{")
            if unsafe current == bracket + 2 {
                unsafe place += 1
                unsafe open.removeLast()
            } else if unsafe current == UInt8(ascii: ",") {
                unsafe place += 1
                unsafe skipBlanks()
                if isObject { return try unsafe name(afterComma: true) }
                if unsafe current == UInt8(ascii: "]") {
                    throw unsafe failure(.trailingComma, expected: "a value after the comma")
                }
                return
            } else {
                throw unsafe failure(.commaOrEndExpected, expected: isObject ? "a comma or }" : "a comma or ]")
            }
        }
    }

    private mutating func name(afterComma: Bool) throws(Failure) {
        guard unsafe current == UInt8(ascii: "\"") else {
            let isTrailing = unsafe afterComma && current == UInt8(ascii: "}")
            throw unsafe failure(
                isTrailing ? .trailingComma : .nameExpected,
                expected: afterComma ? "a member name in quotes after the comma" : "a member name in quotes or }")
        }
        try unsafe string()
        unsafe skipBlanks()
        guard unsafe current == UInt8(ascii: ":") else {
            throw unsafe failure(.colonExpected, expected: "a colon after the member name")
        }
        unsafe place += 1
    }

    // MARK: Values

    private mutating func string() throws(Failure) {
        let start = unsafe place
        unsafe place += 1
        while let byte = unsafe current, byte != UInt8(ascii: "\"") {
            unsafe place += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard unsafe current != nil else {
            unsafe place = start
            throw unsafe failure(
                .unterminatedString, expected: "a closing quote", found: "a string that does not end")
        }
        unsafe place += 1
    }

    private mutating func word() throws(Failure) {
        let start = unsafe place
        if let end = unsafe text.baseAddress.flatMap({ start in
            let first = unsafe start[place]
            return unsafe NumberGrammar.isStart(first)
                ? NumberGrammar.endOfMalformed(start, from: place, to: text.count) : nil
        }) {
            unsafe place = end
            return
        }
        while let byte = unsafe current, NumberGrammar.isLetter(byte) || NumberGrammar.isStart(byte) {
            unsafe place += 1
        }
        let word = unsafe text[start..<place]
        for known: StaticString in ["true", "false", "null"]
        where unsafe word.elementsEqual(UnsafeBufferPointer(start: known.utf8Start, count: known.utf8CodeUnitCount)) {
            return
        }
        unsafe place = start
        throw unsafe failure(.unknownWord, expected: "a value", found: "a word other than true, false and null")
    }

    // MARK: Help

    private var current: UInt8? { unsafe place < text.count ? text[place] : nil }

    private mutating func skipBlanks() {
        while let byte = unsafe current, InputKind.isWhiteSpace(byte) { unsafe place += 1 }
    }

    private func tooDeep() -> Failure {
        unsafe failure(
            .tooDeep, expected: "at most \(maximumDepth) arrays and objects inside each other", found: "one more")
    }

    private func failure(_ code: JSONError.Code, expected: String, found: String? = nil) -> Failure {
        let isComment =
            unsafe current == UInt8(ascii: "/") && place + 1 < text.count
            && (text[place + 1] == UInt8(ascii: "/") || text[place + 1] == UInt8(ascii: "*"))
        let code = unsafe current == nil ? .truncated : isComment ? .comment : code
        let found = unsafe found ?? (isComment ? "a comment" : description(of: current))
        return unsafe Failure(problem: Problem(code: code, offset: place, expected: expected, found: found))
    }

    /// The kind of thing that begins with a byte; never the byte itself unless it is JSON's own punctuation.
    private func description(of byte: UInt8?) -> String {
        switch byte {
        case nil: "the end of the input"
        case UInt8(ascii: "\""): "a string"
        case UInt8(ascii: "{"): "an object"
        case UInt8(ascii: "["): "an array"
        case UInt8(ascii: "}"): "}"
        case UInt8(ascii: "]"): "]"
        case UInt8(ascii: ","): "a comma"
        case UInt8(ascii: ":"): "a colon"
        case UInt8(ascii: "'"): "a single quote"
        case UInt8(ascii: "\\"): "a backslash"
        case .some(0..<0x20): "a control character"
        case .some(0x80...): "a character outside ASCII"
        case let byte? where NumberGrammar.isStart(byte): "a number"
        case let byte? where NumberGrammar.isLetter(byte): "a word"
        default: "another character"
        }
    }
}
