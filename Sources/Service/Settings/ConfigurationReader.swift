import Guidelines
import Yams

/// Something in a configuration that stops the start: which key, where it was set, and what it must be.
public struct ConfigurationProblem: Error, Equatable, CustomStringConvertible {
    /// Where it was set, for example `site.yaml, line 3`, `SPINEHOOK_LIMITS_BODY` or `--port`.
    public let place: String
    /// The key; nil where no key could be read at all.
    public let key: String?
    /// What is wrong and what would be right.
    public let problem: String

    /// What to tell the caller, on one line.
    public var description: String { "\(place): \(key.map { "\($0): " } ?? "")\(problem)" }
}

/// All that is wrong in a configuration; never empty.
public struct ConfigurationProblems: Error, Equatable {
    /// In the order in which they were met.
    public let all: [ConfigurationProblem]
}

extension Configuration {
    /// Reads a configuration: the defaults, then a file, then the environment, then the command line; later ones win.
    ///
    /// - Parameters:
    ///   - file: Text of a YAML or JSON file and the name to call it by; nil without a file.
    ///   - environment: Every variable that begins with `SPINEHOOK_` must name a key; others are left alone.
    ///   - commandLine: Keys set by options, with the option to name in a message.
    /// - Throws: ``ConfigurationProblems`` naming every unknown key and every value out of bounds.
    public init(
        file: (text: String, name: String)? = nil, environment: [String: String] = [:],
        commandLine: [(key: String, value: String, option: String)] = []
    ) throws(ConfigurationProblems) {
        self.init()
        var reader = ConfigurationReader(configuration: self)
        if let file { reader.read(file: file.text, name: file.name) }
        reader.read(environment: environment)
        for (key, value, option) in commandLine { reader.set(key, to: value, place: option) }
        reader.checkTogether()
        guard reader.problems.isEmpty else { throw ConfigurationProblems(all: reader.problems) }
        self = reader.configuration
    }
}

/// Applies sources one after the other and gathers what is wrong.
struct ConfigurationReader {
    var configuration: Configuration
    var problems: [ConfigurationProblem] = []
    /// Keys that the file has set, with the place of each; levels and dots are two spellings of one key.
    var placesInFile: [String: String] = [:]

    init(configuration: Configuration) { self.configuration = configuration }

    private static let byKey = Dictionary(
        Configuration.table.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    private static let byVariable = Dictionary(
        Configuration.table.map { ($0.environmentVariable, $0) }, uniquingKeysWith: { first, _ in first })

    mutating func set(_ key: String, to value: String, place: String) {
        guard let setting = Self.byKey[key] else {
            noteUnknown(key, place)
            return
        }
        set(setting, to: value, place: place)
    }

    mutating func noteUnknown(_ key: String, _ place: String) {
        let near = NearMiss.closest(to: key, among: Configuration.table.map(\.key) + FileKey.patterns)
        note(place, key, "unknown key" + (near.map { "; did you mean \($0)?" } ?? ""))
    }

    private mutating func set(_ setting: Setting, to value: String, place: String) {
        if setting.write(&configuration, value) { return }
        let unit = setting.unit.isEmpty ? "" : " \(setting.unit)"
        let bounds = setting.bounds.isEmpty ? "not empty" : setting.bounds
        // Of several elements the wrong one would have to be guessed.
        let found = setting.kind == "list" ? "; found \(value.prefix(60))" : ""
        note(place, setting.key, "must be \(setting.kind) (\(bounds)\(unit))\(found)")
    }

    mutating func note(_ place: String, _ key: String?, _ problem: String) {
        problems.append(ConfigurationProblem(place: place, key: key, problem: problem))
    }

    /// What is right by itself and wrong beside another key.
    mutating func checkTogether() {
        let thresholds = configuration.thresholds
        if !thresholds.candidateRequiresEvidence, thresholds.candidateSpecialties.isEmpty {
            let key = "candidate.requireEvidence"
            note(placesInFile[key] ?? "configuration", key, "false needs candidate.specialties, which names none")
        }
        // Where the lower limit stood over the upper one, a value between them would be both.
        let pairs = [
            (
                "course.failure.painNotFailed", thresholds.failurePainNotMet, "course.failure.pain",
                thresholds.failurePain
            ),
            ("inf.crpHint", thresholds.crpHintMgL, "inf.crpMet", thresholds.crpMetMgL),
            ("inf.esrHint", thresholds.esrHintMmH, "inf.esrMet", thresholds.esrMetMmH),
        ]
        for (key, lower, other, upper) in pairs where lower >= upper {
            let place = placesInFile[key] ?? placesInFile[other] ?? "configuration"
            note(place, key, "must be below \(other), which is \(upper.shortened)")
        }
    }

    mutating func read(environment: [String: String]) {
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix(Setting.environmentPrefix) {
            if let setting = Self.byVariable[name] {
                set(setting, to: value, place: name)
            } else {
                let near = NearMiss.closest(to: name, among: Configuration.table.map(\.environmentVariable))
                note(name, nil, "no such key" + (near.map { "; did you mean \($0)?" } ?? ""))
            }
        }
    }

    mutating func read(file text: String, name: String) {
        do {
            guard let root = try Yams.compose(yaml: text) else { return }
            if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
            guard case .mapping = root else {
                note(name, nil, "must be a mapping of keys to values")
                return
            }
            walk(root, key: "", name: name)
        } catch {
            note(name, nil, "is not readable as YAML or JSON: \(Self.words(error))")
        }
    }

    private mutating func walk(_ node: Node, key: String, name: String) {
        let place = Self.place(of: node, in: name)
        if let own = FileKey(key) { return read(own, node, key: key, name: name) }
        switch node {
        case .mapping(let mapping):
            for (member, value) in mapping {
                let part = member.string ?? ""
                walk(value, key: key.isEmpty ? part : "\(key).\(part)", name: name)
            }
        case .scalar(let scalar): setOnce(key, to: scalar.string == "~" ? "null" : scalar.string, place: place)
        case .sequence(let sequence):
            let parts = sequence.map { $0.scalar?.string ?? "" }
            setOnce(key, to: parts.joined(separator: ", "), place: place)
        case .alias: note(place, key, "aliases are not read")
        }
    }

    static func place(of node: Node, in name: String) -> String {
        node.mark.map { "\(name), line \($0.line)" } ?? name
    }

    /// Whether a key of the file is set for the first time; of one that stands twice a reader could take either value.
    mutating func isFirst(_ key: String, at place: String) -> Bool {
        guard let first = placesInFile.updateValue(place, forKey: key) else { return true }
        note(place, key, "the key stands twice, first at \(first)")
        return false
    }

    private mutating func setOnce(_ key: String, to value: String, place: String) {
        if isFirst(key, at: place) { set(key, to: value, place: place) }
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            "line \(mark.line), column \(mark.column): \(problem)"
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            "line \(context.mark.line) and below: the key \(keys.joined(separator: ", ").prefix(60)) stands twice"
        default: "unknown problem"
        }
    }
}
