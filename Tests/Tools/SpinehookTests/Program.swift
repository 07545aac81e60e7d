import Foundation
import Testing

/// The built program, run as a process of its own.
enum Program {
    /// What a run came to.
    struct Run {
        let status: Int32
        let output: String
        let messages: String

        /// The lines of standard output.
        var lines: [Substring] { output.split(separator: "\n") }
    }

    /// It stands beside the tests.
    static let url = URL(filePath: ProcessInfo.processInfo.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "spinehook")

    /// Runs it to its end.
    ///
    /// - Parameter inputFile: Standard input in place of `input`.
    static func run(
        _ arguments: [String], input: String = "", inputFile: URL? = nil, environment: [String: String] = [:]
    ) async throws -> Run {
        let folder = try Folder()
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.environment = environment
        // Files, not pipes: a pipe that nobody empties blocks a program that says much.
        process.standardInput = try FileHandle(
            forReadingFrom: try inputFile ?? folder.write("input", input))
        process.standardOutput = try FileHandle(forWritingTo: folder.write("output", ""))
        process.standardError = try FileHandle(forWritingTo: folder.write("messages", ""))
        await withCheckedContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                Issue.record("cannot run \(url.path): \(error)")
                continuation.resume()
            }
        }
        return Run(
            status: process.terminationStatus, output: try folder.read("output"), messages: try folder.read("messages"))
    }
}

/// A folder of its own for a test, removed with it.
final class Folder: Sendable {
    let url: URL
    var path: String { url.path }

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "spinehook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> URL { try write(name, Array(text.utf8)) }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> URL {
        let file = url.appending(path: name)
        try Data(bytes).write(to: file)
        return file
    }

    /// Makes a folder in it.
    func make(_ name: String) throws {
        try FileManager.default.createDirectory(
            at: url.appending(path: name), withIntermediateDirectories: true)
    }

    /// Everything below a folder in it, in name order; linked folders are not followed.
    func paths(_ name: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url.appending(path: name).path).sorted()
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }
}
