import Foundation
import JSONTree
import KnowledgeBase

/// The knowledge of the repository, and copies of it to damage.
enum Profiles {
    /// Top of the package.
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    /// The folder in the repository.
    static let folder = package.appending(path: "Profiles").path

    /// Loaded once for all tests.
    static let loaded: Result<KnowledgeBase, KnowledgeError> = Result { () throws(KnowledgeError) in
        try KnowledgeBase(profiles: folder)
    }

    /// Every JSON file below a part of the folder that is read for decisions, by path relative to the folder: value sets
    /// that only profiles bind to are none.
    static func files(in part: String) -> [String] {
        let all = try? FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(part)")
        return (all ?? []).filter { $0.hasSuffix(".json") }.sorted().map { "\(part)/\($0)" }
            .filter { !$0.hasPrefix("ValueSets/bindings/") }
    }

    /// A file as text.
    static func text(_ file: String) throws -> String {
        try String(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"), encoding: .utf8)
    }

    /// A copy of the folder in which `body` may change what it likes; removed afterwards.
    static func copy<Answer>(_ body: (URL) throws -> Answer) throws -> Answer {
        let place = FileManager.default.temporaryDirectory.appending(path: "profiles-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: folder, toPath: place.path)
        defer { try? FileManager.default.removeItem(at: place) }
        return try body(place)
    }
}

/// A code as a value set file lists it.
struct ListedCode: Hashable {
    let file: String
    let system: String
    let code: String
    let display: String
}

extension Profiles {
    /// Every code of every value set file.
    static let codes: [ListedCode] = files(in: "ValueSets").flatMap { file in
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)"),
            let document = try? JSONDocument([UInt8](data))
        else { return [ListedCode]() }
        return document.read { root in
            let includes = (root["compose"]?["include"]?.elements).map(Array.init) ?? []
            return includes.flatMap { include in
                let concepts = (include["concept"]?.elements).map(Array.init) ?? []
                return concepts.map { concept in
                    ListedCode(
                        file: file, system: include["system"]?.string ?? "", code: concept["code"]?.string ?? "",
                        display: concept["display"]?.string ?? "")
                }
            }
        }
    }
}
