import Conversion
import Diagnostics
import Foundation

/// The folder that results are written into, one file for each input; it never writes over an input or into one.
final class OutputFolder {
    private let path: String
    private let inputs: [String]
    /// Files that are read or written otherwise, looked at when the first file is written: they are all there then.
    private lazy var others = Set((inputs + paths).compactMap { $0 == "-" ? nil : FilePlace($0) })
    private let paths: [String]
    /// Files written so far; empty where inputs cannot have a name in common.
    private var written: Set<String> = []
    /// The folder of the last file, made and looked at.
    private var last: (folder: String, isInput: Bool)?

    /// A folder; it is made where there is none.
    ///
    /// - Parameters:
    ///   - inputs: Inputs as named.
    ///   - others: Further files that are written; nil and `-` are none.
    /// - Throws: ``Failure`` when it lies in an input that is walked, or is no folder.
    init(_ path: String, inputs: [String], others: [String?]) throws(Failure) {
        self.path = path
        self.inputs = inputs
        paths = others.compactMap { $0 }
        let probe = URL(fileURLWithPath: path).resolvingSymlinksInPath().appending(path: "a.json").path
        if let folder = inputs.first(where: { FilePlace.isWalked(probe, from: $0) }) {
            throw Failure(
                .wrongCall, "--output \(path.printable) lies in the input \(folder.printable) and would be read too")
        }
        try make(path, or: .wrongCall)
    }

    /// Writes the file of an input: its relative path with `.json` behind it.
    ///
    /// - Returns: Why it was not written: the place is taken by an input or by the file of another input.
    /// - Throws: ``Failure`` when there is no room or no right to write.
    func write(_ bytes: [UInt8], for name: String) throws(Failure) -> Issue? {
        let parts = name.split(separator: "/").filter { $0 != ".." && $0 != "." }
        let folder = ([Substring(path)] + parts.dropLast()).joined(separator: "/")
        if last?.folder != folder { try look(at: folder) }
        let isInput = last?.isInput ?? false
        let file = folder + "/" + (parts.last ?? "") + ".json"
        let isTaken = FilePlace(file).map(others.contains) ?? false
        if isInput || isTaken || (inputs.count > 1 && !written.insert(file).inserted) {
            return Issue(
                InputCode.outputTaken, .fatal, at: SourceLocation(source: name),
                expected: "a place of its own for the output",
                found: isInput || isTaken ? "an input there" : "the output of another input with the same relative path"
            )
        }
        do {
            // In one step, so that a file is whole or not there.
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw Failure(.environment, "cannot write to \(file.printable)")
        }
        return nil
    }

    /// Makes a folder and finds out whether it lies in an input, links followed.
    private func look(at folder: String) throws(Failure) {
        try make(folder, or: .environment)
        let file = URL(fileURLWithPath: folder).resolvingSymlinksInPath().appending(path: "a.json").path
        let isInput = inputs.contains { FilePlace.isWalked(file, from: $0) }
        last = (folder, isInput)
    }

    private func make(_ folder: String, or status: ExitStatus) throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(status, "cannot make the folder \(folder.printable)")
        }
    }
}
