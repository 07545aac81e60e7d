import Foundation

/// Standard output carries results only; everything said to people goes to standard error.
enum Console {
    /// Says something to the person at the terminal; control characters but the line end are shown, not sent.
    static func tell(_ message: String) {
        let text = (message.hasSuffix("\n") ? message : message + "\n").printableLines
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Whether a person reads standard output.
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether the person has not asked for plain text (the convention of `NO_COLOR` and of dumb terminals).
    static var allowsColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}

/// Where results or errors go: a file, or a stream of the process.
struct Sink {
    private let handle: FileHandle
    private let name: String

    /// A file, made where there is none and emptied where there is one, or the stream when `path` is nil or `-`.
    ///
    /// What is no plain file, such as a device, is written to as it is and never replaced.
    ///
    /// - Throws: ``Failure`` when it cannot be opened.
    init(path: String?, otherwise stream: FileHandle) throws(Failure) {
        guard let path, path != "-" else {
            handle = stream
            name = "standard output"
            return
        }
        name = path.printable
        let exists = FileManager.default.fileExists(atPath: path)
        guard exists || FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Failure(.wrongCall, "cannot write to \(name)") }
        self.handle = handle
        guard case .existing? = FilePlace(path) else { return }
        do {
            try handle.truncate(atOffset: 0)
        } catch {
            throw Failure(.wrongCall, "cannot write to \(name)")
        }
    }

    /// Writes all of it.
    func write(_ bytes: [UInt8]) throws(Failure) {
        if bytes.isEmpty { return }
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw Failure(.environment, "cannot write to \(name)")
        }
    }
}
