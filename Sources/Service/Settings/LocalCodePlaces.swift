public import KnowledgeBase

/// Where a file sets the codes of a site, for example `site.yaml, line 12`. Two configurations are equal whatever it says.
public struct LocalCodePlaces: Sendable, Equatable {
    private var places: [LocalCodes.Entry: String] = [:]

    subscript(entry: LocalCodes.Entry) -> String? {
        get { places[entry] }
        set { places[entry] = newValue }
    }

    /// Always equal: a place is no setting.
    public static func == (left: LocalCodePlaces, right: LocalCodePlaces) -> Bool { true }
}

extension Configuration {
    /// What the knowledge says against codes of the site, each with its place in the file.
    public func problems(_ refused: [LocalCodeProblem]) -> ConfigurationProblems {
        ConfigurationProblems(
            all: refused.map { item in
                let key =
                    switch item.entry {
                    case .added: "terminology.add"
                    case .mapped: "terminology.map"
                    }
                let name = Self.name(of: item.entry, in: terminology.local)
                return ConfigurationProblem(
                    place: places[item.entry] ?? "configuration", key: key, problem: "\(name): \(item.problem)")
            })
    }

    private static func name(of entry: LocalCodes.Entry, in local: LocalCodes) -> String {
        switch entry {
        case .added(let index): "\(local.added[index].system)|\(local.added[index].code)"
        case .mapped(let index): "\(local.mapped[index].system)|\(local.mapped[index].code)"
        }
    }
}
