import Foundation

/// One file to read, or standard input.
public struct InputFile: Sendable, Hashable {
    /// Where to read; nil for standard input.
    public let path: String?
    /// What decisions and issues call it: the path relative to the input that was named, `-` for standard input.
    public let name: String

    /// Standard input.
    public static let standardInput = InputFile(path: nil, name: "-")

    /// A file under a name.
    public init(path: String?, name: String) {
        self.path = path
        self.name = name
    }

    /// Whether the name says NDJSON; looked at only where there is no content to look at.
    var isNamedNDJSON: Bool { name.hasSuffix(".ndjson") || name.hasSuffix(".ndjson.gz") }
}

/// The files behind the inputs that a caller named, in the order of the call; folders are walked in name order.
///
/// A folder is opened when its turn comes, so a tree of any size costs only its depth. Names that begin with a dot and
/// linked folders are passed over.
public struct InputFiles: Sequence, IteratorProtocol {
    private var pending: [Entry]

    private struct Entry {
        let path: String?
        let name: String
        let isFolder: Bool
    }

    /// Looks at what was named without opening it.
    ///
    /// Files that were named themselves are called by their path below the folder that all of them share, so that
    /// `a/1/input.json` and `a/2/input.json` stay apart as `1/input.json` and `2/input.json`.
    ///
    /// - Throws: ``NoSuchInput`` naming the first that does not exist.
    public init(_ arguments: [String]) throws(NoSuchInput) {
        var entries: [Entry] = []
        for argument in arguments {
            let kind = argument == "-" ? nil : Self.kind(of: argument)
            if argument != "-" && kind == nil { throw NoSuchInput(name: argument) }
            entries.append(Entry(path: argument, name: "", isFolder: kind == .folder))
        }
        let files = entries.filter { !$0.isFolder && $0.path != "-" }.map { Self.parts($0.path) }
        let shared = Self.sharedFolder(of: files)
        pending = entries.reversed().map { entry in
            if entry.path == "-" { return Entry(path: nil, name: "-", isFolder: false) }
            if entry.isFolder { return entry }
            let name = Self.parts(entry.path).dropFirst(shared).joined(separator: "/")
            return Entry(path: entry.path, name: name, isFolder: false)
        }
    }

    /// The next file; nil after the last.
    public mutating func next() -> InputFile? {
        while let entry = pending.popLast() {
            guard entry.isFolder, let path = entry.path else { return InputFile(path: entry.path, name: entry.name) }
            pending.append(contentsOf: Self.children(of: path, name: entry.name).reversed())
        }
        return nil
    }

    /// How many leading folders all paths have in common.
    private static func sharedFolder(of paths: [[Substring]]) -> Int {
        guard let first = paths.first else { return 0 }
        var shared = first.count - 1
        for path in paths {
            let common = zip(first, path.dropLast()).prefix { $0.0 == $0.1 }.count
            shared = Swift.min(shared, common)
        }
        return Swift.max(shared, 0)
    }

    /// The folders and the name of a path from the root, with every `..` gone up.
    private static func parts(_ path: String?) -> [Substring] {
        let path = path ?? ""
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        return whole.split(separator: "/").reduce(into: []) { parts, part in
            if part == ".." { parts = parts.dropLast() } else if part != "." { parts.append(part) }
        }
    }

    private enum Kind { case file, folder }

    /// What a path leads to, links followed; nil when there is nothing.
    private static func kind(of path: String) -> Kind? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let type = type(at: target) else { return nil }
        return type == .typeDirectory ? .folder : .file
    }

    private static func type(at path: String) -> FileAttributeType? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType
    }

    /// Files and folders directly in a folder, by name. A folder that cannot be read is given as a file, whose
    /// reading then says why.
    private static func children(of path: String, name: String) -> [Entry] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return [Entry(path: path, name: name.isEmpty ? path : name, isFolder: false)]
        }
        let visible = names.filter { !$0.hasPrefix(".") }
        return visible.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { child in
            let childPath = path.hasSuffix("/") ? path + child : path + "/" + child
            let childName = name.isEmpty ? child : name + "/" + child
            let type = type(at: childPath)
            if type == .typeSymbolicLink, kind(of: childPath) == .folder { return nil }
            return Entry(path: childPath, name: childName, isFolder: type == .typeDirectory)
        }
    }
}

/// An input that the caller named does not exist.
public struct NoSuchInput: Error, Equatable, CustomStringConvertible {
    /// The input as named.
    public let name: String
    /// What to tell the caller.
    public var description: String { "no such file or folder: \(name)" }
}
