import Diagnostics
import Foundation

/// The folder with the knowledge: which files it holds, and their bytes.
struct ProfilesFolder {
    /// Where it is.
    let path: String
    /// Every JSON file, by path relative to the folder, in order.
    let files: [String]

    /// Opens the folder named, else the copy that was built with the product, else `Profiles` beside the executable.
    init(_ named: String?) throws(KnowledgeError) {
        let beside = Bundle.main.bundleURL.path
        let candidates =
            named.map { [$0] } ?? ["\(beside)/SpineHook_KnowledgeBase.resources/Profiles", "\(beside)/Profiles"]
        for candidate in candidates {
            guard let all = try? FileManager.default.subpathsOfDirectory(atPath: candidate) else { continue }
            path = candidate
            files = all.filter { $0.hasSuffix(".json") }.sorted()
            return
        }
        let issue = Issue(
            .init(.folderMissing), .fatal, at: SourceLocation(source: named ?? "Profiles"),
            expected: "a folder with the knowledge, named by --profiles or installed beside the executable",
            found: "no folder that can be read")
        throw KnowledgeError(issues: [issue])
    }

    /// The bytes of a file; nil when it cannot be read.
    func bytes(of file: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))).map { [UInt8]($0) }
    }
}

extension IssueCode {
    init(_ code: KnowledgeError.Code) { self.init(rawValue: code.rawValue) }
}
