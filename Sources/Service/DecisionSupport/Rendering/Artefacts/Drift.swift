/// A file in which a folder of artefacts is not what the logic says.
public struct ArtefactDrift: Sendable, Hashable {
    /// How it differs.
    public enum Kind: String, Sendable, Hashable {
        /// It is not there.
        case missing
        /// It holds something else.
        case differs
        /// It is there, and the program does not make it.
        case leftOver = "left over"
    }
    /// Path below the folder.
    public let path: String
    /// How it differs.
    public let kind: Kind
}

extension GuidelineArtefacts {
    /// Folders whose every file the program makes.
    private static let own = [
        "ActivityDefinitions/", "CapabilityStatements/", "ImplementationGuides/", "PlanDefinitions/",
        "ValueSets/bindings/",
    ]

    /// Whether a file that the program does not make stands where it makes every file.
    static func isLeftOver(_ path: String) -> Bool { own.contains(where: path.hasPrefix) }

    /// What differs between a folder and what the logic says, by path in order.
    ///
    /// - Parameters:
    ///   - paths: The files of the folder.
    ///   - bytes: The bytes of one of them; nil when it is not there.
    public func drift(from paths: some Sequence<String>, bytes: (String) -> [UInt8]?) -> [ArtefactDrift] {
        let made = Set(files.map(\.path))
        let wrong = files.compactMap { file -> ArtefactDrift? in
            guard let kept = bytes(file.path) else { return ArtefactDrift(path: file.path, kind: .missing) }
            return kept == file.bytes ? nil : ArtefactDrift(path: file.path, kind: .differs)
        }
        let left = paths.filter { path in
            path.hasSuffix(".json") && !made.contains(path) && Self.isLeftOver(path)
        }.map { ArtefactDrift(path: $0, kind: .leftOver) }
        return (wrong + left).sorted { $0.path < $1.path }
    }
}
