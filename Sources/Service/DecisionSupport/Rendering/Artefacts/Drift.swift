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
    ///   - copies: What stands in it beside them, copied from the knowledge.
    ///   - bytes: The bytes of one of them; nil when it is not there.
    public func drift(
        from paths: some Sequence<String>, copies: [(path: String, bytes: [UInt8])] = [], bytes: (String) -> [UInt8]?
    ) -> [ArtefactDrift] {
        let made = Set(files.map(\.path))
        let wrong = (files.map { ($0.path, $0.bytes) } + copies).compactMap { path, wanted -> ArtefactDrift? in
            guard let kept = bytes(path) else { return ArtefactDrift(path: path, kind: .missing) }
            return kept == wanted ? nil : ArtefactDrift(path: path, kind: .differs)
        }
        let left = paths.filter { path in
            path.hasSuffix(".json") && !made.contains(path) && Self.isLeftOver(path)
        }.map { ArtefactDrift(path: $0, kind: .leftOver) }
        return (wrong + left).sorted { $0.path < $1.path }
    }
}
