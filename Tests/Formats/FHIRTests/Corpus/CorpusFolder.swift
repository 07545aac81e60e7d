import ClinicalModel
import Foundation
import Gzip
import KnowledgeBase

/// The collection of FHIR files that stands beside the project; tests over it run where it is there.
enum CorpusFolder {
    private static let project: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        return folder
    }()

    static let root: URL? = {
        let corpus = project.appendingPathComponent("../shared/corpora/fhir").standardizedFileURL
        guard FileManager.default.fileExists(atPath: corpus.path) else {
            print("The FHIR corpus is not here: its tests are passed over.")
            return nil
        }
        return corpus
    }()

    /// The bytes of a file, unpacked when it is compressed.
    static func bytes(of file: URL) throws -> [UInt8] {
        let packed = [UInt8](try Data(contentsOf: file))
        guard packed.starts(with: Inflater.magic) else { return packed }
        var inflater = try Inflater()
        var bytes: [UInt8] = []
        try inflater.inflate(packed, into: &bytes)
        return bytes
    }

    /// Every file of the given endings, in name order.
    static func files(endings: [String]) -> [URL] {
        guard let root, let walker = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
            return []
        }
        let all = walker.compactMap { $0 as? URL }.filter { url in endings.contains { url.path.hasSuffix($0) } }
        return all.sorted { $0.path < $1.path }
    }

    /// The project's own code lists.
    static let terminology: Terminology = {
        do {
            return try KnowledgeBase(
                profiles: project.appendingPathComponent("Profiles").resolvingSymlinksInPath().path
            ).terminology
        } catch {
            fatalError("The project's Profiles cannot be read: \(error)")
        }
    }()
}
